using System.Numerics;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>A set of rows, one bit a row, that also tells how many of its rows come before a given one.</summary>
internal sealed class RankedBitmap
{
    private readonly ulong[] _words;
    private readonly int[] _before;

    public RankedBitmap(ReadOnlySpan<int> rows, int rowCount)
    {
        _words = new ulong[Bitmap.WordCount(rowCount)];
        foreach (var row in rows)
        {
            Bitmap.Set(_words, row);
        }
        _before = new int[_words.Length];
        for (var word = 1; word < _words.Length; word++)
        {
            _before[word] = _before[word - 1] + BitOperations.PopCount(_words[word - 1]);
        }
    }

    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Rows of the set before this row.</summary>
    public int Before(int row) => _before[row >> 6] + BitOperations.PopCount(_words[row >> 6] & ((1UL << row) - 1));

    public int CountBoth(ReadOnlySpan<ulong> other) => Bitmap.CountBoth(_words, other);
}
