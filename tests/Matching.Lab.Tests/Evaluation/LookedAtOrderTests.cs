using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;
using Matching.Lab.Worlds;

namespace Matching.Lab.Tests.Evaluation;

/// <summary>What the gate would say of a better model from lists that another has shown, against what is so when everybody is looked at.</summary>
public sealed class LookedAtOrderTests
{
    private const int Lists = 300;
    private const double LeastDifference = -0.005;

    private static readonly RankerModel Prior = RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")));

    [Theory]
    [InlineData("vetos")]
    [InlineData("reciproque")]
    [InlineData("gouts-des-employeurs")]
    public void A_better_model_is_not_refused_because_another_wrote_the_order_that_was_looked_at(string name)
    {
        var drawn = new World(WorldFamilies.All.Single(it => it.Name == name && !it.IsUnseen), 1, Prior).Judged("porte", 8, Lists);
        var (lists, chance) = (drawn.Lists, new Random(1));
        var served = Baselines.ByHand(lists)!;
        var lookedAt = LookedAt(lists, served, chance);
        Interval Truth(double[] scores) => Differences(lists, served, scores, _ => true, row => lists.Label[row]);

        // Two of other minds than the points of experts: as noisy as they may be to be still this much better, and worse.
        var noise = Enumerable.Range(0, lists.Rows).Select(_ => chance.NextDouble() + chance.NextDouble() + chance.NextDouble()).ToArray();
        double[] OfAnotherMind(double truth) => [.. noise.Select((some, row) => some + (truth * drawn.ExpectedGain[row]))];
        var candidate = Enumerable.Range(1, 100).Select(step => OfAnotherMind(0.02 * step)).First(scores => Truth(scores).Value > 0.02);
        var worse = Enumerable.Range(1, 100).Select(step => OfAnotherMind(0.02 * step)).Last(scores => Truth(scores).Value < -0.02);

        var truth = Truth(candidate);
        var all = Differences(lists, served, candidate, _ => true, row => lookedAt[row] ? lists.Label[row] : (byte)0);
        var known = Differences(lists, served, candidate, row => lookedAt[row], row => lists.Label[row]);

        Assert.True(all.Value < truth.Value - 0.01, $"{all.Value} {truth.Value}");
        Assert.True(Math.Abs(known.Value - truth.Value) < (truth.Value - all.Value) / 2, $"{known.Value} {all.Value} {truth.Value}");
        Assert.True(known.Low > LeastDifference && all.Low <= LeastDifference, $"{known.Low} {all.Low}");

        // The worse one stays refused.
        Assert.True(Differences(lists, served, worse, row => lookedAt[row], row => lists.Label[row]).Low <= LeastDifference);
    }

    // From the top of the list down, less and less.
    private static bool[] LookedAt(RankedLists lists, double[] served, Random chance)
    {
        var lookedAt = new bool[lists.Rows];
        for (var list = 0; list < lists.Count; list++)
        {
            foreach (var (row, rank) in Enumerable.Range(lists.Start[list], lists.Length(list)).OrderByDescending(row => served[row]).Select((row, rank) => (row, rank)))
            {
                lookedAt[row] = chance.NextDouble() < 12.0 / (12 + rank);
            }
        }

        return lookedAt;
    }

    private static Interval Differences(RankedLists lists, double[] served, double[] candidate, Func<int, bool> isLookedAt, Func<int, byte> labelOf)
    {
        var changes = Enumerable.Range(0, lists.Count).Select(list => LookedAtOrder.Change(
            Enumerable.Range(lists.Start[list], lists.Length(list)).Select(row => new LookedAtLine(isLookedAt(row), labelOf(row), served[row], candidate[row])), 10)).OfType<double>().ToList();
        return Bootstrap.MeanOf(changes, [.. Enumerable.Range(0, changes.Count)], 1);
    }
}
