using System.Text;
using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>
/// A text in the form that the readers search (lower case, no accents, straight apostrophes and hyphens), which remembers where each
/// letter stands in the original.
/// </summary>
internal sealed class FoldedText
{
    private readonly int[] origins;

    public FoldedText(string source)
    {
        var folded = new StringBuilder(source.Length);
        var from = new List<int>(source.Length + 1);
        for (var i = 0; i < source.Length; i++)
        {
            // A cell of a pasted table says what a label and its colon say.
            var cell = source[i] == '|' || (source[i] == '\t' && folded.Length > 0 && !char.IsWhiteSpace(folded[^1]));
            foreach (var c in cell ? ":" : FrenchKey.Plain(source[i]))
            {
                folded.Append(c);
                from.Add(i);
            }
        }

        from.Add(source.Length);
        (Source, Text, origins) = (source, folded.ToString(), [.. from]);
    }

    public string Source { get; }

    /// <summary>The folded text; its positions are those of matches, not those of the original.</summary>
    public string Text { get; }

    /// <summary>The value with its place in the original.</summary>
    public Extracted<T> Extract<T>(T value, int start, int length) =>
        new(value, origins[start], origins[Math.Min(start + length, Text.Length)] - origins[start]);

    public Extracted<T> Extract<T>(T value, Group words) => Extract(value, words.Index, words.Length);

    /// <summary>The original words of a part of the folded text.</summary>
    public string Original(int start, int length) => Source[origins[start]..origins[Math.Min(start + length, Text.Length)]];

    /// <summary>Where words of the original stand in the folded text.</summary>
    public (int Start, int Length)? PlaceOf<T>(Extracted<T>? found)
    {
        if (found is null)
        {
            return null;
        }

        var start = Array.BinarySearch(origins, found.Start);
        return start < 0 ? null : (start, found.Length);
    }

    /// <summary>No line ends between two places.</summary>
    public bool IsSameLine(int one, int other) => !Text.AsSpan(Math.Min(one, other), Math.Abs(one - other)).Contains('\n');

    /// <summary>The sentence, or the line, around a place: from after the last stop before it to the next stop.</summary>
    public (int Start, int End) SentenceAround(int start, int length)
    {
        var first = start;
        while (first > 0 && !IsStop(first - 1))
        {
            first--;
        }

        var last = start + length;
        while (last < Text.Length && !IsStop(last))
        {
            last++;
        }

        return (first, last);
    }

    /// <summary>What stands just before a place, at most <paramref name="length"/> letters, line ends as spaces.</summary>
    public string Before(int start, int length) => Text[Math.Max(0, start - length)..start].Replace('\n', ' ').Replace('\r', ' ');

    // A full stop ends a sentence before a space only: "151.67" and "cat.1" go on.
    private bool IsStop(int i) => Text[i] is '\n' or ';' or '!' or '?' || (Text[i] == '.' && (i + 1 == Text.Length || char.IsWhiteSpace(Text[i + 1])) && !IsAbbreviation(i));

    private bool IsAbbreviation(int i) => i >= 3 && Text.AsSpan(i - 3, 3).SequenceEqual("cat");
}
