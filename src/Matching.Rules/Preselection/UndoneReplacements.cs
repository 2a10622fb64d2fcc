namespace Matching.Rules.Preselection;

/// <summary>A replacement that was launched, as someone who would take it back finds it.</summary>
/// <param name="IsOwn">Whether the person asking is the one who launched it.</param>
/// <param name="IsAnswered">Whether a person asked, or anyone else on the posting, has moved since.</param>
/// <param name="IsPostingAsLeft">Whether the posting is still as the replacement left it.</param>
/// <param name="IsRemembered">Whether the service kept what there was before: not for a replacement launched by an earlier version.</param>
public sealed record LaunchedReplacement(bool IsOwn, bool IsAnswered, bool IsPostingAsLeft, bool IsRemembered);

/// <summary>Taking back a replacement that was launched.</summary>
public static class UndoneReplacements
{
    public const string AlreadyUndone = "Il n’y a pas de remplacement à annuler : il est déjà annulé, ou n’a pas été lancé.";

    public static Rule WhileNobodyAnswered { get; } = new(
        "remplacement.annulation",
        "Un remplacement s’annule par la seule personne qui l’a lancé, tant que personne n’y a répondu et que l’offre n’a pas changé ; chacun reprend sa place, et qui a été prévenu du remplacement est prévenu de son annulation.",
        "Choix du service, comme pour l’annulation d’une étape");

    /// <summary>Null when the replacement may be taken back; else the French sentence that says why it may not.</summary>
    public static string? Check(LaunchedReplacement? replacement) =>
        replacement is null ? AlreadyUndone
        : !replacement.IsOwn ? "Un remplacement s’annule par la personne qui l’a lancé."
        : replacement.IsAnswered ? "Quelqu’un a déjà répondu, ou une personne de l’offre a avancé depuis : ce remplacement ne s’annule plus. Retirez les personnes qu’il ne faut plus demander et prévenez leur structure."
        : !replacement.IsPostingAsLeft ? "L’offre a été modifiée depuis : ce remplacement ne s’annule plus. Déclarez l’offre pourvue ou close, et retirez les personnes demandées."
        : !replacement.IsRemembered ? "Ce remplacement a été lancé avant que l’annulation existe : déclarez l’offre pourvue ou close, et retirez les personnes demandées."
        : null;
}
