using Matching.Rules.Preselection;
using static Matching.Rules.Preselection.PreselectionState;

namespace Matching.Rules.Tests.Preselection;

public sealed class UndoneStepTests
{
    private static readonly TakenStep Own = new(Proposed, Contacted, PreselectionActor.Facilitator, IsOwn: true, IsLast: true, IsUndo: false);

    [Fact]
    [Trait("règle", "preselection.annulation")]
    public void Ones_last_step_is_taken_back_while_nothing_followed() => Assert.Null(UndoneSteps.Check(Own));

    [Fact]
    public void Nothing_else_is_taken_back()
    {
        Assert.Contains("la personne qui l’a notée", UndoneSteps.Check(Own with { IsOwn = false }), StringComparison.Ordinal);
        Assert.Contains("a eu une suite", UndoneSteps.Check(Own with { IsLast = false }), StringComparison.Ordinal);
        Assert.Contains("déjà annulée", UndoneSteps.Check(Own with { IsUndo = true }), StringComparison.Ordinal);
        Assert.Contains("pas d’étape", UndoneSteps.Check(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Preselected, Transmitted)]
    [InlineData(Chosen, Hired)]
    [InlineData(Hired, Ended)]
    public void A_file_sent_and_a_contract_are_not_taken_back_by_a_click(PreselectionState from, PreselectionState to) =>
        Assert.Contains("ne s’annule pas ainsi", UndoneSteps.Check(Own with { From = from, To = to }), StringComparison.Ordinal);

    [Fact]
    public void Someone_is_awaited_in_each_state_that_goes_on_and_can_move_it()
    {
        Assert.All(Enum.GetValues<PreselectionState>(), state =>
        {
            var actor = Waits.In(state).For;
            Assert.Equal(state.IsPending(), actor is not null);
            Assert.True(actor is null || Transitions.From(state, actor.Value).Count > 0, $"{actor} can move {state}");
        });
    }
}
