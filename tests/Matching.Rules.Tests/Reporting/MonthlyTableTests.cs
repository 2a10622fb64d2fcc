using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Reporting;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Reporting;

public sealed class MonthlyTableTests
{
    private static readonly Market Market = Market("2026-01-01", "2026-12-31");
    private static readonly Lot First = new(LotId.New(), Market.Id, 1, "Déploiement", 300, [], null, null);
    private static readonly Lot Second = new(LotId.New(), Market.Id, 2, "Support", 100, [], null, null);

    [Fact]
    [Trait("règle", "tableau.personnes")]
    public void A_person_with_two_contracts_is_one_person_and_two_contracts()
    {
        var one = Reported(First, Sex.F, Entry("2026-02", 600));
        var again = one with { Contract = one.Contract with { Id = ContractId.New(), Kind = WorkContractKind.Interim } };
        var table = MonthlyTables.Build(Market, [First, Second], [one, again], Month("2026-03"));
        Assert.Equal((1, 2), (table.Whole.People.Shown, table.Whole.Contracts.Shown));
        Assert.Equal([("F", 1, 2)], Lines(table, "sexe"));
        Assert.Equal([("CDD", 1, 1), ("INTERIM", 1, 1)], Lines(table, "type_contrat"));
    }

    [Fact]
    public void The_month_the_total_and_what_remains_are_told_apart_by_lot()
    {
        var table = MonthlyTables.Build(Market, [Second, First],
            [Reported(First, Sex.M, Entry("2026-02", 600), Entry("2026-03", 1200), Entry("2026-03", 77, HourStatus.Declared), Entry("2026-04", 60))], Month("2026-03"));
        var line = table.Lots[0];
        Assert.Equal((1, 1200, 1800, 77, (300 * 60) - 1800, 100), (line.Number, line.MonthMinutes, line.CumulativeMinutes, line.PendingMinutes, line.RemainingMinutes, line.DonePermille));
        Assert.Equal(400 * 60, table.Whole.TargetMinutes);
        Assert.Equal(0, table.Lots[1].People.Shown);
    }

    [Fact]
    public void Nothing_remains_once_the_target_is_passed_and_no_share_is_shown_without_a_target()
    {
        var free = First with { TargetHours = 0 };
        var table = MonthlyTables.Build(Market, [free], [Reported(free, Sex.M, Entry("2026-02", 600))], Month("2026-03"));
        Assert.Equal((0, (int?)null), (table.Whole.RemainingMinutes, table.Whole.DonePermille));
    }

    [Theory]
    [InlineData("2025-12", 0)]
    [InlineData("2026-01", 84)]
    [InlineData("2026-12", 1000)]
    [InlineData("2027-05", 1000)]
    public void The_time_of_a_marche_goes_from_its_first_to_its_last_day_included(string month, int permille) =>
        Assert.Equal(permille, MonthlyTables.Elapsed(Market.Period, Month(month)));

    [Fact]
    public void A_marche_without_end_has_no_share_of_time() => Assert.Null(MonthlyTables.Elapsed(new DatePeriod(Day("2026-01-01")), Month("2026-05")));

    [Fact]
    [Trait("règle", "tableau.prevision")]
    public void The_forecast_stops_with_the_contract_the_marche_or_the_credit()
    {
        var twoWeeks = Reported(First, Sex.M) with { Contract = Contract("2026-01-01", "2026-04-14") };
        Assert.Equal(2 * 35 * 60, MonthlyTables.StillToCome(twoWeeks, Market, Month("2026-03")));
        Assert.Equal(0, MonthlyTables.StillToCome(twoWeeks, Market, Month("2026-04")));
        var endless = Reported(First, Sex.M);
        Assert.Equal(31 * 35 * 60 / 7, MonthlyTables.StillToCome(endless, Market, Month("2026-11")));
        Assert.Equal(0, MonthlyTables.StillToCome(endless, Market, Month("2026-12")));
    }

    [Fact]
    public void Contracts_that_begin_after_the_month_are_not_in_it()
    {
        var table = MonthlyTables.Build(Market, [First], [Reported(First, Sex.F)], CalendarMonth.Of(Day("2025-12-31")));
        Assert.Equal((0, 0), (table.Whole.People.Shown, table.Whole.Contracts.Shown));
        Assert.Empty(table.Progress);
    }

    [Fact]
    public void The_last_month_of_progress_is_the_table()
    {
        var table = MonthlyTables.Build(Market, [First], [Reported(First, Sex.F, Entry("2026-02", 600), Entry("2026-03", 30))], Month("2026-03"));
        Assert.Equal([0, 600, 630], table.Progress.Select(it => it.CumulativeMinutes));
        Assert.Equal((table.Whole.DonePermille, table.ElapsedPermille), (table.Progress[^1].DonePermille, table.Progress[^1].ElapsedPermille));
    }

    [Fact]
    public void Every_breakdown_adds_up_to_the_whole_in_any_order()
    {
        var random = new Random(3);
        var contracts = Enumerable.Range(0, 60).Select(i => Reported(i % 3 == 0 ? First : Second, (Sex)random.Next(3), Entry("2026-02", random.Next(1, 9000))) with
        {
            EmployerKind = (OrganizationKind)random.Next(1, 6),
        }).ToArray();
        var table = MonthlyTables.Build(Market, [First, Second], contracts, Month("2026-03"));
        random.Shuffle(contracts);
        var again = MonthlyTables.Build(Market, [Second, First], contracts, Month("2026-03"));
        Assert.Equal(table.Lots, again.Lots);
        Assert.All(table.Breakdowns, breakdown =>
        {
            Assert.Equal(table.Whole.CumulativeMinutes, breakdown.Lines.Sum(line => line.CumulativeMinutes.Shown));
            Assert.Equal(table.Whole.Contracts.Shown, breakdown.Lines.Sum(line => line.Contracts.Shown));
            Assert.Equal(breakdown.Lines, again.Breakdowns.Single(it => it.Code == breakdown.Code).Lines);
        });
    }

    internal static ReportedContract Reported(Lot lot, Sex sex, params HourEntry[] entries)
    {
        var contract = Contract("2026-01-01") with { LotId = lot.Id };
        return new ReportedContract(contract, sex, OrganizationKind.Etti, Count(contract, Market, entries));
    }

    private static IEnumerable<(string, int?, int?)> Lines(MonthlyTable table, string code) =>
        table.Breakdowns.Single(it => it.Code == code).Lines.Select(it => (it.Code, it.People.Shown, it.Contracts.Shown));
}
