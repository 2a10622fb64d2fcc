namespace Matching.Lab.Comparison;

/// <summary>One order in one world.</summary>
/// <param name="Ndcg10">By list, null where there is no choice; the same lists for every order, so that differences are paired.</param>
/// <param name="Seconds">Learning and scoring; null when nothing is learned.</param>
/// <param name="Chosen">What was chosen on held-out employers, or learned from, when something was.</param>
/// <param name="Accepted10">By list: of the first ten people, the share that would take the post if it were offered to them.</param>
public sealed record OrderResult(string Name, double?[] Ndcg10, double? Seconds, Congestion? Congestion, string? Chosen = null, double?[]? Accepted10 = null);

/// <summary>All the orders of one world.</summary>
public sealed record WorldResult(string World, string Words, int Seed, int Bags, int Lists, int Rows, IReadOnlyList<OrderResult> Orders)
{
    public const string Ours = "ours";

    /// <summary>The same learning, from what employers kept alone: what the second head costs and brings.</summary>
    public const string OneHead = "ours_one_head";
    public const string Chance = "random";
    public const string Oracle = "oracle";
    public const string Free = "xgboost_free";
    public const string Monotone = "xgboost_monotone";

    /// <summary>See <see cref="NoiseCeiling"/>.</summary>
    public const string Ceiling = "ceiling";

    /// <summary>The same from a quarter of the lists.</summary>
    public const string CeilingFromFewer = "ceiling_quarter";

    /// <summary>Orders that nobody could follow with lists that were only logged: ours is never said to be ahead of them.</summary>
    public static readonly IReadOnlySet<string> OutOfReach = new HashSet<string> { Oracle, Ceiling, CeilingFromFewer };

    public OrderResult? Order(string name) => Orders.FirstOrDefault(order => order.Name == name);

    public double? MeanOf(string name) => Order(name) is { } order ? order.Ndcg10.Where(it => it is not null).Average(it => it!.Value) : null;

    /// <summary>How far ours is ahead of another, relative to the other, on postings drawn with replacement; null when the other was not run.</summary>
    public Sampled? AheadOf(string other, int seed) =>
        Order(other) is { } peer ? Sampled.Of([Order(Ours)!.Ndcg10, peer.Ndcg10], means => means[1] > 0 ? (means[0] / means[1]) - 1 : 0, seed) : null;

    /// <summary>How many more of our first ten would take the post than of another's first ten, as a share of the ten; null when the other was not run.</summary>
    public Sampled? AcceptedMoreThan(string other, int seed) =>
        Order(Ours)?.Accepted10 is { } ours && Order(other)?.Accepted10 is { } theirs ? Sampled.Of([ours, theirs], means => means[0] - means[1], seed) : null;

    /// <summary>The regret: share of the way from chance to an order out of reach that ours has not gone; null when that order was not run.</summary>
    public Sampled? LeftTo(string top, int seed) => Order(top) is { } best && Order(Chance) is { } chance
        ? Sampled.Of([Order(Ours)!.Ndcg10, best.Ndcg10, chance.Ndcg10], means => means[1] > means[2] ? (means[1] - means[0]) / (means[1] - means[2]) : 0, seed)
        : null;
}

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
