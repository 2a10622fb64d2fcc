using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>
/// One code per row of a segment, of which few differ from what <paramref name="initial"/> writes: kept by bands of 65,536 rows, so that bands
/// without any are never made and none is large enough to burden the collector.
/// </summary>
internal sealed class RowCodes(int rows, Action<int, Span<byte>> initial)
{
    private const int BandBits = 16;
    private const int BandRows = 1 << BandBits;

    private readonly byte[]?[] _bands = new byte[]?[(rows + BandRows - 1) >> BandBits];

    public static RowCodes Of(int rows, byte otherwise) => new(rows, (_, codes) => codes.Fill(otherwise));

    /// <summary>The entry of each row's value.</summary>
    public static RowCodes Of(ReadOnlySpan<ushort> values, WideTable table)
    {
        var codes = new RowCodes(values.Length, (_, _) => throw new InvalidOperationException("Every band has been made."));
        for (var band = 0; band < codes._bands.Length; band++)
        {
            var start = band << BandBits;
            codes._bands[band] = GC.AllocateUninitializedArray<byte>(Math.Min(BandRows, values.Length - start));
            Kernel.Portable.Look(values.Slice(start, codes._bands[band]!.Length), table, codes._bands[band]);
        }
        return codes;
    }

    public ref byte At(int row) => ref Band(row >> BandBits)[row & (BandRows - 1)];

    /// <summary>For rows that mostly follow one another.</summary>
    public Writer ToWrite() => new(this);

    public void Fill(RowBlock block, Span<byte> codes)
    {
        // The rows of a block follow one another from a multiple of its capacity, which divides a band.
        if (block.Start is { } start && start % RowBlock.Capacity == 0)
        {
            if (_bands[start >> BandBits] is { } kept)
            {
                kept.AsSpan(start & (BandRows - 1), codes.Length).CopyTo(codes);
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
            if (_bands[row >> BandBits] is { } kept)
            {
                codes[position] = kept[row & (BandRows - 1)];
            }
            else
            {
                initial(row, codes.Slice(position, 1));
            }
        }
    }

    private byte[] Band(int at)
    {
        if (_bands[at] is { } band)
        {
            return band;
        }
        // Every code of it is written here: clearing it before would cost as much again.
        _bands[at] = band = GC.AllocateUninitializedArray<byte>(Math.Min(BandRows, rows - (at << BandBits)));
        initial(at << BandBits, band);
        return band;
    }

    /// <summary>Keeps the band of the last row at hand.</summary>
    public ref struct Writer(RowCodes codes)
    {
        private Span<byte> _band;
        private int _at = -1;

        public ref byte At(int row)
        {
            if (row >> BandBits != _at)
            {
                _at = row >> BandBits;
                _band = codes.Band(_at);
            }
            return ref _band[row & (BandRows - 1)];
        }
    }
}

/// <summary>One <see cref="RowCodes"/> for each segment of a query.</summary>
internal sealed class RowCodesSource(IReadOnlyDictionary<Segment, RowCodes> bySegment) : CodeSource
{
    internal override void Fill(RowBlock block, Span<byte> codes) => bySegment[block.Segment].Fill(block, codes);
}
