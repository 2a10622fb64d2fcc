using Matching.Rules.Preselection;
using static Matching.Rules.Preselection.PreselectionState;

namespace Matching.Rules.Tests.Preselection;

public sealed class PersonsWishTests
{
    [Theory]
    [InlineData(Interested, Proposed, Contacted, Interested)]
    [InlineData(Preselected, Proposed, Preselected)]
    [InlineData(Interview, Proposed, Preselected, Transmitted, Interview)]
    [InlineData(Hired, Proposed, Preselected, Transmitted, Chosen, Hired)]
    [InlineData(Ended, Proposed, Preselected, Transmitted, Chosen, Hired, Ended)]
    public void A_person_who_agreed_or_went_further_wanted_the_post(PreselectionState now, params PreselectionState[] reached) =>
        Assert.True(PersonsWish.Of(reached, now, now == Ended ? "CDI" : null));

    [Theory]
    [InlineData("COMPETENCES")]
    [InlineData("POSTE_POURVU")]
    public void An_employer_who_says_no_changes_nothing_of_what_the_person_wanted(string reason) =>
        Assert.True(PersonsWish.Of([Proposed, Preselected, Transmitted, Interview, Declined], Declined, reason));

    [Theory]
    [InlineData("PAS_INTERESSEE", Proposed, Withdrawn)]
    [InlineData("TRAJET", Proposed, Contacted, Withdrawn)]
    [InlineData("PAS_INTERESSEE", Proposed, Preselected, Transmitted, Interview, Withdrawn)]
    public void A_no_of_the_person_about_this_post_is_the_last_word(string reason, params PreselectionState[] reached) =>
        Assert.False(PersonsWish.Of(reached, Withdrawn, reason));

    [Theory]
    [InlineData("EMPLOI_TROUVE")]
    [InlineData("FORMATION")]
    [InlineData("PLUS_DISPONIBLE")]
    [InlineData("SANS_REPONSE")]
    [InlineData("EXIGENCE_DU_POSTE")]
    [InlineData("ACTION_EN_COURS")]
    [InlineData(Reasons.HiredElsewhere)]
    [InlineData(null)]
    public void Silence_a_job_elsewhere_or_the_no_of_somebody_else_is_no_answer_about_this_post(string? reason) =>
        Assert.Null(PersonsWish.Of([Proposed, Contacted, Withdrawn], Withdrawn, reason));

    [Fact]
    public void Before_anybody_asked_and_after_a_missed_interview_nobody_knows()
    {
        Assert.Null(PersonsWish.Of([], Proposed, null));
        Assert.Null(PersonsWish.Of([Proposed, Contacted], Contacted, null));
        Assert.Null(PersonsWish.Of([Proposed, Preselected, Transmitted, Interview, Declined], Declined, "ENTRETIEN_ABSENT"));
    }
}
