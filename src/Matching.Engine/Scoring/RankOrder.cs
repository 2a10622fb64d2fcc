using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>Where a row is and what it scores.</summary>
internal readonly record struct Place(int Segment, int Row, int Score);

/// <summary>
/// The total order of the passing rows: higher score first, then the salted hash of the id. The hash has nothing to do with
/// name, date or order of arrival, so nobody is always first among equals.
/// </summary>
internal sealed class RankOrder(IReadOnlyList<Segment> segments, IReadOnlyList<SegmentScores> scores, ulong salt)
{
    private readonly Lazy<ScoreHistogram> _histogram = new(() => new ScoreHistogram(scores));

    /// <summary>The first <paramref name="limit"/> places, best first: a scan against the worst place kept so far.</summary>
    public Place[] Best(int limit)
    {
        if (limit <= 0)
        {
            return [];
        }
        var kept = new PriorityQueue<Place, Merit>(Math.Min(limit, 4096) + 1);
        var threshold = SegmentScores.NotPassing + 1;
        for (var segment = 0; segment < segments.Count; segment++)
        {
            var values = scores[segment].Scores;
            for (var at = 0; at < values.Length; at++)
            {
                if (values[at] < threshold)
                {
                    continue;
                }
                var place = new Place(segment, scores[segment].RowAt(at), values[at]);
                var merit = new Merit(place.Score, Hash(segment, place.Row));
                if (kept.Count < limit)
                {
                    kept.Enqueue(place, merit);
                }
                else
                {
                    kept.EnqueueDequeue(place, merit);
                }
                if (kept.Count == limit)
                {
                    threshold = kept.Peek().Score;
                }
            }
        }
        var best = new Place[kept.Count];
        for (var at = best.Length - 1; at >= 0; at--)
        {
            best[at] = kept.Dequeue();
        }
        return best;
    }

    /// <summary>
    /// The rank, from 1, that this id has or would have with this score, all other passing rows as they are. The score is
    /// its own or a better one: a row is then never counted ahead of itself.
    /// </summary>
    public int RankOf(Guid id, int score)
    {
        var mine = IdHash.Mix(id, salt);
        var ahead = _histogram.Value.CountAbove(score);
        for (var segment = 0; segment < segments.Count; segment++)
        {
            var values = scores[segment].Scores;
            var from = 0;
            for (var found = values.IndexOf(score); found >= 0; found = values[from..].IndexOf(score))
            {
                if (Hash(segment, scores[segment].RowAt(from + found)).CompareTo(mine) < 0)
                {
                    ahead++;
                }
                from += found + 1;
            }
        }
        return ahead + 1;
    }

    private IdHash Hash(int segment, int row) => IdHash.Mix(segments[segment].Ids[row], salt);

    /// <summary>Lowest merit first, as a queue that drops its worst needs it: low scores, then late hashes.</summary>
    private readonly record struct Merit(int Score, IdHash Hash) : IComparable<Merit>
    {
        public int CompareTo(Merit other) => Score != other.Score ? Score.CompareTo(other.Score) : other.Hash.CompareTo(Hash);
    }
}
