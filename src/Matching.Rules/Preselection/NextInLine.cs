using Matching.Rules.Eligibility;

namespace Matching.Rules.Preselection;

/// <summary>Someone who could take the place of a person who left, as the service finds them on that day.</summary>
/// <param name="State">Where they stand on this posting; null when only a ranked list named them.</param>
/// <param name="ReasonCode">Why their path stopped, when it did.</param>
/// <param name="IsPublished">Whether their structure publishes them to this facilitator now.</param>
/// <param name="WorksUntil">The last day of a contract that runs or is to come; <see cref="DateOnly.MaxValue"/> when it has none.</param>
/// <param name="IsValidated">Whether their eligibility to this lot is validated and in force.</param>
/// <param name="Status">What the rules say of their present situation.</param>
public sealed record LineFacts(
    PreselectionState? State, string? ReasonCode, bool IsPublished, DateOnly? WorksUntil, DateOnly AvailableFrom, bool IsValidated, EligibilityStatus Status);

/// <summary>The next people in line when somebody leaves a post.</summary>
public static class NextInLine
{
    public static Rule StillAvailable { get; } = new(
        "remplacement.suivants",
        "Pour un remplacement, on demande de nouveau aux personnes de l’offre que rien n’a écartées du poste lui-même, puis à celles de la dernière liste, si elles sont encore publiées, disponibles, sans contrat en cours et éligibles ; les autres sont montrées avec la raison.",
        "Choix du service, pour qu’un remplacement soit rapide et que personne ne soit oublié sans raison");

    /// <summary>The reasons that say nothing of the person: the post was taken, or others were proposed.</summary>
    private static readonly string[] PassingReasons = ["POSTE_POURVU", "POSTE_SUPPRIME", "AUTRES_PERSONNES", "OFFRE_FERMEE", Reasons.HiredElsewhere, Reasons.ReplacementUndone];

    /// <summary>Whether the person is in line at all: a company's or a person's own no stands.</summary>
    public static bool Holds(PreselectionState? state, string? reasonCode) => state switch
    {
        null => true,
        PreselectionState.Declined or PreselectionState.Withdrawn => PassingReasons.Contains(reasonCode),
        PreselectionState.Hired or PreselectionState.Ended => false,
        _ => true,
    };

    /// <summary>The place of a state in the line: the nearer to the company, the earlier.</summary>
    public static int Turn(PreselectionState? state) => state switch
    {
        PreselectionState.Chosen => 0,
        PreselectionState.Interview => 1,
        PreselectionState.Transmitted => 2,
        PreselectionState.Preselected => 3,
        PreselectionState.Interested => 4,
        PreselectionState.Contacted => 5,
        PreselectionState.Proposed => 6,
        PreselectionState.Declined => 7,
        PreselectionState.Withdrawn => 8,
        _ => 9,
    };

    /// <summary>Whether the company already has the file: it is asked, not the person.</summary>
    public static bool IsWithCompany(PreselectionState? state) =>
        state is PreselectionState.Chosen or PreselectionState.Interview or PreselectionState.Transmitted;

    /// <summary>Why the person cannot be asked now, in the words that follow the name; null when they can.</summary>
    public static string? WhyNot(LineFacts person, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(person);
        return !person.IsPublished ? "n’est plus publiée par sa structure."
            : person.WorksUntil is { } until && until >= day ? until == DateOnly.MaxValue ? "est en contrat sur un marché." : $"est en contrat sur un marché jusqu’au {French(until)}."
            : person.AvailableFrom > day ? $"n’est disponible qu’à partir du {French(person.AvailableFrom)}."
            : !person.IsValidated && person.Status == EligibilityStatus.NotEligible ? "ne relève pas des publics de ce marché, d’après sa situation actuelle."
            : null;
    }

    private static string French(DateOnly day) => day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
