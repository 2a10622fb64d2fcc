using Matching.Features;
using Matching.Lab.Comparison;
using Matching.Lab.Lists;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

/// <summary>What employers kept and what people wanted, learned apart and summed.</summary>
public sealed class HeadsTests
{
    private static readonly ModelTitle Title = new("essai", "Essai.", "sans date", null);
    private static readonly TrainingOptions Short = new() { Bags = 3, MostRounds = 60, WishWeight = 0.3 };

    // Employers keep by zut alone; of whoever they kept, those with little flop wanted it.
    private static string KeptByZutWantedByFlop(int lists) => InventedLists.WithWanted(
        InventedLists.Csv(lists, 20, 4, (random, zut, _) => zut + random.Next(3) >= 6 ? 2 : 0), cells => cells[6] == "0" ? "" : cells[8] is "0" or "1" ? "1" : "0");

    private static RankerModel Train(string csv, TrainingOptions? options = null) => new LambdaTrainer().Train(InventedLists.Read(csv), Title, options ?? Short);

    private static string Bytes(string csv, TrainingOptions? options = null) => RankerModelFile.Write(Train(csv, options));

    private static double ShareOf(RankerModel model, string feature) => model.Features.Single(it => it.Name == feature).Span / (double)model.Span;

    [Fact]
    public void What_the_employer_wants_and_what_the_person_wants_have_points_as_seven_to_three()
    {
        var features = FeaturesFile.Read("""[{"name":"employer","bins":2,"direction":"+"},{"name":"person","bins":2,"direction":"+"}]""");
        var lists = ListsFile.Read(new MemoryStream("list_id,posting_id,employer_id,day,rank_shown,opened,label,employer,person\na,p,e,1,1,1,2,1,0\na,p,e,1,2,1,0,0,1\n"u8.ToArray()), features);

        // The second head counts in fives: its unit means nothing.
        FloatModel kept = new(features, [[0, 1, 0], [0, 0, 0]], [], []), wanted = new(features, [[0, 0, 0], [0, 5, 0]], [], []);
        var (ofKept, ofWanted) = Heads.Parts(kept.Score(lists), wanted.Score(lists), lists, borrowed: 0, weight: 0.3);
        var sum = FloatModel.Sum(kept, ofKept, wanted, ofWanted);
        Assert.Equal([700, 300], Rounding.Of(sum, [sum], 1000, lists).Features.Select(it => it.Span));

        // Where the second says nothing of its own, the sum is the first.
        Assert.Equal((1, 0), Heads.Parts(kept.Score(lists), wanted.Score(lists), lists, borrowed: 1, weight: 0.3));
    }

    [Fact]
    public void What_only_people_want_counts_beside_what_employers_keep()
    {
        var csv = KeptByZutWantedByFlop(200);
        var (both, one) = (Train(csv), Train(csv, Short with { WishWeight = 0 }));
        Assert.True(ShareOf(both, "flop") > ShareOf(one, "flop") + 0.05, $"{ShareOf(both, "flop")} {ShareOf(one, "flop")}");
        Assert.True(ShareOf(both, "zut") > ShareOf(both, "flop"));
        var measures = both.Measures!.ToDictionary(it => it.Name, it => it.Value);
        Assert.True(measures["voulu_hors_sac"] > measures["voulu_hors_sac_sans_la_seconde_tete"] + 0.1, string.Join(' ', measures));
        Assert.Equal([ModelHead.Kept, ModelHead.Wanted], both.Training!.Heads!.Select(it => it.Name));
        Assert.Equal([0.7, 0.3], both.Training.Heads!.Select(it => it.Weight));
        Assert.InRange(both.Training.Heads![1].Lists, 150, 200);
        Assert.Null(one.Training!.Heads);
    }

    [Fact]
    public void The_wish_weighs_what_is_asked_and_by_itself_what_the_page_of_the_weights_chose()
    {
        Assert.Equal([0.9, 0.1], Train(KeptByZutWantedByFlop(40), Short with { WishWeight = 0.1 }).Training!.Heads!.Select(it => it.Weight));
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "poids-des-souhaits.md"));
        Assert.Contains(WishPage.ChosenWords(new TrainingOptions().WishWeight), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Learned_once_and_summed_afterwards_the_heads_are_those_of_a_training_with_that_weight()
    {
        var lists = InventedLists.Read(KeptByZutWantedByFlop(40));
        var heads = Heads.LearnApart(lists, Short);
        Assert.All([0, 0.1, 0.3], weight => Assert.Equal(Heads.Learn(lists, Short with { WishWeight = weight }).Mean.Main, heads(weight).Mean.Main));
    }

    [Fact]
    public void A_few_answers_change_little()
    {
        var few = InventedLists.WithWanted(InventedLists.Csv(60, 20, 1), cells => cells[0].Length == 2 && cells[4].Length == 1 ? cells[8] is "0" or "1" ? "1" : "0" : "");
        var (both, one) = (Train(few), Train(few, Short with { WishWeight = 0 }));
        Assert.Equal(new ModelHead(ModelHead.Wanted, 0.3, 10, 90, Math.Round(300 / 310.0, 3)), both.Training!.Heads![1]);
        Assert.All(both.Features.Zip(one.Features), it => Assert.InRange(ShareOf(both, it.First.Name) - ShareOf(one, it.Second.Name), -0.02, 0.02));
    }

    [Fact]
    public void From_fewer_answers_than_two_groups_of_rows_need_nothing_is_learned_of_wishes()
    {
        var csv = InventedLists.Csv(60, 20, 1);
        Assert.Equal(Bytes(csv), Bytes(InventedLists.WithWanted(csv, cells => cells[0] == "l3" ? cells[4] is "1" or "2" ? "1" : cells[4] == "3" ? "0" : "" : "")));
    }

    [Fact]
    public void Without_a_wish_that_tells_two_people_apart_the_model_is_that_of_employers_alone()
    {
        var csv = InventedLists.Csv(40, 15, 1);
        var alone = Bytes(csv, Short with { WishWeight = 0 });
        Assert.Equal(alone, Bytes(csv));
        Assert.Equal(alone, Bytes(InventedLists.WithWanted(csv, _ => "")));
        Assert.Equal(alone, Bytes(InventedLists.WithWanted(csv, cells => cells[6] == "0" ? "" : "1")));
        Assert.NotEqual(alone, Bytes(InventedLists.WithWanted(csv, cells => cells[8] == "0" ? "1" : "0")));
        Assert.DoesNotContain("heads", alone, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_wishes_give_the_same_bytes() => Assert.Equal(Bytes(KeptByZutWantedByFlop(40)), Bytes(KeptByZutWantedByFlop(40)));

    [Fact]
    public void Even_when_people_want_the_contrary_more_of_a_good_thing_is_never_worth_less()
    {
        // People with much zut say no, as do those with flop, and employers multiply: none of it may turn a direction.
        var csv = InventedLists.WithWanted(
            InventedLists.Csv(160, 20, 4, (random, zut, flop) => zut * (4 - flop) > 14 ? 3 : zut < 2 && random.Next(2) == 0 ? 4 : 0), cells => cells[7] is "" ? "" : cells[7] is "0" or "1" or "2" or "3" && cells[8] is "0" or "1" ? "1" : "0");
        var model = Train(csv, Short with { Pairs = 3 });
        Assert.NotNull(model.Training!.Heads);
        Assert.NotEmpty(model.Pairs!);
        Assert.True(model.Pairs!.Count <= PairPoints.MostPairs);
        TrainingTests.AssertEveryCellKeepsItsDirection(model, [8, 5, 4], [1, -1, 0]);
    }

    [Fact]
    public void The_peer_that_learns_row_by_row_stays_what_it_was()
    {
        var csv = KeptByZutWantedByFlop(30);
        Assert.Equal(
            RankerModelFile.Write(new PointwiseTrainer().Train(InventedLists.Read(csv), Title, Short with { WishWeight = 0 })), RankerModelFile.Write(new PointwiseTrainer().Train(InventedLists.Read(csv), Title, Short)));
    }

    [Fact]
    public void The_file_says_both_weights_and_is_refused_when_somebody_changes_them()
    {
        var text = Bytes(KeptByZutWantedByFlop(40));
        var read = RankerModelFile.Read(text);
        Assert.Equal(text, RankerModelFile.Write(read));
        Assert.Contains("\"weight\":0.7", text, StringComparison.Ordinal);
        var edited = text.Replace("\"weight\":0.7", "\"weight\":0.9", StringComparison.Ordinal);
        Assert.Contains("somme de contrôle", Assert.Throws<InvalidDataException>(() => RankerModelFile.Read(edited)).Message, StringComparison.Ordinal);
        var heads = read.Training!.Heads!;
        var resealed = RankerModelFile.Write(read with { Training = read.Training with { Heads = [heads[0] with { Weight = 0.9 }, heads[1]] } });
        Assert.Contains("leurs poids ne font pas 1", Assert.Throws<InvalidDataException>(() => RankerModelFile.Read(resealed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_wishes_counts_people_of_one_list_two_by_two()
    {
        var lists = InventedLists.Read(InventedLists.WithWanted(InventedLists.Csv(2, 4, 1), cells => cells[0] == "l1" ? "" : cells[4] switch { "1" or "2" => "1", "3" => "0", _ => "" }));
        Assert.Equal([0.75, null], WishOrder.OfLists(lists, [2, 1, 1, 9, 0, 0, 0, 0]));
        Assert.Equal([2 / 3.0, null], WishOrder.AmongFirst(lists, [2, 1, 1, 9, 0, 0, 0, 0]));
    }
}
