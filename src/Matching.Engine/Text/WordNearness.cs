using System.Collections.Concurrent;

namespace Matching.Engine.Text;

/// <summary>A word of the labels, and how near the word asked for it is: 1 for the word itself.</summary>
internal readonly record struct NearWord(int Word, float Nearness);

/// <summary>
/// The words of the labels that a typed word may mean: itself, those given as related, and those that share most of their
/// letters (typing errors, "soudure" for "soudeur").
/// </summary>
internal sealed class WordNearness
{
    private const int ShortestPart = 2;
    private const int LongestPart = 4;

    // Chosen on ROME titles left out of the labels, where values around them changed the mean reciprocal rank by less than 0.002.
    private const float LeastShared = 0.45f;
    private const float MostByLetters = 0.8f;
    private const double Steepness = 1.5;

    // French words of one family share their beginning; "pontonnier" and "bétonnier" only share what makes a trade of a word.
    private const float OtherBeginning = 0.6f;

    private readonly TermIndex _words;
    private readonly RelatedWords _related;
    private readonly TermIndex _parts;
    private readonly int[] _partCounts;

    // Bounded: only words of the labels are kept.
    private readonly ConcurrentDictionary<int, NearWord[]> _known = new();

    public WordNearness(TermIndex words, RelatedWords related)
    {
        (_words, _related) = (words, related);
        var parts = words.Terms.Select(word => WordParts.Of([word], ShortestPart, LongestPart)).ToArray();
        _parts = new TermIndex(parts);
        _partCounts = Array.ConvertAll(parts, one => one.Length);
    }

    public IReadOnlyList<NearWord> To(string stem)
    {
        var number = _words.NumberOf(stem);
        return number < 0 ? Find(stem, number) : _known.GetOrAdd(number, known => Find(stem, known));
    }

    private NearWord[] Find(string stem, int number)
    {
        var near = new List<NearWord>();
        if (number >= 0)
        {
            near.Add(new NearWord(number, 1));
        }
        var related = _related.Of(stem);
        foreach (var (other, nearness) in related)
        {
            if (_words.NumberOf(other) is >= 0 and var word)
            {
                near.Add(new NearWord(word, nearness));
            }
        }
        var parts = WordParts.Of([stem], ShortestPart, LongestPart);
        var shared = new int[_partCounts.Length];
        foreach (var part in parts.Select(_parts.NumberOf).Where(part => part >= 0))
        {
            foreach (var word in _parts.HoldersOf(part))
            {
                shared[word]++;
            }
        }
        for (var word = 0; word < shared.Length; word++)
        {
            var share = 2f * shared[word] / (parts.Length + _partCounts[word]);
            if (share >= LeastShared && word != number && !related.ContainsKey(_words.Terms[word]))
            {
                var beginning = _words.Terms[word][0] == stem[0] ? 1 : OtherBeginning;
                near.Add(new NearWord(word, beginning * MostByLetters * (float)Math.Pow(share, Steepness)));
            }
        }
        return [.. near.OrderBy(one => one.Word)];
    }
}

/// <summary>Character n-grams within words; a mark stands before and after each word.</summary>
internal static class WordParts
{
    /// <summary>Each different part once, in order.</summary>
    public static string[] Of(IReadOnlyList<string> words, int shortest, int longest)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var marked = $"_{word}_";
            for (var length = shortest; length <= longest; length++)
            {
                for (var at = 0; at + length <= marked.Length; at++)
                {
                    parts.Add(marked.Substring(at, length));
                }
            }
        }
        return [.. parts];
    }
}
