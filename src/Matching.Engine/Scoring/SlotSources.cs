using System.Collections.Concurrent;
using System.Numerics;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>The entries of the row's slots, merged.</summary>
internal sealed class LookupSource(string group, byte[] table, SlotMerge merge) : CodeSource
{
    private readonly Lazy<WideTable> _table = new(() => WideTable.Of(table));
    private readonly ConcurrentDictionary<Segment, (NumberedSlots? Numbered, WantedPlaces? Places)> _bySegment = new();

    internal override CodeSource Prepare(PassingRows rows)
    {
        rows.Schema?.Slots(group);
        // A copy per query: what is kept by segment lives as long as the query.
        return rows.Share((group, table, merge), () => new LookupSource(group, table, merge));
    }

    internal override void Ahead(RowBlock block)
    {
        var (first, count) = SlotsOf(block.Segment);
        if (WaysOf(block.Segment).Numbered is { } numbered)
        {
            numbered.Ahead(block, valueColumns: []);
        }
        else if (count == 1)
        {
            block.WideAhead(first);
        }
    }

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        var (first, count) = SlotsOf(block.Segment);
        var (numbered, places) = WaysOf(block.Segment);
        if (numbered is not null)
        {
            numbered.Merge(block, codes, merge, valueColumns: []);
            return;
        }
        if (places is not null && block.Start is { } start)
        {
            SlotMerging.WhereFilled(places.Index.Filled.AsSpan(start, codes.Length), places.Everywhere, codes);
            places.Merge(block, start, codes, merge, columns: []);
            return;
        }
        if (count == 1 && merge != SlotMerge.Count)
        {
            // The entry of the only slot is the largest of them and their sum.
            block.Kernel.Look(block.Wide(first), _table.Value, codes);
            return;
        }
        codes.Clear();
        var ofSlot = block.Temporary();
        for (var slot = first; slot < first + count; slot++)
        {
            block.Kernel.Look(block.Wide(slot), _table.Value, ofSlot);
            SlotMerging.Merge(codes, ofSlot, merge);
        }
    }

    private (int First, int Count) SlotsOf(Segment segment) => segment.Schema.Slots(group).GetOffsetAndLength(segment.Schema.SlotCount);

    private (NumberedSlots? Numbered, WantedPlaces? Places) WaysOf(Segment segment) => _bySegment.GetOrAdd(segment, one =>
        NumberedSlots.Of(one, group, value => value < table.Length ? table[value] : (byte)0) is { } numbered ? (numbered, null)
            : (null, SlotsOf(one).Count > 1 ? PlacesOf(one) : null));

    /// <summary>Of a maximum, the lowest entry needs no place: every row with a filled slot has it at least.</summary>
    private WantedPlaces? PlacesOf(Segment segment)
    {
        var lowest = byte.MaxValue;
        foreach (var value in segment.SlotsBy(group).Values)
        {
            lowest = Math.Min(lowest, _table.Value.Codes[value]);
        }
        return WantedPlaces.Of(segment, group, _table.Value, merge == SlotMerge.Max && lowest != byte.MaxValue ? lowest : (byte)0);
    }
}

/// <summary>The values of columns parallel to the slots, where the slot holds a wanted value, merged.</summary>
internal sealed class SlotValueSource(string group, bool[] table, IReadOnlyList<string> valueColumns, SlotMerge merge) : CodeSource
{
    private readonly Lazy<WideTable> _wanted = new(() => WideTable.Of(table));
    private readonly ConcurrentDictionary<Segment, (NumberedSlots? Numbered, WantedPlaces? Places)> _bySegment = new();

    internal override CodeSource Prepare(PassingRows rows)
    {
        if (rows.Schema is { } schema)
        {
            var count = schema.Slots(group).GetOffsetAndLength(schema.SlotCount).Length;
            if (count != valueColumns.Count)
            {
                throw new ArgumentException($"Group '{group}' has {count} slots but {valueColumns.Count} value columns are given.");
            }
            foreach (var column in valueColumns)
            {
                schema.CodeColumn(column);
            }
        }
        return new SlotValueSource(group, table, valueColumns, merge);
    }

    internal override void Ahead(RowBlock block)
    {
        if (WaysOf(block.Segment).Numbered is { } numbered)
        {
            Span<int> columns = stackalloc int[valueColumns.Count];
            ColumnsOf(block.Segment, columns);
            numbered.Ahead(block, columns);
        }
    }

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        var (numbered, places) = WaysOf(block.Segment);
        Span<int> columns = stackalloc int[valueColumns.Count];
        ColumnsOf(block.Segment, columns);
        if (numbered is not null)
        {
            numbered.Merge(block, codes, merge, columns);
            return;
        }
        codes.Clear();
        if (places is not null && block.Start is { } start)
        {
            places.Merge(block, start, codes, merge, columns);
            return;
        }
        var ofSlot = block.Temporary();
        var first = block.Segment.Schema.Slots(group).Start.Value;
        for (var slot = 0; slot < columns.Length; slot++)
        {
            block.Kernel.Look(block.Wide(first + slot), _wanted.Value, ofSlot);
            var values = block.Codes(columns[slot]);
            for (var at = 0; at < codes.Length; at++)
            {
                ofSlot[at] = (byte)(values[at] & -ofSlot[at]);
            }
            SlotMerging.Merge(codes, ofSlot, merge);
        }
    }

    private void ColumnsOf(Segment segment, Span<int> columns)
    {
        for (var slot = 0; slot < columns.Length; slot++)
        {
            columns[slot] = segment.Schema.CodeColumn(valueColumns[slot]);
        }
    }

    private (NumberedSlots? Numbered, WantedPlaces? Places) WaysOf(Segment segment) => _bySegment.GetOrAdd(segment, one =>
        NumberedSlots.Of(one, group, value => value < table.Length && table[value] ? byte.MaxValue : (byte)0) is { } numbered ? (numbered, null)
            : (null, WantedPlaces.Of(one, group, _wanted.Value, everywhere: 0)));
}

/// <summary>One slot's code merged into those before it: a type for each way, so that a loop over many places asks once which it is.</summary>
internal interface ISlotMerge
{
    static abstract byte Of(byte soFar, byte code);
}

internal readonly struct MaxMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => Math.Max(soFar, code);
}

internal readonly struct SumMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => (byte)Math.Min(soFar + code, SlotMerging.Most);
}

internal readonly struct CountMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => (byte)Math.Min(soFar + Math.Min(code, (byte)1), SlotMerging.Most);
}

internal static class SlotMerging
{
    public const int Most = RowSchema.CodeCount - 1;

    /// <summary>Following a place costs about as much as reading this many slots in a row.</summary>
    private const int SlotsPerPlace = 2;

    public static bool IsScanCheaper(Segment segment, string group, int places) =>
        (long)places * SlotsPerPlace > (long)segment.Count * segment.Schema.Slots(group).GetOffsetAndLength(segment.Schema.SlotCount).Length;

    /// <summary>Merges one slot's codes into those so far; a code of 0 changes nothing, whatever the merge.</summary>
    public static void Merge(Span<byte> soFar, ReadOnlySpan<byte> ofSlot, SlotMerge merge)
    {
        var at = 0;
        var (one, most) = (Vector<byte>.One, new Vector<byte>(Most));
        for (; at + Vector<byte>.Count <= soFar.Length; at += Vector<byte>.Count)
        {
            var (before, code) = (new Vector<byte>(soFar[at..]), new Vector<byte>(ofSlot[at..]));
            var merged = merge switch
            {
                SlotMerge.Max => Vector.Max(before, code),
                SlotMerge.Sum => Vector.Min(before + code, most),
                SlotMerge.Count => Vector.Min(before + Vector.Min(code, one), most),
                _ => throw new ArgumentOutOfRangeException(nameof(merge)),
            };
            merged.CopyTo(soFar[at..]);
        }
        for (; at < soFar.Length; at++)
        {
            Merge(ref soFar[at], ofSlot[at], merge);
        }
    }

    public static void Merge(ref byte soFar, byte code, SlotMerge merge) => soFar = merge switch
    {
        SlotMerge.Max => MaxMerge.Of(soFar, code),
        SlotMerge.Sum => SumMerge.Of(soFar, code),
        SlotMerge.Count => CountMerge.Of(soFar, code),
        _ => throw new ArgumentOutOfRangeException(nameof(merge)),
    };

    /// <summary>The code where at least one slot is filled, 0 elsewhere.</summary>
    public static void WhereFilled(ReadOnlySpan<byte> filled, byte code, Span<byte> codes)
    {
        var at = 0;
        var (one, everywhere) = (Vector<byte>.One, new Vector<byte>(code));
        for (; at + Vector<byte>.Count <= codes.Length; at += Vector<byte>.Count)
        {
            (Vector.Min(new Vector<byte>(filled[at..]), one) * everywhere).CopyTo(codes[at..]);
        }
        for (; at < codes.Length; at++)
        {
            codes[at] = filled[at] == 0 ? (byte)0 : code;
        }
    }
}
