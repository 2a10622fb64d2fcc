using System.Globalization;
using Matching.Web.Platform;

namespace Matching.Web.Preselection;

/// <summary>The day and hour of an interview as people type them: a clock in Paris.</summary>
public static class InterviewTime
{
    public const string DayField = "entretien_jour";
    public const string HourField = "entretien_heure";

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>The instant, UTC; null when no day was typed, or with an error in the form when it cannot be read.</summary>
    public static DateTimeOffset? Read(PostedForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var day = form.OptionalDay(DayField, "Jour de l’entretien");
        if (day is null)
        {
            return null;
        }

        if (!TimeOnly.TryParseExact(form[HourField].Replace('h', ':'), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour))
        {
            form.Errors.Add(HourField, "Heure de l’entretien : à écrire avec ses minutes, par exemple 14:30.");
            return null;
        }

        // The hour that does not exist in March is read one hour later, as a clock would show it.
        var local = day.Value.ToDateTime(hour);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(Paris.IsInvalidTime(local) ? local.AddHours(1) : local, Paris), TimeSpan.Zero);
    }

    /// <summary>"16/11/2026 à 14:30".</summary>
    public static string Words(DateTimeOffset at) => FrenchCalendar.InParis(at).ToString("dd/MM/yyyy 'à' HH:mm", CultureInfo.InvariantCulture);
}
