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

    [Theory]
    [MemberData(nameof(Names))]
    public void What_people_wanted_is_known_of_those_who_came_to_an_interview_and_of_nobody_else(string name)
    {
        var shown = Draw(name).Shown("essai", 3, 60).Lists;
        Assert.All(Enumerable.Range(0, shown.Rows), row => Assert.Equal(shown.Label[row] >= 2, shown.Wanted![row] is not null));
        Assert.All(Enumerable.Range(0, shown.Rows).Where(row => shown.Label[row] > 2), row => Assert.True(shown.Wanted![row]));
        Assert.Contains(false, shown.Wanted!);
    }

    [Fact]
    public void Who_would_not_take_the_post_says_no_the_more_often()
    {
        var judged = Draw("reciproque").Judged("essai", 3, 150);
        double Yes(Func<double, bool> isOf) => Enumerable.Range(0, judged.Lists.Rows).Where(row => isOf(judged.Accepts[row]) && judged.Lists.Wanted![row] is not null).Average(row => judged.Lists.Wanted![row] == true ? 1.0 : 0);
        Assert.InRange(Yes(chance => chance < 0.2), 0, 0.65);
        Assert.InRange(Yes(chance => chance > 0.9), 0.9, 1);
    }

    // Told to stay what it was: figures measured before people's wishes were drawn remain comparable.
    [Fact]
    public void Telling_what_people_wanted_moves_no_other_draw()
    {
        var lists = Draw("vetos").Shown("a", 1, 5).Lists;
        Assert.StartsWith("310233402042000400000044340000043020001000000042", string.Concat(lists.Label.Where((_, row) => lists.Opened[row])), StringComparison.Ordinal);
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
