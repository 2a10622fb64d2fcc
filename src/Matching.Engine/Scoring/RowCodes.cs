using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>
/// One code per row of a segment, of which few differ from what <paramref name="initial"/> writes: kept by blocks of 4096
/// rows, so that blocks without any are never made and none is large enough to burden the collector.
/// </summary>
internal sealed class RowCodes(int rows, Action<int, Span<byte>> initial)
{
    private readonly byte[]?[] _blocks = new byte[]?[(rows + RowBlock.Capacity - 1) / RowBlock.Capacity];

    public static RowCodes Of(int rows, byte otherwise) => new(rows, (_, codes) => codes.Fill(otherwise));

    public ref byte At(int row)
    {
        var at = row / RowBlock.Capacity;
        if (_blocks[at] is not { } block)
        {
            _blocks[at] = block = new byte[RowBlock.Capacity];
            var start = at * RowBlock.Capacity;
            initial(start, block.AsSpan(0, Math.Min(RowBlock.Capacity, rows - start)));
        }
        return ref block[row % RowBlock.Capacity];
    }

    public void Fill(RowBlock block, Span<byte> codes)
    {
        if (block.Start is { } start && start % RowBlock.Capacity == 0)
        {
            if (_blocks[start / RowBlock.Capacity] is { } kept)
            {
                kept.AsSpan(0, codes.Length).CopyTo(codes);
            }
            else
            {
                initial(start, codes);
            }
            return;
        }
        for (var position = 0; position < codes.Length; position++)
        {
            var row = block.RowAt(position);
            if (_blocks[row / RowBlock.Capacity] is { } kept)
            {
                codes[position] = kept[row % RowBlock.Capacity];
            }
            else
            {
                initial(row, codes.Slice(position, 1));
            }
        }
    }
}

/// <summary>One <see cref="RowCodes"/> for each segment of a query.</summary>
internal sealed class RowCodesSource(IReadOnlyDictionary<Segment, RowCodes> bySegment) : CodeSource
{
    internal override void Fill(RowBlock block, Span<byte> codes) => bySegment[block.Segment].Fill(block, codes);
}
