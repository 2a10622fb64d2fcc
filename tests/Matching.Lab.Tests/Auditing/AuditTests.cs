using System.Globalization;
using System.Text;
using Matching.Features;
using Matching.Features.Auditing;
using Matching.Lab.Auditing;
using Matching.Lab.Lists;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Auditing;

public sealed class AuditTests
{
    private static readonly RankedLists Lists = InventedLists.Read(InventedLists.Csv(40, 15, 1));
    private static readonly RankerModel Model = new LambdaTrainer().Train(Lists, new ModelTitle("essai", "Essai.", "sans date", null), new TrainingOptions { Bags = 2, MostRounds = 40, Pairs = 2 });

    // The group follows flop, so that a gap has a cause that can be named.
    private static string GroupsCsv(Func<int, string> groupOf) =>
        "row,groupe\n" + string.Concat(Enumerable.Range(0, Lists.Rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},{groupOf(row)}\n")));

    private static GroupsFile Groups(Func<int, string> groupOf) => GroupsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(GroupsCsv(groupOf))), Lists.Rows, "groups.csv");

    private static string ByFlop(int row) => Lists.Codes[1][row] >= 3 ? "A" : row % 7 == 0 ? "" : "B";

    [Fact]
    public void Rates_are_those_of_counting_people_one_by_one()
    {
        var group = ModelAudit.Of(Model, Lists, Groups(ByFlop))[0].Groups.Single(it => it.Group == "A");
        var scores = ModelScores.Of(Model, Lists);
        var (inside, insiders, outside, outsiders) = (0, 0, 0, 0);
        for (var row = 0; row < Lists.Rows; row++)
        {
            var list = Array.FindLastIndex(Lists.Start, start => start <= row);
            var better = Enumerable.Range(Lists.Start[list], Lists.Length(list)).Count(it => scores[it] > scores[row] || (scores[it] == scores[row] && Tie(it) < Tie(row)));
            var isShown = better < 10 ? 1 : 0;
            if (ByFlop(row) == "A")
            {
                (insiders, inside) = (insiders + 1, inside + isShown);
            }
            else if (ByFlop(row) == "B")
            {
                (outsiders, outside) = (outsiders + 1, outside + isShown);
            }
        }

        var shown = group.Stages.Single(stage => stage.Stage == "shown_10");
        Assert.Equal(insiders, group.Count);
        Assert.Equal(inside, shown.Taken);
        Assert.Equal(inside / (double)insiders / (outside / (double)outsiders), shown.Ratio!.Value, 12);
        Assert.InRange(shown.Ratio.Value, shown.Low!.Value, shown.High!.Value);
    }

    [Fact]
    public void A_gap_is_exactly_the_sum_of_what_each_criterion_adds()
    {
        var group = ModelAudit.Of(Model, Lists, Groups(ByFlop))[0].Groups.Single(it => it.Group == "A");
        var isIn = Enumerable.Range(0, Lists.Rows).Select(row => ByFlop(row) == "A").ToArray();
        var isKnown = Enumerable.Range(0, Lists.Rows).Select(row => ByFlop(row).Length > 0).ToArray();
        Assert.Equal(GapByCriterion.Difference(ModelAudit.RowsOf(Model, Lists), ModelScores.Of(Model, Lists), isIn, isKnown), group.Gap!.Value, 9);
        Assert.Equal(group.Gap.Value, group.Parts.Sum(part => part.Points), 9);
        Assert.Equal("flop", group.Parts[0].Name);
    }

    [Fact]
    public void Changing_who_belongs_to_a_group_changes_no_score_and_no_rank()
    {
        var before = ModelScores.Of(Model, Lists);
        ModelAudit.Of(Model, Lists, Groups(ByFlop));
        ModelAudit.Of(Model, Lists, Groups(row => ByFlop(row) == "A" ? "B" : "A"));
        Assert.Equal(before, ModelScores.Of(Model, Lists));
    }

    [Fact]
    public void A_criterion_that_stands_for_a_group_is_found_out()
    {
        Assert.True(ModelAudit.Of(Model, Lists, Groups(ByFlop))[0].ProxyAuc > 0.95);
        var random = new Random(2);
        var drawn = Enumerable.Range(0, Lists.Rows).Select(_ => random.Next(2) == 0 ? "A" : "B").ToArray();
        Assert.InRange(ModelAudit.Of(Model, Lists, Groups(row => drawn[row]))[0].ProxyAuc!.Value, 0.42, 0.58);
    }

    [Fact]
    public void A_group_of_four_is_masked_everywhere()
    {
        var attribute = ModelAudit.Of(Model, Lists, Groups(row => row % 150 == 0 ? "rare" : "autre"))[0];
        var rare = attribute.Groups.Single(group => group.Group == "rare");
        Assert.Null(rare.Count);
        Assert.Empty(rare.Stages);
        Assert.Null(rare.Gap);
        Assert.Null(attribute.Ndkl);
        Assert.All(attribute.MinSkew.Values, value => Assert.Null(value));
    }

    [Fact]
    public void A_list_that_looks_like_its_head_has_no_divergence()
    {
        var lists = InventedLists.Read(InventedLists.Header + "a,p,e,1,1,1,1,1,0,0\na,p,e,1,2,1,0,1,0,0\n");
        var rows = ModelAudit.RowsOf(Model, lists);
        Assert.Equal([1, 2], rows.Rank);
        Assert.Null(Exposures.Ndkl(rows, ["A", "A"]));
        // Heads of one and of two: the first is all A, the whole is half A.
        var expected = Math.Log(2) * Exposures.Of(1) / (Exposures.Of(1) + Exposures.Of(2));
        Assert.Equal(expected, Exposures.Ndkl(rows, ["A", "B"])!.Value, 12);
    }

    [Fact]
    public void The_exact_interval_is_that_of_summing_every_table()
    {
        // Five of eight taken among sixteen people, half of them taken: chances are counted over whole tables.
        var (low, high) = Hypergeometric.OddsRatio(5, 8, 8, 16);
        Assert.Equal(0.025, Chance(low, count => count >= 5), 6);
        Assert.Equal(0.025, Chance(high, count => count <= 5), 6);
        Assert.Equal(1, Hypergeometric.RateRatio(1, 8, 8, 16), 9);
        Assert.Equal(0, Hypergeometric.OddsRatio(0, 8, 8, 16).Low);
        Assert.Equal(double.PositiveInfinity, Hypergeometric.OddsRatio(8, 8, 8, 16).High);
    }

    [Theory]
    [InlineData("group\n", "l’en-tête attendu est row")]
    [InlineData("row,a\n-1,x\n", "ligne 2")]
    [InlineData("row,a\n600,x\n", "de 0 à 599")]
    [InlineData("row,a\n1\n", "ligne 2")]
    [InlineData("row,a\n1,x\n1,y\n", "ligne 3 : la ligne 1 des listes est écrite deux fois")]
    [InlineData("row,a,b,a\n1,x,y,z\n", "l’attribut « a » est écrit deux fois")]
    [InlineData("row,a\n", "aucune ligne")]
    public void Wrong_groups_are_refused_with_their_line(string csv, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => GroupsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), 600, "groups.csv")).Message, StringComparison.Ordinal);

    private static uint Tie(int row) => (uint)row * 2654435761u;

    private static double Chance(double odds, Func<int, bool> counts)
    {
        double Choose(int from, int of) => of == 0 ? 1 : Choose(from - 1, of - 1) * from / of;
        var terms = Enumerable.Range(0, 9).Select(count => (count, Weight: Choose(8, count) * Choose(8, 8 - count) * Math.Pow(odds, count))).ToList();
        return terms.Where(it => counts(it.count)).Sum(it => it.Weight) / terms.Sum(it => it.Weight);
    }
}
