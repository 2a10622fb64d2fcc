using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>Working time a week, in minutes. "Temps plein" alone states no number and gives none.</summary>
internal static partial class WeeklyTimeReading
{
    private const int Shortest = 5 * 60;
    private const int Longest = 48 * 60;

    public static Extracted<int>? Read(FoldedText text) =>
        First(text, ByWeek()) ?? First(text, Announced()) ?? First(text, ByMonth(), 12m / 52m) ?? First(text, Bare());

    private static Extracted<int>? First(FoldedText text, Regex pattern, decimal weeksShare = 1)
    {
        foreach (Match found in pattern.Matches(text.Text))
        {
            var hours = decimal.Parse(found.Groups["h"].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            var minutes = found.Groups["min"].Length > 0 ? int.Parse(found.Groups["min"].Value, CultureInfo.InvariantCulture) : 0;
            var weekly = (int)decimal.Round(((hours * 60) + minutes) * weeksShare, MidpointRounding.AwayFromZero);
            if (weekly is >= Shortest and <= Longest)
            {
                return text.Extract(weekly, found.Groups["span"]);
            }
        }

        return null;
    }

    private const string Hours = @"(?<h>\d{1,2}(?:[,.]\d{1,2})?)\s*(?:(?:h|heures?)\s*(?<min>[0-5]\d)?)?(?:\s*(?:a|et|ou|-)\s*\d{1,2}(?:[,.]\d{1,2})?)?\s*(?:h|heures?)?";

    // "35 h par semaine", "26 heures hebdomadaires", "24 à 30h/sem", "35h hebdo".
    [GeneratedRegex(@"(?<![\d,./h])(?<span>" + Hours + @"(?<=h|heures?|[0-5]\d)\s*(?:de travail\s*)?(?:(?:par|/|a la|la)\s*sem(?:aine)?\b|hebdo\w*))", RegexOptions.CultureInvariant)]
    private static partial Regex ByWeek();

    // "base 35 heures", "durée hebdomadaire : 35 h", "durée du travail : 26 heures".
    [GeneratedRegex(
        @"(?:\bbase(?: de)?|hebdomadaires?|duree (?:du|de) travail|temps de travail|volume horaire)\s*(?:de|:|=|est de)?\s*(?<span>" + Hours + @"(?<=h|heures?|h\s?[0-5]\d))(?!\w)(?!\s*(?:par|/)\s*(?:mois|jour))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Announced();

    // "151,67 h par mois" is 35 h a week.
    [GeneratedRegex(@"(?<![\d,.])(?<span>(?<h>\d{2,3}(?:[,.]\d{1,2})?)\s*(?:h|heures?)(?<min>)\s*(?:(?:par|/)\s*mois\b|mensuel\w*))", RegexOptions.CultureInvariant)]
    private static partial Regex ByMonth();

    // Above 24 it cannot be the time of a clock.
    [GeneratedRegex(@"(?<![\d,./h][ \t]?)(?<span>(?<h>(?:2[5-9]|3\d|4[0-8])(?:[,.]\d{1,2})?)\s*(?:h|heures?)(?<min>[0-5]\d)?)\b(?!\s*(?:d'|de |par jour|/ ?jour))", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
