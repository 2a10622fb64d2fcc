using Matching.Engine.Text;

namespace Matching.Benchmarks.Text;

/// <summary>What one would use first: BM25 as it is in the books, over the words of the titles or over their pieces of 3 to 5 letters.</summary>
public sealed class TitlePeer
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly IReadOnlyList<TitleLabel> labels;
    private readonly Func<string, IEnumerable<string>> termsOf;
    private readonly Dictionary<string, List<(int Label, int Count)>> postings = new(StringComparer.Ordinal);
    private readonly int[] lengths;
    private readonly double meanLength;

    private TitlePeer(IReadOnlyList<TitleLabel> labels, Func<string, IEnumerable<string>> termsOf)
    {
        (this.labels, this.termsOf) = (labels, termsOf);
        lengths = new int[labels.Count];
        for (var label = 0; label < labels.Count; label++)
        {
            foreach (var term in termsOf(labels[label].Text).GroupBy(term => term, StringComparer.Ordinal))
            {
                if (!postings.TryGetValue(term.Key, out var holders))
                {
                    postings[term.Key] = holders = [];
                }

                holders.Add((label, term.Count()));
                lengths[label] += term.Count();
            }
        }

        meanLength = lengths.Average();
    }

    public static IReadOnlyList<(string Name, Func<IReadOnlyList<TitleLabel>, TitlePeer> Of)> All { get; } =
    [
        ("untuned BM25 of the words", labels => new TitlePeer(labels, Words)),
        ("untuned BM25 of 3 to 5 letters", labels => new TitlePeer(labels, Pieces)),
    ];

    /// <summary>The best ids, each once.</summary>
    public IReadOnlyList<string> Match(string text, int top)
    {
        var scores = new Dictionary<int, double>();
        foreach (var term in termsOf(text).Distinct(StringComparer.Ordinal))
        {
            var holders = postings.GetValueOrDefault(term) ?? [];
            var rarity = Math.Log(1 + ((labels.Count - holders.Count + 0.5) / (holders.Count + 0.5)));
            foreach (var (label, count) in holders)
            {
                scores[label] = scores.GetValueOrDefault(label) + (rarity * count * (K1 + 1) / (count + (K1 * (1 - B + (B * lengths[label] / meanLength)))));
            }
        }

        return [.. scores.OrderByDescending(one => one.Value).ThenBy(one => one.Key).Select(one => labels[one.Key].Id).Distinct(StringComparer.Ordinal).Take(top)];
    }

    private static string[] Words(string text) =>
        new string([.. Folding.Fold(text).Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Pieces(string text)
    {
        foreach (var word in Words(text).Select(word => $" {word} "))
        {
            for (var length = 3; length <= 5; length++)
            {
                for (var start = 0; start + length <= word.Length; start++)
                {
                    yield return word.Substring(start, length);
                }
            }
        }
    }
}
