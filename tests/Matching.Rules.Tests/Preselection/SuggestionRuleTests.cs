using Matching.Rules.Postings;
using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class SuggestionRuleTests
{
    [Theory]
    [InlineData(true, null, null, false, true)]
    [InlineData(false, null, null, false, false)]
    [InlineData(true, "une règle", null, false, false)]
    [InlineData(true, null, SuggestionState.TakenBack, false, true)]
    [InlineData(true, null, SuggestionState.Waiting, false, true)]
    [InlineData(true, null, SuggestionState.Declined, false, false)]
    [InlineData(true, null, SuggestionState.Declined, true, true)]
    public void A_person_is_suggested_when_published_and_no_rule_shuts_and_nobody_said_no_since_the_publication(
        bool isPublished, string? closedBy, SuggestionState? before, bool isPublishedSince, bool isAllowed) =>
        Assert.Equal(isAllowed, Suggestions.CheckPerson(new SuggestedFacts(isPublished, closedBy, before, isPublishedSince)) is null);

    [Theory]
    [InlineData(false, false, false, SuggestionState.Waiting)]
    [InlineData(true, false, false, SuggestionState.Preselected)]
    [InlineData(true, true, true, SuggestionState.Preselected)]
    [InlineData(false, true, false, SuggestionState.Declined)]
    [InlineData(false, false, true, SuggestionState.TakenBack)]
    public void What_became_of_a_suggestion_is_the_preselection_first(bool isPreselected, bool isDeclined, bool isTakenBack, SuggestionState expected) =>
        Assert.Equal(expected, Suggestions.StateOf(isPreselected, isDeclined, isTakenBack));

    [Fact]
    public void Only_a_published_posting_takes_suggestions() => Assert.Equal(
        [PostingState.Published], Enum.GetValues<PostingState>().Where(state => Suggestions.CheckPosting(state) is null));

    [Theory]
    [InlineData(SuggestionState.Waiting, true)]
    [InlineData(SuggestionState.Declined, true)]
    [InlineData(SuggestionState.Preselected, false)]
    [InlineData(SuggestionState.TakenBack, false)]
    public void A_no_answers_what_waits(SuggestionState state, bool isAllowed) => Assert.Equal(isAllowed, Suggestions.CheckDecline(state) is null);
}
