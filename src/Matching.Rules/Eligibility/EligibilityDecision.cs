using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

public enum DecisionBasis
{
    Proof,
    ReasonedOpinion,
}

/// <summary>A validated eligibility: frozen, never recomputed. Later changes of the person do not touch it.</summary>
/// <param name="ProofSeenOn">The day the deciding proof was seen; null for a reasoned opinion.</param>
/// <param name="Opinion">Text of the reasoned opinion (avis motivé); null when a proof decides.</param>
public sealed record EligibilityDecision(
    PersonId PersonId,
    MarketId MarketId,
    int PublicListVersion,
    string CategoryCode,
    DecisionBasis Basis,
    DateOnly? ProofSeenOn,
    string? Opinion,
    string DecidedBy,
    DateOnly DecidedOn,
    DateOnly ValidFrom,
    DateOnly ValidUntil)
{
    public const string OpinionCategory = "AVIS_MOTIVE";

    /// <summary>A reasoned opinion shorter than this gives no reason.</summary>
    public const int OpinionMinimumLength = 30;

    public static Rule Frozen { get; } = new(
        "eligibilite.figee",
        "L’éligibilité est appréciée le jour de la validation, avant la mise au travail, puis reste acquise pour la durée prévue au marché.",
        Rule.ToConfirm + " (pratique courante ; date et décision conservées)");

    /// <summary>Validates on a proof that was seen. A refusal says, in French, what is missing.</summary>
    public static (EligibilityDecision? Decision, string? Refusal) Validate(Person person, Market market, DateOnly day, string decidedBy)
    {
        var verdict = EligibilityVerdict.Judge(person.Eligibility, market.Publics, day);
        if (verdict.Status != EligibilityStatus.Eligible)
        {
            return (null, verdict.Status == EligibilityStatus.ProofMissing
                ? "Il manque un justificatif : enregistrez la pièce vue et sa date, puis validez."
                : "Aucun public de la liste de ce marché ne correspond : seul un avis motivé permet de valider.");
        }

        var standing = verdict.Standings.First(s => s.Category == verdict.Category).Standing;
        return (new EligibilityDecision(person.Id, market.Id, market.Publics.Version, verdict.Category!.Code, DecisionBasis.Proof,
            standing.On, null, decidedBy, day, day, Credit.LastDay(day, market)), null);
    }

    /// <summary>Validates on the facilitator's reasoned opinion (K, 13th public): named author, date, and a text that gives the reason.</summary>
    public static (EligibilityDecision? Decision, string? Refusal) ByOpinion(PersonId person, Market market, DateOnly day, string decidedBy, string? opinion)
    {
        var text = (opinion ?? "").Trim();
        return text.Length < OpinionMinimumLength
            ? (null, $"L’avis motivé doit expliquer la décision en {OpinionMinimumLength} caractères au moins.")
            : (new EligibilityDecision(person, market.Id, market.Publics.Version, OpinionCategory, DecisionBasis.ReasonedOpinion,
                null, text, decidedBy, day, day, Credit.LastDay(day, market)), null);
    }
}
