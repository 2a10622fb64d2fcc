using Matching.Rules.Postings;

namespace Matching.Rules.Tests.Postings;

public class PostingStepsTests
{
    [Theory]
    [InlineData(PostingState.Draft, PostingStep.Publish, PostingState.Published)]
    [InlineData(PostingState.Published, PostingStep.Fill, PostingState.Filled)]
    [InlineData(PostingState.Published, PostingStep.Close, PostingState.Closed)]
    [InlineData(PostingState.Filled, PostingStep.Reopen, PostingState.Published)]
    [InlineData(PostingState.Closed, PostingStep.Reopen, PostingState.Published)]
    [InlineData(PostingState.Draft, PostingStep.Close, null)]
    [InlineData(PostingState.Published, PostingStep.Publish, null)]
    [InlineData(PostingState.Closed, PostingStep.Publish, null)]
    [InlineData(PostingState.Published, PostingStep.Reopen, null)]
    [InlineData(PostingState.Closed, PostingStep.Fill, null)]
    public void A_posting_goes_from_draft_to_published_to_filled_or_closed_and_may_reopen(PostingState from, PostingStep step, PostingState? to) =>
        Assert.Equal(to, PostingSteps.After(from, step));

    [Fact]
    public void A_refused_step_says_what_to_do_in_a_sentence() =>
        Assert.All(
            from state in Enum.GetValues<PostingState>() from step in Enum.GetValues<PostingStep>() where PostingSteps.After(state, step) is null select PostingSteps.Refusal(state, step),
            sentence => Assert.True(sentence.EndsWith('.') && sentence != "Cette étape n’est pas possible.", sentence));

    [Fact]
    public void A_draft_cannot_be_published_before_its_occupation_its_commune_and_its_title()
    {
        Assert.Equal(["intitule", "code_rome", "commune"], DraftTerms.Empty.MissingToPublish().Select(missing => missing.Field));
        Assert.Null(DraftTerms.Empty.Complete());
        var whole = DraftTerms.Empty with { Title = "Maçon", Rome = Reader.Rome("F1703"), InseeCode = "00001" };
        Assert.Empty(whole.MissingToPublish());
        Assert.Equal("00001", whole.Complete()!.InseeCode);
    }

    [Fact]
    public void The_reader_never_chooses_the_occupation_in_the_place_of_a_human()
    {
        var draft = Reader.Read("recherche 2 maçons");
        Assert.Equal("F1703", draft.Occupations[0].Rome.Value);
        Assert.Null(DraftTerms.From(draft).Rome);
    }
}
