using Matching.Rules.Markets;

namespace Matching.Rules.Tests.Markets;

public sealed class FollowUpLogTests
{
    private static readonly DateOnly Wednesday = new(2026, 11, 25);

    private static readonly FollowUpEntry Meeting = new("REUNION", Wednesday, ["FACILITATEUR", "CORRESPONDANT"], "Point mensuel.", null, null, null);

    [Fact]
    [Trait("règle", "suivi.passe")]
    public void A_meeting_of_today_is_written_and_one_of_tomorrow_is_not()
    {
        Assert.Empty(FollowUpLog.Refusals(Meeting, Wednesday));
        Assert.Equal(["suivi.passe"], Codes(Meeting with { Day = Wednesday.AddDays(1) }));
    }

    [Fact]
    [Trait("règle", "suivi.echeance")]
    public void A_next_action_has_a_day_and_a_day_has_a_next_action()
    {
        Assert.Equal(["suivi.echeance"], Codes(Meeting with { NextAction = "Rappeler l’entreprise" }));
        Assert.Equal(["suivi.echeance"], Codes(Meeting with { DueOn = Wednesday }));
        Assert.Empty(Codes(Meeting with { NextAction = "Rappeler l’entreprise", DueOn = Wednesday }));
        Assert.Equal(["suivi.echeance"], Codes(Meeting with { NextAction = "Rappeler l’entreprise", DueOn = Wednesday.AddDays(-1) }));
    }

    [Fact]
    [Trait("règle", "suivi.difficulte")]
    public void A_difficulty_calls_for_a_next_action()
    {
        var difficulty = Meeting with { Kind = FollowUpLog.Difficulty };
        Assert.Equal(["suivi.difficulte"], Codes(difficulty));
        Assert.Empty(Codes(difficulty with { NextAction = "Proposer deux personnes", DueOn = Wednesday.AddDays(7) }));
    }

    [Fact]
    [Trait("règle", "suivi.roles")]
    public void Somebody_was_there() => Assert.Equal(["suivi.roles"], Codes(Meeting with { Roles = [] }));

    [Theory]
    [InlineData(24, DueMoment.Late)]
    [InlineData(25, DueMoment.ThisWeek)]
    [InlineData(29, DueMoment.ThisWeek)]
    [InlineData(30, DueMoment.Later)]
    public void The_week_ends_on_its_sunday(int day, DueMoment moment) =>
        Assert.Equal(moment, FollowUpLog.MomentOf(new DateOnly(2026, 11, day), Wednesday));

    [Fact]
    public void On_a_sunday_the_week_ends_that_day_and_on_a_monday_six_days_later()
    {
        Assert.Equal(new DateOnly(2026, 11, 29), FollowUpLog.EndOfWeek(new DateOnly(2026, 11, 29)));
        Assert.Equal(new DateOnly(2026, 12, 6), FollowUpLog.EndOfWeek(new DateOnly(2026, 11, 30)));
    }

    private static IEnumerable<string> Codes(FollowUpEntry entry) => FollowUpLog.Refusals(entry, Wednesday).Select(refusal => refusal.Rule!.Code);
}
