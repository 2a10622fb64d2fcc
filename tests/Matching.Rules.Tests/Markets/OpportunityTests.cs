using Matching.Rules.Markets;

namespace Matching.Rules.Tests.Markets;

public sealed class OpportunityTests
{
    private static readonly OpportunityLot Masonry = new(1, "Maçonnerie", 1_000_000_00, LotProposal.Clause, 500, 50, 30_00, null, null);

    private static readonly OpportunityLot Nothing = new(2, "Ascenseur", 80_000_00, LotProposal.Nothing, null, null, null, null, "Poste tenu par un technicien certifié.");

    private static readonly OpportunitySheet Sheet = new(
        "2027-GS", "Groupe scolaire", new(BuyerStatus.LocalAuthority, null, "Ville de Valmiron", null), "TRAVAUX", new(2026, 12, 1), new(2027, 3, 1), new(2028, 2, 29),
        [Masonry, Nothing], null, null, null, "CCAG2021", null);

    [Theory]
    [InlineData("TRAVAUX", BuyerStatus.State, 5_404_000)]
    [InlineData("TRAVAUX", BuyerStatus.ContractingEntity, 5_404_000)]
    [InlineData("SERVICES", BuyerStatus.State, 140_000)]
    [InlineData("FOURNITURES", BuyerStatus.LocalAuthority, 216_000)]
    [InlineData("INTELLECTUELLES", BuyerStatus.LocalAuthority, 216_000)]
    [InlineData("SERVICES", BuyerStatus.ContractingEntity, 432_000)]
    [Trait("règle", "opportunite.seuils")]
    public void The_duty_begins_at_the_threshold_of_the_buyer_and_of_the_purchase(string sector, BuyerStatus buyer, long euros)
    {
        OpportunitySheet Of(long cents) => Sheet with { Sector = sector, Buyer = Sheet.Buyer with { Status = buyer }, Lots = [Nothing with { AmountCents = cents }] };
        Assert.Equal(ClauseDuty.Free, OpportunityRules.DutyOf(Of(euros * 100 - 1)));
        Assert.Equal(ClauseDuty.Due, OpportunityRules.DutyOf(Of(euros * 100)));
        Assert.Equal(ClauseDuty.Met, OpportunityRules.DutyOf(Of(euros * 100) with { Lots = [Masonry with { AmountCents = euros * 100 }] }));
    }

    [Theory]
    [InlineData("2026-08-20", ClauseDuty.Free)]
    [InlineData("2026-08-21", ClauseDuty.Due)]
    [InlineData("2027-12-31", ClauseDuty.Due)]
    [InlineData("2028-01-01", ClauseDuty.Unknown)]
    [Trait("règle", "opportunite.obligation")]
    public void The_duty_follows_the_day_the_consultation_is_launched(string day, ClauseDuty duty) =>
        Assert.Equal(duty, OpportunityRules.DutyOf(Sheet with { LaunchOn = Days.Of(day), StartsOn = null, EndsOn = null, Lots = [Nothing with { AmountCents = 5_404_000_00 }] }));

    [Fact]
    public void The_two_published_examples_of_the_calculator_give_their_hours_and_full_time_equivalents()
    {
        var other = Masonry with { Number = 2, AmountCents = 1_500_000_00, LabourPermille = 700, RatePermille = 100 };
        var sheet = Sheet with { Lots = [Masonry, other, Nothing with { Number = 3 }] };
        Assert.Equal((833, 3_500, 4_333), (Masonry.Hours, other.Hours, sheet.Hours));
        Assert.Equal("Oui : 2 lots sur 3, 4 333 heures d’insertion, soit 2,7 équivalents temps plein d’une année.", Plain(OpportunityOpinion.Of(sheet).Conclusion));
        Assert.Equal("Non : aucun lot ne porte d’heures.", OpportunityOpinion.Of(Sheet with { Lots = [Nothing] }).Conclusion);
    }

    [Theory]
    [InlineData(1_599, 9)]
    [InlineData(1_600, 10)]
    [InlineData(0, 0)]
    [Trait("règle", "opportunite.etp")]
    public void A_full_time_equivalent_is_1600_hours(int hours, int tenths) => Assert.Equal(tenths, OpportunityOpinion.FullTimeTenths(hours));

    [Fact]
    [Trait("règle", "opportunite.objet")]
    public void The_opinion_compares_the_amount_with_the_threshold_in_words()
    {
        var under = OpportunityOpinion.Of(Sheet);
        Assert.Equal("1 080 000 € hors taxes pour un seuil de 5 404 000 € (travaux et concessions) : une clause est possible, elle n’est pas imposée.", Plain(under.DutySentence));
        Assert.Contains("et ce marché y répond", OpportunityOpinion.Of(Sheet with { Lots = [Masonry with { AmountCents = 6_000_000_00 }] }).DutySentence, StringComparison.Ordinal);
        Assert.Contains("ou motiver l’une des quatre exemptions", OpportunityOpinion.Of(Sheet with { Lots = [Nothing with { AmountCents = 6_000_000_00 }] }).DutySentence, StringComparison.Ordinal);
        Assert.Contains("ceux de 2026 et 2027", OpportunityOpinion.Of(Sheet with { LaunchOn = new(2028, 1, 1) }).DutySentence, StringComparison.Ordinal);
        Assert.Contains("lancée avant le 21/08/2026", OpportunityOpinion.Of(Sheet with { LaunchOn = new(2026, 8, 20) }).DutySentence, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("règle", "opportunite.lot")]
    public void A_sheet_that_decides_each_lot_is_kept() => Assert.Empty(OpportunityRules.Refusals(Sheet with { CriterionPercent = 15 }));

    public static TheoryData<OpportunitySheet, string, string> Wrong => new()
    {
        { Sheet with { Lots = [] }, "lot_1_intitule", "opportunite.lot" },
        { Sheet with { Lots = [Masonry with { RatePermille = null }] }, "lot_1_part", "opportunite.lot" },
        { Sheet with { Lots = [Masonry with { AmountCents = 1_00 }] }, "lot_1_part", "opportunite.lot" },
        { Sheet with { Lots = [Masonry, Nothing with { Reason = " " }] }, "lot_2_motif", "opportunite.lot" },
        { Sheet with { Lots = [Masonry with { Proposal = LotProposal.Reserved }] }, "lot_1_reserve", "opportunite.lot-reserve" },
        { Sheet with { CriterionPercent = 15, Lots = [Nothing] }, "critere", "opportunite.critere" },
        { Sheet with { EndsOn = new(2027, 2, 28) }, "fin", "opportunite.lot" },
        { Sheet with { StartsOn = new(2026, 11, 30) }, "debut", "opportunite.obligation" },
        { Sheet with { Exemption = "SANS_LIEN", ExemptionReason = new string('x', 30) }, "exemption", "opportunite.exemptions" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_sheet_that_does_not_hold_is_refused_with_the_rule(OpportunitySheet sheet, string field, string rule)
    {
        var refusal = Assert.Single(OpportunityRules.Refusals(sheet));
        Assert.Equal((field, rule), (refusal.Field, refusal.Rule?.Code));
    }

    [Theory]
    [InlineData("SANS_LIEN", 30, "2028-02-29", "TRAVAUX", true)]
    [InlineData("SANS_LIEN", 29, "2028-02-29", "TRAVAUX", false)]
    [InlineData("TRAVAUX_COURTS", 30, "2027-08-30", "TRAVAUX", true)]
    [InlineData("TRAVAUX_COURTS", 30, "2027-08-31", "TRAVAUX", false)]
    [InlineData("TRAVAUX_COURTS", 30, null, "TRAVAUX", false)]
    [InlineData("TRAVAUX_COURTS", 30, "2027-08-30", "SERVICES", false)]
    [Trait("règle", "opportunite.exemptions")]
    public void An_exemption_is_justified_and_short_works_last_less_than_six_months(string code, int length, string? end, string sector, bool isKept)
    {
        var sheet = Sheet with { Sector = sector, EndsOn = Days.OrNull(end), Lots = [Nothing with { AmountCents = 6_000_000_00 }], Exemption = code, ExemptionReason = new string('x', length) };
        Assert.Equal(isKept, OpportunityRules.Refusals(sheet).Count == 0);
        Assert.Equal(ClauseDuty.Exempted, OpportunityRules.DutyOf(sheet));
    }

    private static string Plain(string words) => words.Replace('\u202f', ' ').Replace('\u00a0', ' ');
}
