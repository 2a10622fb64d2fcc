using Matching.Engine.Columns;
using Matching.Engine.Explanations;
using Matching.Engine.Filters;

namespace Matching.Engine.Scoring;

/// <summary>Entry point: <c>Ranking.Of(store.Current, query)</c>.</summary>
public static class Ranking
{
    /// <summary>Filters and scores every row of the snapshot, exactly. The result reads this snapshot only.</summary>
    /// <param name="kernel">How columns are read: the same answer from each, the fastest of the machine when none is given.</param>
    /// <exception cref="ArgumentException">A filter or a source names a column the schema does not have.</exception>
    public static Ranking<TFacts> Of<TFacts>(Snapshot<TFacts> snapshot, Query query, Kernel? kernel = null) => new(snapshot, query, kernel ?? Kernel.Auto);
}

/// <summary>A query run on one snapshot: counts, best rows, and the explanation of any row. Safe to read from several threads.</summary>
public sealed class Ranking<TFacts>
{
    private readonly Snapshot<TFacts> _snapshot;
    private readonly Query _query;
    private readonly CodeSource[] _sources;
    private readonly FilterOutcome[] _outcomes;
    private readonly Kernel _kernel;
    private readonly RankOrder _order;
    private readonly PlacedPair[] _pairs;

    internal Ranking(Snapshot<TFacts> snapshot, Query query, Kernel kernel)
    {
        (_snapshot, _query, _kernel) = (snapshot, query, kernel);
        _outcomes = new FilterOutcome[snapshot.Segments.Count];
        var removed = SegmentWork.Each(snapshot.Segments, () => (Rows: new int[query.Hard.Count], Alone: new int[query.Hard.Count]), (counts, at) =>
        {
            _outcomes[at] = FilterOutcome.Of(snapshot.Segments[at].Segment, snapshot.Segments[at].Live, query.Scope, query.Hard, kernel, counts.Rows, counts.Alone);
        });
        var passing = new PassingRows(snapshot.Segments, _outcomes);
        _sources = [.. query.Features.Select(feature => feature.Source.Prepare(passing))];
        _pairs = PlacedPair.Of(query);
        _order = new RankOrder(passing, new ScorePass(kernel, passing, query.Features, _sources, _pairs), query.Salt);
        Counts = new RankCounts(
            _outcomes.Sum(outcome => outcome.InScopeCount),
            _outcomes.Sum(outcome => outcome.PassingCount),
            [.. query.Hard.Select((filter, at) => new RemovedBy(filter.Name, removed.Sum(counts => counts.Rows[at]), removed.Sum(counts => counts.Alone[at])))]);
    }

    public RankCounts Counts { get; }

    /// <summary>The snapshot this ranking read.</summary>
    public long SnapshotVersion => _snapshot.Version;

    /// <summary>The best rows, rank 1 first; fewer when fewer pass, none when the limit is 0 or less.</summary>
    public IReadOnlyList<RankedRow<TFacts>> Top(int limit)
    {
        var places = _order.Best(Math.Min(limit, Counts.Passing));
        var rows = new RankedRow<TFacts>[places.Count];
        var block = new RowBlock(_kernel, mostRows: 1);
        for (var at = 0; at < rows.Length; at++)
        {
            var (segment, row, score) = places[at];
            var columns = _snapshot.Segments[segment].Segment;
            rows[at] = new RankedRow<TFacts>(at + 1, columns.Ids[row], columns.Facts[row], score, Points(block, segment, row));
        }
        return rows;
    }

    /// <summary>Every row in scope, with the position of the first hard filter that shuts it out; null for those that pass.</summary>
    public IEnumerable<(Guid Id, TFacts Facts, int? ShutBy)> InScope()
    {
        for (var at = 0; at < _outcomes.Length; at++)
        {
            var columns = _snapshot.Segments[at].Segment;
            for (var row = 0; row < columns.Count; row++)
            {
                if (_outcomes[at].InScope(row))
                {
                    yield return (columns.Ids[row], columns.Facts[row], _outcomes[at].ShutBy(row));
                }
            }
        }
    }

    /// <summary>Whether this row is in scope, and the position of the first hard filter that shuts it out; null for one that passes.</summary>
    public (bool IsInScope, int? ShutBy) DoorOf(Guid id) =>
        _snapshot.Locate(id) is (var at, var row) && _outcomes[at].InScope(row) ? (true, _outcomes[at].ShutBy(row)) : (false, null);

    /// <summary>
    /// Why this row stands where it stands; null when the snapshot does not hold it. A row out of scope is explained too, and
    /// says so: whether it may be shown is the caller's decision.
    /// </summary>
    public RowExplanation<TFacts>? Explain(Guid id)
    {
        if (_snapshot.Locate(id) is not (var at, var row))
        {
            return null;
        }
        var points = Points(new RowBlock(_kernel, mostRows: 1), at, row);
        var score = points.Sum(one => one.Points);
        var failed = Enumerable.Range(0, _query.Hard.Count).Where(filter => !_outcomes[at].PassesHard(filter, row));
        return new RowExplanation<TFacts>(
            id,
            _snapshot.Segments[at].Segment.Facts[row],
            _outcomes[at].InScope(row),
            [.. failed.Select(filter => _query.Hard[filter].Name)],
            points,
            score,
            _outcomes[at].Passes(row) ? _order.RanksOf(id, [score])[0] : null);
    }

    /// <summary>
    /// For one passing row and one feature at a time: the reachable code worth most, and the rank it would give while all
    /// others stay as they are. Features without a better reachable code are left out; best gain first. Empty when the
    /// row does not pass: points cannot open a closed door.
    /// </summary>
    /// <exception cref="ArgumentException">A feature the query does not have.</exception>
    public IReadOnlyList<WhatWouldChange> Changes(Guid id, IReadOnlyList<ReachableCodes> reachable)
    {
        var explained = Explain(id);
        if (explained?.Rank is not { } rank)
        {
            return [];
        }
        var gains = new List<(string Feature, byte From, byte To, int Gained)>();
        foreach (var (name, codes) in reachable.Where(one => one.Codes.Count > 0))
        {
            var feature = _query.Features.FirstOrDefault(one => one.Name == name)
                ?? throw new ArgumentException($"The query has no feature named '{name}'.", nameof(reachable));
            var now = explained.Points.First(one => one.Feature == name);
            int Gained(byte code) => feature.PointsOf(code) - now.Points + PairsGained(name, code, explained.Points);
            // The lowest of equal codes: the smallest step that gives the points.
            var best = codes.Order().MaxBy(Gained);
            if (Gained(best) > 0)
            {
                gains.Add((name, now.Code, best, Gained(best)));
            }
        }
        var ranks = _order.RanksOf(id, [.. gains.Select(gain => explained.Score + gain.Gained)]);
        return
        [
            .. gains.Zip(ranks, (gain, then) => new WhatWouldChange(
                gain.Feature, gain.From, gain.To, gain.Gained, explained.Score + gain.Gained, rank, then))
                .OrderByDescending(change => change.PointsGained),
        ];
    }

    // What the pairs of one feature would give more, were its code this one and all others as they are.
    private int PairsGained(string feature, byte code, IReadOnlyList<FeaturePoints> points) => _pairs
        .Where(it => it.Pair.First == feature || it.Pair.Second == feature)
        .Sum(it => it.Pair.PointsOf(it.Pair.First == feature ? code : points[it.First].Code, it.Pair.Second == feature ? code : points[it.Second].Code)
            - it.Pair.PointsOf(points[it.First].Code, points[it.Second].Code));

    private FeaturePoints[] Points(RowBlock block, int segment, int row)
    {
        block.Move(_snapshot.Segments[segment].Segment, [row], start: 0, count: 1);
        var points = new FeaturePoints[_sources.Length + _pairs.Length];
        Span<byte> code = stackalloc byte[1];
        for (var at = 0; at < _sources.Length; at++)
        {
            _sources[at].Fill(block, code);
            points[at] = new FeaturePoints(_query.Features[at].Name, code[0], _query.Features[at].PointsOf(code[0]));
            block.Release();
        }
        for (var at = 0; at < _pairs.Length; at++)
        {
            var (first, second, pair) = _pairs[at];
            points[_sources.Length + at] = new FeaturePoints(pair.Name, pair.CellOf(points[first].Code, points[second].Code), pair.PointsOf(points[first].Code, points[second].Code));
        }
        return points;
    }
}
