namespace Matching.Lab.Comparison;

/// <summary>One order in one world.</summary>
/// <param name="Ndcg10">By list, null where there is no choice; the same lists for every order, so that differences are paired.</param>
/// <param name="Seconds">Learning and scoring; null when nothing is learned.</param>
/// <param name="Chosen">What was chosen on held-out employers, when something was.</param>
public sealed record OrderResult(string Name, double?[] Ndcg10, double? Seconds, Congestion? Congestion, string? Chosen = null);

/// <summary>All the orders of one world.</summary>
public sealed record WorldResult(string World, string Words, int Seed, int Bags, int Lists, int Rows, IReadOnlyList<OrderResult> Orders)
{
    public const string Ours = "ours";
    public const string Chance = "random";
    public const string Oracle = "oracle";
    public const string Free = "xgboost_free";
    public const string Monotone = "xgboost_monotone";

    public OrderResult? Order(string name) => Orders.FirstOrDefault(order => order.Name == name);

    public double? MeanOf(string name) => Order(name) is { } order ? order.Ndcg10.Where(it => it is not null).Average(it => it!.Value) : null;

    /// <summary>Share of the way from chance to the oracle that is not gone.</summary>
    public double Regret => (MeanOf(Oracle)!.Value - MeanOf(Ours)!.Value) / (MeanOf(Oracle)!.Value - MeanOf(Chance)!.Value);

    /// <summary>How far ours is ahead of another, relative to the other; null when the other was not run.</summary>
    public Interval? AheadOf(string other, int seed)
    {
        if (Order(other) is not { } peer)
        {
            return null;
        }

        var draws = PairedDraws(peer, seed);
        Array.Sort(draws);
        return new Interval((MeanOf(Ours)!.Value / MeanOf(other)!.Value) - 1, draws[(int)(0.025 * draws.Length)], draws[(int)(0.975 * draws.Length) - 1]);
    }

    /// <summary>The relative difference on postings drawn with replacement, the same ones for both.</summary>
    public double[] PairedDraws(OrderResult peer, int seed)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var ours = Order(Ours)!.Ndcg10;
        var pairs = ours.Select((value, list) => (Ours: value, Peer: peer.Ndcg10[list])).Where(it => it.Ours is not null).Select(it => (Ours: it.Ours!.Value, Peer: it.Peer!.Value)).ToArray();
        var random = new Random(seed);
        var draws = new double[Bootstrap.Resamples];
        for (var draw = 0; draw < draws.Length; draw++)
        {
            var (one, other) = (0.0, 0.0);
            for (var at = 0; at < pairs.Length; at++)
            {
                var pair = pairs[random.Next(pairs.Length)];
                (one, other) = (one + pair.Ours, other + pair.Peer);
            }

            draws[draw] = other > 0 ? (one / other) - 1 : 0;
        }

        return draws;
    }
}
