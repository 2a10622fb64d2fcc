namespace Matching.Engine.Text;

/// <summary>
/// Phrases that say the same in a title ("cariste", "conducteur de chariot élévateur"), given by the caller in groups. Any of a
/// group may be said as any other; gender, number and small words do not matter.
/// </summary>
public sealed class SamePhrases
{
    /// <summary>Words of the longest phrase that is recognised.</summary>
    private const int LongestPhrase = 5;

    /// <summary>Other ways tried for one title: each costs as much as the title itself.</summary>
    private const int MostWays = 4;

    private readonly Dictionary<string, List<string[]>> _others = new(StringComparer.Ordinal);

    public static SamePhrases None { get; } = new([]);

    public SamePhrases(IEnumerable<IReadOnlyList<string>> groups)
    {
        foreach (var group in groups)
        {
            var phrases = group.Select(Stems).Where(stems => stems.Length is > 0 and <= LongestPhrase).ToList();
            foreach (var phrase in phrases)
            {
                var key = string.Join(' ', phrase);
                if (!_others.TryGetValue(key, out var others))
                {
                    _others[key] = others = [];
                }
                others.AddRange(phrases.Where(other => other != phrase));
            }
        }
    }

    /// <summary>The title with one of its phrases said otherwise, the longest phrases first; only in words that are known.</summary>
    internal IEnumerable<string[]> OtherWays(string[] stems, Func<string, bool> known) =>
        _others.Count == 0 ? [] : Replaced(stems, known).Take(MostWays);

    private IEnumerable<string[]> Replaced(string[] stems, Func<string, bool> known)
    {
        for (var length = Math.Min(LongestPhrase, stems.Length); length > 0; length--)
        {
            for (var at = 0; at + length <= stems.Length; at++)
            {
                if (!_others.TryGetValue(string.Join(' ', stems, at, length), out var others))
                {
                    continue;
                }
                foreach (var other in others.Where(other => other.All(known)))
                {
                    yield return [.. stems[..at].Concat(other).Concat(stems[(at + length)..]).Distinct(StringComparer.Ordinal)];
                }
            }
        }
    }

    private static string[] Stems(string text) =>
        [.. FrenchAnalyzer.Tokens(text).Select(token => token.Stem).Distinct(StringComparer.Ordinal)];
}
