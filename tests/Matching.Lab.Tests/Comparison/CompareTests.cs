using Matching.Features;
using Matching.Lab.Comparison;
using Matching.Lab.Training;
using Matching.Lab.Worlds;

namespace Matching.Lab.Tests.Comparison;

public sealed class CompareTests
{
    private static readonly RankerModel Prior = RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")));

    [Fact]
    public void A_world_is_measured_for_every_order_on_the_same_lists()
    {
        var family = WorldFamilies.All.Single(it => it.Name == "seuils") with { Postings = 60, Shown = 30 };
        var folder = Directory.CreateTempSubdirectory("matching-compare-").FullName;
        try
        {
            var result = RunWorld.Of(family, 1, new TrainingOptions { Bags = 2, Pairs = 2, MostRounds = 40 }, Prior, folder);
            string[] always = ["ours", "pointwise_additive", "hand_weighted", "bm25", "same_rome_distance", "as_shown", "random", "oracle"];
            Assert.Empty(always.Except(result.Orders.Select(order => order.Name)));
            Assert.Equal(XgboostPeer.IsInstalled, result.Order(WorldResult.Free) is not null);
            Assert.True(result.MeanOf(WorldResult.Ours) > result.MeanOf(WorldResult.Chance));
            Assert.True(result.MeanOf(WorldResult.Oracle) > result.MeanOf(WorldResult.Ours));
            Assert.InRange(result.Regret, 0, 1);
            var ahead = result.AheadOf(WorldResult.Chance, 1)!;
            Assert.InRange(ahead.Value, ahead.Low, ahead.High);
            Assert.All(result.Orders, order => Assert.InRange(order.Congestion!.Gini, 0, 1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_order_compared_with_itself_is_never_ahead()
    {
        double?[] values = [0.5, null, 0.7, 0.2];
        var result = new WorldResult("essai", "", 1, 1, 4, 40, [new OrderResult(WorldResult.Ours, values, null, null), new OrderResult("same", values, null, null)]);
        var ahead = result.AheadOf("same", 1)!;
        Assert.Equal((0, 0, 0), (ahead.Value, ahead.Low, ahead.High));
        Assert.Null(result.AheadOf("absent", 1));
    }

    [Theory]
    [InlineData(0.0, 3, 3, 3)]
    [InlineData(0.75, 0, 0, 0, 8)]
    [InlineData(0.0, 0, 0)]
    public void Inequality_of_chances_is_that_of_the_textbook(double expected, params int[] times) => Assert.Equal(expected, Congestion.GiniOf(times), 12);
}
