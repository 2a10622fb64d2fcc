using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class InterviewSlotTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("règle", "entretien.creneaux")]
    public void A_slot_is_proposed_to_come_within_the_year_and_once()
    {
        Assert.NotNull(InterviewSlots.CheckProposal(Now.AddMinutes(-1), [], Now));
        Assert.Null(InterviewSlots.CheckProposal(Now, [], Now));
        Assert.Null(InterviewSlots.CheckProposal(Now.AddYears(1), [], Now));
        Assert.NotNull(InterviewSlots.CheckProposal(Now.AddYears(1).AddMinutes(1), [], Now));
        Assert.Contains("déjà proposé", InterviewSlots.CheckProposal(Now.AddDays(1), [Slot(SlotState.Proposed, Now.AddDays(1))], Now), StringComparison.Ordinal);
        Assert.Null(InterviewSlots.CheckProposal(Now.AddDays(1), [Slot(SlotState.Cancelled, Now.AddDays(1))], Now));
        Assert.NotNull(InterviewSlots.CheckProposal(Now.AddDays(9), [.. Enumerable.Range(1, InterviewSlots.MostProposed).Select(day => Slot(SlotState.Proposed, Now.AddDays(day)))], Now));
    }

    [Fact]
    [Trait("règle", "entretien.creneaux")]
    public void The_other_side_chooses_and_only_what_is_still_to_come()
    {
        Assert.Null(InterviewSlots.CheckChoice(Slot(SlotState.Proposed, Now.AddDays(1)), PreselectionActor.Company, Now));
        Assert.Contains("l’autre partie", InterviewSlots.CheckChoice(Slot(SlotState.Proposed, Now.AddDays(1)), PreselectionActor.Facilitator, Now), StringComparison.Ordinal);
        Assert.Contains("passé", InterviewSlots.CheckChoice(Slot(SlotState.Proposed, Now.AddMinutes(-1)), PreselectionActor.Company, Now), StringComparison.Ordinal);
        Assert.All((SlotState[])[SlotState.Kept, SlotState.Cancelled, SlotState.Missed], state => Assert.NotNull(InterviewSlots.CheckChoice(Slot(state, Now.AddDays(1)), PreselectionActor.Company, Now)));
    }

    [Theory]
    [InlineData(SlotState.Proposed, false, true, false)]
    [InlineData(SlotState.Kept, true, true, true)]
    [InlineData(SlotState.Cancelled, false, false, false)]
    [InlineData(SlotState.Missed, false, false, false)]
    public void What_may_be_done_of_a_slot_depends_on_where_it_stands(SlotState state, bool canMove, bool canCancel, bool canMiss)
    {
        var past = Slot(state, Now);
        Assert.Equal((canMove, canCancel, canMiss), (InterviewSlots.CheckMove(past) is null, InterviewSlots.CheckCancel(past) is null, InterviewSlots.CheckMissed(past, Now) is null));
        Assert.NotNull(InterviewSlots.CheckMissed(Slot(state, Now.AddMinutes(1)), Now));
    }

    private static InterviewSlot Slot(SlotState state, DateTimeOffset at) => new(Guid.Empty, 1, at, null, state, PreselectionActor.Facilitator, "Nadia", 0, Now);
}
