namespace Matching.Engine.Text;

/// <summary>
/// Other ways to say the same, given by the caller: abbreviations and trade names, of one to four words. One way only: what
/// is typed on the left is also looked for as each phrase on the right.
/// </summary>
public sealed class Synonyms
{
    private const int LongestKey = 4;

    private readonly Dictionary<string, List<string>> _phrases = new(StringComparer.Ordinal);

    public static Synonyms None { get; } = new([]);

    /// <summary>Entries whose left side has no word, or more than four, are ignored.</summary>
    public Synonyms(IEnumerable<(string Typed, string Meant)> entries)
    {
        foreach (var (typed, meant) in entries)
        {
            var key = Words.Of(typed);
            if (key.Count is 0 or > LongestKey)
            {
                continue;
            }
            var joined = string.Join(' ', key.Select(word => word.Text));
            if (!_phrases.TryGetValue(joined, out var phrases))
            {
                _phrases[joined] = phrases = [];
            }
            phrases.Add(meant);
        }
    }

    /// <summary>Phrases meant by the words from <paramref name="at"/> on, for every key length that matches there.</summary>
    internal IEnumerable<(int WordCount, string Meant)> At(IReadOnlyList<Word> words, int at)
    {
        if (_phrases.Count == 0)
        {
            yield break;
        }
        var key = "";
        for (var count = 1; count <= LongestKey && at + count <= words.Count; count++)
        {
            key = count == 1 ? words[at].Text : $"{key} {words[at + count - 1].Text}";
            if (_phrases.TryGetValue(key, out var phrases))
            {
                foreach (var meant in phrases)
                {
                    yield return (count, meant);
                }
            }
        }
    }
}
