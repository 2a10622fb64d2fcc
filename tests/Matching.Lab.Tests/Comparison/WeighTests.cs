using System.Globalization;
using Matching.Features;
using Matching.Lab.Comparison;
using Matching.Lab.Training;
using Matching.Lab.Worlds;
using Matching.Rules.Ranking;

namespace Matching.Lab.Tests.Comparison;

/// <summary>How the weight of what people wanted is chosen.</summary>
public sealed class WeighTests
{
    // Three lists alike in each world: an interval is its value.
    private static WorldResult World(Func<double, double> ndcgOf) => new(
        "monde", "", 1, 2, 3, 30, [.. WeighWish.Weights.Select(weight => new OrderResult(WeighWish.NameOf(weight), [.. Enumerable.Repeat((double?)ndcgOf(weight), 3)], null, null, Accepted10: [0.8 + weight, 0.8 + weight, 0.8 + weight]))]);

    [Fact]
    public void The_largest_weight_is_chosen_that_costs_less_than_a_new_model_may()
    {
        // One world loses twice what the mean loses, the other nothing.
        var results = new[] { World(weight => 0.6 - (0.06 * weight)), World(_ => 0.5) };
        var curve = WeighWish.Curve(results, 1);
        Assert.Equal(0.15, WeighWish.Chosen(curve));
        Assert.Equal([true, true, true, true, false, false, false], curve.Select(it => it.IsWithinTheGate));
        Assert.Equal(-0.0045, curve[3].Change.Low, 9);
        Assert.Equal(0.3, curve[6].More.Value, 9);

        var page = WishPage.Write(results, curve, 1, "lab weigh");
        Assert.StartsWith("> Mesuré sur des personnes simulées", page, StringComparison.Ordinal);
        Assert.Contains(WishPage.ChosenWords(0.15), page, StringComparison.Ordinal);
        Assert.Contains("| 15 % | 0,546 | −0,0045 (−0,0045 à −0,0045) | oui | 95,0 % | +15,0 (+15,0 à +15,0) points |", page, StringComparison.Ordinal);
        Assert.Contains("reste au-dessus de −0,005.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_beyond_one_that_costs_too_much_is_not_chosen()
    {
        var curve = WeighWish.Curve([World(weight => weight is > 0.08 and < 0.12 ? 0.5 : 0.6)], 1);
        Assert.True(curve[^1].IsWithinTheGate);
        Assert.Equal(0.05, WeighWish.Chosen(curve));
        Assert.Equal(0, WeighWish.Chosen(WeighWish.Curve([World(weight => 0.6 + (weight > 0 ? 2 * ModelLife.LeastDifference : 0))], 1)));
    }

    [Fact]
    public void Nothing_is_chosen_on_worlds_that_are_kept_for_measuring()
    {
        var (output, errors) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        Assert.Equal(1, WeighWish.Run(["--worlds", "vetos,seuils"], output, errors));
        Assert.Contains("Le monde « seuils » est gardé pour mesurer", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, WeighWish.Run(["--help"], output, errors));
    }

    [Fact]
    public void With_more_weight_more_people_would_take_the_post()
    {
        var family = WorldFamilies.All.Single(it => it.Name == "reciproque") with { Postings = 150, Shown = 40 };
        var prior = RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")));
        var result = RunWorld.Weighed(family, new TrainingOptions { Bags = 2, Pairs = 0, MostRounds = 30 }, prior, [0, 0.3], WeighWish.NameOf);
        Assert.True(result.Order("0.30")!.Accepted10!.Average() > result.Order("0.00")!.Accepted10!.Average());
    }
}
