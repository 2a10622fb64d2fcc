namespace Matching.Rules.Eligibility;

/// <summary>An eligibility that the facilitator took back: it stands until the day before <paramref name="From"/>.</summary>
/// <param name="On">The day it was taken back.</param>
public sealed record EligibilityWithdrawal(DateOnly From, string Reason, string By, DateOnly On)
{
    /// <summary>A reason shorter than this tells nothing to the person it concerns.</summary>
    public const int ShortestReason = 20;

    public static Rule Decided { get; } = new(
        "eligibilite.retrait",
        "Le facilitateur retire une éligibilité validée à tort à partir d’un jour, avec son motif : elle n’ouvre plus d’embauche, et les heures faites depuis ce jour ne se déclarent ni ne comptent plus.",
        Rule.ToConfirm + " (usage du service ; une pièce fausse ou une erreur se corrige par une décision, jamais en silence)");

    /// <summary>What is wrong with it, by form field; null when it may be written on <paramref name="today"/>.</summary>
    public static (string Field, string Sentence)? Fault(EligibilityDecision decision, DateOnly from, string reason, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(reason);
        return decision.Withdrawal is { } already ? ("retrait_du", $"Cette éligibilité est déjà retirée, à partir du {already.From:dd/MM/yyyy}.")
            : from < decision.ValidFrom || from > decision.ValidUntil ? ("retrait_du", $"Retrait : cette éligibilité vaut du {decision.ValidFrom:dd/MM/yyyy} au {decision.ValidUntil:dd/MM/yyyy}. Choisir un de ces jours.")
            : from > today ? ("retrait_du", "Retrait : ce jour n’est pas encore venu. Choisir aujourd’hui ou un jour passé.")
            : reason.Trim().Length < ShortestReason ? ("retrait_motif", $"Motif : dire en {ShortestReason} caractères au moins ce qui montre que la validation était fausse, sans détail de santé ni de justice.")
            : null;
    }
}
