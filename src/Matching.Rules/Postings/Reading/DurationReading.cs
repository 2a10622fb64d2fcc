using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>How long the contract lasts, in months, when it is said beside the contract or the word "durée".</summary>
internal static partial class DurationReading
{
    public static Extracted<int>? Read(FoldedText text)
    {
        var found = Months().Match(text.Text);
        return found.Success && FrenchNumbers.Read(found.Groups["n"].Value) is >= 1 and <= 60 and var months ? text.Extract(months, found.Groups["span"]) : null;
    }

    [GeneratedRegex(
        @"(?:\bcddi?|interim|mission|contrat[^.\n]{0,40}?|duree[^.\n]{0,30}?|pendant|pour)\s*(?:d'insertion\s*)?(?:de|:|pour)?\s*(?<span>(?<n>\d{1,2}|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze)\s+mois)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Months();
}

/// <summary>Small French numbers, in figures or in letters.</summary>
internal static class FrenchNumbers
{
    private static readonly string[] Words = ["zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"];

    /// <summary>0 to a million; null when it is no number. Spaces and points between thousands are accepted.</summary>
    public static int? Read(string text)
    {
        var word = Array.IndexOf(Words, text == "une" ? "un" : text);
        return word >= 0 ? word
            : int.TryParse(text.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var figures) ? figures
            : null;
    }
}
