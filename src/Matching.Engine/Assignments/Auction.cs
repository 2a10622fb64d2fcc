namespace Matching.Engine.Assignments;

/// <summary>
/// Capacity-constrained assignment by auction: takers bid for the items they like best at the current prices, an item keeps its highest bids.
/// When nobody is left bidding, each taker holds its best items within one step of the price, so that the total is within one step a pair of the
/// best there is; the bound says how near it came. Deterministic: takers bid in turn, equal offers go to the lower arc.
/// </summary>
public static class Auction
{
    /// <summary>Prices move by at least 1/16 of a point: the total is within that of the best for each pair, far below what a score can tell apart.</summary>
    private const int StepsInAPoint = 16;

    public static Assignment Solve(AssignmentProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var room = new SellingRoom(problem);
        var waiting = new Queue<int>();
        var isWaiting = new bool[problem.TakerCapacities.Count];
        for (var taker = 0; taker < isWaiting.Length; taker++)
        {
            waiting.Enqueue(taker);
            isWaiting[taker] = true;
        }

        while (waiting.TryDequeue(out var taker))
        {
            isWaiting[taker] = false;
            foreach (var outbid in room.Bid(taker))
            {
                if (!isWaiting[outbid])
                {
                    isWaiting[outbid] = true;
                    waiting.Enqueue(outbid);
                }
            }
        }

        return room.Close();
    }

    /// <summary>The state of the auction: who holds what at which bid. Values and prices are in steps.</summary>
    private sealed class SellingRoom
    {
        private readonly AssignmentProblem _problem;
        private readonly int[] _firstArcOf;
        private readonly int[] _arcs;
        private readonly long[] _prices;
        private readonly long[] _bidOfArc;
        private readonly int[] _heldBy;
        private readonly List<int>[] _holdersOf;
        private readonly List<int> _outbid = [];
        private (long Worth, int Arc)[] _best = [];

        public SellingRoom(AssignmentProblem problem)
        {
            _problem = problem;
            var takers = problem.TakerCapacities.Count;
            _firstArcOf = new int[takers + 1];
            foreach (var arc in problem.Arcs)
            {
                _firstArcOf[arc.Taker + 1]++;
            }

            for (var taker = 0; taker < takers; taker++)
            {
                _firstArcOf[taker + 1] += _firstArcOf[taker];
            }

            _arcs = [.. Enumerable.Range(0, problem.Arcs.Count).OrderBy(at => problem.Arcs[at].Taker).ThenBy(at => at)];
            _prices = new long[problem.ItemCapacities.Count];
            _bidOfArc = new long[problem.Arcs.Count];
            Array.Fill(_bidOfArc, NotHeld);
            _heldBy = new int[takers];
            _holdersOf = [.. problem.ItemCapacities.Select(capacity => new List<int>(Math.Min(capacity, 8)))];
        }

        private const long NotHeld = -1;

        /// <summary>The taker offers for as many items as it misses; answers the takers that lost one.</summary>
        public List<int> Bid(int taker)
        {
            _outbid.Clear();
            var missing = Math.Min(_problem.TakerCapacities[taker] - _heldBy[taker], _firstArcOf[taker + 1] - _firstArcOf[taker]);
            if (missing <= 0)
            {
                return _outbid;
            }

            // One more than it misses: the first that it will not offer for says how high it may go for the others.
            var found = FindBest(taker, missing + 1);
            var spared = found > missing ? _best[missing].Worth : 0;
            for (var at = 0; at < Math.Min(found, missing); at++)
            {
                var (worth, arc) = _best[at];
                var item = _problem.Arcs[arc].Item;
                Give(arc, item, _prices[item] + worth - spared + 1);
            }

            return _outbid;
        }

        public Assignment Close()
        {
            var chosen = Enumerable.Range(0, _bidOfArc.Length).Where(arc => _bidOfArc[arc] != NotHeld).ToArray();
            return new Assignment(
                chosen, [.. _prices.Select(price => price / (double)StepsInAPoint)], chosen.Sum(arc => (long)_problem.Arcs[arc].Value), BoundInSteps() / (double)StepsInAPoint);
        }

        private static long Steps(int value) => (long)value * StepsInAPoint;

        // The arcs not yet held that are worth the most at today's prices, best first; what costs more than it is worth is not wanted.
        private int FindBest(int taker, int count)
        {
            if (_best.Length < count)
            {
                _best = new (long, int)[count];
            }

            var found = 0;
            for (var at = _firstArcOf[taker]; at < _firstArcOf[taker + 1]; at++)
            {
                var arc = _arcs[at];
                var item = _problem.Arcs[arc].Item;
                var worth = Steps(_problem.Arcs[arc].Value) - _prices[item];
                if (_bidOfArc[arc] != NotHeld || worth < 0 || _problem.ItemCapacities[item] == 0 || (found == count && worth <= _best[found - 1].Worth))
                {
                    continue;
                }

                var place = found == count ? count - 1 : found++;
                for (; place > 0 && _best[place - 1].Worth < worth; place--)
                {
                    _best[place] = _best[place - 1];
                }

                _best[place] = (worth, arc);
            }

            return found;
        }

        private void Give(int arc, int item, long bid)
        {
            var holders = _holdersOf[item];
            var capacity = _problem.ItemCapacities[item];
            if (holders.Count == capacity)
            {
                var lowest = Lowest(holders);
                var lost = holders[lowest];
                _bidOfArc[lost] = NotHeld;
                _heldBy[_problem.Arcs[lost].Taker]--;
                _outbid.Add(_problem.Arcs[lost].Taker);
                holders.RemoveAt(lowest);
            }

            holders.Add(arc);
            _bidOfArc[arc] = bid;
            _heldBy[_problem.Arcs[arc].Taker]++;
            if (holders.Count == capacity)
            {
                _prices[item] = _bidOfArc[holders[Lowest(holders)]];
            }
        }

        private int Lowest(List<int> holders)
        {
            var lowest = 0;
            for (var at = 1; at < holders.Count; at++)
            {
                if (_bidOfArc[holders[at]] < _bidOfArc[holders[lowest]])
                {
                    lowest = at;
                }
            }

            return lowest;
        }

        // Weak duality: whatever the prices, what all items cost plus the best that each taker could gain is at least the value of any assignment.
        private long BoundInSteps()
        {
            var bound = 0L;
            for (var item = 0; item < _prices.Length; item++)
            {
                bound += _prices[item] * _problem.ItemCapacities[item];
            }

            for (var taker = 0; taker < _heldBy.Length; taker++)
            {
                bound += Enumerable.Range(_firstArcOf[taker], _firstArcOf[taker + 1] - _firstArcOf[taker])
                    .Select(at => _problem.Arcs[_arcs[at]])
                    .Where(arc => _problem.ItemCapacities[arc.Item] > 0)
                    .Select(arc => Math.Max(0, Steps(arc.Value) - _prices[arc.Item]))
                    .OrderDescending().Take(_problem.TakerCapacities[taker]).Sum();
            }

            return bound;
        }
    }
}
