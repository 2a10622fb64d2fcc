using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Reporting;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Reporting;

public sealed class ReleaseTests
{
    private const int Below = 5;
    private static readonly Market Market = Market("2026-01-01", "2026-12-31");
    private static readonly Lot First = new(LotId.New(), Market.Id, 1, "Déploiement", 300, [], null, null);
    private static readonly Lot Second = new(LotId.New(), Market.Id, 2, "Support", 100, [], null, null);

    [Fact]
    [Trait("règle", "tableau.detail-par-groupe")]
    public void One_person_hired_in_november_does_not_show_when_october_is_subtracted()
    {
        var contracts = Hired("2026-06", Sex.F, 8).Concat(Hired("2026-06", Sex.M, 7)).Concat(Hired("2026-11", Sex.F, 1)).ToList();
        var (october, november) = (Outside(contracts, "2026-10"), Outside(contracts, "2026-11"));
        Assert.Equal(People(october, "sexe"), People(november, "sexe"));
        Assert.Equal((15, 15), (october.Whole.People.Shown, november.Whole.People.Shown));
        Assert.Equal(Month("2026-06"), november.PeopleAsOf);
    }

    [Fact]
    [Trait("règle", "tableau.detail-par-groupe")]
    public void Five_people_hired_in_november_show()
    {
        var contracts = Hired("2026-06", Sex.F, 8).Concat(Hired("2026-06", Sex.M, 7)).Concat(Hired("2026-11", Sex.F, 5)).ToList();
        Assert.Equal([("F", 13), ("M", 7)], People(Outside(contracts, "2026-11"), "sexe"));
        Assert.Equal(Month("2026-11"), Outside(contracts, "2026-11").PeopleAsOf);
    }

    [Fact]
    public void A_breakdown_waits_when_the_newcomers_of_one_line_are_few()
    {
        // Five people come, one of them a man: the total may move, the breakdown by sex may not.
        var contracts = Hired("2026-06", Sex.F, 8).Concat(Hired("2026-06", Sex.M, 7)).Concat(Hired("2026-11", Sex.F, 4)).Concat(Hired("2026-11", Sex.M, 1)).ToList();
        var november = Outside(contracts, "2026-11");
        Assert.Equal(20, november.Whole.People.Shown);
        Assert.Equal([("F", 8), ("M", 7)], People(november, "sexe"));
        Assert.Equal(Month("2026-06"), november.Breakdowns.Single(it => it.Code == "sexe").AsOf);
    }

    [Fact]
    public void The_hours_of_a_line_wait_when_few_people_worked_since()
    {
        var steady = Hired("2026-06", Sex.F, 8).Concat(Hired("2026-06", Sex.M, 7)).ToList();
        var one = steady[0] with { Hours = Count(steady[0].Contract, Market, Entry("2026-06", 600), Entry("2026-10", 900)) };
        var table = Outside([one, .. steady.Skip(1)], "2026-10");
        Assert.Equal(8 * 600, table.Breakdowns.Single(it => it.Code == "sexe").Lines[0].CumulativeMinutes.Shown);
        Assert.Equal((15 * 600) + 900, table.Whole.CumulativeMinutes);
    }

    [Fact]
    public void What_has_left_stays_as_it_left_when_a_person_is_recorded_late()
    {
        var known = Hired("2026-06", Sex.F, 8).Concat(Hired("2026-06", Sex.M, 7)).ToList();
        var first = Release.Due(null, Month("2026-01"), Month("2026-11"), State(known), Below);
        var late = known.Concat(Hired("2026-06", Sex.M, 1)).ToList();
        Assert.Empty(Release.Due(first[^1], Month("2026-01"), Month("2026-11"), State(late), Below));
        Assert.Equal([("F", 8), ("M", 7)], People(Outside(late, "2026-10", first), "sexe"));
    }

    [Fact]
    public void Before_five_people_no_release_is_cut()
    {
        var contracts = Hired("2026-06", Sex.F, 4).ToList();
        var table = Outside(contracts, "2026-10");
        Assert.Equal((Figure.Small, Figure.Hidden), (table.Whole.People, table.Whole.Contracts));
        Assert.All(table.Breakdowns, it => Assert.True(it.IsWithheld));
        Assert.Equal(4 * 600, table.Whole.CumulativeMinutes);
    }

    [Fact]
    public void A_company_reads_neither_the_public_nor_the_sex()
    {
        var table = Outside(Hired("2026-06", Sex.F, 8).ToList(), "2026-10", company: [First.Id, Second.Id]);
        Assert.Equal(["type_contrat", "modalite", "type_employeur"], table.Breakdowns.Select(it => it.Code));
        Assert.Equal([("CDD", 8)], People(table, "type_contrat"));
    }

    [Fact]
    public void The_part_of_one_company_does_not_tell_the_part_of_the_others()
    {
        // The buyer reads 13; beside it, 10 for one company would tell that the other has 3.
        var contracts = Hired("2026-06", Sex.F, 10).Concat(Hired("2026-06", Sex.F, 3, Second)).ToList();
        var table = Outside(contracts, "2026-10", company: [First.Id]);
        Assert.Equal((Figure.Hidden, Figure.Hidden), (table.Whole.People, table.Lots[0].People));
        Assert.True(table.Breakdowns.Single(it => it.Code == "type_contrat").IsWithheld);
        Assert.Equal(10 * 600, table.Whole.CumulativeMinutes);
    }

    [Fact]
    public void No_subtraction_of_two_tables_tells_a_group_of_less_than_five()
    {
        var random = new Random(7);
        var refreshed = 0;
        for (var round = 0; round < 60; round++)
        {
            var contracts = new List<ReportedContract>();
            for (var month = 1; month <= 11; month++)
            {
                var code = $"2026-{month:00}";
                contracts.AddRange(Hired(code, Sex.F, random.Next(0, 6)).Concat(Hired(code, Sex.M, random.Next(0, 9))).Concat(Hired(code, Sex.Unknown, random.Next(5) == 0 ? 1 : 0)));
            }

            var releases = Release.Due(null, Month("2026-01"), Month("2026-11"), State(contracts), Below);
            var tables = ShownCells.History(releases, it => it.Cells["sexe"], Below).OfType<ShownCells>().Distinct().ToList();
            refreshed += tables.Count;
            foreach (var (earlier, later) in tables.SelectMany((_, i) => tables.Skip(i + 1).Select(later => (tables[i], later))))
            {
                AssertTheDifferenceTellsNobody(earlier, later);
            }
        }

        Assert.True(refreshed > 100, $"The detail must still move: {refreshed} tables.");
    }

    // Counted again from the contracts, not by the code that chose.
    private static void AssertTheDifferenceTellsNobody(ShownCells earlier, ShownCells later)
    {
        string[] codes = ["F", "M", Facets.Unknown];
        var shownTwice = codes.Where(code => IsSeen(earlier, code) && IsSeen(later, code)).ToList();
        var newcomers = later.Release.Contracts.Where(it => earlier.Release.Contracts.All(old => old.Id != it.Id)).ToList();
        Assert.All(shownTwice, code => AssertNobodyOrEnough(newcomers.Count(it => it.Cells["sexe"] == code)));
        AssertNobodyOrEnough(newcomers.Count(it => !shownTwice.Contains(it.Cells["sexe"])));
        AssertNobodyOrEnough(newcomers.Count);
    }

    private static bool IsSeen(ShownCells table, string code) => table.Lines.All(line => line.Code != code || !line.IsMasked);

    private static void AssertNobodyOrEnough(int people) => Assert.True(people is 0 or >= Below, $"{people} personnes isolées");

    private static IEnumerable<ReportedContract> Hired(string month, Sex sex, int people, Lot? lot = null) => Enumerable.Range(0, people).Select(_ =>
    {
        var contract = Contract(month + "-01") with { LotId = (lot ?? First).Id };
        return new ReportedContract(contract, sex, OrganizationKind.Etti, Count(contract, Market, Entry(month, 600)));
    });

    private static Func<CalendarMonth, IReadOnlyList<ReleasedContract>> State(IReadOnlyList<ReportedContract> contracts) => month =>
        [.. contracts.Where(it => it.Contract.Period.Start <= month.LastDay).Select(it => ReleasedContract.Of(it, Facets.All, it.Hours.CountedUntil(month)))];

    private static MonthlyTable Outside(IReadOnlyList<ReportedContract> contracts, string month, IReadOnlyList<Release>? releases = null, LotId[]? company = null)
    {
        var own = company?.ToHashSet();
        var lots = new[] { First, Second }.Where(lot => own is null || own.Contains(lot.Id)).ToList();
        var full = MonthlyTables.Build(Market, lots, [.. contracts.Where(it => lots.Exists(lot => lot.Id == it.Contract.LotId))], Month(month));
        return OutsideTables.Of(full, [First, Second], releases ?? Release.Due(null, Month("2026-01"), Month("2026-11"), State(contracts), Below),
            new OutsideReader(Below, own is null ? Facets.OfMonth : Facets.ForCompany(Facets.OfMonth), own));
    }

    private static IEnumerable<(string Code, int? People)> People(MonthlyTable table, string code) =>
        table.Breakdowns.Single(it => it.Code == code).Lines.Select(line => (line.Code, line.People.Shown));
}
