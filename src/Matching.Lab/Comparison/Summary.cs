namespace Matching.Lab.Comparison;

/// <summary>What a comparison prints.</summary>
public static class Summary
{
    public static object Of(IReadOnlyList<WorldResult> results, int seed)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new
        {
            note = "Invented people: no figure here is a finding about real ones.",
            seed,
            worlds = results.Select(it => OfWorld(it, seed)).ToList(),
            overall = new
            {
                ndcg10 = Names(results).ToDictionary(name => name, name => Rounded(MeanOver(results, name, seed))),
                ahead = Names(results).Where(name => name is not (WorldResult.Ours or WorldResult.Oracle)).ToDictionary(name => name, name => Rounded(Ahead(results, name, seed))),
                worlds_behind_xgboost_free = results.Count(it => it.AheadOf(WorldResult.Free, seed) is { Value: < 0 }),
                regret = Math.Round(results.Average(it => it.Regret), 4),
                seconds_ours = Math.Round(results.Sum(it => it.Order(WorldResult.Ours)!.Seconds ?? 0), 1),
                seconds_xgboost_free = Math.Round(results.Sum(it => it.Order(WorldResult.Free)?.Seconds ?? 0), 1),
            },
        };
    }

    /// <summary>The mean over the worlds of how far ours is ahead; postings are drawn inside each world. Null when a world lacks the peer.</summary>
    public static Interval? Ahead(IReadOnlyList<WorldResult> results, string other, int seed)
    {
        ArgumentNullException.ThrowIfNull(results);
        var with = results.Where(it => it.Order(other) is not null).ToList();
        if (with.Count == 0)
        {
            return null;
        }

        var draws = with.ConvertAll(it => it.PairedDraws(it.Order(other)!, seed));
        var means = Enumerable.Range(0, Bootstrap.Resamples).Select(draw => draws.Average(it => it[draw])).Order().ToArray();
        return new Interval(with.Average(it => (it.MeanOf(WorldResult.Ours)!.Value / it.MeanOf(other)!.Value) - 1), means[(int)(0.025 * means.Length)], means[(int)(0.975 * means.Length) - 1]);
    }

    private static object OfWorld(WorldResult it, int seed) => new
    {
        world = it.World,
        what = it.Words,
        lists = it.Lists,
        rows = it.Rows,
        ndcg10 = it.Orders.ToDictionary(order => order.Name, order => Rounded(IntervalOf(order, seed))),
        gap = it.Orders.Where(order => order.Name is not (WorldResult.Ours or WorldResult.Oracle)).ToDictionary(order => order.Name, order => Rounded(it.AheadOf(order.Name, seed))),
        regret = Math.Round(it.Regret, 4),
        congestion = it.Orders.Where(order => order.Congestion is not null)
            .ToDictionary(order => order.Name, order => new { gini = Math.Round(order.Congestion!.Gini, 4), reached = Math.Round(order.Congestion.Reached, 4) }),
        seconds = it.Orders.Where(order => order.Seconds is not null).ToDictionary(order => order.Name, order => Math.Round(order.Seconds!.Value, 2)),
        chosen = it.Orders.Where(order => order.Chosen is not null).ToDictionary(order => order.Name, order => order.Chosen),
    };

    internal static Interval IntervalOf(OrderResult order, int seed)
    {
        var values = order.Ndcg10.OfType<double>().ToList();
        return Bootstrap.MeanOf(values, [.. Enumerable.Range(0, values.Count)], seed);
    }

    internal static Interval? MeanOver(IReadOnlyList<WorldResult> results, string name, int seed)
    {
        var all = results.Select(it => it.Order(name)).OfType<OrderResult>().Select(order => IntervalOf(order, seed)).ToList();
        // Worlds are independent: half-widths add up in squares.
        var half = Math.Sqrt(all.Sum(it => (it.High - it.Low) * (it.High - it.Low) / 4)) / all.Count;
        var mean = all.Average(it => it.Value);
        return new Interval(mean, mean - half, mean + half);
    }

    internal static List<string> Names(IReadOnlyList<WorldResult> results) => [.. results.SelectMany(it => it.Orders).Select(order => order.Name).Distinct()];

    private static object? Rounded(Interval? it) => it is null ? null : new { value = Math.Round(it.Value, 4), low = Math.Round(it.Low, 4), high = Math.Round(it.High, 4) };
}
