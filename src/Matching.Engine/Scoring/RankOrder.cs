using System.Numerics;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>Where a row is and what it scores.</summary>
internal readonly record struct Place(int Segment, int Row, int Score);

/// <summary>Lowest merit first, as a queue that drops its worst needs it: low scores, then late hashes.</summary>
internal readonly record struct Merit(int Score, IdHash Hash) : IComparable<Merit>
{
    public int CompareTo(Merit other) => Score != other.Score ? Score.CompareTo(other.Score) : other.Hash.CompareTo(Hash);
}

/// <summary>
/// The total order of the passing rows: higher score first, then the salted hash of the id. The hash has nothing to do with
/// name, date or order of arrival, so nobody is always first among equals.
/// </summary>
internal sealed class RankOrder(PassingRows rows, ScorePass pass, ulong salt)
{
    private Leaders? _leaders;

    /// <summary>The first <paramref name="limit"/> places, best first: a scan against the worst place kept so far.</summary>
    public IReadOnlyList<Place> Best(int limit)
    {
        if (limit <= 0)
        {
            return [];
        }
        if (Volatile.Read(ref _leaders) is { } known && (known.AreAll || known.Places.Length >= limit))
        {
            return [.. known.Places.Take(limit)];
        }
        var kept = pass.Run(() => new Podium(limit), (Podium podium, in ScoredRows scored) =>
        {
            for (var word = 0; word < scored.WordCount; word++)
            {
                for (var bits = scored.AtLeast(word, podium.Threshold); bits != 0; bits &= bits - 1)
                {
                    var position = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    if (scored.Scores[position] >= podium.Threshold)
                    {
                        var row = scored.RowAt(position);
                        podium.Keep(new Place(scored.Segment, row, scored.Scores[position]), Hash(scored.Segment, row));
                    }
                }
            }
        });
        var leaders = Leaders.Of(Podium.Of(kept, limit), rows.Count);
        Volatile.Write(ref _leaders, leaders);
        return leaders.Places;
    }

    /// <summary>
    /// The ranks, from 1, that this id has or would have with each of these scores, all other passing rows as they are. Each
    /// score is its own or a better one: a row is then never counted ahead of itself.
    /// </summary>
    public int[] RanksOf(Guid id, IReadOnlyList<int> scores)
    {
        var mine = IdHash.Mix(id, salt);
        var ranks = new int[scores.Count];
        var open = new List<int>();
        for (var at = 0; at < ranks.Length; at++)
        {
            // What stands before the leaders' last is among the leaders: no need to look at anybody else.
            ranks[at] = Volatile.Read(ref _leaders)?.RankOf(new Merit(scores[at], mine)) ?? 0;
            if (ranks[at] == 0)
            {
                open.Add(at);
            }
        }
        if (open.Count > 0)
        {
            Count(mine, scores, open, ranks);
        }
        return ranks;
    }

    private void Count(IdHash mine, IReadOnlyList<int> scores, List<int> open, int[] ranks)
    {
        var ahead = pass.Run(() => new int[ranks.Length], (int[] ahead, in ScoredRows scored) =>
        {
            for (var word = 0; word < scored.WordCount; word++)
            {
                foreach (var at in open)
                {
                    var above = scored.AtLeast(word, scores[at] + 1);
                    ahead[at] += BitOperations.PopCount(above);
                    for (var equal = scored.AtLeast(word, scores[at]) & ~above; equal != 0; equal &= equal - 1)
                    {
                        var row = scored.RowAt((word << 6) + BitOperations.TrailingZeroCount(equal));
                        ahead[at] += Hash(scored.Segment, row).CompareTo(mine) < 0 ? 1 : 0;
                    }
                }
            }
        });
        open.ForEach(at => ranks[at] = 1 + ahead.Sum(one => one[at]));
    }

    /// <summary>The best places met so far, as many as asked for.</summary>
    private sealed class Podium(int limit)
    {
        private readonly PriorityQueue<Place, Merit> _kept = new(Math.Min(limit, 4096) + 1);

        public int Count => _kept.Count;

        /// <summary>The score that the next one must reach.</summary>
        public int Threshold { get; private set; } = int.MinValue;

        /// <summary>The best of several: the order is total, so it does not matter who met which.</summary>
        public static Podium Of(IReadOnlyList<Podium> several, int limit)
        {
            var all = new Podium(limit);
            foreach (var (place, merit) in several.SelectMany(one => one._kept.UnorderedItems))
            {
                all.Keep(place, merit.Hash);
            }
            return all;
        }

        /// <summary>Keeps the place if it is among the best so far.</summary>
        public void Keep(Place place, IdHash hash)
        {
            var merit = new Merit(place.Score, hash);
            if (_kept.Count < limit)
            {
                _kept.Enqueue(place, merit);
            }
            else
            {
                _kept.EnqueueDequeue(place, merit);
            }
            Threshold = _kept.Count == limit ? _kept.Peek().Score : int.MinValue;
        }

        /// <summary>Takes the worst place away.</summary>
        public (Place Place, Merit Merit) Drop() => _kept.TryDequeue(out var place, out var merit) ? (place, merit) : throw new InvalidOperationException("Nothing is kept.");
    }

    private IdHash Hash(int segment, int row) => IdHash.Mix(rows.Views[segment].Columns.Ids[row], salt);

    /// <summary>The best places found so far, best first, and whether they are all there is.</summary>
    private sealed record Leaders(Place[] Places, Merit[] Merits, bool AreAll)
    {
        public static Leaders Of(Podium kept, int passing)
        {
            var (places, merits) = (new Place[kept.Count], new Merit[kept.Count]);
            for (var at = places.Length - 1; at >= 0; at--)
            {
                (places[at], merits[at]) = kept.Drop();
            }
            return new Leaders(places, merits, places.Length == passing);
        }

        /// <summary>The rank of this merit, or null when it stands after the last leader and others may stand before it.</summary>
        public int? RankOf(Merit merit)
        {
            var (low, high) = (0, Merits.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Merits[middle].CompareTo(merit) > 0 ? (middle + 1, high) : (low, middle);
            }
            return low < Merits.Length || AreAll ? low + 1 : null;
        }
    }
}
