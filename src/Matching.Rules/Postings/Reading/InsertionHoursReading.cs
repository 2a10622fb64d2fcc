using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>The insertion hours that the post should carry, all its posts together.</summary>
internal static partial class InsertionHoursReading
{
    private const int Most = 1_000_000;

    public static Extracted<int>? Read(FoldedText text)
    {
        var found = Before().Match(text.Text);
        if (!found.Success)
        {
            found = After().Match(text.Text);
        }

        return found.Success && FrenchNumbers.Read(found.Groups["n"].Value) is >= 1 and <= Most and var hours ? text.Extract(hours, found.Groups["span"]) : null;
    }

    private const string Number = @"(?<n>\d{1,3}(?:[ .]\d{3})+|\d{1,7})";

    [GeneratedRegex(@"(?<![\d,.])(?<span>" + Number + @"\s*(?:h|heures?)\s*(?:de travail\s*)?(?:d'insertion|de clause|d'heures d'insertion|(?:au titre|dans le cadre) de (?:la|l'|notre) ?(?:clause|insertion)\w*|(?:a realiser )?(?:en|pour l') ?insertion|clausees?|reservees? a l'insertion))\b", RegexOptions.CultureInvariant)]
    private static partial Regex Before();

    [GeneratedRegex(@"(?<span>(?:heures? (?:d'|en )?insertion|volume(?: horaire)? d'insertion|clause (?:sociale|d'insertion)|heures? de clause|engagement d'insertion|objectif d'insertion|nb d'heures d'insertion)(?:[ \t]+[a-z]+){0,3}\s*[:=]\s*" + Number + @"(?:\s*(?:h|heures?)\b)?)", RegexOptions.CultureInvariant)]
    private static partial Regex After();
}
