using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

/// <summary>The table of steps, against the same steps written once more as a facilitator would say them.</summary>
public sealed class TransitionTests
{
    private const string Story =
        """
        Facilitator Proposed: Contacted Interested Preselected Withdrawn
        Facilitator Contacted: Interested Preselected Withdrawn
        Facilitator Interested: Proposed Preselected Withdrawn
        Facilitator Preselected: Proposed Transmitted Withdrawn
        Facilitator Transmitted: Interview Chosen Declined Withdrawn
        Facilitator Interview: Interview Chosen Declined Withdrawn
        Facilitator Chosen: Interview Declined Hired Withdrawn
        Facilitator Declined: Proposed Interview Preselected
        Facilitator Hired: Ended
        Facilitator Withdrawn: Proposed
        Structure Proposed: Contacted Interested Withdrawn
        Structure Contacted: Interested Withdrawn
        Structure Interested: Withdrawn
        Structure Preselected: Withdrawn
        Structure Transmitted: Withdrawn
        Structure Interview: Withdrawn
        Structure Chosen: Withdrawn
        Company Transmitted: Interview Chosen Declined
        Company Interview: Interview Chosen Declined
        Company Chosen: Interview Declined
        Company Declined: Interview Chosen Declined
        System Proposed: Withdrawn
        System Contacted: Withdrawn
        System Interested: Withdrawn
        System Preselected: Withdrawn
        System Transmitted: Withdrawn
        System Interview: Withdrawn
        System Chosen: Withdrawn
        """;

    private static readonly HashSet<(PreselectionState, PreselectionState, PreselectionActor)> Told =
    [
        .. Story.Split('\n').Select(line => line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(words => words.Skip(2).Select(to =>
                (Enum.Parse<PreselectionState>(words[1]), Enum.Parse<PreselectionState>(to), Enum.Parse<PreselectionActor>(words[0])))),
    ];

    [Fact]
    [Trait("règle", "preselection.etapes")]
    public void Each_of_the_484_steps_is_allowed_exactly_when_the_story_says_so()
    {
        var seen = 0;
        foreach (var from in Enum.GetValues<PreselectionState>())
        {
            foreach (var to in Enum.GetValues<PreselectionState>())
            {
                foreach (var actor in Enum.GetValues<PreselectionActor>())
                {
                    seen++;
                    var refusal = Transitions.Allow(from, to, actor);
                    Assert.True(Told.Contains((from, to, actor)) == (refusal is null), $"{actor}: {from} → {to}: {refusal ?? "permis"}");
                }
            }
        }

        Assert.Equal(484, seen);
        Assert.Equal(Told.Count, Transitions.All.Count);
    }

    [Fact]
    public void A_refused_step_says_both_states_and_what_is_possible_instead()
    {
        var refusal = Transitions.Allow(PreselectionState.Interested, PreselectionState.Chosen, PreselectionActor.Facilitator);

        Assert.Equal("Une personne « Intéressée » ne peut pas passer à « Retenue par l’entreprise ». Étapes possibles : « Présélectionnée », « Proposée », « Retirée ».", refusal);
    }

    [Fact]
    public void A_step_that_belongs_to_someone_else_says_to_whom()
    {
        var refusal = Transitions.Allow(PreselectionState.Interested, PreselectionState.Preselected, PreselectionActor.Structure);

        Assert.Equal("Une personne « Intéressée » ne peut pas passer à « Présélectionnée » par votre intermédiaire : cette étape revient au facilitateur.", refusal);
    }

    [Fact]
    public void Nobody_leaves_a_contract_that_has_ended()
    {
        Assert.DoesNotContain(Transitions.All, t => t.From == PreselectionState.Ended);
    }

    [Fact]
    [Trait("règle", "sortie.codes")]
    public void A_refusal_a_withdrawal_and_an_end_always_come_with_a_reason_and_no_other_step_does()
    {
        PreselectionState[] reasoned = [PreselectionState.Declined, PreselectionState.Withdrawn, PreselectionState.Ended];
        Assert.All(Transitions.All, t => Assert.Equal(reasoned.Contains(t.To), t.NeedsReason));
    }

    [Theory]
    [InlineData("COMPETENCES", null)]
    [InlineData("PAS_INTERESSEE", "Ce motif n’est pas dans la liste de cette étape : choisissez-en un dans la liste.")]
    [InlineData("", "Choisissez un motif dans la liste.")]
    [InlineData(null, "Choisissez un motif dans la liste.")]
    public void A_company_declines_with_a_reason_of_its_own_list(string? code, string? sentence)
    {
        var step = Transitions.Find(PreselectionState.Transmitted, PreselectionState.Declined, PreselectionActor.Company)!;

        Assert.Equal(sentence, Transitions.CheckReason(step, code));
    }

    [Fact]
    public void A_structure_cannot_give_the_facilitators_reason_for_a_withdrawal()
    {
        var step = Transitions.Find(PreselectionState.Interested, PreselectionState.Withdrawn, PreselectionActor.Structure)!;

        Assert.NotNull(Transitions.CheckReason(step, "AUTRES_PERSONNES"));
        Assert.Null(Transitions.CheckReason(step, "PLUS_DISPONIBLE"));
    }

    [Fact]
    public void No_reason_speaks_of_what_the_law_forbids()
    {
        string[] forbidden = ["santé", "âge", "origine", "nationalité", "sexe", "grossesse", "famille", "handicap", "judiciaire", "prison", "religion", "quartier", "adresse"];
        Assert.All(Reasons.All, reason => Assert.DoesNotContain(forbidden, word => reason.Label.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Each_code_names_one_reason_for_the_state_it_leads_to()
    {
        Assert.Equal("Autre raison liée au poste", Reasons.Label(PreselectionState.Declined, "AUTRE"));
        Assert.Equal("Autre situation", Reasons.Label(PreselectionState.Ended, "AUTRE"));
        Assert.Equal("Embauchée ailleurs", Reasons.Label(PreselectionState.Withdrawn, Reasons.HiredElsewhere));
        Assert.Null(Reasons.Label(PreselectionState.Withdrawn, "COMPETENCES"));
    }

    [Fact]
    public void A_state_is_found_again_by_its_code_and_by_the_verb_of_the_api()
    {
        Assert.All(Enum.GetValues<PreselectionState>(), state =>
        {
            Assert.True(PreselectionStates.TryParse(state.Code(), out var byCode));
            Assert.True(PreselectionStates.TryParseVerb(state.Verb(), out var byVerb));
            Assert.Equal((state, state), (byCode, byVerb));
        });
        Assert.False(PreselectionStates.TryParse("INCONNU", out _));
    }
}
