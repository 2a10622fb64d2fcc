namespace Matching.Lab.Evaluation;

/// <summary>A figure taken from the means of several orders, and the same on postings drawn with replacement, the same ones for all the orders.</summary>
public sealed record Sampled(double Value, double[] Draws)
{
    public Interval Interval
    {
        get
        {
            var sorted = Draws.Order().ToArray();
            return new Interval(Value, sorted[(int)(0.025 * sorted.Length)], sorted[(int)(0.975 * sorted.Length) - 1]);
        }
    }

    /// <param name="orders">By order, then by list; null, for all of them, where there is no choice.</param>
    /// <param name="figure">Of the means of the orders.</param>
    /// <param name="postings">By list; without it, each list is a posting of its own.</param>
    public static Sampled Of(IReadOnlyList<double?[]> orders, Func<double[], double> figure, int seed, IReadOnlyList<int>? postings = null)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(figure);
        // By posting: the sum of each order over its lists, then how many lists.
        var sums = Enumerable.Range(0, orders[0].Length).Where(list => orders[0][list] is not null).GroupBy(list => postings?[list] ?? list)
            .Select(same => orders.Select(order => same.Sum(list => order[list]!.Value)).Append(same.Count()).ToArray()).ToArray();
        var random = new Random(seed);
        double FigureOf(Func<int, int> drawn)
        {
            var total = new double[orders.Count + 1];
            for (var at = 0; at < sums.Length; at++)
            {
                var one = sums[drawn(at)];
                for (var order = 0; order < total.Length; order++)
                {
                    total[order] += one[order];
                }
            }

            return figure([.. total.Take(orders.Count).Select(sum => sum / total[^1])]);
        }

        return new Sampled(FigureOf(at => at), [.. Enumerable.Range(0, Bootstrap.Resamples).Select(_ => FigureOf(_ => random.Next(sums.Length)))]);
    }

    /// <summary>The mean over worlds, each drawn by itself; null when there are none.</summary>
    public static Sampled? MeanOf(IReadOnlyList<Sampled> worlds)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        return worlds.Count == 0 ? null : new Sampled(worlds.Average(it => it.Value), [.. Enumerable.Range(0, worlds[0].Draws.Length).Select(draw => worlds.Average(it => it.Draws[draw]))]);
    }
}
