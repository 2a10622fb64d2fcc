using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>
/// The rows that hold a stem, ascending, and how often each does (255 at most). Few rows are kept as their place within blocks of
/// 65,536; the rows of a frequent stem as a bitmap, which takes less room and is met with a filter 64 rows at a time.
/// </summary>
internal readonly ref struct Postings
{
    private readonly ReadOnlySpan<ushort> _low;
    private readonly ReadOnlySpan<int> _blockEnds;
    private readonly int _start;
    private readonly ReadOnlySpan<byte> _counts;

    /// <param name="low">Places within blocks, block after block.</param>
    /// <param name="start">What is taken from the ends of the blocks to have places in <paramref name="low"/>.</param>
    /// <param name="counts">Empty when every row holds the stem once.</param>
    public Postings(int count, ReadOnlySpan<ushort> low, int start, ReadOnlySpan<int> blockEnds, ReadOnlySpan<byte> counts, RankedBitmap? frequent)
    {
        Count = count;
        _low = low;
        _start = start;
        _blockEnds = blockEnds;
        _counts = counts;
        Frequent = frequent;
    }

    public int Count { get; }

    /// <summary>Null for a stem that few rows hold.</summary>
    public RankedBitmap? Frequent { get; }

    /// <summary>Whether no row holds the stem twice.</summary>
    public bool IsOnceEach => _counts.IsEmpty;

    /// <summary>How often the row at this place of the list holds the stem.</summary>
    public byte CountAt(int at) => _counts.IsEmpty ? (byte)1 : _counts[at];

    /// <summary>How often this row holds the stem.</summary>
    public int CountIn(int row)
    {
        if (Frequent is { } bitmap)
        {
            return Bitmap.Has(bitmap.Words, row) ? CountAt(bitmap.Before(row)) : 0;
        }
        var block = row >> 16;
        if (block >= _blockEnds.Length)
        {
            return 0;
        }
        var start = block == 0 ? 0 : EndOf(block - 1);
        var at = _low[start..EndOf(block)].BinarySearch((ushort)row);
        return at < 0 ? 0 : CountAt(start + at);
    }

    /// <summary>How many of these rows hold the stem.</summary>
    public int CountAmong(ReadOnlySpan<ulong> rows)
    {
        if (Frequent is { } bitmap)
        {
            return bitmap.CountBoth(rows);
        }
        var holding = 0;
        foreach (var _ in new PassingPostings(this, rows))
        {
            holding++;
        }
        return holding;
    }

    /// <summary>Adds to a set those of these rows that hold the stem.</summary>
    public void Mark(ReadOnlySpan<ulong> rows, Span<ulong> holding)
    {
        if (Frequent is { } bitmap)
        {
            Bitmap.OrBoth(holding, bitmap.Words, rows);
            return;
        }
        foreach (var (row, _) in new PassingPostings(this, rows))
        {
            Bitmap.Set(holding, row);
        }
    }

    internal ReadOnlySpan<ushort> Low => _low;

    internal int EndOf(int block) => _blockEnds[block] - _start;
}
