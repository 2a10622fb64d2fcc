using Matching.Lab.Evaluation;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

/// <summary>One list, one feature, few employers: said in the singular, and nothing passes for unseen that was learned from.</summary>
public sealed class FewListsTests : LabFolder
{
    private string Train(int lists)
    {
        File.WriteAllText(At("lists.csv"), InventedLists.Csv(lists, 30, 1));
        File.WriteAllText(At("features.json"), InventedLists.Features);
        Assert.Equal(0, TrainModel.Run(["--lists", At("lists.csv"), "--features", At("features.json"), "--out", At("model.json"), "--bags", "1"], Output, Errors));
        return Output.ToString();
    }

    [Fact]
    public void One_of_something_is_written_in_the_singular()
    {
        Assert.Contains("  1 liste, 30 lignes, 1 employeur ; 1 sac, ", Train(lists: 1), StringComparison.Ordinal);
        Assert.Equal(0, EvaluateModel.Run(["--lists", At("lists.csv"), "--model", At("model.json")], Output, Errors));
        Assert.Contains(", 1 liste (30 lignes) ;", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Modèle appris sur 1 liste dont", File.ReadAllText(At("model.json")), StringComparison.Ordinal);
        File.WriteAllText(At("lists.csv"), InventedLists.Csv(1, 1, 1));
        Assert.Equal(0, ScoreLists.Run(["--lists", At("lists.csv"), "--model", At("model.json"), "--out", At("scores.csv")], Output, Errors));
        Assert.Contains("1 ligne notée par", Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "liste apprise", "0 liste apprise")]
    [InlineData(1, "liste apprise", "1 liste apprise")]
    [InlineData(2, "liste apprise", "2 listes apprises")]
    public void Below_two_things_are_one(int count, string things, string expected) => Assert.Equal(expected, Matching.Features.FrenchCount.Of(count, things));

    [Fact]
    public void From_one_list_it_is_said_that_nothing_can_be_left_out_and_that_the_measure_is_of_what_was_learned()
    {
        Train(lists: 1);
        Assert.Single(Errors.ToString().Split('\n'), line => line.StartsWith("Attention : une seule offre", StringComparison.Ordinal));
        Assert.Contains("les listes apprises elles-mêmes", File.ReadAllText(At("model.json")), StringComparison.Ordinal);
        Errors.GetStringBuilder().Clear();
        Train(lists: 2);
        Assert.DoesNotContain("Attention", Errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("les listes apprises elles-mêmes", File.ReadAllText(At("model.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void However_few_the_employers_a_bag_never_stops_by_what_it_learned(int count)
    {
        var lists = InventedLists.Read(InventedLists.Csv(count, 30, 1));
        var groups = lists.Features.Select((spec, feature) => CodeGroups.Of(spec, lists.Codes[feature], 20, 64)).ToArray();
        var weights = Enumerable.Repeat(1f, lists.Rows).ToArray();
        Assert.All(Enumerable.Range(0, 40).Select(number => new Bag(lists, groups, weights, new TrainingOptions(), number)), bag =>
        {
            Assert.NotEmpty(bag.LearnedLists);
            Assert.NotEmpty(bag.HeldOutLists);
            Assert.Empty(bag.LearnedLists.Intersect(bag.HeldOutLists));
        });
    }
}
