using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

public sealed class TrainingTests
{
    private static readonly ModelTitle Title = new("essai", "Essai.", "sans date", null);
    private static readonly TrainingOptions Short = new() { Bags = 3, MostRounds = 60 };

    private static RankerModel Train(string csv, TrainingOptions? options = null, string? features = null) =>
        new LambdaTrainer().Train(InventedLists.Read(csv, features), Title, options ?? Short);

    private static double Ndcg10(RankerModel model, string csv) =>
        ListMetrics.Of(InventedLists.Read(csv), Array.ConvertAll(ModelScores.Of(model, InventedLists.Read(csv)), it => (double)it), 1).Ndcg10.Value;

    [Fact]
    public void What_decides_is_learned_and_what_does_not_is_left()
    {
        var model = Train(InventedLists.Csv(60, 20, 1));
        Assert.True(Ndcg10(model, InventedLists.Csv(60, 20, 2)) > 0.85);
        var spans = model.Features.ToDictionary(it => it.Name, it => it.Span);
        Assert.True(spans["zut"] > 5 * spans["bof"], string.Join(' ', spans));
    }

    [Fact]
    public void The_same_inputs_give_the_same_bytes_and_another_seed_others()
    {
        var csv = InventedLists.Csv(40, 15, 1);
        Assert.Equal(RankerModelFile.Write(Train(csv)), RankerModelFile.Write(Train(csv)));
        Assert.NotEqual(RankerModelFile.Write(Train(csv)), RankerModelFile.Write(Train(csv, Short with { Seed = 2 })));
    }

    [Fact]
    public void Shuffled_labels_rank_as_chance_does()
    {
        var test = InventedLists.Csv(150, 20, 9);
        var chance = ListMetrics.Of(InventedLists.Read(test), new double[150 * 20], 1).Ndcg10;
        // Without directions: a model that must keep the right ones is better than chance even when it has learned noise.
        var free = InventedLists.Features.Replace("\"+\"", "\"0\"", StringComparison.Ordinal).Replace("\"-\"", "\"0\"", StringComparison.Ordinal);
        var shuffled = Enumerable.Range(1, 6).Average(seed => Ndcg10(Train(InventedLists.Csv(150, 20, seed, (random, _, _) => random.Next(5)), features: free), test));
        Assert.InRange(shuffled, chance.Value - 0.1, chance.Value + 0.1);
        Assert.True(Ndcg10(Train(InventedLists.Csv(150, 20, 1)), test) > chance.Value + 0.3);
    }

    [Fact]
    public void The_place_where_people_were_shown_teaches_nothing()
    {
        // Hired people are always shown first, whatever their features: nothing that can be learned tells them apart.
        var rows = InventedLists.Csv(80, 12, 1, (_, _, _) => 0).Split('\n')[1..^1].Select(line => line.Split(','));
        var csv = InventedLists.Header + string.Concat(rows.Select(cells => string.Join(',', [.. cells[..5], "1", cells[4] == "1" ? "3" : "0", .. cells[7..]]) + "\n"));
        var lists = InventedLists.Read(csv);
        var model = Train(csv);
        var reversed = lists.Only([.. Enumerable.Range(0, lists.Count)]);
        var chance = ListMetrics.Of(lists, new double[lists.Rows], 1).Ndcg10.Value;
        Assert.InRange(ListMetrics.Of(reversed, Array.ConvertAll(ModelScores.Of(model, reversed), it => (double)it), 1).Ndcg10.Value, chance - 0.1, chance + 0.2);
        Assert.InRange(model.Measures![0].Value, chance - 0.12, chance + 0.12);
    }

    [Fact]
    public void Whatever_the_rest_more_of_a_good_thing_is_never_worth_less()
    {
        // A worth that goes against the direction asked for, and that multiplies: the model must not follow it.
        var csv = InventedLists.Csv(160, 20, 4, (random, zut, flop) => zut * (4 - flop) > 14 ? 3 : zut < 2 && random.Next(2) == 0 ? 4 : 0);
        var model = Train(csv, Short with { Pairs = 3 });
        Assert.NotEmpty(model.Pairs!);
        AssertEveryCellKeepsItsDirection(model, [8, 5, 4], [1, -1, 0]);
    }

    [Fact]
    public void A_pair_holds_what_two_things_give_together()
    {
        var csv = InventedLists.Csv(120, 20, 4, (_, zut, flop) => zut >= 4 && flop <= 1 ? 3 : 0);
        var with = Train(csv, Short with { Pairs = 1 });
        var pair = Assert.Single(with.Pairs!);
        Assert.Equal(["flop", "zut"], new[] { pair.First, pair.Second }.Order(StringComparer.Ordinal));
        Assert.All(Enumerable.Range(0, pair.Rows), row => Assert.Equal(pair.Columns, pair.Points[row].Count));
    }

    [Fact]
    public void From_a_few_lists_no_pair_is_learned()
    {
        Assert.Null(Train(InventedLists.Csv(40, 15, 4, (_, zut, flop) => zut >= 4 && flop <= 1 ? 3 : 0)).Pairs);
    }

    [Fact]
    public void Where_no_card_was_ever_opened_every_row_counts()
    {
        string With(string opened) => InventedLists.Header + string.Concat(InventedLists.Csv(40, 15, 1).Split('\n')[1..^1].Select(line => line.Split(',')).Select(cells => string.Join(',', [.. cells[..5], opened, .. cells[6..]]) + "\n"));
        Assert.Equal(RankerModelFile.Write(Train(With("1"))), RankerModelFile.Write(Train(With("0"))));
    }

    [Fact]
    public void Without_learning_enough_the_prior_of_experts_is_kept()
    {
        const string Prior = """
            [{"name":"zut","bins":8,"direction":"+","prior":[0,0,0,0,0,0,0,100]},
             {"name":"flop","bins":5,"direction":"-"},
             {"name":"bof","bins":4,"direction":"0"}]
            """;
        var csv = InventedLists.Csv(12, 10, 1);
        Assert.Equal(10 / 22.0, Train(csv, features: Prior).Training!.PriorWeight, 0.001);
        var model = Train(csv, Short with { PriorPostings = 300 }, Prior);
        Assert.Equal(300 / 312.0, model.Training!.PriorWeight, 2);
        var zut = model.Features[0].Points;
        Assert.True(zut[7] - zut[6] > 0.7 * (zut[7] - zut[0]));
    }

    [Fact]
    public void People_shown_in_the_order_of_a_prior_do_not_make_it_right()
    {
        // Experts believed in what is noise, and only people whom their points put first were ever opened. Ten postings of seventy are theirs.
        var features = InventedLists.Features.Replace("\"direction\":\"0\"", "\"direction\":\"0\",\"prior\":[0,0,100,100]", StringComparison.Ordinal);
        var lines = InventedLists.Csv(60, 20, 1).Split('\n')[1..^1].Select(line => line.Split(','));
        var shown = InventedLists.Header + string.Concat(lines.Select(cells => string.Join(',', string.CompareOrdinal(cells[9], "2") >= 0 ? [.. cells[..5], "1", .. cells[6..]] : [.. cells[..5], "0", "0", .. cells[7..]]) + "\n"));
        var judged = InventedLists.Csv(200, 20, 2);
        var (with, without) = (Ndcg10(Train(shown, features: features), judged), Ndcg10(Train(shown), judged));
        Assert.True(with > without - 0.1, $"{with} {without}");
    }

    [Fact]
    public void No_feature_holds_more_of_the_span_than_it_may()
    {
        var limited = InventedLists.Features.Replace("\"direction\":\"+\"", "\"direction\":\"+\",\"most\":0.3", StringComparison.Ordinal);
        var model = Train(InventedLists.Csv(60, 20, 1), Short with { Pairs = 0 }, limited);
        Assert.True(model.Features[0].Span <= 0.3 * model.Span);
    }

    [Theory]
    [InlineData("a,p,e,1,1,1,3,1,0,0\n")]
    [InlineData("a,p,e,1,1,1,0,1,0,0\na,p,e,1,2,1,0,1,0,0\n")]
    public void Lists_of_one_or_without_a_choice_teach_nothing_and_it_is_said(string rows) =>
        Assert.Contains("Rien à apprendre", Assert.Throws<InvalidDataException>(() => Train(InventedLists.Header + rows)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_features_that_say_the_same_thing_do_not_leap_together(bool isPointwise)
    {
        const int Copies = 40;
        var names = Enumerable.Range(0, Copies).Select(copy => $"zut{copy}").ToList();
        var features = "[" + string.Join(',', names.Select(name => $"{{\"name\":\"{name}\",\"bins\":8,\"direction\":\"+\"}}")) + "]";
        string Copied(int seed) => string.Join(',', InventedLists.Header.Split(',')[..7].Concat(names)) + "\n" + string.Concat(InventedLists.Csv(60, 20, seed, (random, zut, _) => zut + random.Next(2) >= 7 ? 3 : 0)
            .Split('\n')[1..^1].Select(line => line.Split(',')).Select(cells => string.Join(',', cells[..7].Concat(Enumerable.Repeat(cells[7], Copies))) + "\n"));
        IRankerTrainer trainer = isPointwise ? new PointwiseTrainer() : new LambdaTrainer();
        var (learned, judged) = (InventedLists.Read(Copied(1), features), InventedLists.Read(Copied(2), features));
        var model = trainer.Train(learned, Title, Short with { Pairs = 0 });
        Assert.True(model.Training!.MeanRounds > 5, $"{model.Training.MeanRounds} rounds: each step went too far");
        Assert.True(ListMetrics.Of(judged, Array.ConvertAll(ModelScores.Of(model, judged), it => (double)it), 1).Ndcg10.Value > 0.8);
    }

    [Fact]
    public void One_list_is_enough_to_learn_something()
    {
        var model = Train(InventedLists.Csv(1, 30, 1));
        Assert.Empty(RankerModelFile.Problems(model));
    }

    [Fact]
    public void A_peer_that_learns_labels_row_by_row_stands_behind_the_same_contract()
    {
        IRankerTrainer[] trainers = [new LambdaTrainer(), new PointwiseTrainer()];
        var model = trainers[1].Train(InventedLists.Read(InventedLists.Csv(60, 20, 1)), Title, Short);
        Assert.Equal("pointwise", model.Training!.Trainer);
        Assert.True(Ndcg10(model, InventedLists.Csv(60, 20, 2)) > 0.8);
    }

    internal static void AssertEveryCellKeepsItsDirection(RankerModel model, int[] bins, int[] signs)
    {
        int Score(int[] codes) => model.Features.Select((shape, at) => (int)shape.Points[(byte)codes[at]]).Sum()
            + (model.Pairs ?? []).Sum(pair => pair.Of(codes[At(pair.First)], codes[At(pair.Second)]));
        int At(string name) => model.Features.Select((shape, at) => (shape, at)).Single(it => it.shape.Name == name).at;
        var all = from one in Enumerable.Range(0, bins[0]) from two in Enumerable.Range(0, bins[1]) from three in Enumerable.Range(0, bins[2]) select new[] { one, two, three };
        foreach (var codes in all)
        {
            for (var feature = 0; feature < bins.Length; feature++)
            {
                if (codes[feature] + 1 < bins[feature])
                {
                    var more = codes.Select((code, at) => at == feature ? code + 1 : code).ToArray();
                    Assert.True((Score(more) - Score(codes)) * signs[feature] >= 0, $"feature {feature} at {string.Join(' ', codes)}");
                }
            }
        }
    }
}
