using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>
/// Where the values that matter to a query stand in one segment, when these places are few: blocks are then filled from them instead of from
/// every slot. Who reads blocks one after the other keeps how far each value has been read.
/// </summary>
internal sealed class WantedPlaces
{
    private readonly (int ValueAt, byte Code)[] _wanted;

    private WantedPlaces(SlotIndex index, byte everywhere, (int, byte)[] wanted) => (Index, Everywhere, _wanted) = (index, everywhere, wanted);

    public SlotIndex Index { get; }

    /// <summary>The code of rows with a filled slot, before their places are read.</summary>
    public byte Everywhere { get; }

    /// <summary>Null when reading every slot costs less.</summary>
    public static WantedPlaces? Of(Segment segment, string group, WideTable table, byte everywhere)
    {
        var index = segment.SlotsBy(group);
        var values = index.Values;
        var wanted = new List<(int, byte)>();
        var places = 0;
        for (var at = 0; at < values.Length; at++)
        {
            if (table.Codes[values[at]] is var code && code != everywhere)
            {
                wanted.Add((at, code));
                places += index.PlacesOf(at).Length;
            }
        }
        return SlotMerging.IsScanCheaper(segment, group, places) ? null : new WantedPlaces(index, everywhere, [.. wanted]);
    }

    /// <param name="columns">The byte column beside each slot whose value is merged; none to merge the entry of the slot's value.</param>
    public void Merge(RowBlock block, int start, Span<byte> codes, SlotMerge merge, ReadOnlySpan<int> columns) =>
        SlotMerging.Run(merge, new PlaceLoop(this, block, start, codes, columns));

    private readonly ref struct PlaceLoop(WantedPlaces places, RowBlock block, int start, Span<byte> codes, ReadOnlySpan<int> columns) : IMergeLoop
    {
        private readonly Span<byte> _codes = codes;
        private readonly ReadOnlySpan<int> _columns = columns;

        public void Run<TMerge>()
            where TMerge : struct, ISlotMerge => places.Merge<TMerge>(block, start, _codes, _columns);
    }

    private void Merge<TMerge>(RowBlock block, int start, Span<byte> codes, ReadOnlySpan<int> columns)
        where TMerge : struct, ISlotMerge
    {
        var read = block.Progress(this, _wanted.Length, start, out var follows);
        var (from, to) = (Index.PlaceOf(start), Index.PlaceOf(start + codes.Length));
        for (var value = 0; value < _wanted.Length; value++)
        {
            var places = Index.PlacesOf(_wanted[value].ValueAt);
            var at = follows ? read[value] : LowerBound(places, from);
            for (; at < places.Length && places[at] < to; at++)
            {
                var row = Index.RowOf(places[at]);
                var code = columns.IsEmpty ? _wanted[value].Code : block.Segment.Codes(columns[Index.SlotOf(places[at])])[row];
                ref var soFar = ref codes[row - start];
                soFar = TMerge.Of(soFar, code);
            }
            read[value] = at;
        }
    }

    private static int LowerBound(ReadOnlySpan<int> places, int from) => places.BinarySearch(from) is var at && at < 0 ? ~at : at;
}
