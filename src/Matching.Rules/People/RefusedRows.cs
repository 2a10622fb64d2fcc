namespace Matching.Rules.People;

/// <summary>How long what an import refused is kept to be mended.</summary>
public static class RefusedRows
{
    /// <summary>Days during which the rows may be mended: by then the pool itself is to be confirmed again.</summary>
    public const int KeptDays = Freshness.ConfirmAfterDays;

    public static Rule Forgotten { get; } = new(
        "vivier.lignes-refusees",
        "Les valeurs d’une ligne refusée à l’import sont effacées dès qu’elle est corrigée, et au plus tard 60 jours après l’import ; les totaux du rapport restent.",
        Rule.ToConfirm + " (choix du service : minimisation des données, le délai est celui de la confirmation d’un vivier)");

    /// <summary>What was imported before this day holds no value any more.</summary>
    public static DateOnly ForgottenBefore(DateOnly today) => today.AddDays(-KeptDays);
}
