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
        var batch = new RowBatch<TFacts>(Schema, upserts.Count, upserts.Sum(row => row.Text.Length));
        foreach (var row in upserts)
        {
            batch.Add(row);
        }
        return Apply(batch, deletions);
    }

    /// <summary>The same for rows that were given to a batch one by one.</summary>
    /// <exception cref="InvalidOperationException">The batch was applied before.</exception>
    public Snapshot<TFacts> Apply(RowBatch<TFacts> upserts, IReadOnlyList<Guid> deletions)
    {
        var fresh = upserts.Count == 0 ? null : upserts.ToSegment();
        lock (_writing)
        {
            var segments = Clear(_current, upserts.Ids, deletions);
            if (fresh is not null)
            {
                segments.Add(fresh);
            }
            var next = new Snapshot<TFacts>(Schema, _current.Version + 1, Tidy(segments));
            Volatile.Write(ref _current, next);
            return next;
        }
    }

    private static List<SegmentView<TFacts>> Clear(Snapshot<TFacts> from, ReadOnlySpan<Guid> replaced, IReadOnlyList<Guid> deletions)
    {
        var cleared = new Dictionary<int, List<int>>();
        foreach (var id in (ReadOnlySpan<Guid>)[.. replaced, .. deletions])
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
        // What will be one segment is gathered first: a row is moved once, however many merges follow from one batch.
        var tidy = new List<(List<SegmentView<TFacts>> Parts, int Rows)>(segments.Count);
        foreach (var view in segments.Where(view => view.LiveCount > 0))
        {
            tidy.Add(([view], view.LiveCount));
            while (tidy.Count > 1 && ShouldMerge(tidy[^2].Rows, tidy[^1].Rows))
            {
                var newer = tidy[^1];
                tidy.RemoveAt(tidy.Count - 1);
                tidy[^1].Parts.AddRange(newer.Parts);
                tidy[^1] = (tidy[^1].Parts, tidy[^1].Rows + newer.Rows);
            }
        }
        return tidy.ConvertAll(one => one.Parts is [var alone] && alone.LiveCount * 2 >= alone.Segment.Count ? alone : Merged(one.Parts));
    }

    private static bool ShouldMerge(int older, int newer) => older + newer <= LargestMergedRows && older < newer * 2L;

    private SegmentView<TFacts> Merged(IReadOnlyList<SegmentView<TFacts>> views) =>
        SegmentView<TFacts>.AllLive(Segment<TFacts>.Merge(Schema, views));
}
