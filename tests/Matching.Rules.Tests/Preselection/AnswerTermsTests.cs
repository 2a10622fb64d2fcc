using Matching.Rules.Eligibility;
using Matching.Rules.People;
using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class AnswerTermsTests
{
    private static readonly DateOnly Sent = new(2026, 11, 16);

    [Theory]
    [Trait("règle", "entreprise.relances")]
    [InlineData(0, SilenceStep.None)]
    [InlineData(6, SilenceStep.None)]
    [InlineData(7, SilenceStep.FirstReminder)]
    [InlineData(11, SilenceStep.FirstReminder)]
    [InlineData(12, SilenceStep.SecondReminder)]
    [InlineData(15, SilenceStep.SecondReminder)]
    [InlineData(16, SilenceStep.Deadline)]
    [InlineData(90, SilenceStep.Deadline)]
    public void Reminders_are_due_from_their_day_and_the_last_day_is_still_in_time(int days, SilenceStep expected) =>
        Assert.Equal(expected, AnswerTerms.Usual.DueOn(Sent.AddDays(days), Sent, AnswerTerms.Usual.AnswerBefore(Sent)));

    [Fact]
    public void A_shorter_day_written_by_the_facilitator_comes_before_the_reminders()
    {
        var before = Sent.AddDays(5);
        Assert.Equal(SilenceStep.None, AnswerTerms.Usual.DueOn(before, Sent, before));
        Assert.Equal(SilenceStep.Deadline, AnswerTerms.Usual.DueOn(before.AddDays(1), Sent, before));
        Assert.Empty(AnswerTerms.Usual.ReminderDays(Sent, before));
        Assert.Equal([Sent.AddDays(7), Sent.AddDays(12)], AnswerTerms.Usual.ReminderDays(Sent, Sent.AddDays(12)));
    }

    [Theory]
    [InlineData(7, 12, 15, null)]
    [InlineData(1, 2, 3, null)]
    [InlineData(20, 40, 60, null)]
    [InlineData(0, 12, 15, "relance_1")]
    [InlineData(7, 7, 15, "relance_2")]
    [InlineData(7, 12, 12, "reponse")]
    [InlineData(7, 12, 61, "reponse")]
    public void The_days_of_a_marche_follow_each_other(int first, int second, int answer, string? field) =>
        Assert.Equal(field, new AnswerTerms(1, first, second, answer).Fault()?.Field);

    [Theory]
    [Trait("règle", "echeances.fin-proche")]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void A_pass_ends_soon_from_sixty_days_before_to_its_last_day(int days, bool isSoon)
    {
        var pass = new PassIae("999990000001", Sent.AddDays(days));
        Assert.Equal(isSoon, EndingSoon.Of(pass, [], Sent).Count == 1);
    }

    [Fact]
    public void What_ends_first_is_told_first_and_the_same_day_once() => Assert.Equal(
        [("l’éligibilité validée", 10), ("le PASS IAE", 20)],
        EndingSoon.Of(new PassIae("999990000001", Sent.AddDays(20)), [Sent.AddDays(10), Sent.AddDays(10), Sent.AddDays(100)], Sent).Select(it => (it.What, it.LastDay.DayNumber - Sent.DayNumber)));
}
