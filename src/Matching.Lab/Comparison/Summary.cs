using Matching.Lab.Evaluation;

namespace Matching.Lab.Comparison;

/// <summary>What a comparison prints.</summary>
public static class Summary
{
    /// <summary>The last line of what a terminal shows of invented people.</summary>
    internal const string Invented = "Mesuré sur des personnes inventées : rien ici n’est un constat sur des personnes réelles.";

    /// <summary>The same, in JSON.</summary>
    internal const string Note = "Invented people: no figure here is a finding about real ones.";

    public static object Of(IReadOnlyList<WorldResult> results, int seed)
    {
        ArgumentNullException.ThrowIfNull(results);
        var names = Names(results);
        return new
        {
            note = Note,
            ceiling = "Learned from the expected gain of other lists of the world; an estimate from below of what its features carry. The oracle knows what no feature tells.",
            seed,
            worlds = results.Select(it => OfWorld(it, seed)).ToList(),
            overall = new
            {
                ndcg10 = names.ToDictionary(name => name, name => Rounded(MeanOver(results, name, seed))),
                accepted10 = names.ToDictionary(name => name, name => Rounded(AcceptedOver(results, name, seed))),
                accepted10_more_than = names.Where(IsPeer).ToDictionary(name => name, name => Rounded(AcceptedMore(results, name, seed))),
                ahead = names.Where(IsPeer).ToDictionary(name => name, name => Rounded(Ahead(results, name, seed))),
                both_heads = Standing.Of(results, WorldResult.Ours, seed)?.Json(),
                like_for_like = Standing.Of(results, WorldResult.OneHead, seed)?.Json(),
                regret = Rounded(Left(results, WorldResult.Oracle, seed)),
                regret_to_ceiling = Rounded(Left(results, WorldResult.Ceiling, seed)),
                seconds_ours = Math.Round(results.Sum(it => it.Order(WorldResult.Ours)!.Seconds ?? 0), 1),
                seconds_xgboost_free = Math.Round(results.Sum(it => it.Order(WorldResult.Free)?.Seconds ?? 0), 1),
            },
        };
    }

    /// <summary>The mean over the worlds of how far ours is ahead; postings are drawn inside each world. Null when no world has the peer.</summary>
    public static Interval? Ahead(IReadOnlyList<WorldResult> results, string other, int seed, string ours = WorldResult.Ours)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Sampled.MeanOf([.. results.Select(it => it.AheadOf(other, seed, ours)).OfType<Sampled>()])?.Interval;
    }

    /// <summary>The mean over the worlds of how many more of our first ten would take the post. Null when no world tells.</summary>
    internal static Interval? AcceptedMore(IReadOnlyList<WorldResult> results, string other, int seed) =>
        Sampled.MeanOf([.. results.Select(it => it.AcceptedMoreThan(other, seed)).OfType<Sampled>()])?.Interval;

    /// <summary>What the second head costs and brings, in one French sentence; null when the first was not measured alone.</summary>
    internal static string? SecondHead(IReadOnlyList<WorldResult> results, int seed) =>
        Ahead(results, WorldResult.OneHead, seed) is { } gap && AcceptedMore(results, WorldResult.OneHead, seed) is { } more
            ? $"Ce que les personnes ont voulu, appris en plus de ce que les employeurs ont retenu, change le nDCG@10 de {ComparisonPage.Signed(gap)} et l’accord de {ComparisonPage.InPoints(more)}."
            : null;

    /// <summary>The mean over the worlds of what is left to gain up to an order out of reach. Null when no world has it.</summary>
    public static Interval? Left(IReadOnlyList<WorldResult> results, string top, int seed)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Sampled.MeanOf([.. results.Select(it => it.LeftTo(top, seed)).OfType<Sampled>()])?.Interval;
    }

    /// <summary>Whether an order learns, or not, from no more than what ours learns from, and can thus be behind or ahead.</summary>
    internal static bool IsPeer(string name) => name != WorldResult.Ours && !WorldResult.OutOfReach.Contains(name);

    private static object OfWorld(WorldResult it, int seed) => new
    {
        world = it.World,
        what = it.Words,
        lists = it.Lists,
        rows = it.Rows,
        ndcg10 = it.Orders.ToDictionary(order => order.Name, order => Rounded(IntervalOf(order, seed))),
        accepted10 = it.Orders.Where(order => order.Accepted10 is not null).ToDictionary(order => order.Name, order => Rounded(IntervalOf(order.Accepted10!, seed))),
        accepted10_more_than = it.Orders.Where(order => IsPeer(order.Name)).ToDictionary(order => order.Name, order => Rounded(it.AcceptedMoreThan(order.Name, seed)?.Interval)),
        gap = it.Orders.Where(order => IsPeer(order.Name)).ToDictionary(order => order.Name, order => Rounded(it.AheadOf(order.Name, seed)?.Interval)),
        gap_like_for_like = it.Orders.Where(order => order.Name != WorldResult.OneHead && IsPeer(order.Name)).ToDictionary(order => order.Name, order => Rounded(it.AheadOf(order.Name, seed, WorldResult.OneHead)?.Interval)),
        regret = Rounded(it.LeftTo(WorldResult.Oracle, seed)?.Interval),
        regret_to_ceiling = Rounded(it.LeftTo(WorldResult.Ceiling, seed)?.Interval),
        congestion = it.Orders.Where(order => order.Congestion is not null)
            .ToDictionary(order => order.Name, order => new { gini = Math.Round(order.Congestion!.Gini, 4), reached = Math.Round(order.Congestion.Reached, 4) }),
        seconds = it.Orders.Where(order => order.Seconds is not null).ToDictionary(order => order.Name, order => Math.Round(order.Seconds!.Value, 2)),
        chosen = it.Orders.Where(order => order.Chosen is not null).ToDictionary(order => order.Name, order => order.Chosen),
    };

    internal static Interval IntervalOf(OrderResult order, int seed) => IntervalOf(order.Ndcg10, seed);

    internal static Interval IntervalOf(double?[] byList, int seed)
    {
        var values = byList.OfType<double>().ToList();
        return Bootstrap.MeanOf(values, [.. Enumerable.Range(0, values.Count)], seed);
    }

    internal static Interval? MeanOver(IReadOnlyList<WorldResult> results, string name, int seed) => MeanOver(results.Select(it => it.Order(name)?.Ndcg10), seed);

    internal static Interval? AcceptedOver(IReadOnlyList<WorldResult> results, string name, int seed) => MeanOver(results.Select(it => it.Order(name)?.Accepted10), seed);

    private static Interval? MeanOver(IEnumerable<double?[]?> byWorld, int seed)
    {
        var all = byWorld.OfType<double?[]>().Select(values => IntervalOf(values, seed)).ToList();
        if (all.Count == 0)
        {
            return null;
        }

        // Worlds are independent: half-widths add up in squares.
        var half = Math.Sqrt(all.Sum(it => (it.High - it.Low) * (it.High - it.Low) / 4)) / all.Count;
        var mean = all.Average(it => it.Value);
        return new Interval(mean, mean - half, mean + half);
    }

    /// <summary>Orders out of reach last.</summary>
    internal static List<string> Names(IReadOnlyList<WorldResult> results) =>
        [.. results.SelectMany(it => it.Orders).Select(order => order.Name).Distinct().OrderBy(name => WorldResult.OutOfReach.Contains(name) ? 1 : 0)];

    internal static object? Rounded(Interval? it) => it is null ? null : new { value = Math.Round(it.Value, 4), low = Math.Round(it.Low, 4), high = Math.Round(it.High, 4) };
}
