using Matching.Lab.Evaluation;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>
/// What was learned, drawn back to what experts said: the prior weighs as much as <see cref="TrainingOptions.PriorPostings"/> postings, and less
/// when the lists that bags have not seen are, beyond chance, better ordered with less of it.
/// </summary>
public static class PriorShrinkage
{
    private static readonly double[] Parts = [1, 0.5, 0.25];

    /// <summary>The shrunk model, and the weight of the prior in it (0 when no feature has one).</summary>
    /// <param name="outOfBag">By row, the score given by the bags that have not seen it.</param>
    public static (FloatModel Model, double PriorWeight) Of(FloatModel learned, double[] outOfBag, RankedLists lists, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        if (learned.Features.All(feature => feature.Prior is null))
        {
            return (learned, 0);
        }

        var prior = learned with { Main = [.. learned.Features.Select(feature => feature.Prior?.ToArray() ?? new double[feature.Codes])], Pairs = [], Tables = [] };
        var priorScores = prior.Score(lists);
        var (spread, priorSpread) = (SpreadInLists(learned.Score(lists), lists), SpreadInLists(priorScores, lists));
        // Points of experts have no unit: they are brought to the spread of what was learned.
        var unit = priorSpread > 0 ? spread / priorSpread : 0;
        var most = unit > 0 ? WeightBeside(lists, options) : 0;
        var weight = most * Parts.FirstOrDefault(part => !IsWorse(lists, outOfBag, priorScores, most * part, unit, options.Seed));
        return (FloatModel.Sum(learned, 1 - weight, prior, weight * unit), weight);
    }

    /// <summary>What something known before weighs beside what was learned from these lists, from 0 to 1.</summary>
    public static double WeightBeside(RankedLists lists, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        return options.PriorPostings / (double)(lists.Posting.Distinct().Count() + options.PriorPostings);
    }

    private static bool IsWorse(RankedLists lists, double[] outOfBag, double[] prior, double weight, double unit, int seed)
    {
        var mixed = outOfBag.Select((score, row) => ((1 - weight) * score) + (weight * unit * prior[row])).ToArray();
        var (with, without) = (Ndcg.OfLists(lists, mixed, 10), Ndcg.OfLists(lists, outOfBag, 10));
        var measured = Enumerable.Range(0, lists.Count).Where(list => with[list] is not null && HasScores(lists, outOfBag, list)).ToList();
        return Bootstrap.MeanOf([.. measured.Select(list => without[list]!.Value - with[list]!.Value)], [.. measured.Select(list => lists.Posting[list])], seed).Low > 0;
    }

    // A list that every bag has seen has no score of its own.
    private static bool HasScores(RankedLists lists, double[] scores, int list) => scores.AsSpan(lists.Start[list], lists.Length(list)).ContainsAnyExcept(0.0);

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
