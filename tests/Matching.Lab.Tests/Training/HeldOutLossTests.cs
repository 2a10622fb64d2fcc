using Matching.Lab.Lists;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

public sealed class HeldOutLossTests
{
    private static readonly TrainingOptions Options = new();

    [Fact]
    public void Every_two_people_of_a_usual_list_count()
    {
        var (loss, ofAll) = LossOf(InventedLists.Read(InventedLists.Csv(20, 60, 1)));
        // Scores are single numbers, added in another order.
        Assert.Equal(ofAll, loss, 1e-6);
    }

    [Fact]
    public void Some_of_the_pairs_of_a_long_list_say_what_all_would()
    {
        var (loss, ofAll) = LossOf(InventedLists.Read(InventedLists.Csv(1, 3000, 1)));
        Assert.NotEqual(ofAll, loss);
        Assert.InRange(loss, 0.99 * ofAll, 1.01 * ofAll);
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(2_000, 100)]
    [InlineData(20_000, 5)]
    [InlineData(20_000, 2_000)]
    [InlineData(1_000_000, 1_000_000)]
    public void However_long_a_list_is_no_more_pairs_are_looked_at(int rows, int kept)
    {
        var labels = new byte[rows];
        labels.AsSpan(0, kept).Fill(1);
        var step = HeldOutLoss.StepOf(labels);
        Assert.InRange(kept * ((long)rows / step), kept, Math.Max(HeldOutLoss.MostPairs, HeldOutLoss.FewestOthers * kept));
        Assert.Equal(kept * (long)rows <= HeldOutLoss.MostPairs, step == 1);
    }

    // The loss of a model of five rounds, and that of every two rows of a list, one after the other.
    private static (double Loss, double OfAll) LossOf(RankedLists lists)
    {
        var groups = lists.Features.Select((spec, feature) => CodeGroups.Of(spec, lists.Codes[feature], Options.FewestRows, FeatureSpec.MaximumBins)).ToArray();
        var weights = Enumerable.Range(0, lists.Rows).Select(row => 1 + (row % 3 / 2f)).ToArray();
        var rows = BagRows.Of(lists, [.. Enumerable.Range(0, lists.Count)], [.. groups.Select(it => it.GroupOf)], weights, Options, new Random(1));
        var booster = new Booster(rows, groups, Options, new Random(2));
        for (var round = 0; round < 5; round++)
        {
            booster.Round();
        }

        return (new HeldOutLoss(rows).Of(booster, []), Enumerable.Range(0, rows.Lists).Sum(list => LossOf(rows, booster.Scores, list)));
    }

    private static double LossOf(BagRows rows, float[] scores, int list)
    {
        var inside = Enumerable.Range(rows.Start[list], rows.Start[list + 1] - rows.Start[list]).ToArray();
        var pairs = (from better in inside
                     from worse in inside
                     where rows.Label[better] > rows.Label[worse]
                     select (Weight: (Ndcg.GainOf(rows.Label[better]) - Ndcg.GainOf(rows.Label[worse])) * rows.Weight[better] * rows.Weight[worse], Apart: scores[better] - scores[worse])).ToList();
        return pairs.Sum(pair => pair.Weight * Math.Log(1 + Math.Exp(-pair.Apart))) / pairs.Sum(pair => pair.Weight);
    }
}
