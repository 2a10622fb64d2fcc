using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Worlds;

namespace Matching.Lab.Tests.Worlds;

public sealed class WorldTests
{
    private static readonly RankerModel Prior = RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")));

    public static TheoryData<string> Names => [.. WorldFamilies.All.Select(family => family.Name)];

    private static World Draw(string name, int seed = 1) => new(WorldFamilies.All.Single(family => family.Name == name), seed, Prior);

    [Fact]
    public void There_are_twenty_kinds_of_worlds_or_more_and_the_two_halves_share_no_form_of_worth()
    {
        Assert.True(WorldFamilies.All.Count >= 20);
        var (kept, seen) = (WorldFamilies.All.Where(family => family.IsUnseen).ToList(), WorldFamilies.All.Where(family => !family.IsUnseen).ToList());
        Assert.Equal(kept.Count, seen.Count);
        Assert.Empty(kept.Select(family => family.Form).Intersect(seen.Select(family => family.Form)));
        Assert.Equal(WorldFamilies.All.Count, WorldFamilies.All.Select(WorldWords.Of).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_truth_ranks_better_than_what_is_shown_and_far_from_perfectly(string name)
    {
        var judged = Draw(name).Judged("essai", 3, 25);
        double Mean(IReadOnlyList<double> scores) => Ndcg.OfLists(judged.Lists, scores, 10).OfType<double>().Average();
        var (truth, chance) = (Mean(judged.ExpectedGain), Mean(new double[judged.Lists.Rows]));
        Assert.InRange(truth, chance + 0.25, 0.97);
        Assert.InRange(judged.Lists.Label.Count(label => label > 0) / (double)judged.Lists.Rows, 0.03, 0.4);
        Assert.All(judged.Lists.Codes.Zip(judged.Lists.Features), it => Assert.All(it.First, code => Assert.True(code <= it.Second.Missing)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_people_who_were_looked_at_are_kept_and_many_were_not(string name)
    {
        var shown = Draw(name).Shown("essai", 3, 25).Lists;
        Assert.All(Enumerable.Range(0, shown.Rows), row => Assert.True(shown.Opened[row] || shown.Label[row] == 0));
        Assert.InRange(shown.Opened.Count(opened => opened) / (double)shown.Rows, 0.1, 0.9);
    }

    [Fact]
    public void The_same_seed_draws_the_same_world_and_another_seed_another()
    {
        var (one, same, other) = (Draw("vetos").Shown("a", 1, 5), Draw("vetos").Shown("a", 1, 5), Draw("vetos", 2).Shown("a", 2, 5));
        Assert.Equal(one.Lists.Codes[0], same.Lists.Codes[0]);
        Assert.Equal(one.Lists.Label, same.Lists.Label);
        Assert.False(one.Lists.Codes[0].SequenceEqual(other.Lists.Codes[0]));
    }

    [Fact]
    public void Prejudice_costs_the_group_that_no_feature_tells()
    {
        var family = WorldFamilies.All.Single(it => it.Name == "maillon-faible");
        double Share(double prejudice)
        {
            var drawn = new World(family with { Prejudice = prejudice }, 1, Prior).Judged("essai", 3, 150);
            double Rate(bool group) => Enumerable.Range(0, drawn.Lists.Rows).Where(row => drawn.Groups[row] == group).Average(row => drawn.Lists.Label[row] > 0 ? 1.0 : 0);
            return Rate(true) / Rate(false);
        }

        Assert.True(Share(1.5) < Share(0) - 0.1);
    }
}
