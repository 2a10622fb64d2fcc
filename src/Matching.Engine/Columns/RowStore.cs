namespace Matching.Engine.Columns;

/// <summary>
/// Rows by id, changed in batches. Each batch makes one new snapshot that shares the untouched segments and is swapped in
/// at once: readers take <see cref="Current"/> and never wait. Batches from several threads are applied one after another.
/// </summary>
public sealed class RowStore<TFacts>(RowSchema schema)
{
    /// <summary>Merging stops here, so that one small batch never rewrites more than this many rows.</summary>
    private const int LargestMergedRows = 1 << 18;

    private readonly Lock _writing = new();
    private Snapshot<TFacts> _current = new(schema, version: 0, []);

    internal RowStore(RowSchema schema, IReadOnlyList<SegmentView<TFacts>> segments) : this(schema) =>
        _current = new Snapshot<TFacts>(schema, version: 1, segments);

    public RowSchema Schema { get; } = schema;

    public Snapshot<TFacts> Current => Volatile.Read(ref _current);

    /// <summary>
    /// Deletes, then adds or replaces, in one step. Unknown deletions are ignored; an id given twice keeps its last row;
    /// an id both deleted and given stays, with the row given.
    /// </summary>
    /// <exception cref="ArgumentException">A row does not fit the schema; nothing is applied.</exception>
    public Snapshot<TFacts> Apply(IReadOnlyList<Row<TFacts>> upserts, IReadOnlyList<Guid> deletions)
    {
        var added = new Dictionary<Guid, Row<TFacts>>(upserts.Count);
        foreach (var row in upserts)
        {
            row.Check(Schema);
            added[row.Id] = row;
        }
        var fresh = added.Count == 0 ? null : SegmentView<TFacts>.AllLive(Segment<TFacts>.Of(Schema, [.. added.Values]));
        lock (_writing)
        {
            var segments = Clear(_current, added.Keys.Concat(deletions));
            if (fresh is not null)
            {
                segments.Add(fresh);
            }
            var next = new Snapshot<TFacts>(Schema, _current.Version + 1, Tidy(segments));
            Volatile.Write(ref _current, next);
            return next;
        }
    }

    private static List<SegmentView<TFacts>> Clear(Snapshot<TFacts> from, IEnumerable<Guid> ids)
    {
        var cleared = new Dictionary<int, List<int>>();
        foreach (var id in ids)
        {
            if (from.Locate(id) is (var segment, var row))
            {
                if (!cleared.TryGetValue(segment, out var rows))
                {
                    cleared[segment] = rows = [];
                }
                rows.Add(row);
            }
        }
        return [.. from.Segments.Select((view, at) => cleared.TryGetValue(at, out var rows) ? view.Without(rows) : view)];
    }

    /// <summary>
    /// Drops empty segments, rewrites those that are mostly dead, and merges neighbours until each is at least twice the
    /// next: the number of segments grows with the logarithm of the rows, and a row is moved a logarithmic number of times.
    /// </summary>
    private List<SegmentView<TFacts>> Tidy(List<SegmentView<TFacts>> segments)
    {
        var tidy = new List<SegmentView<TFacts>>(segments.Count);
        foreach (var view in segments)
        {
            if (view.LiveCount == 0)
            {
                continue;
            }
            tidy.Add(view.LiveCount * 2 < view.Segment.Count ? Merged([view]) : view);
            while (tidy.Count > 1 && ShouldMerge(tidy[^2].LiveCount, tidy[^1].LiveCount))
            {
                var merged = Merged([tidy[^2], tidy[^1]]);
                tidy.RemoveRange(tidy.Count - 2, 2);
                tidy.Add(merged);
            }
        }
        return tidy;
    }

    private static bool ShouldMerge(int older, int newer) => older + newer <= LargestMergedRows && older < newer * 2L;

    private SegmentView<TFacts> Merged(IReadOnlyList<SegmentView<TFacts>> views) =>
        SegmentView<TFacts>.AllLive(Segment<TFacts>.Merge(Schema, views));
}
