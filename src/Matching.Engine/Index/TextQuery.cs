using Matching.Engine.Text;

namespace Matching.Engine.Index;

/// <summary>
/// What a person typed. <paramref name="PrefixLast"/>: the last word is still being typed. <paramref name="ForgiveTyping"/>:
/// a word no text holds is also looked for with typing errors (1 up to 7 letters, 2 above).
/// </summary>
public sealed record TextQuery(string Text, bool PrefixLast = false, bool ForgiveTyping = true, Synonyms? Synonyms = null)
{
    /// <summary>Characters read of a query; the rest is ignored.</summary>
    public const int CharacterLimit = 1_000;

    /// <summary>Different words looked for in one query.</summary>
    public const int WordLimit = 64;
}

/// <summary>A row found, best first; <paramref name="Score"/> is a BM25 sum, comparable within one answer only.</summary>
public readonly record struct TextHit(Guid Id, double Score);

/// <summary>One typed word, the stem of the row it met, and the points it brought.</summary>
public readonly record struct TextPoints(string Typed, string Met, double Points);

/// <summary>The points of each typed word the row holds; they sum to <paramref name="Score"/> in this order.</summary>
public sealed record TextExplanation(Guid Id, double Score, IReadOnlyList<TextPoints> Words);

/// <summary>A part of the original text that a query word met (UTF-16 units).</summary>
public readonly record struct Highlight(int Start, int Length);
