using Matching.Engine.Columns;

namespace Matching.Engine.Index;

/// <summary>Keeps the best of the rows it sees; equal scores are ordered by a hash of the id.</summary>
internal sealed class BestHits(int limit)
{
    private readonly PriorityQueue<TextHit, (double Score, IdHash Hash)> _kept = new(Comparer<(double Score, IdHash Hash)>.Create(
        (one, other) => one.Score != other.Score ? one.Score.CompareTo(other.Score) : other.Hash.CompareTo(one.Hash)));

    public int Seen { get; private set; }

    public void Add(Guid id, double score)
    {
        Seen++;
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
