namespace Matching.Lab.Comparison;

/// <summary>
/// Where one of our two orders stands beside others. Those learn from what employers kept alone, so learners are compared like for like by our first
/// head alone; the sum of both heads is another thing, which also learns what people wanted.
/// </summary>
/// <param name="Ahead">By order, the mean over the worlds.</param>
/// <param name="Median">In the world in the middle, how far ahead of XGBoost: one world in which a peer fails does not move it. Null without XGBoost.</param>
/// <param name="Behind">Worlds where it is behind XGBoost, the whole interval below zero.</param>
/// <param name="PerhapsBehind">Worlds where it is behind, zero within the interval.</param>
public sealed record Standing(string Ours, IReadOnlyDictionary<string, Interval> Ahead, double? Median, IReadOnlyList<string> Behind, IReadOnlyList<string> PerhapsBehind)
{
    /// <summary>Null when no world has this order of ours.</summary>
    public static Standing? Of(IReadOnlyList<WorldResult> results, string ours, int seed)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (!results.Any(it => it.Order(ours) is not null))
        {
            return null;
        }

        var ahead = Summary.Names(results).Where(name => name is not WorldResult.OneHead && Summary.IsPeer(name))
            .Select(name => (name, gap: Summary.Ahead(results, name, seed, ours))).Where(it => it.gap is not null).ToDictionary(it => it.name, it => it.gap!);
        var gaps = results.Select(it => (it.World, Gap: it.AheadOf(WorldResult.Free, seed, ours)?.Interval)).Where(it => it.Gap is not null).ToList();
        var values = gaps.Select(it => it.Gap!.Value).Order().ToList();
        return new Standing(
            ours,
            ahead,
            values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2,
            [.. gaps.Where(it => it.Gap!.High < 0).Select(it => it.World)],
            [.. gaps.Where(it => it.Gap is { Value: < 0, High: >= 0 }).Select(it => it.World)]);
    }

    /// <summary>As it is printed for machines.</summary>
    internal object Json() => new
    {
        order = Ours,
        ahead = Ahead.ToDictionary(it => it.Key, it => Summary.Rounded(it.Value)),
        median_ahead_of_xgboost_free = Median is { } median ? Math.Round(median, 4) : (double?)null,
        worlds_behind_xgboost_free = Behind,
        worlds_perhaps_behind_xgboost_free = PerhapsBehind,
    };
}
