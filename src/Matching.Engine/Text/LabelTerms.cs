namespace Matching.Engine.Text;

/// <summary>Terms of many short labels, each counted once a label: which labels hold a term, and how rare it is.</summary>
internal sealed class LabelTerms
{
    private readonly Dictionary<string, int[]> _labels = new(StringComparer.Ordinal);
    private readonly int _count;

    public LabelTerms(IReadOnlyList<IReadOnlyCollection<string>> termsOfLabels)
    {
        _count = termsOfLabels.Count;
        var lists = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var label = 0; label < _count; label++)
        {
            foreach (var term in termsOfLabels[label])
            {
                if (!lists.TryGetValue(term, out var list))
                {
                    lists[term] = list = [];
                }
                list.Add(label);
            }
        }
        foreach (var (term, list) in lists)
        {
            _labels[term] = [.. list];
        }
    }

    public bool Knows(string term) => _labels.ContainsKey(term);

    public ReadOnlySpan<int> LabelsWith(string term) => _labels.TryGetValue(term, out var labels) ? labels : [];

    /// <summary>The idf of BM25; a term no label holds is as rare as can be.</summary>
    public double Rarity(string term)
    {
        var holding = LabelsWith(term).Length;
        return Math.Log(1 + ((_count - holding + 0.5) / (holding + 0.5)));
    }
}
