using System.Numerics;

namespace Matching.Engine.Columns;

/// <summary>A segment and which of its rows are live in one snapshot (one bit a row, 64 rows a word).</summary>
public sealed class SegmentView<TFacts>
{
    private readonly ulong[] _live;

    internal SegmentView(Segment<TFacts> segment, ulong[] live)
    {
        Segment = segment;
        _live = live;
        foreach (var word in live)
        {
            LiveCount += BitOperations.PopCount(word);
        }
    }

    public Segment<TFacts> Segment { get; }

    public ReadOnlySpan<ulong> Live => _live;

    public int LiveCount { get; }

    internal static SegmentView<TFacts> AllLive(Segment<TFacts> segment) =>
        new(segment, Filters.Bitmap.AllSet(segment.Count));

    /// <summary>The live row of this id, or -1.</summary>
    internal int Find(Guid id)
    {
        var row = Segment.Find(id);
        return row >= 0 && Filters.Bitmap.Has(_live, row) ? row : -1;
    }

    internal int[] LiveRows() => Filters.Bitmap.Rows(_live, LiveCount);

    internal SegmentView<TFacts> Without(IEnumerable<int> rows)
    {
        var live = (ulong[])_live.Clone();
        foreach (var row in rows)
        {
            Filters.Bitmap.Clear(live, row);
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
