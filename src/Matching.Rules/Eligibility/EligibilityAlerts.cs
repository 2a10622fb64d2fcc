using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

/// <summary>A frozen decision against what is known of the person since. Nothing is recomputed: it is only told.</summary>
public static class EligibilityAlerts
{
    public static Rule Told { get; } = new(
        "eligibilite.alerte",
        "Un fait qui contredit une éligibilité validée la laisse acquise : il est signalé au facilitateur, qui dit en quelques mots ce qu’il en fait.",
        Rule.ToConfirm + " (pratique courante : éligibilité figée à la validation)");

    /// <summary>
    /// Why today's facts contradict the decision, judged on the day it was taken and under its own version; null when they do not. Time that
    /// passes (a birthday, an attestation grown old, a PASS that ends later) contradicts nothing.
    /// </summary>
    public static string? Of(EligibilityDecision decision, EligibilityFacts facts, EligibilityTerms terms)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Basis != DecisionBasis.Proof || PublicCategories.ByCode(decision.CategoryCode) is not { IsDeclared: true } category)
        {
            return null;
        }

        var standing = category.Check(facts, terms, decision.DecidedOn);
        return standing.Kind == StandingKind.NotMet ? standing.Sentence : null;
    }
}
