using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class AnswerLetterTests
{
    [Fact]
    [Trait("règle", "preselection.reponse-motivee")]
    public void Every_reason_of_a_company_or_a_facilitator_has_its_kind_words_and_no_other_has()
    {
        Assert.All(Reasons.Of(ReasonList.CompanyDeclines), reason => Assert.Null(AnswerLetter.Check(PreselectionState.Declined, reason.Code)));
        Assert.All(Reasons.Of(ReasonList.FacilitatorDoesNotKeep), reason => Assert.Null(AnswerLetter.Check(PreselectionState.Withdrawn, reason.Code)));
        Assert.All(Reasons.Of(ReasonList.PersonWithdraws), reason => Assert.NotNull(AnswerLetter.Check(PreselectionState.Withdrawn, reason.Code)));
        Assert.All(Reasons.Of(ReasonList.StructureWithdraws), reason => Assert.NotNull(AnswerLetter.Check(PreselectionState.Withdrawn, reason.Code)));
        Assert.NotNull(AnswerLetter.Check(PreselectionState.Withdrawn, Reasons.HiredElsewhere));
        Assert.NotNull(AnswerLetter.Check(PreselectionState.Declined, null));
        Assert.NotNull(AnswerLetter.Check(PreselectionState.Interview, "COMPETENCES"));
    }

    [Fact]
    public void The_letter_says_what_was_decided_why_and_what_stays_open()
    {
        var letter = AnswerLetter.ToPerson(new AnsweredPath(PreselectionState.Declined, "COMPETENCES", "Ana", "Maçon", "Claire Aubin, Maison de l’emploi", "Un chantier école ouvre en mars."));
        Assert.Equal("Bonjour Ana,", letter[0]);
        Assert.Contains("L’entreprise ne donne pas suite", letter[1], StringComparison.Ordinal);
        Assert.Contains("expérience plus proche", letter[2], StringComparison.Ordinal);
        Assert.Equal("Un chantier école ouvre en mars.", letter[3]);
        Assert.Contains("vous restez dans le vivier", letter[4], StringComparison.Ordinal);
        Assert.Contains("revue par quelqu’un", letter[5], StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_without_a_no_cannot_be_written() => Assert.Throws<ArgumentException>(() =>
        AnswerLetter.ToPerson(new AnsweredPath(PreselectionState.Chosen, null, "Ana", "Maçon", "Claire", null)));

    [Fact]
    public void Reasons_are_counted_by_giver_the_most_given_first_and_unknown_codes_are_not()
    {
        var counts = RefusalCounts.Of([
            (PreselectionState.Withdrawn, "TRAJET"), (PreselectionState.Declined, "MOBILITE"), (PreselectionState.Declined, "COMPETENCES"), (PreselectionState.Declined, "COMPETENCES"),
            (PreselectionState.Withdrawn, "EXIGENCE_DU_POSTE"), (PreselectionState.Withdrawn, "AUTRE_OFFRE"), (PreselectionState.Declined, "INCONNU"), (PreselectionState.Hired, "COMPETENCES"), (PreselectionState.Ended, "AUTRE")]);
        Assert.Equal([("COMPETENCES", 2), ("MOBILITE", 1), ("TRAJET", 1), ("AUTRE_OFFRE", 1), ("EXIGENCE_DU_POSTE", 1)], counts.Select(count => (count.Reason.Code, count.People)));
    }

    [Theory]
    [InlineData(PreselectionState.Declined, "COMPETENCES", true)]
    [InlineData(PreselectionState.Declined, "MOBILITE", true)]
    [InlineData(PreselectionState.Declined, "POSTE_POURVU", false)]
    [InlineData(PreselectionState.Declined, "ENTRETIEN_ABSENT", false)]
    [InlineData(PreselectionState.Withdrawn, "EXIGENCE_DU_POSTE", true)]
    [InlineData(PreselectionState.Withdrawn, "TRAJET", true)]
    [InlineData(PreselectionState.Withdrawn, "DOUBLON", false)]
    [InlineData(PreselectionState.Withdrawn, "EMPLOI_TROUVE", false)]
    [InlineData(PreselectionState.Hired, "COMPETENCES", false)]
    [InlineData(PreselectionState.Declined, null, false)]
    public void Only_reasons_about_the_person_and_the_post_teach_a_model(PreselectionState state, string? code, bool isAboutTheFit) =>
        Assert.Equal(isAboutTheFit, RefusalCounts.IsAboutTheFit(state, code));

    [Theory]
    [InlineData(false, OutcomeLabel.Kept, PreselectionState.Proposed, PreselectionState.Transmitted, PreselectionState.Declined)]
    [InlineData(true, OutcomeLabel.NotKept, PreselectionState.Proposed, PreselectionState.Transmitted, PreselectionState.Declined)]
    [InlineData(true, OutcomeLabel.Interviewed, PreselectionState.Proposed, PreselectionState.Interview, PreselectionState.Declined)]
    public void A_no_about_the_fit_lowers_the_label_of_who_was_never_met(bool isRefusedForTheFit, int expected, params PreselectionState[] reached) =>
        Assert.Equal(expected, OutcomeLabel.Of(reached, null, null, new(2026, 11, 16), isRefusedForTheFit));
}
