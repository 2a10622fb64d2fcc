using Matching.Engine.Columns;

namespace Matching.Engine.Index;

/// <summary>Keeps the best of the rows it sees; equal scores are ordered by a hash of the id.</summary>
internal sealed class BestHits(int limit)
{
    private readonly PriorityQueue<TextHit, (double Score, IdHash Hash)> _kept = new(Comparer<(double Score, IdHash Hash)>.Create(
        (one, other) => one.Score != other.Score ? one.Score.CompareTo(other.Score) : other.Hash.CompareTo(one.Hash)));

    public int Seen { get; private set; }

    public int Limit => limit;

    /// <summary>A row that scores less is not kept.</summary>
    public double Least => limit <= 0 ? double.PositiveInfinity : _kept.Count < limit ? double.NegativeInfinity : _kept.Peek().Score;

    /// <summary>Counts rows found; those worth keeping are given apart.</summary>
    public void Pass(int rows) => Seen += rows;

    public void Add(Guid id, double score)
    {
        Seen++;
        Keep(id, score);
    }

    /// <summary>A row that was already counted.</summary>
    public void Keep(Guid id, double score)
    {
        if (_kept.Count == limit && (limit <= 0 || score < _kept.Peek().Score))
        {
            return;
        }
        _kept.Enqueue(new TextHit(id, score), (score, IdHash.Mix(id, salt: 0)));
        if (_kept.Count > limit)
        {
            _kept.Dequeue();
        }
    }

    /// <summary>Best first; what was kept is taken out.</summary>
    public IReadOnlyList<TextHit> Take()
    {
        var hits = new TextHit[_kept.Count];
        for (var at = hits.Length - 1; at >= 0; at--)
        {
            hits[at] = _kept.Dequeue();
        }
        return hits;
    }
}
