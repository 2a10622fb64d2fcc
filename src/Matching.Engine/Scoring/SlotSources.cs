using System.Collections.Concurrent;
using System.Numerics;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>The entries of the row's slots, merged.</summary>
internal sealed class LookupSource(string group, byte[] table, SlotMerge merge) : CodeSource
{
    private readonly WideTable _table = WideTable.Of(table);
    private readonly ConcurrentDictionary<Segment, RowCodes?> _bySegment = new();

    internal override CodeSource Prepare(PassingRows rows)
    {
        rows.Schema?.Slots(group);
        // A copy per query: what is kept by segment lives as long as the query.
        return rows.Share((group, table, merge), () => new LookupSource(group, table, merge));
    }

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        var schema = block.Segment.Schema;
        var (first, count) = schema.Slots(group).GetOffsetAndLength(schema.SlotCount);
        if (count > 1 && block.Start is not null && _bySegment.GetOrAdd(block.Segment, PlacesOf) is { } kept)
        {
            kept.Fill(block, codes);
            return;
        }
        codes.Clear();
        var ofSlot = block.Temporary();
        for (var slot = first; slot < first + count; slot++)
        {
            block.Kernel.Look(block.Wide(slot), _table, ofSlot);
            SlotMerging.Merge(codes, ofSlot, merge);
        }
    }

    /// <summary>
    /// The codes by going through the places of the values that matter; null when too many do. Of a maximum, the lowest
    /// entry needs no place: every row with a filled slot has it at least.
    /// </summary>
    private RowCodes? PlacesOf(Segment segment) => merge switch
    {
        SlotMerge.Max => PlacesOf<MaxMerge>(segment),
        SlotMerge.Sum => PlacesOf<SumMerge>(segment),
        SlotMerge.Count => PlacesOf<CountMerge>(segment),
        _ => throw new ArgumentOutOfRangeException(nameof(segment), merge, "No such merge."),
    };

    private RowCodes? PlacesOf<TMerge>(Segment segment)
        where TMerge : struct, ISlotMerge
    {
        var index = segment.SlotsBy(group);
        var values = index.Values;
        var lowest = byte.MaxValue;
        foreach (var value in values)
        {
            lowest = Math.Min(lowest, _table.Codes[value]);
        }
        var everywhere = merge == SlotMerge.Max && lowest != byte.MaxValue ? lowest : (byte)0;
        var places = 0;
        for (var at = 0; at < values.Length; at++)
        {
            places += _table.Codes[values[at]] == everywhere ? 0 : index.PlacesOf(at).Length;
        }
        if (SlotMerging.IsScanCheaper(segment, group, places))
        {
            return null;
        }
        var filled = index.Filled;
        var codes = new RowCodes(segment.Count, (start, block) => SlotMerging.WhereFilled(filled.AsSpan(start, block.Length), everywhere, block));
        var writer = codes.ToWrite();
        for (var at = 0; at < values.Length; at++)
        {
            if (_table.Codes[values[at]] is var code && code != everywhere)
            {
                foreach (var place in index.PlacesOf(at))
                {
                    ref var soFar = ref writer.At(index.RowOf(place));
                    soFar = TMerge.Of(soFar, code);
                }
            }
        }
        return codes;
    }
}

/// <summary>The values of columns parallel to the slots, where the slot holds a wanted value, merged.</summary>
internal sealed class SlotValueSource(string group, bool[] table, IReadOnlyList<string> valueColumns, SlotMerge merge) : CodeSource
{
    private readonly WideTable _wanted = WideTable.Of(table);
    private readonly ConcurrentDictionary<Segment, RowCodes?> _bySegment = new();

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

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        if (block.Start is not null && _bySegment.GetOrAdd(block.Segment, PlacesOf) is { } kept)
        {
            kept.Fill(block, codes);
            return;
        }
        codes.Clear();
        var ofSlot = block.Temporary();
        var schema = block.Segment.Schema;
        var first = schema.Slots(group).Start.Value;
        for (var slot = 0; slot < valueColumns.Count; slot++)
        {
            block.Kernel.Look(block.Wide(first + slot), _wanted, ofSlot);
            var values = block.Codes(schema.CodeColumn(valueColumns[slot]));
            for (var at = 0; at < codes.Length; at++)
            {
                ofSlot[at] = (byte)(values[at] & -ofSlot[at]);
            }
            SlotMerging.Merge(codes, ofSlot, merge);
        }
    }

    private RowCodes? PlacesOf(Segment segment) => merge switch
    {
        SlotMerge.Max => PlacesOf<MaxMerge>(segment),
        SlotMerge.Sum => PlacesOf<SumMerge>(segment),
        SlotMerge.Count => PlacesOf<CountMerge>(segment),
        _ => throw new ArgumentOutOfRangeException(nameof(segment), merge, "No such merge."),
    };

    private RowCodes? PlacesOf<TMerge>(Segment segment)
        where TMerge : struct, ISlotMerge
    {
        var index = segment.SlotsBy(group);
        var values = index.Values;
        var places = 0;
        for (var at = 0; at < values.Length; at++)
        {
            places += _wanted.Codes[values[at]] == 0 ? 0 : index.PlacesOf(at).Length;
        }
        if (SlotMerging.IsScanCheaper(segment, group, places))
        {
            return null;
        }
        int[] columns = [.. valueColumns.Select(segment.Schema.CodeColumn)];
        var codes = RowCodes.Of(segment.Count, otherwise: 0);
        var writer = codes.ToWrite();
        for (var at = 0; at < values.Length; at++)
        {
            foreach (var place in _wanted.Codes[values[at]] == 0 ? [] : index.PlacesOf(at))
            {
                var row = index.RowOf(place);
                ref var soFar = ref writer.At(row);
                soFar = TMerge.Of(soFar, segment.Codes(columns[index.SlotOf(place)])[row]);
            }
        }
        return codes;
    }
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
