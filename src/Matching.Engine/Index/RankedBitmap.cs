using System.Numerics;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>The rows that hold a frequent stem, one bit a row, which also tells how many of them come before a given one.</summary>
internal sealed class RankedBitmap
{
    private readonly ulong[] _words;
    private readonly int[] _before;

    /// <param name="counts">How often each of the rows holds the stem; empty when each does once.</param>
    /// <param name="lengths">The stems of the text of every row.</param>
    public RankedBitmap(ulong[] words, ReadOnlySpan<byte> counts, ReadOnlySpan<ushort> lengths)
    {
        _words = words;
        _before = new int[words.Length];
        (Most, Shortest) = (1, ushort.MaxValue);
        var at = 0;
        for (var word = 0; word < words.Length; word++)
        {
            _before[word] = at;
            for (var bits = words[word]; bits != 0; bits &= bits - 1)
            {
                Most = counts.IsEmpty ? Most : Math.Max(Most, counts[at]);
                Shortest = Math.Min(Shortest, lengths[(word << 6) + BitOperations.TrailingZeroCount(bits)]);
                at++;
            }
        }
    }

    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Rows of the set before each word of it.</summary>
    public ReadOnlySpan<int> BeforeWords => _before;

    /// <summary>The most often that one of the rows holds the stem.</summary>
    public byte Most { get; }

    /// <summary>The stems of the shortest text among these rows: with <see cref="Most"/>, what bounds the points of the stem.</summary>
    public ushort Shortest { get; }

    public static RankedBitmap Of(LoosePostingsOfStem postings, ReadOnlySpan<ushort> lengths)
    {
        var words = new ulong[Bitmap.WordCount(lengths.Length)];
        foreach (var row in postings.Rows)
        {
            Bitmap.Set(words, row);
        }
        return new RankedBitmap(words, postings.Counts, lengths);
    }

    /// <summary>Rows of the set before this row.</summary>
    public int Before(int row) => _before[row >> 6] + BitOperations.PopCount(_words[row >> 6] & ((1UL << row) - 1));

    public int CountBoth(ReadOnlySpan<ulong> other) => Bitmap.CountBoth(_words, other);
}
