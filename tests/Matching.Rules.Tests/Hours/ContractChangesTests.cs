using Matching.Rules.Hours;
using Matching.Rules.Postings;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Hours;

public sealed class ContractChangesTests
{
    [Theory]
    [InlineData("2026-06-30", false)]
    [InlineData("2026-07-01", true)]
    [Trait("règle", "contrat.prolongation")]
    public void A_contract_is_extended_beyond_the_last_day_it_had(string newEnd, bool isAccepted)
    {
        var refusal = ContractChanges.CheckExtension(Contract("2026-01-01", "2026-06-30"), isEnded: false, isRenewed: false, Day(newEnd), "avenant 1");
        Assert.Equal(isAccepted, refusal is null);
    }

    [Fact]
    public void What_has_no_end_or_has_ended_is_not_extended()
    {
        var contract = Contract("2026-01-01", "2026-06-30");
        Assert.NotNull(ContractChanges.CheckExtension(Contract("2026-01-01", kind: WorkContractKind.Cdi), false, false, Day("2027-01-01"), "avenant 1"));
        Assert.NotNull(ContractChanges.CheckExtension(contract, isEnded: true, false, Day("2027-01-01"), "avenant 1"));
        Assert.NotNull(ContractChanges.CheckExtension(contract, false, isRenewed: true, Day("2027-01-01"), "avenant 1"));
        Assert.Equal("contrat.prolongation", ContractChanges.CheckExtension(contract, false, false, Day("2027-01-01"), " ")?.Rule.Code);
    }

    [Theory]
    [InlineData("2026-06-29", false)]
    [InlineData("2026-06-30", false)]
    [InlineData("2026-07-01", true)]
    [Trait("règle", "contrat.renouvellement")]
    public void A_renewal_begins_after_the_last_day_of_the_contract_it_follows(string start, bool isAccepted)
    {
        var refusal = ContractChanges.CheckRenewal(Contract("2026-01-01", "2026-06-30"), isEnded: false, isRenewed: false, Day(start));
        Assert.Equal(isAccepted ? null : "contrat.renouvellement", refusal?.Rule.Code);
    }

    [Fact]
    [Trait("règle", "contrat.renouvellement")]
    public void A_contract_is_renewed_once_and_never_a_cdi_nor_one_that_has_ended()
    {
        var contract = Contract("2026-01-01", "2026-06-30");
        Assert.NotNull(ContractChanges.CheckRenewal(contract, isEnded: true, false, Day("2026-07-01")));
        Assert.NotNull(ContractChanges.CheckRenewal(contract, false, isRenewed: true, Day("2026-07-01")));
        Assert.NotNull(ContractChanges.CheckRenewal(Contract("2026-01-01", kind: WorkContractKind.Cdi), false, false, Day("2026-07-01")));
    }
}
