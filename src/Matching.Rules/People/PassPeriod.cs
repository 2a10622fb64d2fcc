using Matching.Rules.Markets;

namespace Matching.Rules.People;

/// <summary>A suspension of a PASS IAE: both days included.</summary>
public sealed record PassSuspension(DateOnly Start, DateOnly End)
{
    public int Days => End.DayNumber - Start.DayNumber + 1;
}

/// <summary>A prolongation that was granted, in whole months.</summary>
public sealed record PassProlongation(string ReasonCode, int Months);

/// <summary>A reason to prolong, with what it allows.</summary>
/// <param name="EachMonths">Longest single prolongation.</param>
/// <param name="TotalMonths">Longest sum of the prolongations of this reason; null when no sum is set.</param>
/// <param name="FromYears">Youngest age; null when age does not matter.</param>
/// <param name="OnlyFor">Kinds of structure that may ask for it; empty for all.</param>
public sealed record ProlongationReason(
    string Code, string Label, int EachMonths, int? TotalMonths, bool NeedsPrescriber, int? FromYears, IReadOnlyList<OrganizationKind> OnlyFor);

/// <summary>The days of a PASS IAE: how long it runs, what stops it for a while, what prolongs it, how long the wait is after it.</summary>
public static class PassPeriod
{
    private const string Approvals = "Code public des emplois de l’inclusion (approvals/models.py), lu en août 2026";

    public const int LengthDays = 2 * 365;
    public const int SuspensionMonths = 36;
    public const int SuspensionBackDays = 365;
    public const int WaitingYears = 2;
    public const int MonthsBeforeEnd = 12;
    public const int MonthsAfterEnd = 6;
    public const int LongestProlongationMonths = 120;

    private const int MostMonthsLeft = MonthsBeforeEnd + LongestProlongationMonths + SuspensionMonths;

    public static Rule Length { get; } = new(
        "pass.duree", $"Un PASS IAE dure {LengthDays} jours à compter de son premier jour, dernier jour compris.", Approvals);

    public static Rule Suspension { get; } = new(
        "pass.suspension",
        $"Une suspension dure {SuspensionMonths} mois au plus, ne commence ni dans l’avenir ni plus de {SuspensionBackDays} jours en arrière, et n’en chevauche pas une autre.",
        Approvals);

    public static Rule SuspensionAddsDays { get; } = new(
        "pass.suspension-report", "Une suspension repousse la fin du PASS IAE d’autant de jours qu’elle en compte, premier et dernier compris.",
        Rule.ToConfirm + " (le report est lu dans le code public des emplois de l’inclusion, le compte exact des jours ne l’est pas)");

    public static Rule Prolongation { get; } = new(
        "pass.prolongation",
        $"Une prolongation se demande de {MonthsBeforeEnd} mois avant à {MonthsAfterEnd} mois après la fin du PASS IAE, hors suspension, pour un motif, dans sa durée et son cumul.",
        Approvals + " ; code du travail, R5132-1-8");

    public static Rule Waiting { get; } = new(
        "pass.carence",
        $"Après la fin d’un PASS IAE, un nouveau PASS attend {WaitingYears} ans, sauf si un prescripteur habilité présente la personne.",
        Approvals);

    public static Rule FurthestEnd { get; } = new(
        "pass.fin-la-plus-lointaine",
        $"Un PASS IAE ne finit jamais à plus de {MostMonthsLeft / 12} ans : {MonthsBeforeEnd} mois avant la fin quand la prolongation se demande, {LongestProlongationMonths} mois de prolongation (CDI d’inclusion), {SuspensionMonths} mois de suspension.",
        Approvals + " ; le maximum est la somme de ses durées");

    public static IReadOnlyList<Rule> All { get; } = [Length, Suspension, SuspensionAddsDays, Prolongation, Waiting, FurthestEnd];

    public static IReadOnlyList<ProlongationReason> Reasons { get; } =
    [
        new("SENIOR_CDI", "CDI d’inclusion, 57 ans ou plus", LongestProlongationMonths, null, false, 57, []),
        new("COMPLETE_TRAINING", "Fin d’une formation", 12, null, false, null, []),
        new("RQTH", "Travailleur handicapé", 12, 36, true, null, []),
        new("SENIOR", "50 ans ou plus", 12, 60, true, 50, []),
        new("PARTICULAR_DIFFICULTIES", "Difficultés particulières (AI et ACI)", 12, 36, true, null, [OrganizationKind.Ai, OrganizationKind.Aci]),
    ];

    /// <summary>The last day of a PASS that begins on <paramref name="start"/>, with what was suspended and prolonged.</summary>
    public static DateOnly LastDay(DateOnly start, IReadOnlyList<PassSuspension>? suspensions = null, IReadOnlyList<PassProlongation>? prolongations = null) =>
        start.AddDays(LengthDays - 1 + (suspensions ?? []).Sum(it => it.Days)).AddMonths((prolongations ?? []).Sum(it => it.Months));

    /// <summary>The last day that a PASS may be said to have on <paramref name="day"/>; a month more than the sum, for months are not all as long.</summary>
    public static DateOnly FurthestLastDay(DateOnly day) => day.AddMonths(MostMonthsLeft + 1);

    /// <summary>Last day of the wait before a new PASS without an authorised prescriber.</summary>
    public static DateOnly WaitingUntil(DateOnly lastDay) => lastDay.AddYears(WaitingYears);

    /// <summary>Why a new PASS cannot begin on <paramref name="day"/>; null when it can.</summary>
    public static string? CheckNew(DateOnly formerLastDay, DateOnly day, bool isPresentedByPrescriber) =>
        day <= formerLastDay ? $"Le PASS IAE précédent court jusqu’au {formerLastDay:dd/MM/yyyy} : il est encore valide."
        : isPresentedByPrescriber || day > WaitingUntil(formerLastDay) ? null
        : $"Délai de carence jusqu’au {WaitingUntil(formerLastDay):dd/MM/yyyy} : un prescripteur habilité peut présenter la personne avant.";

    /// <summary>Why a suspension is refused on <paramref name="today"/>; null when it is accepted.</summary>
    public static string? CheckSuspension(PassSuspension asked, DateOnly passLastDay, IReadOnlyList<PassSuspension> others, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return asked.End < asked.Start ? "La fin de la suspension précède son début."
            : asked.Start > today ? "Une suspension ne commence pas dans l’avenir."
            : asked.Start < today.AddDays(-SuspensionBackDays) ? $"Une suspension ne remonte pas à plus de {SuspensionBackDays} jours."
            : asked.Start > passLastDay ? "Le PASS IAE est terminé au début de la suspension."
            : asked.End > Months.LastDay(asked.Start, SuspensionMonths) ? $"Une suspension dure {SuspensionMonths} mois au plus, ici jusqu’au {Months.LastDay(asked.Start, SuspensionMonths):dd/MM/yyyy}."
            : others.Any(other => other.Start <= asked.End && asked.Start <= other.End) ? "Cette suspension en chevauche une autre."
            : null;
    }

    /// <summary>A new hire ends a suspension the day before it; null when nothing of the suspension is left.</summary>
    public static PassSuspension? EndedByHire(PassSuspension suspension, DateOnly hiredOn)
    {
        ArgumentNullException.ThrowIfNull(suspension);
        return hiredOn > suspension.End ? suspension : hiredOn <= suspension.Start ? null : suspension with { End = hiredOn.AddDays(-1) };
    }

    /// <summary>Why a prolongation is refused on <paramref name="today"/>; null when it is accepted.</summary>
    /// <param name="granted">Those that the PASS already had.</param>
    public static string? CheckProlongation(
        PassProlongation asked, DateOnly passLastDay, IReadOnlyList<PassProlongation> granted, bool isSuspended, DateOnly birthDate, OrganizationKind structure,
        bool hasPrescriber, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (Reasons.FirstOrDefault(it => it.Code == asked.ReasonCode) is not { } reason)
        {
            return "Ce motif de prolongation n’existe pas.";
        }

        var total = asked.Months + granted.Where(it => it.ReasonCode == reason.Code).Sum(it => it.Months);
        return today < passLastDay.AddMonths(-MonthsBeforeEnd) ? $"La demande se fait au plus tôt le {passLastDay.AddMonths(-MonthsBeforeEnd):dd/MM/yyyy}."
            : today > passLastDay.AddMonths(MonthsAfterEnd) ? $"La demande se faisait au plus tard le {passLastDay.AddMonths(MonthsAfterEnd):dd/MM/yyyy}."
            : isSuspended ? "Le PASS IAE est suspendu : il ne se prolonge pas."
            : reason.FromYears is { } years && birthDate > passLastDay.AddYears(-years) ? $"Ce motif demande {years} ans révolus à la fin du PASS IAE."
            : reason.OnlyFor.Count > 0 && !reason.OnlyFor.Contains(structure) ? "Ce motif est réservé aux AI et aux ACI."
            : asked.Months < 1 || asked.Months > reason.EachMonths ? $"Une prolongation pour ce motif dure de 1 à {reason.EachMonths} mois."
            : total > reason.TotalMonths ? $"Le cumul pour ce motif est de {reason.TotalMonths} mois au plus ; il serait de {total} mois."
            : reason.NeedsPrescriber && !hasPrescriber ? "Ce motif demande l’accord d’un prescripteur habilité."
            : null;
    }
}
