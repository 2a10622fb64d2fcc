using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>Working time a week, in minutes. "Temps plein" alone states no number and gives none.</summary>
internal static partial class WeeklyTimeReading
{
    private const int Shortest = 5 * 60;
    private const int Longest = 48 * 60;

    public static Extracted<int>? Read(FoldedText text) =>
        First(text, ByWeek()) ?? First(text, ByMonth(), 12m / 52m) ?? First(text, Announced()) ?? First(text, Labelled()) ?? First(text, BesideContract()) ?? First(text, Bare());

    private static Extracted<int>? First(FoldedText text, Regex pattern, decimal weeksShare = 1)
    {
        foreach (Match found in pattern.Matches(text.Text))
        {
            var hours = decimal.Parse(Number(found).Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            var minutes = found.Groups["min"].Length > 0 ? int.Parse(found.Groups["min"].Value, CultureInfo.InvariantCulture) : 0;

            // "151h67" a month are hundredths of an hour.
            var weekly = (int)decimal.Round(((hours * 60) + (minutes < 60 ? minutes : minutes * 0.6m)) * weeksShare, MidpointRounding.AwayFromZero);
            if (weekly is >= Shortest and <= Longest)
            {
                return text.Extract(weekly, found.Groups["span"]);
            }
        }

        return null;
    }

    private static string Number(Match found) => found.Groups["dec"].Success ? $"{found.Groups["h"].Value}.{found.Groups["dec"].Value}" : found.Groups["h"].Value;

    private const string Hours = @"(?<h>\d{1,2}(?:[,.]\d{1,2})?)\s*(?:(?:h|heures?)\s*(?<min>[0-5]\d)?)?(?:\s*(?:a|et|ou|-)\s*\d{1,2}(?:[,.]\d{1,2})?)?\s*(?:h|heures?)?";

    // "35 h par semaine", "26 heures hebdomadaires", "24 à 30h/sem", "35h hebdo".
    [GeneratedRegex(@"(?<![\d,./h])(?<span>" + Hours + @"(?<=h|heures?|[0-5]\d)\s*(?:de travail\s*)?(?:(?:par|/|a la|la)\s*sem(?:aine)?\b|hebdo\w*))", RegexOptions.CultureInvariant)]
    private static partial Regex ByWeek();

    // "base 35 heures", "durée hebdomadaire : 35 h", "durée du travail : 26 heures".
    [GeneratedRegex(
        @"(?:\bbase(?: de)?|hebdomadaires?|hebdo|duree (?:du|de) travail|temps de travail|volume horaire|heures par semaine|heures semaine)\s*(?:de|:|=|est de)?\s*(?<span>" + Hours + @"(?<=h|heures?|h\s?[0-5]\d))(?!\w)(?!\s*(?:par|/)\s*(?:mois|jour))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Announced();

    // "151,67 h par mois" is 35 h a week.
    [GeneratedRegex(@"(?<![\d,.])(?<span>(?<h>\d{2,3}(?:[,.]\d{1,2})?)\s*(?:h|heures?)\s?(?<min>\d{2})?\s*(?:(?:par|/|au|le)\s*mois\b|mensuel\w*|mens\b\.?))", RegexOptions.CultureInvariant)]
    private static partial Regex ByMonth();

    // "Nombre d'heures hebdomadaires : 26".
    [GeneratedRegex(@"heures? (?:hebdomadaires?|par semaine|/ ?semaine|hebdo)\s*[:=]\s*(?<span>(?<h>\d{1,2}(?:[,.]\d{1,2})?)(?<min>)(?:\s*(?:h\b|heures?))?)(?![\d/-])", RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();

    // "temps partiel 18 h", "CDDI de 24h", "CDI - 20 heures": beside the contract, not before "par mois" nor in a clock.
    [GeneratedRegex(
        @"(?:temps (?:partiel|plein|complet)|mi-temps|\bcddi?|\bcdi|contrat|interim)\b(?: d'insertion)?\s*(?:[-–,:(/|]|de|a|en)?\s*(?:temps partiel\s*)?(?:de|a)?\s*[-(:]?\s*(?<span>(?<h>1\d|2\d|3\d|4[0-8])(?:[,.](?<dec>\d{1,2}))?\s*(?:h|heures?)(?<min>[0-5]\d)?)\b(?!\s*(?:d'|de |par (?:jour|mois)|/|a \d|-\s?\d|\d))",
        RegexOptions.CultureInvariant)]
    private static partial Regex BesideContract();

    // Above 24 it cannot be the time of a clock.
    [GeneratedRegex(@"(?<!\d[,.]?|\d\s?h\s?[-/à]?\s?|formation (?:de |obligatoire de )?|formation : )(?<span>(?<h>(?:2[5-9]|3\d|4[0-8])(?:[,.]\d{1,2})?)\s*(?:h|heures?)(?<min>[0-5]\d)?)\b(?!\s*(?:d'(?!equipe)|de (?!travail|jour)|par (?:jour|mois)|/ ?(?:jour|mois|mensuel)|mensuel|par an|au total|d'insertion))", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
