using System.Numerics;

namespace Matching.Engine.Columns;

/// <summary>
/// Where each value of a wide group stands in one segment: value → (row, slot), rows ascending. A query that asks about few
/// of the values reads these places instead of every slot of every row. Made when first asked for; 4 bytes for each filled
/// slot and one for each row.
/// </summary>
internal sealed class SlotIndex
{
    private readonly ushort[] _values;
    private readonly int[] _ends;
    private readonly int[] _places;
    private readonly int _slotBits;

    private SlotIndex(ushort[] values, int[] ends, int[] places, byte[] filled, int slotBits) =>
        (_values, _ends, _places, Filled, _slotBits) = (values, ends, places, filled, slotBits);

    /// <summary>Different values, ascending.</summary>
    public ReadOnlySpan<ushort> Values => _values;

    /// <summary>How many slots of each row hold a value.</summary>
    public byte[] Filled { get; }

    public int PlaceCount => _places.Length;

    public ReadOnlySpan<int> PlacesOf(int valueAt)
    {
        var start = valueAt == 0 ? 0 : _ends[valueAt - 1];
        return _places.AsSpan(start, _ends[valueAt] - start);
    }

    /// <summary>No place of this row comes before it.</summary>
    public int PlaceOf(int row) => row << _slotBits;

    public int RowOf(int place) => place >> _slotBits;

    public int SlotOf(int place) => place & ((1 << _slotBits) - 1);

    public static SlotIndex Of(Segment segment, int firstSlot, int slotCount)
    {
        var slotBits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)slotCount));
        var starts = new int[ushort.MaxValue + 1];
        var filled = new byte[segment.Count];
        for (var slot = 0; slot < slotCount; slot++)
        {
            var column = segment.Wide(firstSlot + slot);
            for (var row = 0; row < column.Length; row++)
            {
                starts[column[row]]++;
                filled[row] += column[row] == 0 ? (byte)0 : (byte)1;
            }
        }
        starts[0] = 0;
        var values = new List<ushort>();
        var total = 0;
        for (var value = 1; value < starts.Length; value++)
        {
            if (starts[value] > 0)
            {
                values.Add((ushort)value);
            }
            (total, starts[value]) = (total + starts[value], total);
        }
        var places = new int[total];
        for (var row = 0; row < segment.Count; row++)
        {
            for (var slot = 0; slot < slotCount; slot++)
            {
                if (segment.Wide(firstSlot + slot)[row] is > 0 and var value)
                {
                    places[starts[value]++] = (row << slotBits) | slot;
                }
            }
        }
        // Each start has moved to the end of its value.
        return new SlotIndex([.. values], [.. values.Select(value => starts[value])], places, filled, slotBits);
    }
}
