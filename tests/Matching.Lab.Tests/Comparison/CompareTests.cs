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

            var again = RunWorld.Of(family, 1, new TrainingOptions { Bags = 2, Pairs = 2, MostRounds = 40 }, Prior, folder);
            Assert.All(result.Orders, order => Assert.Equal(order.Ndcg10, again.Order(order.Name)!.Ndcg10));
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

    [Fact]
    public void The_page_gives_each_order_of_each_world_and_of_all_with_its_interval_its_gap_and_what_is_left_to_gain()
    {
        var page = ComparisonPage.Write([World("premier", 0.5), World("second", 0.7)], 1, "lab compare");
        Assert.StartsWith("> Mesuré sur des personnes simulées", page, StringComparison.Ordinal);
        Assert.Contains("lab compare", page, StringComparison.Ordinal);
        Assert.Contains("ne pas la modifier à la main", page, StringComparison.Ordinal);
        Assert.Contains("XGBoost n’était pas installé", page, StringComparison.Ordinal);

        // Every list of a world has the same value: the interval is that value, the gap 0.5 over 0.4.
        Assert.Contains("## premier\n", page, StringComparison.Ordinal);
        Assert.Contains("| Notre apprentissage | 0,500 | 0,500 à 0,500 | – | – |", page, StringComparison.Ordinal);
        Assert.Contains("| Points fixés à la main | 0,400 | 0,400 à 0,400 | +25,0 % | +25,0 % à +25,0 % |", page, StringComparison.Ordinal);

        // From chance 0.2 to the best 1.0, 0.5 is 37.5 % of the way, 0.7 is 62.5 %.
        Assert.Contains("Regret : 62,5 %.", page, StringComparison.Ordinal);
        Assert.Contains("Regret : 37,5 %.", page, StringComparison.Ordinal);
        var all = page[page.IndexOf("## Tous les mondes", StringComparison.Ordinal)..page.IndexOf("## premier", StringComparison.Ordinal)];
        Assert.Contains("| Notre apprentissage | 0,600 |", all, StringComparison.Ordinal);
        Assert.Contains("| Points fixés à la main | 0,400 | 0,400 à 0,400 | +50,0 % |", all, StringComparison.Ordinal);
        Assert.Contains("Regret : 50,0 %.", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Measured_again_the_page_changes_in_nothing_but_its_durations()
    {
        static string Shown(string page) => page[..page.IndexOf(ComparisonPage.Durations, StringComparison.Ordinal)];
        var (once, again) = (ComparisonPage.Write([World("premier", 0.5, seconds: 1.5)], 1, "lab compare"), ComparisonPage.Write([World("premier", 0.5, seconds: 99)], 1, "lab compare"));
        Assert.Equal(Shown(once), Shown(again));
        Assert.Contains("| premier | 1,5 |", once, StringComparison.Ordinal);
        Assert.Contains("| premier | 99,0 |", again, StringComparison.Ordinal);
        Assert.NotEqual(Shown(once), Shown(ComparisonPage.Write([World("premier", 0.51, seconds: 1.5)], 1, "lab compare")));
    }

    // Four lists alike; by hand is worth 0.4 in every world.
    private static WorldResult World(string name, double ours, double seconds = 1)
    {
        static double?[] Same(double value) => [value, null, value, value, value];
        return new WorldResult(name, "Un monde d’essai.", 1, 2, 5, 50,
        [
            new OrderResult(WorldResult.Ours, Same(ours), seconds, null), new OrderResult("hand_weighted", Same(0.4), null, null),
            new OrderResult(WorldResult.Chance, Same(0.2), null, null), new OrderResult(WorldResult.Oracle, Same(1), null, null),
        ]);
    }

    [Theory]
    [InlineData(0.0, 3, 3, 3)]
    [InlineData(0.75, 0, 0, 0, 8)]
    [InlineData(0.0, 0, 0)]
    public void Inequality_of_chances_is_that_of_the_textbook(double expected, params int[] times) => Assert.Equal(expected, Congestion.GiniOf(times), 12);
}
