using System.Globalization;
using System.Text.RegularExpressions;
using Matching.Rules.People;

namespace Matching.Rules.Postings.Reading;

/// <summary>When the post is worked: by the words ("équipe du matin", "2x8") and by the hours of the clock ("6h-13h").</summary>
internal static partial class ShiftReading
{
    // Hours of the clock between which a stretch of work is a morning, a day, an evening.
    private const double MorningStartsBefore = 7.5;
    private const double MorningEndsBy = 14.5;
    private const double EveningStartsFrom = 12;
    private const double EveningEndsAfter = 19;
    private const double LongestDay = 11;
    private const double LongestBreak = 2.5;

    private static readonly (Regex Pattern, Shifts Value)[] Words =
    [
        (TwoShifts(), Shifts.Matin | Shifts.Soir),
        (ThreeShifts(), Shifts.Matin | Shifts.Soir | Shifts.Nuit),
        (DayWords(), Shifts.Jour),
        (MorningWords(), Shifts.Matin),
        (EveningWords(), Shifts.Soir),
        (NightWords(), Shifts.Nuit),
        (WeekEndWords(), Shifts.WeekEnd),
    ];

    private static readonly (Regex Pattern, string Code)[] Rhythms = [(TwoShifts(), "2X8"), (ThreeShifts(), "3X8"), (SplitDay(), "COUPURE")];

    /// <summary>One entry per place of the text that says something new.</summary>
    public static IReadOnlyList<Extracted<Shifts>> Read(FoldedText text)
    {
        var read = new List<Extracted<Shifts>>();
        var known = Shifts.None;
        foreach (var (pattern, value) in Words)
        {
            if (pattern.Match(text.Text) is { Success: true } found && !Negated().IsMatch(text.Before(found.Index, 20)))
            {
                Add(value, found.Index, found.Length);
            }
        }

        foreach (var (value, start, length) in ByTheClock(text))
        {
            Add(value, start, length);
        }

        return read;

        void Add(Shifts value, int start, int length)
        {
            if ((value & ~known) != Shifts.None)
            {
                known |= value;
                read.Add(text.Extract(value, start, length));
            }
        }
    }

    /// <summary>2X8, 3X8 and COUPURE, each at the first place that says it.</summary>
    public static IReadOnlyList<Extracted<string>> ReadRhythms(FoldedText text) =>
        [.. Rhythms.Select(row => (row.Code, Found: row.Pattern.Matches(text.Text).FirstOrDefault(found => !Negated().IsMatch(text.Before(found.Index, 20)))))
            .Where(row => row.Found is not null)
            .Select(row => text.Extract(row.Code, row.Found!))
            .OrderBy(one => one.Start)];

    private static IEnumerable<(Shifts Value, int Start, int Length)> ByTheClock(FoldedText text)
    {
        var stretches = Stretch().Matches(text.Text)
            .Select(found => (From: Clock(found, "h1", "m1"), To: Clock(found, "h2", "m2"), Start: found.Index, found.Length))
            .Where(stretch => stretch.From <= 24 && stretch.To <= 24 && stretch.From != stretch.To)
            .ToList();
        for (var i = 0; i < stretches.Count; i++)
        {
            var (from, to, start, length) = stretches[i];

            // "8h/12h - 13h/16h" is one day with a break.
            if (i + 1 < stretches.Count && stretches[i + 1] is var next && next.From > to && next.From - to <= LongestBreak && next.To - from <= LongestDay
                && next.Start - (start + length) < 12)
            {
                (to, length) = (next.To, next.Start + next.Length - start);
                i++;
            }

            yield return (Of(from, to), start, length);
        }
    }

    private static Shifts Of(double from, double to) =>
        to < from || from >= 20 ? Shifts.Nuit
        : from < MorningStartsBefore && to <= MorningEndsBy ? Shifts.Matin
        : from >= EveningStartsFrom && to > EveningEndsAfter ? Shifts.Soir
        : Shifts.Jour;

    private static double Clock(Match found, string hours, string minutes) =>
        int.Parse(found.Groups[hours].Value, CultureInfo.InvariantCulture)
        + (found.Groups[minutes].Length > 0 ? int.Parse(found.Groups[minutes].Value, CultureInfo.InvariantCulture) / 60.0 : 0);

    [GeneratedRegex(
        @"(?<![\d,.])(?<h1>\d{1,2})\s?(?:h|:)\s?(?<m1>[0-5]\d)?\s*(?:-|/|a|jusqu'a)\s*(?<h2>\d{1,2})\s?(?:h|:)\s?(?<m2>[0-5]\d)?(?!\s*(?:par|/\s*(?:sem|mois|jour)|hebdo|\d))"
        + @"|\b(?:a|des)\s(?<h1>\d{1,2})\s?h\s?(?<m1>[0-5]\d)?\b[^.\n]{0,160}?\bfin\s(?:vers\s|a\s)?(?<h2>\d{1,2})\s?h\s?(?<m2>[0-5]\d)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Stretch();

    [GeneratedRegex(@"\bcoupures?\b(?! d)|\bcoupes?\b(?= (?:matin|midi|de))|\bhoraires? (?:coupes?|fractionnes?|decoupes?|discontinus?|morceles?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex SplitDay();

    [GeneratedRegex(@"\b2\s?[x*]\s?8\b|\bdeux[ -]huit\b", RegexOptions.CultureInvariant)]
    private static partial Regex TwoShifts();

    [GeneratedRegex(@"\b3\s?[x*]\s?8\b|\btrois[ -]huit\b", RegexOptions.CultureInvariant)]
    private static partial Regex ThreeShifts();

    [GeneratedRegex(@"(?<!coupure |coupures |pause )\b(?:en journee|horaires? (?:de |: )?(?:jour|journee|bureau)|horaires? de bureaux?|travail de jour|de jour|jour (?:et|ou) nuit|jour ?/ ?nuit|vacations? de jour)\b", RegexOptions.CultureInvariant)]
    private static partial Regex DayWords();

    [GeneratedRegex(@"\b(?:equipe du matin|horaires? du matin|du matin|tot le matin|matin uniquement|matinees?|horaires? : matin|(?:le|du|au|tot le) matin|matin ou soir|matin et soir|\bmatin\s*:)", RegexOptions.CultureInvariant)]
    private static partial Regex MorningWords();

    [GeneratedRegex(@"\b(?:equipe du soir|horaires? du soir|horaires? : soir|en soiree|soirees?|soirs|(?:le|du|au) soir|matin ou soir|matin et soir)\b", RegexOptions.CultureInvariant)]
    private static partial Regex EveningWords();

    [GeneratedRegex(@"\b(?:la nuit|de nuit|horaires? de nuit|nuits|jour (?:et|ou) nuit|jour ?/ ?nuit)\b", RegexOptions.CultureInvariant)]
    private static partial Regex NightWords();

    [GeneratedRegex(@"\b(?:week-?\s?ends?|we\b|samedis?|dimanches?|7j ?/ ?7|7 jours sur 7)\b", RegexOptions.CultureInvariant)]
    private static partial Regex WeekEndWords();

    [GeneratedRegex(@"\b(?:pas|sans|jamais|ni|hors|sauf)\s(?:de\s|du\s|d'|le\s|les\s|travail\s){0,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Negated();
}
