using Matching.Lab.Evaluation;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>
/// Pairs and long scales are worth learning from many lists; from few, one cut a round and no pair makes fewer mistakes. Both are learned, and how
/// much of each is kept is what orders best the lists that bags have not seen.
/// </summary>
public static class Blend
{
    // From the plainest to the richest.
    private static readonly double[] PlainParts = [1, 0.5, 0];

    /// <summary>What was learned, and its scores for the lists that bags have not seen.</summary>
    /// <param name="weights">By row, see <see cref="Propensity"/>.</param>
    public static (LearnedBags Learned, OutOfBag OutOfBag) Learn(RankedLists lists, float[] weights, TrainingOptions options, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        var useful = Enumerable.Range(0, lists.Count).Count(lists.HasOrder);
        if (options.IsPointwise || options.Pairs == 0 || useful > options.FewLists || useful <= options.TooFewLists)
        {
            var isTooFew = useful <= options.TooFewLists && !options.IsPointwise;
            var alone = LambdaTrainer.Learn(lists, weights, isTooFew ? options.Plain() : options, progress);
            return (alone, OutOfBag.Of(lists, alone));
        }

        var rich = LambdaTrainer.Learn(lists, weights, options, (done, of) => progress?.Invoke(done, 2 * of));
        var plain = LambdaTrainer.Learn(lists, weights, options.Plain(), (done, of) => progress?.Invoke(of + done, 2 * of));
        var (ofRich, ofPlain) = (OutOfBag.Of(lists, rich), OutOfBag.Of(lists, plain));
        var part = PlainParts[0];
        foreach (var richer in PlainParts.Skip(1))
        {
            part = IsBetter(lists, OutOfBag.Mixed(ofRich, ofPlain, richer), OutOfBag.Mixed(ofRich, ofPlain, part)) ? richer : part;
        }

        return (Mixed(rich, plain, part), OutOfBag.Mixed(ofRich, ofPlain, part));
    }

    // By more than its own standard error: a few lists prove nothing, and then the plainer is kept.
    private static bool IsBetter(RankedLists lists, OutOfBag richer, OutOfBag plainer)
    {
        var (of, than) = (Ndcg.OfLists(lists, richer.Scores, 10), Ndcg.OfLists(lists, plainer.Scores, 10));
        var gains = Enumerable.Range(0, lists.Count).Where(list => richer.IsScored[list] && of[list] is not null).Select(list => of[list]!.Value - than[list]!.Value).ToArray();
        if (gains.Length < 2)
        {
            return false;
        }

        var mean = gains.Average();
        return mean > Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / (gains.Length - 1) / gains.Length);
    }

    private static LearnedBags Mixed(LearnedBags rich, LearnedBags plain, double part)
    {
        var bags = rich.Bags.Zip(plain.Bags, (one, other) => part >= 1 ? other : one with
        {
            Main = [.. one.Main.Select((table, feature) => table.Select((value, code) => ((1 - part) * value) + (part * other.Main[feature][code])).ToArray())],
            Tables = [.. one.Tables.Select(table => table.Select(value => (1 - part) * value).ToArray())],
        }).ToList();
        return new LearnedBags(FloatModel.Mean(bags), bags, rich.Seen, rich.HeldOut, ((1 - part) * rich.MeanRounds) + (part * plain.MeanRounds));
    }
}
