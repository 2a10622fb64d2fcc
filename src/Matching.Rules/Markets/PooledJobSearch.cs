namespace Matching.Rules.Markets;

/// <summary>Jobs that share no post, with what they leave and how far from the best they can be.</summary>
/// <param name="BoundMinutes">No way of joining posts holds more minutes: what they would hold if a post could be split between jobs.</param>
/// <param name="IsBest">Whether no way holds more; otherwise the jobs are the best found.</param>
/// <param name="Reached">By block.</param>
public sealed record PooledPlan(IReadOnlyList<PooledJob> Jobs, int AllMinutes, int BoundMinutes, bool IsBest, IReadOnlyList<ChainReach> Reached)
{
    public int Minutes => Jobs.Sum(job => job.Minutes);

    /// <summary>How far from the best at most, as a share of the bound.</summary>
    public double Gap => IsBest || BoundMinutes == 0 ? 0 : (BoundMinutes - Minutes) / (double)BoundMinutes;
}

/// <summary>The most that the chains through a block come to: nobody may carry it even alone, they are too short, they last but with too few hours, they are lasting jobs.</summary>
public enum ChainReach
{
    Nobody,
    TooShort,
    LongEnough,
    Lasting,
}

/// <summary>
/// Chooses which posts to join: every chain of blocks that makes a lasting job is listed, then chains that share no post are chosen so that their
/// hours together are the most. Exact up to the limits; past them, the plan is taken apart and looked through again piece by piece, and the bound says
/// how far it can be from the best.
/// </summary>
public static class PooledJobSearch
{
    public const int MostChains = 20_000;
    public const int MostSteps = 200_000;

    private const int MostRounds = 1_500;
    private const int MostStepsAround = 1_000;
    private const int ChainsAround = 6;

    /// <param name="mayFollow">By position of the block before, then of the one after.</param>
    public static PooledPlan Of(IReadOnlyList<HourBlock> blocks, Func<int, int, bool> mayFollow)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(mayFollow);
        var (chains, reached, isWhole) = Chains(blocks, mayFollow);
        var search = new Packing(blocks, chains);
        search.Run();
        return new PooledPlan(
            [.. search.Best.Select(chain => chains[chain]).Select(chain => Job(blocks, chain)).OrderBy(job => job.Start).ThenBy(job => job.End)],
            blocks.Sum(block => block.Minutes * block.Posts),
            // A chain that was not listed may hold any post.
            isWhole ? search.Bound : blocks.Sum(block => block.Minutes * block.Posts),
            isWhole && search.IsWhole,
            reached);
    }

    private static PooledJob Job(IReadOnlyList<HourBlock> blocks, int[] chain)
    {
        HourBlock[] joined = [.. chain.Select(at => blocks[at])];
        return new PooledJob(joined, PooledJobs.CarriersOf(joined));
    }

    // Depth first from each block; a chain that nobody may carry is not made longer, since a longer one has fewer carriers still.
    private static (List<int[]> Chains, ChainReach[] Reached, bool IsWhole) Chains(IReadOnlyList<HourBlock> blocks, Func<int, int, bool> mayFollow)
    {
        var after = Enumerable.Range(0, blocks.Count).Select(one => Enumerable.Range(0, blocks.Count).Where(other => other != one && mayFollow(one, other)).ToArray()).ToArray();
        var (chains, reached, steps) = (new List<int[]>(), new ChainReach[blocks.Count], 0);
        var open = new Stack<int[]>(Enumerable.Range(0, blocks.Count).Reverse().Select(at => new[] { at }));
        while (open.TryPop(out var chain))
        {
            if (chains.Count >= MostChains || ++steps > MostSteps)
            {
                return (chains, reached, false);
            }

            HourBlock[] joined = [.. chain.Select(at => blocks[at])];
            if (PooledJobs.CarriersOf(joined).Count == 0)
            {
                continue;
            }

            var reach = PooledJobs.IsLasting(joined) ? ChainReach.Lasting : PooledJobs.IsLong(joined) ? ChainReach.LongEnough : ChainReach.TooShort;
            foreach (var at in chain)
            {
                reached[at] = (ChainReach)Math.Max((int)reached[at], (int)reach);
            }

            if (reach == ChainReach.Lasting)
            {
                chains.Add(chain);
            }

            foreach (var next in after[chain[^1]])
            {
                open.Push([.. chain, next]);
            }
        }

        return (chains, reached, true);
    }

    /// <summary>Branch and bound over the blocks, in turn: each post of the first block that has some left joins one of its chains, or none.</summary>
    private sealed class Packing
    {
        private readonly IReadOnlyList<HourBlock> _blocks;
        private readonly List<int[]> _chains;
        private readonly List<int>[] _chainsOf;
        private readonly int[] _minutes;
        private readonly int[] _left;
        private readonly double[] _worth;
        private readonly List<int> _chosen = [];
        private int _value;
        private int _bestValue;
        private int _steps;
        private int _most;

        public Packing(IReadOnlyList<HourBlock> blocks, List<int[]> chains)
        {
            (_blocks, _chains) = (blocks, chains);
            _minutes = [.. chains.Select(chain => chain.Sum(at => blocks[at].Minutes))];
            _left = [.. blocks.Select((block, at) => chains.Exists(chain => chain.Contains(at)) ? block.Posts : 0)];
            _worth = PostWorth.Of(_left, chains, _minutes);
            Bound = (int)Math.Floor(_left.Select((left, at) => left * _worth[at]).Sum() + 0.5);
            var gain = chains.Select((chain, at) => _minutes[at] - chain.Sum(block => _worth[block])).ToArray();
            // What fills its posts at their worth first, the longest of them first: a good plan comes early and cuts the others short.
            _chainsOf = [.. Enumerable.Range(0, blocks.Count).Select(at => Enumerable.Range(0, chains.Count).Where(chain => chains[chain].Contains(at)).OrderByDescending(chain => Math.Round(gain[chain])).ThenByDescending(chain => _minutes[chain]).ThenBy(chain => chain).ToList())];
        }

        public int Bound { get; }

        public List<int> Best { get; private set; } = [];

        /// <summary>Whether nothing better can exist.</summary>
        public bool IsWhole { get; private set; }

        public void Run()
        {
            _most = MostSteps;
            Try(0);
            IsWhole = _steps <= _most;
            for (var round = 0; round < MostRounds && !IsWhole; round++)
            {
                Again(round);
                IsWhole = _bestValue >= Bound;
            }
        }

        // Part of the best plan is taken apart, around one block at a time, and that part looked through again.
        private void Again(int round)
        {
            var centre = round % _left.Length;
            var around = _chainsOf[centre].Take(ChainsAround + (round / _left.Length * ChainsAround)).SelectMany(chain => _chains[chain]).ToHashSet();
            var kept = Best.Where(chain => !_chains[chain].Any(around.Contains)).ToList();
            if (kept.Count == Best.Count)
            {
                return;
            }

            kept.ForEach(chain => Take(chain, -1));
            (_steps, _most) = (0, MostStepsAround);
            Try(0);
            kept.Reverse();
            kept.ForEach(chain => Take(chain, +1));
        }

        // The chains of one block are taken in their order, so that two of its posts are never tried both ways round.
        private void Try(int from)
        {
            if (++_steps > _most)
            {
                return;
            }

            if (_value > _bestValue)
            {
                (_bestValue, Best) = (_value, [.. _chosen]);
            }

            var block = Array.FindIndex(_left, left => left > 0);
            if (block < 0 || Math.Floor(_value + Reachable() + 0.5) <= _bestValue)
            {
                return;
            }

            for (var place = from; place < _chainsOf[block].Count; place++)
            {
                var chain = _chainsOf[block][place];
                if (_chains[chain].All(at => _left[at] > 0))
                {
                    Take(chain, -1);
                    Try(_left[block] > 0 ? place : 0);
                    Take(chain, +1);
                }
            }

            var left = _left[block];
            _left[block] = 0;
            Try(0);
            _left[block] = left;
        }

        // Whatever posts are left, no chains hold more of them than they are worth.
        private double Reachable()
        {
            var sum = 0.0;
            for (var at = 0; at < _left.Length; at++)
            {
                sum += _left[at] * _worth[at];
            }

            return sum;
        }

        private void Take(int chain, int sign)
        {
            foreach (var at in _chains[chain])
            {
                _left[at] += sign;
            }

            _value -= sign * _minutes[chain];
            if (sign < 0)
            {
                _chosen.Add(chain);
            }
            else
            {
                _chosen.RemoveAt(_chosen.Count - 1);
            }
        }
    }
}
