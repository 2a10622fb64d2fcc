namespace Matching.Rules.Markets;

/// <summary>
/// What a post of each block is worth when posts may be split between chains: the prices of the linear program, by the revised simplex. No plan holds more
/// than the posts at these prices, since no chain holds more than the prices of its blocks.
/// </summary>
internal static class PostWorth
{
    private const int MostPivots = 10_000;
    private const double Tiny = 1e-7;

    /// <param name="posts">By block.</param>
    /// <param name="chains">Positions of blocks; each chain takes one post of each.</param>
    /// <param name="minutes">By chain.</param>
    public static double[] Of(IReadOnlyList<int> posts, IReadOnlyList<int[]> chains, IReadOnlyList<int> minutes)
    {
        var worth = new double[posts.Count];
        Solve(posts, chains, minutes, worth);
        for (var block = 0; block < worth.Length; block++)
        {
            worth[block] = Math.Max(0, worth[block]);
        }

        // Rounding, or pivots that ran out, may leave a chain above its prices: a price is raised then, so that the bound holds whatever happened.
        for (var chain = 0; chain < chains.Count; chain++)
        {
            worth[chains[chain][0]] += Math.Max(0, minutes[chain] - chains[chain].Sum(block => worth[block]));
        }

        return worth;
    }

    private static void Solve(IReadOnlyList<int> posts, IReadOnlyList<int[]> chains, IReadOnlyList<int> minutes, double[] worth)
    {
        var size = posts.Count;
        // Slightly uneven numbers of posts: no two pivots are alike, so that the method never turns in a circle. Prices that hold for them hold for all.
        var amounts = posts.Select((count, block) => count + (1e-6 * ((block * 7919 % 1000) + 1) / 1000)).ToArray();
        var inverse = Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Select(column => row == column ? 1.0 : 0).ToArray()).ToArray();
        var column = new double[size];
        for (var pivot = 0; pivot < MostPivots && Entering(chains, minutes, worth) is var (blocks, gain); pivot++)
        {
            for (var row = 0; row < size; row++)
            {
                column[row] = 0;
                foreach (var block in blocks)
                {
                    column[row] += inverse[row][block];
                }
            }

            var leaving = Leaving(column, amounts);
            if (leaving < 0)
            {
                return;
            }

            Pivot(inverse, column, amounts, worth, leaving, gain);
        }
    }

    // The chain, or the unfilled post, that would add most; null when none would.
    private static (int[] Blocks, double Gain)? Entering(IReadOnlyList<int[]> chains, IReadOnlyList<int> minutes, double[] worth)
    {
        var (best, gain) = ((int[]?)null, 1e-4);
        for (var chain = 0; chain < chains.Count; chain++)
        {
            var over = (double)minutes[chain];
            foreach (var block in chains[chain])
            {
                over -= worth[block];
            }

            if (over > gain)
            {
                (best, gain) = (chains[chain], over);
            }
        }

        for (var block = 0; block < worth.Length; block++)
        {
            if (-worth[block] > gain)
            {
                (best, gain) = ([block], -worth[block]);
            }
        }

        return best is null ? null : (best, gain);
    }

    private static int Leaving(double[] column, double[] amounts)
    {
        var (leaving, least) = (-1, double.MaxValue);
        for (var row = 0; row < column.Length; row++)
        {
            if (column[row] > Tiny && amounts[row] / column[row] < least)
            {
                (leaving, least) = (row, amounts[row] / column[row]);
            }
        }

        return leaving;
    }

    private static void Pivot(double[][] inverse, double[] column, double[] amounts, double[] worth, int leaving, double gain)
    {
        var (pivotRow, scale) = (inverse[leaving], 1 / column[leaving]);
        for (var at = 0; at < pivotRow.Length; at++)
        {
            pivotRow[at] *= scale;
            worth[at] += gain * pivotRow[at];
        }

        amounts[leaving] *= scale;
        for (var row = 0; row < column.Length; row++)
        {
            if (row != leaving && column[row] != 0)
            {
                var factor = column[row];
                amounts[row] -= factor * amounts[leaving];
                for (var at = 0; at < pivotRow.Length; at++)
                {
                    inverse[row][at] -= factor * pivotRow[at];
                }
            }
        }
    }
}
