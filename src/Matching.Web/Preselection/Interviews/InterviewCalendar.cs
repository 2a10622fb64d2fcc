using System.Globalization;
using System.Text;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection.Interviews;

/// <summary>
/// Writes an interview for a calendar (RFC 5545). Calendars are shared with colleagues: the event names the post and the place of the card,
/// never the person.
/// </summary>
public static class InterviewCalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <summary>RFC 5545, 3.1: a line is at most 75 octets, its end not counted.</summary>
    private const int MostOctets = 75;

    /// <param name="summary">The title of the event.</param>
    /// <param name="description">Whom to call.</param>
    public static IResult File(InterviewSlot slot, string summary, string description, string domain)
    {
        var text = Write(slot, summary, description, domain);
        return TypedResults.File(Encoding.UTF8.GetBytes(text), ContentType, "entretien.ics");
    }

    public static string Write(InterviewSlot slot, string summary, string description, string domain)
    {
        ArgumentNullException.ThrowIfNull(slot);
        List<string> lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Matching//Clauses sociales//FR", "CALSCALE:GREGORIAN",
            slot.IsOpen ? "METHOD:PUBLISH" : "METHOD:CANCEL",
            "BEGIN:VEVENT",
            $"UID:{DrawnSecret.HashOf(slot.Id.ToString())[..32]}@{domain}",
            $"DTSTAMP:{Utc(slot.UpdatedAt)}",
            $"DTSTART:{Utc(slot.StartsAt)}",
            $"DTEND:{Utc(slot.StartsAt.AddMinutes(InterviewSlots.Minutes))}",
            $"SEQUENCE:{slot.Sequence}",
            $"STATUS:{(slot.State switch { SlotState.Kept => "CONFIRMED", SlotState.Proposed => "TENTATIVE", _ => "CANCELLED" })}",
            $"SUMMARY:{Escaped(summary)}",
            $"DESCRIPTION:{Escaped(description)}",
        ];
        if (slot.Place is { } place)
        {
            lines.Add($"LOCATION:{Escaped(place)}");
        }

        lines.AddRange(["END:VEVENT", "END:VCALENDAR"]);
        return string.Concat(lines.Select(line => Folded(line) + "\r\n"));
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");

    // A letter of several octets is never cut in two.
    private static string Folded(string line)
    {
        var folded = new StringBuilder();
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}
