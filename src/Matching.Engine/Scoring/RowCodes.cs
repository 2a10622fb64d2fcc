using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>One code per row of a segment, by bands of 65,536 rows, none of them large enough to burden the collector.</summary>
internal sealed class RowCodes
{
    private const int BandBits = 16;
    private const int BandRows = 1 << BandBits;

    private readonly byte[][] _bands;

    private RowCodes(byte[][] bands) => _bands = bands;

    /// <summary>The entry of each row's value.</summary>
    public static RowCodes Of(ReadOnlySpan<ushort> values, WideTable table)
    {
        var bands = new byte[(values.Length + BandRows - 1) >> BandBits][];
        for (var band = 0; band < bands.Length; band++)
        {
            var ofBand = values[(band << BandBits)..Math.Min(values.Length, (band + 1) << BandBits)];
            // Every code of it is written here: clearing it before would cost as much again.
            bands[band] = GC.AllocateUninitializedArray<byte>(ofBand.Length);
            Kernel.Portable.Look(ofBand, table, bands[band]);
        }
        return new RowCodes(bands);
    }

    public void Fill(RowBlock block, Span<byte> codes)
    {
        // The rows of a block follow one another from a multiple of its capacity, which divides a band.
        if (block.Start is { } start && start % RowBlock.Capacity == 0)
        {
            _bands[start >> BandBits].AsSpan(start & (BandRows - 1), codes.Length).CopyTo(codes);
            return;
        }
        for (var position = 0; position < codes.Length; position++)
        {
            var row = block.RowAt(position);
            codes[position] = _bands[row >> BandBits][row & (BandRows - 1)];
        }
    }
}
