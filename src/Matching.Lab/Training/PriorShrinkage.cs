using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>
/// What was learned, drawn back to what experts said, whose points weigh as much as <see cref="TrainingOptions.PriorPostings"/> postings.
/// <para>
/// How much that is, lists as logged cannot say: where people were shown and opened in the order of the prior, all that it put last was never looked
/// at and stands at zero, so that such lists praise the prior whatever it is worth.
/// </para>
/// </summary>
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
        var weight = unit > 0 ? WeightBeside(lists, options.PriorPostings) : 0;
        return (FloatModel.Sum(learned, 1 - weight, prior, weight * unit), weight);
    }

    /// <summary>What something known before, worth so many postings, weighs beside what was learned from these lists, from 0 to 1.</summary>
    public static double WeightBeside(RankedLists lists, int postings)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return postings / (double)(lists.Posting.Distinct().Count() + postings);
    }

    /// <summary>The standard deviation of scores around the mean of their list.</summary>
    public static double SpreadInLists(double[] scores, RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(lists);
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
