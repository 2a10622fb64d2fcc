using Matching.Engine.Filters;
using Matching.Engine.Index;

namespace Matching.Engine.Columns;

/// <summary>A segment and which of its rows are live in one snapshot (one bit a row, 64 rows a word).</summary>
public abstract class SegmentView
{
    private readonly ulong[] _live;
    private readonly Lazy<TextTotals> _textTotals;

    private protected SegmentView(Segment segment, ulong[] live)
    {
        Columns = segment;
        _live = live;
        LiveCount = Bitmap.Count(live);
        _textTotals = new(() => TextTotals.Of(_live, segment.Text.Lengths));
    }

    /// <summary>The segment without its owner's facts.</summary>
    public Segment Columns { get; }

    public ReadOnlySpan<ulong> Live => _live;

    public int LiveCount { get; }

    internal TextTotals TextTotals => _textTotals.Value;

    /// <summary>The live row of this id, or -1.</summary>
    internal int Find(Guid id)
    {
        var row = Columns.Find(id);
        return row >= 0 && Bitmap.Has(_live, row) ? row : -1;
    }

    internal int[] LiveRows() => Bitmap.Rows(_live, LiveCount);
}

/// <summary>A segment with its facts and which of its rows are live.</summary>
public sealed class SegmentView<TFacts> : SegmentView
{
    internal SegmentView(Segment<TFacts> segment, ulong[] live)
        : base(segment, live) => Segment = segment;

    public Segment<TFacts> Segment { get; }

    internal static SegmentView<TFacts> AllLive(Segment<TFacts> segment) => new(segment, Bitmap.AllSet(segment.Count));

    internal SegmentView<TFacts> Without(IEnumerable<int> rows)
    {
        var live = Live.ToArray();
        foreach (var row in rows)
        {
            Bitmap.Clear(live, row);
        }
        return new SegmentView<TFacts>(Segment, live);
    }
}

/// <summary>One consistent state of a store, never changed: a reader may keep it as long as it likes.</summary>
public sealed class Snapshot<TFacts>
{
    internal Snapshot(RowSchema schema, long version, IReadOnlyList<SegmentView<TFacts>> segments)
    {
        Schema = schema;
        Version = version;
        Segments = segments;
        Count = segments.Sum(view => view.LiveCount);
    }

    public RowSchema Schema { get; }

    /// <summary>0 for the empty store, one more for each applied batch.</summary>
    public long Version { get; }

    public IReadOnlyList<SegmentView<TFacts>> Segments { get; }

    /// <summary>Live rows.</summary>
    public int Count { get; }

    /// <summary>The row of this id as it stands in this snapshot; null when unknown or deleted.</summary>
    public Row<TFacts>? Find(Guid id) => Locate(id) is (var segment, var row) ? Segments[segment].Segment.RowAt(row) : null;

    internal (int Segment, int Row)? Locate(Guid id)
    {
        for (var segment = Segments.Count - 1; segment >= 0; segment--)
        {
            var row = Segments[segment].Find(id);
            if (row >= 0)
            {
                return (segment, row);
            }
        }
        return null;
    }
}
