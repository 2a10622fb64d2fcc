using Matching.Rules.Preselection;

namespace Matching.Web.Ranking;

/// <summary>The ranked list as programs read it. Points of the reasons and <c>autres_points</c> always sum to <c>points</c>.</summary>
public static class CandidateJson
{
    public static object Of(RankCandidates.Answer answer) => new
    {
        offre = answer.PostingId.Value,
        intitule = answer.Title,
        liste = answer.ListId?.Value,
        modele = answer.ModelVersion,
        personnes_publiees = answer.InScope,
        personnes_classees = answer.Passing,
        candidats = answer.People.Select(person => new
        {
            rang = person.Rank,
            personne = person.PersonId.Value,
            affichage = person.ShownAs,
            reference = person.Reference,
            structure = person.Structure,
            points = person.Score,
            raisons_pour = person.Reasons.For.Select(ReasonOf),
            raisons_contre = person.Reasons.Against.Select(ReasonOf),
            autres_points = person.Reasons.OtherPoints,
            ce_qui_changerait = person.Improvements.Select(ImprovementOf),
            eligibilite = person.EligibilitySentence,
            etape = person.State?.Code(),
            meme_personne = person.Other is { } other ? new { personne = other.PersonId.Value, structure = other.Structure, rang = other.Rank, etape = other.State?.Code() } : null,
        }),
        propositions = answer.Suggested.Select(it => new
        {
            personne = it.Suggestion.PersonId.Value,
            affichage = it.ShownAs,
            structure = it.Suggestion.PoolName,
            mot = it.Suggestion.Word,
            proposee_le = it.Suggestion.SuggestedAt,
            rang = it.Rank,
            points = it.Score,
            eligibilite = it.EligibilitySentence,
        }),
        reponses_negatives = answer.Refusals.Select(it => new { motif = it.Reason.Code, libelle = it.Reason.Label, personnes = it.People }),
        ecartees = answer.WhyNot.Select(why => new { regle = why.Rule, phrase = why.Sentence, personnes = why.People, dont_par_cette_seule_regle = why.Alone }),
    };

    internal static object ImprovementOf(Features.Improvement change) => new { critere = change.Label, phrase = change.Sentence, points = change.PointsGained, rang = change.RankThen };

    internal static object ReasonOf(Features.Reason reason) => new { critere = reason.Feature, libelle = reason.Label, phrase = reason.Sentence, points = reason.Points };
}
