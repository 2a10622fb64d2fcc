using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public sealed class TrainingBeforeHireTests
{
    private static readonly TrainingSession Session = new("Préparer au chantier", "Centre", new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 3), 14 * 60);

    [Fact]
    public void A_training_ends_on_its_first_day_at_the_earliest_and_holds_in_its_days()
    {
        Assert.Empty(TrainingBeforeHire.Refusals(Session));
        Assert.Empty(TrainingBeforeHire.Refusals(Session with { EndsOn = Session.StartsOn }));
        Assert.Equal("fin", Assert.Single(TrainingBeforeHire.Refusals(Session with { EndsOn = Session.StartsOn.AddDays(-1) })).Field);
        Assert.Empty(TrainingBeforeHire.Refusals(Session with { Minutes = 48 * 60 }));
        Assert.Equal("duree", Assert.Single(TrainingBeforeHire.Refusals(Session with { Minutes = (48 * 60) + 1 })).Field);
    }

    [Fact]
    [Trait("règle", "formation.assiduite")]
    public void Nobody_follows_more_than_the_training_and_who_never_came_followed_nothing()
    {
        Assert.Null(TrainingBeforeHire.RefusalOfAttendance(Session, 14 * 60, "SUIVIE"));
        Assert.NotNull(TrainingBeforeHire.RefusalOfAttendance(Session, (14 * 60) + 1, "SUIVIE"));
        Assert.NotNull(TrainingBeforeHire.RefusalOfAttendance(Session, 1, "ABSENTE"));
        Assert.Null(TrainingBeforeHire.RefusalOfAttendance(Session, 0, "ABSENTE"));
    }

    [Fact]
    [Trait("règle", "formation.debouche")]
    public void The_hire_that_follows_is_the_first_contract_begun_from_the_first_day()
    {
        Assert.Equal(Session.StartsOn, TrainingBeforeHire.HireAfter(Session.StartsOn, [new(2026, 5, 1), Session.StartsOn]));
        Assert.Null(TrainingBeforeHire.HireAfter(Session.StartsOn, [Session.StartsOn.AddDays(-1)]));
    }
}
