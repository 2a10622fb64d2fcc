using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class OutcomeLabelTests
{
    private static readonly DateOnly Today = new(2026, 11, 16);

    [Theory]
    [InlineData(OutcomeLabel.NotKept)]
    [InlineData(OutcomeLabel.Kept, PreselectionState.Proposed)]
    [InlineData(OutcomeLabel.Kept, PreselectionState.Proposed, PreselectionState.Withdrawn)]
    [InlineData(OutcomeLabel.Kept, PreselectionState.Proposed, PreselectionState.Transmitted, PreselectionState.Declined)]
    [InlineData(OutcomeLabel.Interviewed, PreselectionState.Proposed, PreselectionState.Transmitted, PreselectionState.Interview, PreselectionState.Declined)]
    [InlineData(OutcomeLabel.Hired, PreselectionState.Proposed, PreselectionState.Chosen, PreselectionState.Hired)]
    public void The_label_is_how_far_the_path_went(int label, params PreselectionState[] reached) =>
        Assert.Equal(label, OutcomeLabel.Of(reached, null, null, Today));

    [Theory]
    [InlineData(90, null, OutcomeLabel.StillInPost)]
    [InlineData(89, null, OutcomeLabel.Hired)]
    [InlineData(200, 90, OutcomeLabel.StillInPost)]
    [InlineData(200, 89, OutcomeLabel.Hired)]
    public void A_hire_lasts_from_its_ninetieth_day(int daysSince, int? daysWorked, int label)
    {
        var first = Today.AddDays(-daysSince);
        Assert.Equal(label, OutcomeLabel.Of([PreselectionState.Proposed, PreselectionState.Hired], first, daysWorked is { } days ? first.AddDays(days) : null, Today));
    }
}
