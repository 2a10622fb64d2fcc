using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>The slots of a group in a segment where its values are few, with a query's table over their numbers: every row is read, a register at a time.</summary>
internal sealed class NumberedSlots
{
    private readonly byte[][] _slots;
    private readonly ByteTable _table;

    private NumberedSlots(byte[][] slots, ByteTable table) => (_slots, _table) = (slots, table);

    /// <summary>Null when the group has too many values here.</summary>
    public static NumberedSlots? Of(Segment segment, string group, Func<int, byte> entryOf) =>
        segment.NumbersOf(group) is { } numbers ? new NumberedSlots(numbers.Slots, numbers.Renumber(entryOf)) : null;

    /// <summary>Asks the memory for the first slot, and each slot asks for the next while it is read: more would not stay in the nearest cache.</summary>
    public void Ahead(RowBlock block, ReadOnlySpan<int> valueColumns) => Ahead(block, 0, valueColumns);

    private void Ahead(RowBlock block, int slot, ReadOnlySpan<int> valueColumns)
    {
        if (slot < _slots.Length)
        {
            block.PerRowAhead(_slots[slot]);
            if (!valueColumns.IsEmpty)
            {
                block.CodesAhead(valueColumns[slot]);
            }
        }
    }

    /// <param name="valueColumns">The column beside each slot whose value is merged where the entry is 255; none to merge the entries themselves.</param>
    public void Merge(RowBlock block, Span<byte> codes, SlotMerge merge, ReadOnlySpan<int> valueColumns)
    {
        // The first of a maximum or of a sum is the code so far; a count starts from nothing.
        var isFirst = merge != SlotMerge.Count;
        if (!isFirst)
        {
            codes.Clear();
        }
        var temporary = block.Temporary();
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            Ahead(block, slot + 1, valueColumns);
            block.Kernel.Merge(block.PerRow(_slots[slot]), _table, valueColumns.IsEmpty ? [] : block.Codes(valueColumns[slot]), isFirst ? null : merge, codes, temporary);
            isFirst = false;
        }
    }
}
