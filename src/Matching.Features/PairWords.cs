namespace Matching.Features;

/// <summary>Pairs of criteria in the words of the criteria themselves.</summary>
public static class PairWords
{
    /// <summary>Of a criterion, or of a pair: both criteria.</summary>
    public static string LabelOf(string name) => PairPoints.NamesIn(name) is var (first, second)
        ? $"{LabelOf(first)} et {FirstLower(LabelOf(second))}, ensemble"
        : FeatureCatalogue.ByName(name)?.Label ?? name;

    /// <summary>Why a pair gives these points: what was found for each of its criteria.</summary>
    public static string SentenceOf(string pair, IReadOnlyList<Engine.Explanations.FeaturePoints> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string Found(string name) => FeatureCatalogue.ByName(name) is { } definition && line.FirstOrDefault(point => point.Feature == name) is { Feature: not null } point
            ? FirstLower(definition.BinOf(point.Code).Sentence)
            : "critère qui n’est plus utilisé";
        return PairPoints.NamesIn(pair) is var (first, second) ? $"Les deux ensemble : {Found(first)} ; {Found(second)}" : Found(pair);
    }

    /// <summary>What both facts behind a pair are read in.</summary>
    public static string? SourceOf(string name) => PairPoints.NamesIn(name) is var (first, second)
        ? string.Join(" ; ", new[] { SourceOf(first), SourceOf(second) }.Distinct())
        : FeatureCatalogue.ByName(name)?.Source;

    /// <summary>The values of each group along one side, in words; a group that no value of the criterion falls in is left out.</summary>
    /// <param name="groups">By code.</param>
    public static IReadOnlyList<(int Group, string Words)> Groups(string criterion, IReadOnlyList<int> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var definition = FeatureCatalogue.ByName(criterion);
        return [.. (definition?.Bins ?? []).Where(bin => bin.Code < groups.Count).GroupBy(bin => groups[bin.Code]).OrderBy(same => same.Key).Select(same => (same.Key, Words([.. same])))];
    }

    private static string Words(IReadOnlyList<FeatureBin> bins) =>
        bins.Count == 1 ? bins[0].Sentence
        : bins.Any(bin => bin.IsNeutral) ? string.Join(", ou ", bins.Select((bin, at) => at == 0 ? bin.Sentence : FirstLower(bin.Sentence)))
        : $"{bins[0].Sentence} … {FirstLower(bins[^1].Sentence)}";

    /// <summary>The words inside a sentence; an abbreviation ("PASS", "BM25") keeps its capitals.</summary>
    public static string FirstLower(string text) => text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
