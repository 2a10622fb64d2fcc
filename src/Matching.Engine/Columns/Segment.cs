using Matching.Engine.Index;

namespace Matching.Engine.Columns;

/// <summary>
/// Rows stored column by column, never changed once built, so that snapshots share them. What is no longer live is known
/// by the snapshot's view of the segment, not by the segment.
/// </summary>
public abstract class Segment
{
    private readonly Guid[] _ids;
    private readonly byte[][] _codes;
    private readonly ushort[][] _wide;
    private readonly ulong[][] _bits;
    private readonly IdLookup _lookup;
    private readonly Lazy<SlotIndex>[] _slotIndexes;
    private readonly Lazy<LocalNumbers?>[] _localNumbers;

    private protected Segment(
        RowSchema schema, Guid[] ids, byte[][] codes, ushort[][] wide, ulong[][] bits, SegmentText text)
    {
        Text = text;
        Schema = schema;
        _ids = ids;
        _codes = codes;
        _wide = wide;
        _bits = bits;
        _lookup = new IdLookup(ids);
        Lazy<T>[] OfEachGroup<T>(Func<Segment, int, int, T> make) => [.. schema.WideGroups.Select(group => new Lazy<T>(() =>
        {
            var (first, count) = schema.SlotSpan(group.Name);
            return make(this, first, count);
        }))];
        (_slotIndexes, _localNumbers) = (OfEachGroup(SlotIndex.Of), OfEachGroup(LocalNumbers.Of));
    }

    public RowSchema Schema { get; }

    public int Count => _ids.Length;

    public ReadOnlySpan<Guid> Ids => _ids;

    internal SegmentText Text { get; }

    internal FactsCache FactsCache { get; } = new();

    public ReadOnlySpan<byte> Codes(int column) => _codes[column];

    public ReadOnlySpan<ushort> Wide(int slot) => _wide[slot];

    public ReadOnlySpan<ulong> Bits(int column) => _bits[column];

    internal SlotIndex SlotsBy(string group) => _slotIndexes[Schema.GroupNumber(group)].Value;

    /// <summary>Null when the group has too many different values here.</summary>
    internal LocalNumbers? NumbersOf(string group) => _localNumbers[Schema.GroupNumber(group)].Value;

    internal int Find(Guid id) => _lookup.Find(id);

    /// <summary>Rows whose id comes again later: they are not live.</summary>
    internal IReadOnlyList<int> ReplacedRows => _lookup.Replaced;
}

/// <summary>A segment with the owner's facts and texts, one of each per row.</summary>
public sealed class Segment<TFacts> : Segment
{
    private readonly TFacts[] _facts;

    internal Segment(
        RowSchema schema, Guid[] ids, byte[][] codes, ushort[][] wide, ulong[][] bits, TextColumn texts, TFacts[] facts, SegmentText text)
        : base(schema, ids, codes, wide, bits, text)
    {
        Texts = texts;
        _facts = facts;
    }

    public TextColumn Texts { get; }

    public ReadOnlySpan<TFacts> Facts => _facts;

    /// <summary>One segment with the live rows of several, in their order.</summary>
    internal static Segment<TFacts> Merge(RowSchema schema, IReadOnlyList<SegmentView<TFacts>> views)
    {
        var kept = views.Select(view => view.LiveRows()).ToArray();
        T[] Gather<T>(Reading<T> column)
        {
            var merged = new T[kept.Sum(rows => rows.Length)];
            var at = 0;
            for (var view = 0; view < views.Count; view++)
            {
                var source = column(views[view].Segment);
                foreach (var row in kept[view])
                {
                    merged[at++] = source[row];
                }
            }
            return merged;
        }
        return new Segment<TFacts>(
            schema,
            Gather(segment => segment.Ids),
            [.. Enumerable.Range(0, schema.CodeColumns.Count).Select(column => Gather(segment => segment.Codes(column)))],
            [.. Enumerable.Range(0, schema.SlotCount).Select(slot => Gather(segment => segment.Wide(slot)))],
            [.. Enumerable.Range(0, schema.BitColumns.Count).Select(column => Gather(segment => segment.Bits(column)))],
            TextColumn.Merge([.. views.Select((view, at) => (view.Segment.Texts, kept[at]))]),
            Gather(segment => segment._facts),
            SegmentText.Merge([.. views.Select((view, at) => (view.Segment.Text, kept[at]))]));
    }

    internal Row<TFacts> RowAt(int row)
    {
        var codes = new byte[Schema.CodeColumns.Count];
        for (var column = 0; column < codes.Length; column++)
        {
            codes[column] = Codes(column)[row];
        }
        var wide = new ushort[Schema.SlotCount];
        for (var slot = 0; slot < wide.Length; slot++)
        {
            wide[slot] = Wide(slot)[row];
        }
        var bits = new ulong[Schema.BitColumns.Count];
        for (var column = 0; column < bits.Length; column++)
        {
            bits[column] = Bits(column)[row];
        }
        return new Row<TFacts>(Ids[row], codes, wide, bits, Texts[row], _facts[row]);
    }

    private delegate ReadOnlySpan<T> Reading<T>(Segment<TFacts> segment);
}
