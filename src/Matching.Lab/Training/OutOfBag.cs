using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>Each list ranked by the mean of the bags that have not seen its employer.</summary>
/// <param name="Scores">By row; zero in a list that all bags have seen.</param>
/// <param name="IsScored">By list.</param>
public sealed record OutOfBag(double[] Scores, bool[] IsScored)
{
    public static OutOfBag Of(RankedLists lists, LearnedBags learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        return Of(lists, learned.Bags, learned.HeldOut);
    }

    /// <param name="unseen">By bag, the lists of which it has seen nothing.</param>
    public static OutOfBag Of(RankedLists lists, IReadOnlyList<FloatModel> bags, IReadOnlyList<IReadOnlyList<int>> unseen)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(bags);
        ArgumentNullException.ThrowIfNull(unseen);
        var (scores, counts) = (new double[lists.Rows], new int[lists.Count]);
        for (var bag = 0; bag < bags.Count; bag++)
        {
            var given = bags[bag].Score(lists);
            foreach (var list in unseen[bag])
            {
                counts[list]++;
                for (var row = lists.Start[list]; row < lists.Start[list + 1]; row++)
                {
                    scores[row] += given[row];
                }
            }
        }

        for (var list = 0; list < lists.Count; list++)
        {
            for (var row = lists.Start[list]; row < lists.Start[list + 1]; row++)
            {
                scores[row] /= Math.Max(1, counts[list]);
            }
        }

        return new OutOfBag(scores, [.. counts.Select(count => count > 0)]);
    }

    /// <summary>The mean over the lists that are scored and have a value, as a model file publishes it.</summary>
    /// <param name="byList">Null where there is nothing to measure.</param>
    /// <param name="measuredOn">In French, from the number of lists measured.</param>
    internal ModelMeasure Measure(string name, double?[] byList, Func<int, string> measuredOn, RankedLists lists, int seed)
    {
        var (it, count) = ListMean.Of(lists, byList, seed, Enumerable.Range(0, lists.Count).Where(list => IsScored[list]));
        return new ModelMeasure(name, Math.Round(it.Value, 4), Math.Round(it.Low, 4), Math.Round(it.High, 4), measuredOn(count));
    }

    /// <summary>A share of one and the rest of another; lists that one of both has not scored stay at zero.</summary>
    public static OutOfBag Mixed(OutOfBag one, OutOfBag other, double part) => Sum(one, 1 - part, other, part);

    /// <summary>So much of one and so much of another; lists that one of both has not scored are not scored.</summary>
    public static OutOfBag Sum(OutOfBag one, double part, OutOfBag other, double otherPart)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var isScored = one.IsScored.Zip(other.IsScored, (first, second) => first && second).ToArray();
        return new OutOfBag([.. one.Scores.Zip(other.Scores, (first, second) => (part * first) + (otherPart * second))], isScored);
    }
}
