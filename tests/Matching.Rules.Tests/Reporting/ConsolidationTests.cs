using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Reporting;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Reporting;

public sealed class ConsolidationTests
{
    /// <summary>Source 004: 298 contracts of 171 people, by kind and by employer.</summary>
    private static readonly (WorkContractKind Kind, OrganizationKind Employer, int Contracts)[] Elips =
    [
        (WorkContractKind.Interim, OrganizationKind.Entreprise, 13), (WorkContractKind.Cdd, OrganizationKind.Entreprise, 21), (WorkContractKind.Cdi, OrganizationKind.Entreprise, 54),
        (WorkContractKind.Professionnalisation, OrganizationKind.Entreprise, 2), (WorkContractKind.Apprentissage, OrganizationKind.Entreprise, 2),
        (WorkContractKind.Cddi, OrganizationKind.Ei, 27), (WorkContractKind.Cdd, OrganizationKind.Ai, 79), (WorkContractKind.Interim, OrganizationKind.Etti, 100),
    ];

    [Fact]
    [Trait("règle", "consolidation.indicateurs")]
    public void Source_004_has_298_contracts_of_171_people_and_206_through_an_insertion_structure()
    {
        var market = Market("2010-01-01", "2014-02-28");
        var people = Enumerable.Range(0, 171).Select(_ => PersonId.New()).ToList();
        var contracts = Elips.SelectMany(row => Enumerable.Repeat(row, row.Contracts))
            .Select((row, i) => Worked(market, "2013-03", 600, people[i % 171], row.Kind, row.Employer)).ToList();
        var year = Consolidations.Full(2013, [Of(market, contracts)]);
        Assert.Equal((298, 171), (year.Contracts.Shown, year.People.Shown));
        Assert.Equal(206, year.Line("siae", "OUI")!.Contracts.Shown);
        Assert.Equal((4, 54), (year.Line("alternance", "OUI")!.Contracts.Shown, year.Line("cdi", "OUI")!.Contracts.Shown));
    }

    [Fact]
    [Trait("règle", "consolidation.annee")]
    public void A_year_counts_the_hours_of_its_months_and_the_people_of_its_contracts()
    {
        var market = Market("2025-01-01", "2027-12-31");
        var both = Worked(market, "2025-12", 600, PersonId.New());
        both = both with { Hours = Count(both.Contract, market, Entry("2025-12", 600), Entry("2026-01", 77)) };
        var over = Worked(market, "2025-06", 500, PersonId.New()) with { Contract = Contract("2025-06-01", "2025-12-31") };
        ConsolidatedMarket[] markets = [Of(market, [both, over])];
        Assert.Equal((1100, 2), (Consolidations.Full(2025, markets).Minutes, Consolidations.Full(2025, markets).People.Shown));
        Assert.Equal((77, 1), (Consolidations.Full(2026, markets).Minutes, Consolidations.Full(2026, markets).People.Shown));
    }

    [Fact]
    public void Marches_operations_buyers_companies_and_facilitators_are_each_counted_once()
    {
        var (company, buyer) = (OrganizationId.New(), OrganizationId.New());
        var first = Market("2026-01-01", "2026-12-31") with { BuyerId = buyer };
        var second = first with { Id = MarketId.New(), FacilitatorId = OrganizationId.New() };
        var third = first with { Id = MarketId.New() };
        var year = Consolidations.Full(2026,
        [
            new(first, "TRAVAUX", "Lycée neuf", [company, company], [Worked(first, "2026-02", 60, PersonId.New())]),
            new(second, "TRAVAUX", "Lycée neuf", [company], []), new(third, "SERVICES", null, [], [Worked(third, "2026-02", 30, PersonId.New())]),
        ]);
        Assert.Equal((3, 2, 1, 2), (year.Markets, year.Operations, year.Buyers, year.Facilitators));
        Assert.Equal(1, year.Companies);
        Assert.Equal([("SERVICES", 1, 30), ("TRAVAUX", 2, 60)], year.Sectors.Select(line => (line.Code, line.Markets, line.Minutes)));
    }

    [Fact]
    public void Over_several_facilitators_a_small_group_is_masked_and_the_hours_stay()
    {
        var (market, other) = (Market("2026-01-01", "2026-12-31"), Market("2026-01-01", "2026-12-31"));
        var year = Outside([Of(market, People(market, 2, 10)), Of(other, People(other, 1, 10))]);
        Assert.Equal((23, 23 * 60), (year.People.Shown, year.Minutes));
        Assert.Equal((Figure.Small, Figure.Hidden), (year.Line("sexe", "F")!.People, year.Line("sexe", "M")!.People));
        Assert.Equal(Figure.Small, Consolidations.Outside(2026, [Of(market, People(market, 1, 2))], [], 5).People);
    }

    [Theory]
    [InlineData(8, 8, true)]
    [InlineData(8, 5, true)]
    [InlineData(8, 4, false)]
    [InlineData(4, 8, false)]
    [InlineData(9, 0, false)]
    [Trait("règle", "consolidation.soustraction")]
    public void A_buyer_who_subtracts_its_marches_finds_no_small_group_in_what_is_left(int womenHere, int womenElsewhere, bool isShown)
    {
        var (here, elsewhere) = (Market("2026-01-01", "2026-12-31"), Market("2026-01-01", "2026-12-31"));
        var year = Outside([Of(here, People(here, womenHere, 20)), Of(elsewhere, People(elsewhere, womenElsewhere, 20))]);
        Assert.Equal(40 + womenHere + womenElsewhere, year.People.Shown);
        Assert.Equal(isShown, year.Line("sexe", "F")?.People.Shown is not null);
        Assert.Equal(isShown, year.Line("sexe", "M")?.People.Shown is not null);
    }

    [Fact]
    public void A_buyer_who_has_nearly_everyone_keeps_the_total_of_the_year_from_being_told()
    {
        var (large, small) = (Market("2026-01-01", "2026-12-31"), Market("2026-01-01", "2026-12-31"));
        var year = Outside([Of(large, People(large, 10, 10)), Of(small, People(small, 2, 2))]);
        Assert.Equal((Figure.Hidden, Figure.Hidden, 24 * 60), (year.People, year.Contracts, year.Minutes));
        Assert.All(year.Breakdowns, it => Assert.True(it.IsWithheld && it.Lines.Count == 0));
    }

    [Fact]
    public void Small_marches_among_many_are_counted_in_the_total_of_the_year()
    {
        var large = Enumerable.Range(0, 2).Select(_ => Market("2026-01-01", "2026-12-31")).ToList();
        var small = Enumerable.Range(0, 3).Select(_ => Market("2026-01-01", "2026-12-31")).ToList();
        var year = Outside([.. large.Select(it => Of(it, People(it, 10, 10))), .. small.Select(it => Of(it, People(it, 1, 1)))]);
        Assert.Equal((46, 23), (year.People.Shown, year.Line("sexe", "F")!.People.Shown));
    }

    [Fact]
    public void A_facilitator_who_subtracts_its_marches_finds_no_small_group_either()
    {
        var (one, two, other) = (Market("2026-01-01", "2026-12-31"), Market("2026-01-01", "2026-12-31"), Market("2026-01-01", "2026-12-31"));
        var year = Outside([Of(one, People(one, 9, 20)), Of(two with { FacilitatorId = one.FacilitatorId }, People(two, 9, 20)), Of(other, People(other, 2, 9))]);
        Assert.Equal(69, year.People.Shown);
        Assert.Null(year.Line("sexe", "F")?.People.Shown);
    }

    [Fact]
    public void A_buyer_alone_in_the_year_reads_its_total_and_no_breakdown_that_would_complete_its_own()
    {
        var one = Market("2026-01-01", "2026-12-31");
        var two = Market("2026-01-01", "2026-12-31") with { BuyerId = one.BuyerId };
        Assert.Equal((42, true), Seen(Outside([Of(one, People(one, 9, 20)), Of(two, People(two, 4, 9))])));
        Assert.Equal((null, true), Seen(Outside([Of(one, People(one, 9, 20)), Of(two, People(two, 2, 2))])));

        static (int?, bool) Seen(Consolidation year) => (year.People.Shown, year.Line("sexe", "F")?.People.Shown is null);
    }

    private static Consolidation Outside(ConsolidatedMarket[] markets) =>
        Consolidations.Outside(2026, markets, Release.Due(null, Month("2026-01"), Month("2026-11"), month => Consolidations.StateAt(markets, 2026, month), 5), 5);

    private static List<ReportedContract> People(Market market, int women, int men)
    {
        var lot = LotId.New();
        return [.. Enumerable.Range(0, women + men).Select(i => Worked(market, "2026-02", 60, PersonId.New(), sex: i < women ? Sex.F : Sex.M)).Select(it => it with { Contract = it.Contract with { LotId = lot } })];
    }

    private static ConsolidatedMarket Of(Market market, IReadOnlyList<ReportedContract> contracts) => new(market, "SERVICES", null, [], contracts);

    private static ReportedContract Worked(
        Market market, string month, int minutes, PersonId person, WorkContractKind kind = WorkContractKind.Cdd, OrganizationKind employer = OrganizationKind.Etti, Sex sex = Sex.F)
    {
        var contract = Contract(month + "-01", kind: kind) with { PersonId = person };
        return new ReportedContract(contract, sex, employer, Count(contract, market, Entry(month, minutes)));
    }
}
