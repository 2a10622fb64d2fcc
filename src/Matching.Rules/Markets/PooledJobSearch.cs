namespace Matching.Rules.Markets;

/// <summary>Jobs that share no post, with what they leave and how far from the best they can be.</summary>
/// <param name="BoundMinutes">No way of joining posts holds more minutes: those of the posts that fit in a lasting job at all.</param>
/// <param name="IsBest">Whether every way was looked at; otherwise the jobs are the best found.</param>
public sealed record PooledPlan(IReadOnlyList<PooledJob> Jobs, int AllMinutes, int BoundMinutes, bool IsBest)
{
    public int Minutes => Jobs.Sum(job => job.Minutes);

    /// <summary>How far from the best at most, as a share of the bound.</summary>
    public double Gap => IsBest || BoundMinutes == 0 ? 0 : (BoundMinutes - Minutes) / (double)BoundMinutes;
}

/// <summary>
/// Chooses which posts to join: every chain of blocks that makes a lasting job is listed, then chains that share no post are chosen so that their
/// hours together are the most. Exact up to the limits; past them, the bound says how far the plan can be from the best.
/// </summary>
public static class PooledJobSearch
{
    public const int MostChains = 20_000;
    public const int MostSteps = 200_000;

    /// <param name="mayFollow">By position of the block before, then of the one after.</param>
    public static PooledPlan Of(IReadOnlyList<HourBlock> blocks, Func<int, int, bool> mayFollow)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(mayFollow);
        var (chains, isWhole) = Chains(blocks, mayFollow);
        var search = new Packing(blocks, chains);
        search.Run();
        return new PooledPlan(
            [.. search.Best.Select(chain => chains[chain]).Select(chain => Job(blocks, chain)).OrderBy(job => job.Start).ThenBy(job => job.End)],
            blocks.Sum(block => block.Minutes * block.Posts),
            Enumerable.Range(0, blocks.Count).Where(at => chains.Any(chain => chain.Contains(at))).Sum(at => blocks[at].Minutes * blocks[at].Posts),
            isWhole && search.IsWhole);
    }

    private static PooledJob Job(IReadOnlyList<HourBlock> blocks, int[] chain)
    {
        HourBlock[] joined = [.. chain.Select(at => blocks[at])];
        return new PooledJob(joined, PooledJobs.CarriersOf(joined));
    }

    // Depth first from each block; a chain that nobody may carry is not made longer, since a longer one has fewer carriers still.
    private static (List<int[]> Chains, bool IsWhole) Chains(IReadOnlyList<HourBlock> blocks, Func<int, int, bool> mayFollow)
    {
        var after = Enumerable.Range(0, blocks.Count).Select(one => Enumerable.Range(0, blocks.Count).Where(other => other != one && mayFollow(one, other)).ToArray()).ToArray();
        var (chains, steps) = (new List<int[]>(), 0);
        var open = new Stack<int[]>(Enumerable.Range(0, blocks.Count).Reverse().Select(at => new[] { at }));
        while (open.TryPop(out var chain))
        {
            if (chains.Count >= MostChains || ++steps > MostSteps)
            {
                return (chains, false);
            }

            HourBlock[] joined = [.. chain.Select(at => blocks[at])];
            if (PooledJobs.CarriersOf(joined).Count == 0)
            {
                continue;
            }

            if (PooledJobs.IsLasting(joined))
            {
                chains.Add(chain);
            }

            foreach (var next in after[chain[^1]])
            {
                open.Push([.. chain, next]);
            }
        }

        return (chains, true);
    }

    /// <summary>Branch and bound over the blocks, in turn: each post of the first block that has some left joins one of its chains, or none.</summary>
    private sealed class Packing
    {
        private readonly IReadOnlyList<HourBlock> _blocks;
        private readonly List<int[]> _chains;
        private readonly List<int>[] _chainsOf;
        private readonly int[] _minutes;
        private readonly int[] _left;
        private readonly List<int> _chosen = [];
        private int _value;
        private int _bestValue;
        private int _steps;

        public Packing(IReadOnlyList<HourBlock> blocks, List<int[]> chains)
        {
            (_blocks, _chains) = (blocks, chains);
            _minutes = [.. chains.Select(chain => chain.Sum(at => blocks[at].Minutes))];
            // Longest first: a good plan comes early and cuts the others short.
            _chainsOf = [.. Enumerable.Range(0, blocks.Count).Select(at => Enumerable.Range(0, chains.Count).Where(chain => chains[chain].Contains(at)).OrderByDescending(chain => _minutes[chain]).ThenBy(chain => chain).ToList())];
            _left = [.. blocks.Select((block, at) => _chainsOf[at].Count == 0 ? 0 : block.Posts)];
        }

        public List<int> Best { get; private set; } = [];

        public bool IsWhole => _steps <= MostSteps;

        public void Run() => Try(0);

        // The chains of one block are taken in their order, so that two of its posts are never tried both ways round.
        private void Try(int from)
        {
            if (++_steps > MostSteps)
            {
                return;
            }

            if (_value > _bestValue)
            {
                (_bestValue, Best) = (_value, [.. _chosen]);
            }

            var block = Array.FindIndex(_left, left => left > 0);
            if (block < 0 || _value + Enumerable.Range(0, _left.Length).Sum(at => _left[at] * _blocks[at].Minutes) <= _bestValue)
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
