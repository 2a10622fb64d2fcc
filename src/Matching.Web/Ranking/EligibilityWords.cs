using Matching.Rules.Eligibility;

namespace Matching.Web.Ranking;

/// <summary>How a list says where a person stands under the publics of the marché.</summary>
public static class EligibilityWords
{
    /// <param name="isValidated">Whether a decision for this marché is in force: it stands whatever has changed since.</param>
    public static (EligibilityStatus Status, string Sentence) Of(EligibilityVerdict verdict, bool isValidated)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return isValidated
            ? (EligibilityStatus.Eligible, "Éligibilité validée pour ce marché")
            : verdict.Status switch
            {
                EligibilityStatus.Eligible => (verdict.Status, "Éligible : justificatif vu, à valider"),
                EligibilityStatus.ProofMissing => (verdict.Status, "Justificatif à voir"),
                _ => (verdict.Status, "Situation changée : à revoir"),
            };
    }

    /// <summary>The tone of the badge; its words say it too.</summary>
    public static string Tone(EligibilityStatus status) => status switch
    {
        EligibilityStatus.Eligible => "ok",
        EligibilityStatus.ProofMissing => "warn",
        _ => "wrong",
    };
}
