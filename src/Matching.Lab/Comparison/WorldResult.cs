using Matching.Lab.Evaluation;

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

    /// <summary>The same tables learned row by row.</summary>
    public const string Pointwise = "pointwise_additive";

    public const string Chance = Baselines.ByChance;
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

    /// <summary>How far ours is ahead of another, relative to the other, on postings drawn with replacement; null when one of both was not run.</summary>
    /// <param name="ours">Which of ours: both heads, or the first alone.</param>
    public Sampled? AheadOf(string other, int seed, string ours = Ours) =>
        Order(ours) is { } own && Order(other) is { } peer ? Sampled.Of([own.Ndcg10, peer.Ndcg10], means => means[1] > 0 ? (means[0] / means[1]) - 1 : 0, seed) : null;

    /// <summary>How many more of our first ten would take the post than of another's first ten, as a share of the ten; null when the other was not run.</summary>
    public Sampled? AcceptedMoreThan(string other, int seed) =>
        Order(Ours)?.Accepted10 is { } ours && Order(other)?.Accepted10 is { } theirs ? Sampled.Of([ours, theirs], means => means[0] - means[1], seed) : null;

    /// <summary>The regret: share of the way from chance to an order out of reach that ours has not gone; null when that order was not run.</summary>
    public Sampled? LeftTo(string top, int seed) => Order(top) is { } best && Order(Chance) is { } chance
        ? Sampled.Of([Order(Ours)!.Ndcg10, best.Ndcg10, chance.Ndcg10], means => means[1] > means[2] ? (means[1] - means[0]) / (means[1] - means[2]) : 0, seed)
        : null;
}
