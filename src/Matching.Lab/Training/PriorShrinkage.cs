using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>What was learned, drawn back to what experts said: the prior weighs as much as <see cref="TrainingOptions.PriorPostings"/> postings.</summary>
public static class PriorShrinkage
{
    /// <summary>The shrunk model, and the weight of the prior in it (0 when no feature has one).</summary>
    public static (FloatModel Model, double PriorWeight) Of(FloatModel learned, RankedLists lists, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        if (learned.Features.All(feature => feature.Prior is null))
        {
            return (learned, 0);
        }

        var prior = learned with { Main = [.. learned.Features.Select(feature => feature.Prior?.ToArray() ?? new double[feature.Codes])], Pairs = [], Tables = [] };
        var (spread, priorSpread) = (SpreadInLists(learned.Score(lists), lists), SpreadInLists(prior.Score(lists), lists));
        // Points of experts have no unit: they are brought to the spread of what was learned.
        var unit = priorSpread > 0 ? spread / priorSpread : 0;
        var postings = lists.Posting.Distinct().Count();
        var weight = unit > 0 ? options.PriorPostings / (double)(postings + options.PriorPostings) : 0;
        return (learned with
        {
            Main = [.. learned.Main.Select((table, feature) => table.Select((value, code) => ((1 - weight) * value) + (weight * unit * prior.Main[feature][code])).ToArray())],
            Tables = [.. learned.Tables.Select(table => table.Select(value => (1 - weight) * value).ToArray())],
        }, weight);
    }

    private static double SpreadInLists(double[] scores, RankedLists lists)
    {
        var sum = 0.0;
        for (var list = 0; list < lists.Count; list++)
        {
            var values = scores.AsSpan(lists.Start[list], lists.Length(list));
            var mean = 0.0;
            foreach (var value in values)
            {
                mean += value / values.Length;
            }

            foreach (var value in values)
            {
                sum += (value - mean) * (value - mean);
            }
        }

        return Math.Sqrt(sum / scores.Length);
    }
}
