using System.Numerics;
using Matching.Engine.Text;

namespace Matching.Engine.Index;

/// <summary>The stems of a segment in order, to find those that begin alike or differ by typing errors without reading them all.</summary>
internal sealed class StemList
{
    private readonly string[] _stems;
    private readonly uint[] _letters;

    public StemList(IEnumerable<string> stems)
    {
        _stems = [.. stems.Order(StringComparer.Ordinal)];
        _letters = Array.ConvertAll(_stems, stem => Letters(stem));
    }

    public IEnumerable<string> StartingWith(string beginning)
    {
        var at = Array.BinarySearch(_stems, beginning, StringComparer.Ordinal);
        for (at = at < 0 ? ~at : at; at < _stems.Length && _stems[at].StartsWith(beginning, StringComparison.Ordinal); at++)
        {
            yield return _stems[at];
        }
    }

    public bool Holds(string stem) => Array.BinarySearch(_stems, stem, StringComparer.Ordinal) >= 0;

    /// <summary>Stems within this many typing errors of the word.</summary>
    public IEnumerable<string> Near(string word, int errors)
    {
        var letters = Letters(word);
        for (var at = 0; at < _stems.Length; at++)
        {
            // One error changes two letters of the set at most: most words are passed over without a letter being compared.
            if (BitOperations.PopCount(letters ^ _letters[at]) <= 2 * errors && EditDistance.Within(word, _stems[at], errors))
            {
                yield return _stems[at];
            }
        }
    }

    private static uint Letters(string word)
    {
        var letters = 0u;
        foreach (var letter in word)
        {
            letters |= 1u << (letter % 32);
        }
        return letters;
    }
}
