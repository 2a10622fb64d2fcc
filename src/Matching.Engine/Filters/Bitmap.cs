using System.Numerics;
using Matching.Engine.Columns;

namespace Matching.Engine.Filters;

/// <summary>One bit a row, 64 rows a word, the lowest bit first. Bits past the last row are zero.</summary>
internal static class Bitmap
{
    /// <summary>Working memory of filters: what was left there must be cleared.</summary>
    public static Spare<ulong[]> Spare { get; } = new(length => new ulong[length]);

    public static int WordCount(int rows) => (rows + 63) / 64;

    public static ulong[] AllSet(int rows)
    {
        var words = new ulong[WordCount(rows)];
        Array.Fill(words, ulong.MaxValue);
        if (rows % 64 != 0)
        {
            words[^1] = (1UL << (rows % 64)) - 1;
        }
        return words;
    }

    public static bool Has(ReadOnlySpan<ulong> words, int row) => ((words[row >> 6] >> row) & 1) != 0;

    public static void Set(Span<ulong> words, int row) => words[row >> 6] |= 1UL << row;

    public static void Clear(Span<ulong> words, int row) => words[row >> 6] &= ~(1UL << row);

    public static int Count(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }
        return count;
    }

    /// <summary>Rows that both hold.</summary>
    public static int CountBoth(ReadOnlySpan<ulong> one, ReadOnlySpan<ulong> other)
    {
        var count = 0;
        for (var word = 0; word < one.Length; word++)
        {
            count += BitOperations.PopCount(one[word] & other[word]);
        }
        return count;
    }

    /// <summary>Adds to a set the rows that both others hold.</summary>
    public static void OrBoth(Span<ulong> into, ReadOnlySpan<ulong> one, ReadOnlySpan<ulong> other)
    {
        var word = 0;
        for (; word + Vector<ulong>.Count <= into.Length; word += Vector<ulong>.Count)
        {
            (new Vector<ulong>(into[word..]) | (new Vector<ulong>(one[word..]) & new Vector<ulong>(other[word..]))).CopyTo(into[word..]);
        }
        for (; word < into.Length; word++)
        {
            into[word] |= one[word] & other[word];
        }
    }

    /// <summary>The rows of the set bits, ascending; <paramref name="count"/> is how many there are.</summary>
    public static int[] Rows(ReadOnlySpan<ulong> words, int count)
    {
        var rows = new int[count];
        var at = 0;
        for (var word = 0; word < words.Length; word++)
        {
            for (var bits = words[word]; bits != 0; bits &= bits - 1)
            {
                rows[at++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }
        return rows;
    }
}
