using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class HiringTests
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = new(2026, 12, 31);
    private static readonly Market Market = new(
        MarketId.New(), OrganizationId.New(), "M-1", "Travaux", OrganizationId.New(), new DatePeriod(First, Last),
        new PublicList(1, "K", ["RSA"]), new CountingRules(), Cadence.Mensuelle);

    private static readonly Lot Lot = new(LotId.New(), Market.Id, 1, "Gros œuvre", 500, [Modality.EmbaucheDirecte], null, null);

    private static readonly EligibilityDecision Decision = new(
        PersonId.New(), Market.Id, 1, "RSA", DecisionBasis.Proof, null, null, "Une facilitatrice", new(2026, 3, 1), new(2026, 3, 1), new(2026, 11, 30));

    [Theory]
    [InlineData("2026-02-28", false)]
    [InlineData("2026-03-01", true)]
    [InlineData("2026-11-30", true)]
    [InlineData("2026-12-01", false)]
    [Trait("règle", "embauche.eligible-le-premier-jour")]
    public void A_contract_begins_while_the_eligibility_is_valid_both_ends_included(string start, bool isAccepted) =>
        Assert.Equal(isAccepted, Check(Day(start), Day(start), decision: Decision).Count == 0);

    [Theory]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-01-01", true)]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    [Trait("règle", "embauche.dans-le-marche")]
    public void A_contract_begins_during_the_market_both_ends_included(string start, bool isAccepted)
    {
        var wide = Decision with { ValidFrom = new(2020, 1, 1), ValidUntil = new(2030, 1, 1) };

        Assert.Equal(isAccepted ? [] : [Hiring.WithinTheMarket], Check(Day(start), Day(start), decision: wide).Select(r => r.Rule));
    }

    [Fact]
    public void Without_a_validated_eligibility_nobody_is_hired_on_the_clause() =>
        Assert.Contains(Check(new(2026, 4, 1), new(2026, 5, 1), decision: null), r => r.Rule == Hiring.EligibleOnFirstDay && r.Sentence.Contains("n’est pas validée pour ce marché", StringComparison.Ordinal));

    [Theory]
    [InlineData("2026-03-31", 1)]
    [InlineData("2026-04-01", 0)]
    public void A_contract_ends_on_or_after_its_first_day(string end, int refusals) =>
        Assert.Equal(refusals, Check(new(2026, 4, 1), Day(end), decision: Decision).Count);

    [Fact]
    public void A_cdi_has_no_end_and_every_other_contract_has_one()
    {
        Assert.Equal(["fin"], Check(new(2026, 4, 1), new(2026, 5, 1), WorkContractKind.Cdi, Decision).Select(r => r.Field));
        Assert.Empty(Check(new(2026, 4, 1), null, WorkContractKind.Cdi, Decision));
        Assert.Equal(["fin"], Check(new(2026, 4, 1), null, WorkContractKind.Cddi, Decision).Select(r => r.Field));
    }

    [Fact]
    public void A_modality_that_the_lot_does_not_foresee_is_refused() =>
        Assert.Equal(["modalite"], Hiring.Check(Market, Lot, Decision, OrganizationKind.Etti, Modality.MiseADisposition, WorkContractKind.Cdd, new(2026, 4, 1), new(2026, 5, 1), 2100).Select(r => r.Field));

    [Theory]
    [InlineData(OrganizationKind.Etti, true)]
    [InlineData(OrganizationKind.Geiq, true)]
    [InlineData(OrganizationKind.Entreprise, false)]
    [Trait("règle", "embauche.mise-a-disposition")]
    public void Only_an_insertion_structure_lends_people(OrganizationKind employer, bool isAccepted)
    {
        var lending = Lot with { Modalities = [Modality.MiseADisposition] };

        var refusals = Hiring.Check(Market, lending, Decision, employer, Modality.MiseADisposition, WorkContractKind.Interim, new(2026, 4, 1), new(2026, 5, 1), 2100);

        Assert.Equal(isAccepted ? [] : [("employeur", Hiring.LentByAStructure)], refusals.Select(r => (r.Field, r.Rule)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2880, true)]
    [InlineData(2881, false)]
    public void A_week_of_work_has_at_most_48_hours(int minutes, bool isAccepted) =>
        Assert.Equal(isAccepted, Hiring.Check(Market, Lot, Decision, OrganizationKind.Entreprise, Modality.EmbaucheDirecte, WorkContractKind.Cdd, new(2026, 4, 1), new(2026, 5, 1), minutes).Count == 0);

    private static IReadOnlyList<RuleRefusal> Check(
        DateOnly start, DateOnly? end, WorkContractKind kind = WorkContractKind.Cdd, EligibilityDecision? decision = null) =>
        Hiring.Check(Market, Lot, decision, OrganizationKind.Entreprise, Modality.EmbaucheDirecte, kind, start, end, 2100);

    [Theory]
    [InlineData("RSA", true)]
    [InlineData("TH", false)]
    public void A_lot_kept_for_other_publics_does_not_hire(string kept, bool isAccepted)
    {
        var refusals = Hiring.Check(
            Market, Lot with { Publics = [kept] }, Decision, OrganizationKind.Entreprise, Modality.EmbaucheDirecte, WorkContractKind.Cdd, new(2026, 4, 1), new(2026, 5, 1), 2100);

        Assert.Equal(isAccepted ? [] : ["debut"], refusals.Select(r => r.Field));
        Assert.All(refusals, r => Assert.StartsWith("Ce lot ne retient que : Travailleur handicapé", r.Sentence, StringComparison.Ordinal));
    }

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");
}
