namespace Matching.Engine.Columns;

/// <summary>
/// The values of a wide group in one segment, renumbered from 1 in a byte for each slot: of the trades or communes of one
/// segment there are few, and a table of 256 bytes stays in registers where one of 65,536 does not. Made when first asked for.
/// </summary>
internal sealed class LocalNumbers
{
    private readonly ushort[] _values;

    private LocalNumbers(ushort[] values, byte[][] slots) => (_values, Slots) = (values, slots);

    /// <summary>For each slot, the number of each row's value; 0 where the slot is empty.</summary>
    public byte[][] Slots { get; }

    /// <summary>Null when the segment has more values than a byte can number.</summary>
    public static LocalNumbers? Of(Segment segment, int firstSlot, int slotCount)
    {
        var isHere = new bool[ushort.MaxValue + 1];
        for (var slot = 0; slot < slotCount; slot++)
        {
            foreach (var value in segment.Wide(firstSlot + slot))
            {
                isHere[value] = true;
            }
        }
        isHere[0] = false;
        if (isHere.AsSpan().Count(true) > byte.MaxValue)
        {
            return null;
        }
        var (values, numbers) = (new List<ushort>(), new byte[isHere.Length]);
        for (var value = 1; value < isHere.Length; value++)
        {
            if (isHere[value])
            {
                values.Add((ushort)value);
                numbers[value] = (byte)values.Count;
            }
        }
        var slots = new byte[slotCount][];
        for (var slot = 0; slot < slotCount; slot++)
        {
            var column = segment.Wide(firstSlot + slot);
            var numbered = slots[slot] = new byte[column.Length];
            for (var row = 0; row < column.Length; row++)
            {
                numbered[row] = numbers[column[row]];
            }
        }
        return new LocalNumbers([.. values], slots);
    }

    /// <summary>A table by value as one by number; values past its end and the empty slot have the entry 0.</summary>
    public ByteTable Renumber(Func<int, byte> entryOf)
    {
        var entries = new byte[byte.MaxValue + 1];
        for (var number = 1; number <= _values.Length; number++)
        {
            entries[number] = entryOf(_values[number - 1]);
        }
        return new ByteTable(entries, _values.Length);
    }
}

/// <summary>An entry for each byte; those past the highest number that occurs are 0.</summary>
internal sealed record ByteTable(byte[] Entries, int Highest);
