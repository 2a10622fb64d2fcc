using System.Numerics;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

internal sealed class ColumnSource(string column) : CodeSource
{
    internal override void Fill(RowBlock block, Span<byte> codes) =>
        block.Codes(block.Segment.Schema.CodeColumn(column)).CopyTo(codes);
}

internal sealed class LookupSource(string group, byte[] table, SlotMerge merge) : CodeSource
{
    private readonly byte[] _codes = WideTable.Of(table, code => code);

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        codes.Clear();
        var ofSlot = block.Temporary();
        var (first, count) = block.Segment.Schema.Slots(group).GetOffsetAndLength(block.Segment.Schema.SlotCount);
        for (var slot = first; slot < first + count; slot++)
        {
            var values = block.Wide(slot);
            for (var at = 0; at < codes.Length; at++)
            {
                ofSlot[at] = _codes[values[at]];
            }
            SlotMerging.Merge(codes, ofSlot, merge);
        }
    }
}

internal sealed class SlotValueSource(string group, bool[] table, IReadOnlyList<string> valueColumns, SlotMerge merge) : CodeSource
{
    private readonly byte[] _masks = WideTable.Of(table, yes => yes ? byte.MaxValue : (byte)0);

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        codes.Clear();
        var ofSlot = block.Temporary();
        var schema = block.Segment.Schema;
        var (first, count) = schema.Slots(group).GetOffsetAndLength(schema.SlotCount);
        if (count != valueColumns.Count)
        {
            throw new ArgumentException($"Group '{group}' has {count} slots but {valueColumns.Count} value columns are given.");
        }
        for (var slot = 0; slot < count; slot++)
        {
            var keys = block.Wide(first + slot);
            var values = block.Codes(schema.CodeColumn(valueColumns[slot]));
            for (var at = 0; at < codes.Length; at++)
            {
                ofSlot[at] = (byte)(values[at] & _masks[keys[at]]);
            }
            SlotMerging.Merge(codes, ofSlot, merge);
        }
    }
}

internal sealed class BitCountSource(string column, ulong mask, bool held) : CodeSource
{
    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        var bits = block.Bits(block.Segment.Schema.BitColumn(column));
        for (var at = 0; at < codes.Length; at++)
        {
            var count = BitOperations.PopCount(mask & (held ? bits[at] : ~bits[at]));
            codes[at] = (byte)Math.Min(count, RowSchema.CodeCount - 1);
        }
    }
}

internal sealed class PairSource(CodeSource first, CodeSource second, byte[] table) : CodeSource
{
    internal override CodeSource Prepare(PassingRows rows) => new PairSource(first.Prepare(rows), second.Prepare(rows), table);

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        first.Fill(block, codes);
        var other = block.Temporary();
        second.Fill(block, other);
        for (var at = 0; at < codes.Length; at++)
        {
            codes[at] = table[(codes[at] * RowSchema.CodeCount) + other[at]];
        }
    }
}

internal sealed class MapSource(CodeSource source, byte[] table) : CodeSource
{
    internal override CodeSource Prepare(PassingRows rows) => new MapSource(source.Prepare(rows), table);

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        source.Fill(block, codes);
        foreach (ref var code in codes)
        {
            code = table[code];
        }
    }
}

internal sealed class PerRowSource(Func<Segment, byte[]> codesOf) : CodeSource
{
    private readonly Dictionary<Segment, byte[]> _perSegment = [];

    // A copy per query: the arrays live as long as the query, and two queries never share the dictionary.
    internal override CodeSource Prepare(PassingRows rows)
    {
        var prepared = new PerRowSource(codesOf);
        foreach (var segment in rows.Views.Select(view => view.Columns))
        {
            var codes = codesOf(segment);
            if (codes.Length != segment.Count || codes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(RowSchema.CodeCount - 1)))
            {
                throw new ArgumentException("A per-row source gives one code 0 to 63 for each row of the segment.");
            }
            prepared._perSegment[segment] = codes;
        }
        return prepared;
    }

    internal override void Fill(RowBlock block, Span<byte> codes) => block.PerRow(_perSegment[block.Segment]).CopyTo(codes);
}

internal static class SlotMerging
{
    /// <summary>Merges one slot's codes into those so far; a code of 0 changes nothing, whatever the merge.</summary>
    public static void Merge(Span<byte> soFar, ReadOnlySpan<byte> ofSlot, SlotMerge merge)
    {
        const int Most = RowSchema.CodeCount - 1;
        for (var at = 0; at < soFar.Length; at++)
        {
            int code = ofSlot[at];
            soFar[at] = merge switch
            {
                SlotMerge.Max => (byte)Math.Max(soFar[at], code),
                SlotMerge.Sum => (byte)Math.Min(soFar[at] + code, Most),
                SlotMerge.Count => (byte)Math.Min(soFar[at] + Math.Min(code, 1), Most),
                _ => throw new ArgumentOutOfRangeException(nameof(merge)),
            };
        }
    }
}
