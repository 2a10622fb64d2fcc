using Matching.Rules.Postings;

namespace Matching.Rules.Hours;

/// <summary>What becomes of a work contract that goes on: extended by an amendment, or followed by another. Pure functions.</summary>
public static class ContractChanges
{
    public static Rule Extension { get; } = new(
        "contrat.prolongation", "Un contrat à durée limitée se prolonge par un avenant motivé, jusqu’à un jour plus tardif ; le crédit d’heures ne repart pas.",
        Rule.ToConfirm + " (usage local sur le départ des 24 mois)");

    public static Rule Renewal { get; } = new(
        "contrat.renouvellement", "Un renouvellement est un autre contrat de la même personne sur le même lot ; il commence après le précédent, une seule fois.",
        Rule.ToConfirm + " (usage local sur le départ des 24 mois)");

    public static Rule ShownOverlap { get; } = new(
        "contrat.chevauchement", "Les contrats d’une même personne qui courent en même temps sont signalés : leurs heures s’additionnent.",
        Rule.ToConfirm + " (contrôle du service)");

    public static IReadOnlyList<Rule> All { get; } = [Extension, Renewal, ShownOverlap];

    /// <summary>Whether a contract may run until <paramref name="newEnd"/>; null when it may.</summary>
    /// <param name="isEnded">The end of the contract was recorded, with the person's situation.</param>
    /// <param name="isRenewed">Another contract already follows this one.</param>
    public static HourRefusal? CheckExtension(WorkContract contract, bool isEnded, bool isRenewed, DateOnly newEnd, string? reason)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var sentence =
            contract.Kind == WorkContractKind.Cdi || contract.Period.End is null ? "Un CDI n’a pas de fin à repousser."
            : isEnded ? "La fin de ce contrat est enregistrée : une suite est une nouvelle embauche."
            : isRenewed ? "Ce contrat est déjà suivi d’un renouvellement : prolongez le dernier."
            : newEnd <= contract.Period.End ? $"La nouvelle fin est après le {contract.Period.End:dd/MM/yyyy}. Pour une rupture, enregistrez la fin du contrat."
            : (reason ?? "").Trim().Length < HourRules.ReasonMinimumLength ? "Indiquez l’avenant ou le motif en quelques mots : il reste au registre."
            : null;
        return sentence is null ? null : new(Extension, sentence);
    }

    /// <summary>Whether a contract that begins on <paramref name="start"/> may follow this one; null when it may.</summary>
    public static HourRefusal? CheckRenewal(WorkContract contract, bool isEnded, bool isRenewed, DateOnly start)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var sentence =
            isEnded ? "La fin de ce contrat est enregistrée avec la situation de la personne : une suite est une nouvelle embauche."
            : isRenewed ? "Ce contrat est déjà suivi d’un renouvellement."
            : contract.Period.End is not { } end ? "Un CDI court sans fin : il n’y a rien à renouveler."
            : start <= end ? $"Le renouvellement commence après le dernier jour de ce contrat, le {end:dd/MM/yyyy}."
            : null;
        return sentence is null ? null : new(Renewal, sentence);
    }
}
