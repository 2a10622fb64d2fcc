using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>Bags of boosted tables on LambdaRank gradients, averaged: what is learned stays one additive model.</summary>
public sealed class LambdaTrainer : IRankerTrainer
{
    private const int RoundsBeforePairs = 25;

    private const string LambdaRank = "lambdarank";

    public string Name => LambdaRank;

    public RankerModel Train(RankedLists lists, ModelTitle title, TrainingOptions options, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(options);
        if (!lists.HasAnyOrder)
        {
            throw new InvalidDataException("Rien à apprendre : aucune liste ne contient deux personnes d’étiquettes différentes.");
        }

        return Written(Heads.Learn(lists, options, progress), lists, title, options);
    }

    /// <summary>What was learned from these lists, as the model file that is published.</summary>
    internal static RankerModel Written(Heads heads, RankedLists lists, ModelTitle title, TrainingOptions options)
    {
        var ndcg = heads.OutOfBag.Measure(
            "ndcg10_hors_sac", Ndcg.OfLists(lists, heads.OutOfBag.Scores, 10), count => Bag.CanLeaveOut(lists)
                ? $"les listes apprises, chacune classée par les sacs qui n’ont pas vu son employeur ({FrenchCount.Of(count, "liste")} avec un choix)"
                : $"les listes apprises elles-mêmes, car rien n’a pu être gardé de côté ({FrenchCount.Of(count, "liste")} avec un choix)", lists, options.Seed);
        var shares = ShareLimits.Apply(heads.Mean, heads.Bags, lists);
        var model = new RankerModel(
            title.Version, title.Statement, title.MadeOn, title.TrainingDataHash, null, null, shares.Features, RankerModelFile.NewestFormat,
            shares.Pairs.Count > 0 ? shares.Pairs : null,
            new TrainingRecord(
                LambdaRank, options.Seed, lists.Count, lists.Posting.Distinct().Count(), lists.Employer.Distinct().Count(), lists.Rows, options.Bags,
                Math.Round(heads.MeanRounds, 1), Math.Round(shares.Scale, 3), Math.Round(heads.PriorWeight, 3), heads.Published),
            [ndcg, .. heads.WishMeasures(lists, options.Seed)],
            "Non mesurée ici : aucune donnée de groupe n’entre dans l’apprentissage ; voir lab audit.");
        model = model with { Checksum = RankerModelFile.ChecksumOf(model) };
        var problems = RankerModelFile.Problems(model);
        return problems.Count == 0 ? model : throw new InvalidOperationException(string.Join(' ', problems));
    }

    /// <summary>The mean model, the bags it is the mean of, and for each the lists it has not seen.</summary>
    /// <param name="weights">By row, see <see cref="Propensity"/>.</param>
    public static LearnedBags Learn(RankedLists lists, float[] weights, TrainingOptions options, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        var groups = lists.Features.Select((spec, feature) => CodeGroups.Of(spec, lists.Codes[feature], options.FewestRows, FeatureSpec.MaximumBins)).ToArray();
        var bags = new Bag[options.Bags];
        var strengths = new double[options.Bags][];
        var candidates = options.Pairs == 0 ? [] : PairStrength.Candidates(lists, options);
        var done = 0;
        void Step() => progress?.Invoke(Interlocked.Increment(ref done), 2 * options.Bags);
        Parallel.For(0, options.Bags, number =>
        {
            bags[number] = new Bag(lists, groups, weights, options, number);
            strengths[number] = candidates.Count == 0 ? [] : bags[number].PairStrengths(candidates, RoundsBeforePairs);
            Step();
        });
        var pairs = candidates.Select((pair, at) => (pair, Strength: strengths.Sum(it => it[at]), at))
            .OrderByDescending(it => it.Strength).ThenBy(it => it.at).Take(Math.Min(options.Pairs, PairPoints.MostPairs)).Select(it => it.pair).ToArray();
        var models = new FloatModel[options.Bags];
        Parallel.For(0, options.Bags, number =>
        {
            models[number] = bags[number].Learn(pairs);
            Step();
        });
        return new LearnedBags(FloatModel.Mean(models), models, [.. bags.Select(bag => bag.LearnedLists)], [.. bags.Select(bag => bag.HeldOutLists)], bags.Average(bag => bag.Rounds));
    }
}

/// <summary>What the bags learned.</summary>
/// <param name="Seen">By bag, the lists that it has learned from.</param>
/// <param name="HeldOut">By bag, the lists that it has not learned from.</param>
public sealed record LearnedBags(FloatModel Mean, IReadOnlyList<FloatModel> Bags, IReadOnlyList<IReadOnlyList<int>> Seen, IReadOnlyList<IReadOnlyList<int>> HeldOut, double MeanRounds);

/// <summary>The same tables learned row by row on the labels themselves, for comparison: what is usual, and ranks less well.</summary>
public sealed class PointwiseTrainer : IRankerTrainer
{
    private readonly LambdaTrainer trainer = new();

    public string Name => "pointwise";

    public RankerModel Train(RankedLists lists, ModelTitle title, TrainingOptions options, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var model = trainer.Train(lists, title, options with { IsPointwise = true, Pairs = 0, PropensityPower = 0, WishWeight = 0 }, progress);
        model = model with { Training = model.Training! with { Trainer = Name } };
        return model with { Checksum = RankerModelFile.ChecksumOf(model) };
    }
}
