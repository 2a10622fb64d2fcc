using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>What the post asks of the body, in plain words, so that a person or an adviser can judge: never a health criterion.</summary>
internal static partial class ConstraintReading
{
    private static readonly (Regex Pattern, string Label)[] Kinds =
    [
        (Loads(), "Port de charges"),
        (Height(), "Travail en hauteur"),
        (Outside(), "Travail en extérieur"),
        (Standing(), "Station debout"),
        (Cold(), "Travail au froid"),
        (Noise(), "Bruit"),
        (Dust(), "Poussières"),
        (Repeated(), "Gestes répétés"),
        (Driving(), "Conduite fréquente"),
    ];

    public static IReadOnlyList<Extracted<string>> Read(FoldedText text) =>
        [.. Kinds.Select(kind => (kind.Label, Found: kind.Pattern.Match(text.Text)))
            .Where(kind => kind.Found.Success && !Negated().IsMatch(text.Before(kind.Found.Index, 16)))
            .Select(kind => text.Extract(kind.Found.Groups["kg"].Success ? $"{kind.Label} (jusqu’à {kind.Found.Groups["kg"].Value} kg)" : kind.Label, kind.Found))
            .OrderBy(extracted => extracted.Start)];

    [GeneratedRegex(@"\b(?:ports? de charges?(?: lourdes?)?|charges? lourdes?|manutention|porter des)\b(?:[^.\n]{0,60}?\b(?<kg>\d{1,2}) ?kg\b)?", RegexOptions.CultureInvariant)]
    private static partial Regex Loads();

    [GeneratedRegex(@"\b(?:(?:travail|travaux) (?:en hauteur|sur echafaudages?|sur (?:une )?echelle|en nacelle)|echafaudages?|en hauteur|nacelles?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Height();

    [GeneratedRegex(@"\b(?:dehors(?: par tous les temps)?|en exterieur|a l'exterieur|par tous les temps|plein air|intemperies)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Outside();

    [GeneratedRegex(@"\b(?:station debout(?: prolongee)?|position debout|debout toute)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Standing();

    [GeneratedRegex(@"\b(?:au froid|chambres? froides?|temperatures? negatives?|froid positif|froid negatif)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Cold();

    [GeneratedRegex(@"\b(?:bruit|bruyant\w*)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Noise();

    [GeneratedRegex(@"\bpoussieres?\b|\bpoussiereux\b", RegexOptions.CultureInvariant)]
    private static partial Regex Dust();

    [GeneratedRegex(@"\b(?:gestes? (?:repetes?|repetitifs?)|taches? repetitives?|cadence soutenue)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Repeated();

    [GeneratedRegex(@"\b(?:conduite (?:frequente|quotidienne)|deplacements? quotidiens?|tournees? quotidiennes?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Driving();

    [GeneratedRegex(@"\b(?:pas|sans|aucun|ni)\s(?:de\s|d')?$", RegexOptions.CultureInvariant)]
    private static partial Regex Negated();
}
