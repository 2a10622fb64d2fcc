using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Reporting;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Reporting;

public sealed class BilanTests
{
    private static readonly DateOnly Today = Day("2026-11-16");

    [Theory]
    [InlineData("2000-06-02", "MOINS_26")]
    [InlineData("2000-06-01", "26_49")]
    [InlineData("1976-06-02", "26_49")]
    [InlineData("1976-06-01", "50_PLUS")]
    [Trait("règle", "bilan.classes")]
    public void An_age_is_that_of_the_first_day_of_the_contract(string birth, string expected) =>
        Assert.Equal(expected, PersonTraits.Of(Facts(birth), OrganizationKind.Etti, Day("2026-06-01"))["age"]);

    [Theory]
    [InlineData("2025-06-02", "MOINS_12")]
    [InlineData("2025-06-01", "12_24")]
    [InlineData("2024-06-02", "12_24")]
    [InlineData("2024-06-01", "PLUS_24")]
    [InlineData(null, "NON_RENSEIGNE")]
    public void A_registration_is_counted_in_whole_months(string? since, string expected) =>
        Assert.Equal(expected, PersonTraits.Of(Facts("1990-01-01") with { RegisteredSince = since is null ? null : Day(since) }, OrganizationKind.Etti, Day("2026-06-01"))["inscription"]);

    [Theory]
    [InlineData("2026-11-16", "EN_COURS", "EN_COURS")]
    [InlineData("2026-11-15", "NON_RENSEIGNE", "A_VENIR")]
    [InlineData("2026-05-17", "NON_RENSEIGNE", "A_VENIR")]
    [InlineData("2026-05-16", "NON_RENSEIGNE", "NON_RENSEIGNE")]
    [Trait("règle", "sortie.echeances")]
    public void A_situation_falls_due_six_months_after_the_last_day(string end, string atEnd, string atSix)
    {
        var last = new ContractEnd(ContractId.New(), PersonId.New(), Day("2026-01-01"), Day(end));
        Assert.Equal((atEnd, atSix), (Exits.CellOf(last, ExitMilestone.End, [], Today), Exits.CellOf(last, ExitMilestone.SixMonths, [], Today)));
    }

    [Fact]
    public void The_newest_situation_written_down_is_the_one_that_counts()
    {
        var last = new ContractEnd(ContractId.New(), PersonId.New(), Day("2026-01-01"), Day("2026-03-31"));
        RecordedExit[] recorded = [new(last.Id, ExitMilestone.SixMonths, "RECHERCHE"), new(last.Id, ExitMilestone.SixMonths, "CDI")];
        Assert.Equal("CDI", Exits.CellOf(last, ExitMilestone.SixMonths, recorded, Today));
        Assert.Equal("A_VENIR", Exits.CellOf(last, ExitMilestone.TwelveMonths, recorded, Today));
    }

    [Fact]
    [Trait("règle", "sortie.dernier-contrat")]
    public void A_person_leaves_once_after_the_last_contract()
    {
        var person = PersonId.New();
        ContractEnd[] contracts = [new(ContractId.New(), person, Day("2026-05-01"), null), new(ContractId.New(), person, Day("2026-01-01"), Day("2026-04-30"))];
        Assert.Equal(contracts[0], Exits.LastOf(contracts).Single());
    }

    [Fact]
    public void A_situation_is_refused_before_its_day_outside_the_list_and_without_an_end()
    {
        var last = new ContractEnd(ContractId.New(), PersonId.New(), Day("2026-01-01"), Day("2026-06-30"));
        Assert.Contains("à partir du 30/12/2026", Exits.Check(last, ExitMilestone.SixMonths, "CDI", Today), StringComparison.Ordinal);
        Assert.Contains("dans la liste", Exits.Check(last, ExitMilestone.SixMonths, "PRISON", Day("2027-01-01")), StringComparison.Ordinal);
        Assert.Contains("n’a pas de fin", Exits.Check(last with { EndsOn = null }, ExitMilestone.SixMonths, "CDI", Today), StringComparison.Ordinal);
        Assert.Null(Exits.Check(last, ExitMilestone.SixMonths, "CDI", Day("2026-12-30")));
    }

    [Fact]
    public void A_breakdown_of_people_is_never_for_a_company() =>
        Assert.DoesNotContain(Facets.ForCompany(Facets.All), facet => facet.Code is "public" or "sexe" or "age" or "rqth" or "rsa" or "qpv" or "prescripteur" or "niveau" or "inscription" || facet.Code.StartsWith("sortie", StringComparison.Ordinal));

    private static EligibilityFacts Facts(string birth) => new(Day(birth), new StructureSituation(OrganizationKind.Etti), null, null, null, null, [], []);
}
