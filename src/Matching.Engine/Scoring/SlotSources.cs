using System.Collections.Concurrent;
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
        if (WaysOf(block.Segment).Numbered is { } numbered)
        {
            numbered.Ahead(block, valueColumns: []);
        }
        else if (block.Segment.Schema.SlotSpan(group) is (var first, 1))
        {
            block.WideAhead(first);
        }
    }

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
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
        var (first, count) = block.Segment.Schema.SlotSpan(group);
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

    // Asked for at every block: a function that would only be needed at the first is not even made for the others.
    private (NumberedSlots? Numbered, WantedPlaces? Places) WaysOf(Segment segment) =>
        _bySegment.TryGetValue(segment, out var known) ? known : _bySegment.GetOrAdd(segment, FindWays);

    private (NumberedSlots? Numbered, WantedPlaces? Places) FindWays(Segment segment) =>
        NumberedSlots.Of(segment, group, value => value < table.Length ? table[value] : (byte)0) is { } numbered ? (numbered, null)
            : (null, segment.Schema.SlotSpan(group).Count > 1 ? PlacesOf(segment) : null);

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
/// <param name="columns">The places of the columns in the schema of the query's snapshot, once they are known.</param>
internal sealed class SlotValueSource(string group, bool[] table, IReadOnlyList<string> valueColumns, SlotMerge merge, params int[] columns) : CodeSource
{
    /// <summary>All bits of the value that stands beside a wanted slot, none of another's.</summary>
    private readonly Lazy<WideTable> _wanted = new(() => WideTable.Of(Array.ConvertAll(table, Mask)));
    private readonly ConcurrentDictionary<Segment, (NumberedSlots? Numbered, WantedPlaces? Places)> _bySegment = new();

    internal override CodeSource Prepare(PassingRows rows)
    {
        if (rows.Schema is not { } schema)
        {
            return this;
        }
        var count = schema.SlotSpan(group).Count;
        return count == valueColumns.Count
            ? new SlotValueSource(group, table, valueColumns, merge, [.. valueColumns.Select(schema.CodeColumn)])
            : throw new ArgumentException($"Group '{group}' has {count} slots but {valueColumns.Count} value columns are given.");
    }

    internal override void Ahead(RowBlock block)
    {
        if (WaysOf(block.Segment).Numbered is { } numbered)
        {
            numbered.Ahead(block, columns);
        }
    }

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        var (numbered, places) = WaysOf(block.Segment);
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
        var first = block.Segment.Schema.SlotSpan(group).First;
        for (var slot = 0; slot < columns.Length; slot++)
        {
            block.Kernel.Look(block.Wide(first + slot), _wanted.Value, ofSlot);
            SlotMerging.And(ofSlot, block.Codes(columns[slot]));
            SlotMerging.Merge(codes, ofSlot, merge);
        }
    }

    private static byte Mask(bool isWanted) => isWanted ? byte.MaxValue : (byte)0;

    private (NumberedSlots? Numbered, WantedPlaces? Places) WaysOf(Segment segment) =>
        _bySegment.TryGetValue(segment, out var known) ? known : _bySegment.GetOrAdd(segment, FindWays);

    private (NumberedSlots? Numbered, WantedPlaces? Places) FindWays(Segment segment) =>
        NumberedSlots.Of(segment, group, value => value < table.Length ? Mask(table[value]) : (byte)0) is { } numbered ? (numbered, null)
            : (null, WantedPlaces.Of(segment, group, _wanted.Value, everywhere: 0));
}
