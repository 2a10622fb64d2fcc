using Matching.Features;
using Matching.Lab.Comparison;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;
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
            var result = RunWorld.Of(family, new TrainingOptions { Bags = 2, Pairs = 2, MostRounds = 40 }, Prior, folder, ceilingLists: 400);
            string[] always = ["ours", "ours_one_head", "pointwise_additive", "hand_weighted", "bm25", "same_rome_distance", "as_shown", "random", "oracle"];
            Assert.Empty(always.Except(result.Orders.Select(order => order.Name)));
            Assert.Equal(XgboostFiles.IsInstalled, result.Order(WorldResult.Free) is not null);
            Assert.True(result.MeanOf(WorldResult.Ours) > result.MeanOf(WorldResult.Chance));
            Assert.True(result.MeanOf(WorldResult.Oracle) > result.MeanOf(WorldResult.Ours));
            Assert.InRange(result.LeftTo(WorldResult.Oracle, 1)!.Value, 0, 1);
            var ahead = result.AheadOf(WorldResult.Chance, 1)!.Interval;
            Assert.InRange(ahead.Value, ahead.Low, ahead.High);
            Assert.All(result.Orders, order => Assert.InRange(order.Congestion!.Gini, 0, 1));
            Assert.All(result.Orders, order => Assert.All(order.Accepted10!, share => Assert.InRange(share!.Value, 0, 1)));
            Assert.NotEqual(result.Order(WorldResult.Ours)!.Ndcg10, result.Order(WorldResult.OneHead)!.Ndcg10);
            Assert.Matches("^kept [0-9]+ lists.*wanted [0-9]+ lists", result.Order(WorldResult.Ours)!.Chosen!);
            Assert.Null(result.Order(WorldResult.OneHead)!.Chosen);
            Assert.Equal(XgboostFiles.IsInstalled, result.Order(WorldResult.Ceiling) is not null);
            Assert.Equal(XgboostFiles.IsInstalled, result.LeftTo(WorldResult.Ceiling, 1) is not null);
            if (XgboostFiles.IsInstalled)
            {
                // Sixty noisy lists against four hundred without noise: what they let anybody learn stands between ours and the oracle.
                Assert.InRange(result.MeanOf(WorldResult.Ceiling)!.Value, result.MeanOf(WorldResult.Ours)!.Value, result.MeanOf(WorldResult.Oracle)!.Value);
                Assert.True(result.LeftTo(WorldResult.Ceiling, 1)!.Value < result.LeftTo(WorldResult.Oracle, 1)!.Value);
            }


            var again = RunWorld.Of(family, new TrainingOptions { Bags = 2, Pairs = 2, MostRounds = 40 }, Prior, folder, ceilingLists: 400);
            Assert.All(result.Orders, order => Assert.Equal(order.Ndcg10, again.Order(order.Name)!.Ndcg10));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void On_new_employers_nobody_learns_from_those_that_are_judged()
    {
        var family = WorldFamilies.All.Single(it => it.Name == "vetos-sans-noms") with { Postings = 60, Shown = 20 };
        var options = new TrainingOptions { Bags = 2, Pairs = 0, MostRounds = 20 };
        WorldResult Run(bool onNew) => RunWorld.Of(family, options, Prior, Path.GetTempPath(), onNew, ceilingLists: 0, (name, _, run) => name is WorldResult.Ours ? run() : new OrderResult(name, [], null, null));
        var (all, fewer) = (Run(false), Run(true));
        Assert.InRange(fewer.Lists, 30, all.Lists - 5);
        Assert.InRange(fewer.MeanOf(WorldResult.Ours)!.Value, fewer.MeanOf(WorldResult.Chance)!.Value + 0.1, fewer.MeanOf(WorldResult.Oracle)!.Value);
        Assert.InRange(fewer.Order(WorldResult.Ours)!.Ndcg10.Length, 300, 700);
    }

    [Fact]
    public void Where_the_features_tell_all_the_ceiling_is_the_oracle_and_where_they_hide_half_it_is_far_below()
    {
        Assert.SkipUnless(XgboostFiles.IsInstalled, "xgboost is not installed");
        Assert.InRange(LeftUnderTheOracle(hidden: 0), -0.01, 0.02);
        Assert.InRange(LeftUnderTheOracle(hidden: 1), 0.2, 0.8);
    }

    // The gain needs both features at once, less so the better the list is: no sum of shapes could say it. What is hidden weighs as much as what shows.
    private static double LeftUnderTheOracle(double hidden)
    {
        static (RankedLists Lists, double[] Gain) Drawn(double hidden, int lists, int seed)
        {
            var read = InventedLists.Read(InventedLists.Csv(lists, 30, seed, (_, zut, flop) => zut >= 4 && flop <= 1 ? 3 : 0).Replace(",,", ",0,", StringComparison.Ordinal));
            var random = new Random(seed);
            return (read, [.. Enumerable.Range(0, read.Rows).Select(row => (read.Codes[0][row] * (5 - read.Codes[1][row]) / 10.0) + (hidden * 4 * random.NextDouble()))]);
        }

        var folder = Directory.CreateTempSubdirectory("matching-ceiling-").FullName;
        try
        {
            var (learned, judged) = (Drawn(hidden, 300, 1), Drawn(hidden, 100, 2));
            var labels = judged.Gain.Select(gain => (byte)Math.Clamp(Math.Round(gain), 0, 4)).ToArray();
            for (var row = 0; row < labels.Length; row++)
            {
                judged.Lists.Label[row] = labels[row];
            }

            double Mean(double[] scores) => Ndcg.OfLists(judged.Lists, scores, 10).OfType<double>().Average();
            var (oracle, chance) = (Mean(judged.Gain), Mean(new double[labels.Length]));
            return (oracle - Mean(new NoiseCeiling(folder, 1).LearnAndScore(learned.Lists, learned.Gain, judged.Lists))) / (oracle - chance);
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
        var ahead = result.AheadOf("same", 1)!.Interval;
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

        // From chance 0.2 to the oracle 1.0, 0.5 is 37.5 % of the way, 0.7 is 62.5 %; to the ceiling 0.8, half and 83.3 %.
        Assert.Contains("| premier | 0,500 | – | – | 50,0 % (50,0 % à 50,0 %) | 62,5 % (62,5 % à 62,5 %) |", page, StringComparison.Ordinal);
        Assert.Contains("| second | 0,700 | – | – | 16,7 % (16,7 % à 16,7 %) | 37,5 % (37,5 % à 37,5 %) |", page, StringComparison.Ordinal);
        Assert.Contains("jusqu’à l’oracle, qui sait ce qu’aucun critère ne montre : 50,0 % (50,0 % à 50,0 %).", page, StringComparison.Ordinal);
        Assert.Contains("De quatre fois plus de listes, ce plafond estimé a monté de 0,050 en nDCG@10.", page, StringComparison.Ordinal);
        Assert.Matches("Hasard[^\n]*\n\\| Plafond, estimé sur le quart[^\n]*\n\\| Plafond, estimé \\|[^\n]*\n\\| Oracle", page);
        Assert.Contains("| Plafond, estimé | 0,800 | 0,800 à 0,800 | – | – |", page, StringComparison.Ordinal);
        var all = page[page.IndexOf("## Tous les mondes ensemble", StringComparison.Ordinal)..page.IndexOf("## premier", StringComparison.Ordinal)];
        Assert.Contains("| Notre apprentissage | 0,600 |", all, StringComparison.Ordinal);
        Assert.Contains("| Points fixés à la main | 0,400 | 0,400 à 0,400 | +50,0 % |", all, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_says_what_the_second_head_costs_and_what_it_brings()
    {
        static double?[] Same(double value) => [value, value, value];
        var world = World("premier", 0.5) with
        {
            Orders = [new OrderResult(WorldResult.Ours, Same(0.495), 1, null, Accepted10: Same(0.8)), new OrderResult(WorldResult.OneHead, Same(0.5), 1, null, Accepted10: Same(0.75)), .. World("premier", 0.5).Orders.Skip(1).Select(order => order with { Ndcg10 = Same(0.4) })],
        };
        var page = ComparisonPage.Write([world], 1, "lab compare");
        Assert.Contains("change le nDCG@10 de −1,0 % (−1,0 % à −1,0 %) et l’accord de +5,0 (+5,0 à +5,0) points.", page, StringComparison.Ordinal);
        Assert.Contains("| Notre apprentissage, sans ce que les personnes ont voulu | 0,500 | 0,500 à 0,500 | −1,0 % | −1,0 % à −1,0 % | 75,0 % | 75,0 % à 75,0 % |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("et l’accord de", ComparisonPage.Write([World("premier", 0.5)], 1, "lab compare"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_world_where_a_peer_fails_moves_the_mean_but_not_the_world_in_the_middle()
    {
        static WorldResult Against(string name, double free) =>
            World(name, 0.5) with { Orders = [.. World(name, 0.5).Orders, new OrderResult(WorldResult.Free, [free, null, free, free, free], 1, null)] };
        var page = ComparisonPage.Write([Against("un", 0.5), Against("deux", 0.4), Against("trois", 0.1)], 1, "lab compare");
        Assert.Contains("| avec XGBoost libre | +141,7 % (+141,7 % à +141,7 %) |\n| avec XGBoost libre, dans le monde médian | +25,0 % |", page, StringComparison.Ordinal);
        Assert.Contains("| Mondes derrière XGBoost libre | aucun |\n", page, StringComparison.Ordinal);
        Assert.Contains("| Mondes derrière XGBoost libre | deux |\n", ComparisonPage.Write([Against("un", 0.5), Against("deux", 0.6)], 1, "lab compare"), StringComparison.Ordinal);
    }

    [Fact]
    public void Learners_are_compared_like_for_like_and_a_world_behind_for_sure_is_told_from_one_that_may_be()
    {
        // Our first head alone learns what the others learn; both heads lose a tenth of it.
        static WorldResult Against(string name, double?[] free) => World(name, 0.45) with
        {
            Orders = [.. World(name, 0.45).Orders, new OrderResult(WorldResult.OneHead, [0.5, null, 0.5, 0.5, 0.5], 1, null), new OrderResult(WorldResult.Free, free, 1, null), new OrderResult(WorldResult.Pointwise, [0.4, null, 0.4, 0.4, 0.4], 1, null)],
        };
        WorldResult[] results = [Against("devant", [0.4, null, 0.4, 0.4, 0.4]), Against("derriere", [0.6, null, 0.6, 0.6, 0.6]), Against("douteux", [0.2, null, 0.8, 0.3, 0.8])];
        var (alone, both) = (Standing.Of(results, WorldResult.OneHead, 1)!, Standing.Of(results, WorldResult.Ours, 1)!);
        Assert.Equal(["derriere"], alone.Behind);
        Assert.Equal(["douteux"], alone.PerhapsBehind);
        Assert.Equal((0.25, 0.125), (alone.Ahead[WorldResult.Pointwise].Value, both.Ahead[WorldResult.Pointwise].Value));
        Assert.Equal((0.5 / 0.525) - 1, alone.Median!.Value, 9);
        Assert.DoesNotContain(WorldResult.OneHead, both.Ahead.Keys);
        Assert.Null(Standing.Of([World("sans", 0.5)], WorldResult.OneHead, 1));

        var page = ComparisonPage.Write(results, 1, "lab compare");
        Assert.Contains("| Écart moyen de nDCG@10 | À armes égales | Avec ce que les personnes ont voulu |\n|---|---:|---:|\n", page, StringComparison.Ordinal);
        Assert.Contains("| avec l’additif appris ligne à ligne | +25,0 % (+25,0 % à +25,0 %) | +12,5 % (+12,5 % à +12,5 %) |", page, StringComparison.Ordinal);
        Assert.Contains("| Mondes derrière XGBoost libre | derriere | derriere |\n| Mondes derrière, mais zéro est dans l’intervalle | douteux | douteux |", page, StringComparison.Ordinal);
        Assert.Contains("| devant | 0,450 | +25,0 % (+25,0 % à +25,0 %) | +12,5 % (+12,5 % à +12,5 %) |", page, StringComparison.Ordinal);
        var json = System.Text.Json.JsonSerializer.Serialize(Summary.Of(results, 1));
        Assert.Contains("\"like_for_like\":{\"order\":\"ours_one_head\"", json, StringComparison.Ordinal);
        Assert.Contains("\"worlds_behind_xgboost_free\":[\"derriere\"],\"worlds_perhaps_behind_xgboost_free\":[\"douteux\"]", json, StringComparison.Ordinal);
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
            new OrderResult(WorldResult.CeilingFromFewer, Same(0.75), null, null), new OrderResult(WorldResult.Ceiling, Same(0.8), null, null, "12000 lists, 840000 rows"),
            new OrderResult(WorldResult.Chance, Same(0.2), null, null), new OrderResult(WorldResult.Oracle, Same(1), null, null),
        ]);
    }

    [Theory]
    [InlineData(0.0, 3, 3, 3)]
    [InlineData(0.75, 0, 0, 0, 8)]
    [InlineData(0.0, 0, 0)]
    public void Inequality_of_chances_is_that_of_the_textbook(double expected, params int[] times) => Assert.Equal(expected, Congestion.GiniOf(times), 12);
}
