using Matching.Rules.Eligibility;
using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class NextInLineTests
{
    private static readonly DateOnly Today = new(2026, 11, 16);

    private static readonly LineFacts Free = new(PreselectionState.Preselected, null, true, null, Today, true, EligibilityStatus.Eligible);

    [Theory]
    [Trait("règle", "remplacement.suivants")]
    [InlineData(null, null, true)]
    [InlineData(PreselectionState.Proposed, null, true)]
    [InlineData(PreselectionState.Transmitted, null, true)]
    [InlineData(PreselectionState.Declined, "POSTE_POURVU", true)]
    [InlineData(PreselectionState.Declined, "COMPETENCES", false)]
    [InlineData(PreselectionState.Declined, "ENTRETIEN_ABSENT", false)]
    [InlineData(PreselectionState.Withdrawn, "AUTRES_PERSONNES", true)]
    [InlineData(PreselectionState.Withdrawn, "EMBAUCHE_AILLEURS", true)]
    [InlineData(PreselectionState.Withdrawn, "REMPLACEMENT_ANNULE", true)]
    [InlineData(PreselectionState.Withdrawn, "PAS_INTERESSEE", false)]
    [InlineData(PreselectionState.Hired, null, false)]
    [InlineData(PreselectionState.Ended, "CDI", false)]
    public void A_no_to_the_post_stands_and_a_post_that_was_taken_is_no_reason(PreselectionState? state, string? reason, bool isInLine) =>
        Assert.Equal(isInLine, NextInLine.Holds(state, reason));

    [Fact]
    [Trait("règle", "remplacement.suivants")]
    public void Who_is_published_free_and_eligible_can_be_asked_and_the_others_are_shown_with_the_reason()
    {
        Assert.Null(NextInLine.WhyNot(Free, Today));
        Assert.Null(NextInLine.WhyNot(Free with { WorksUntil = Today.AddDays(-1) }, Today));
        Assert.Null(NextInLine.WhyNot(Free with { IsValidated = false, Status = EligibilityStatus.ProofMissing }, Today));
        Assert.Null(NextInLine.WhyNot(Free with { Status = EligibilityStatus.NotEligible }, Today));
        Assert.Equal("n’est plus publiée par sa structure.", NextInLine.WhyNot(Free with { IsPublished = false }, Today));
        Assert.Equal("est en contrat sur un marché jusqu’au 16/11/2026.", NextInLine.WhyNot(Free with { WorksUntil = Today }, Today));
        Assert.Equal("est en contrat sur un marché.", NextInLine.WhyNot(Free with { WorksUntil = DateOnly.MaxValue }, Today));
        Assert.Equal("n’est disponible qu’à partir du 17/11/2026.", NextInLine.WhyNot(Free with { AvailableFrom = Today.AddDays(1) }, Today));
        Assert.StartsWith("ne relève pas des publics", NextInLine.WhyNot(Free with { IsValidated = false, Status = EligibilityStatus.NotEligible }, Today), StringComparison.Ordinal);
    }
}
