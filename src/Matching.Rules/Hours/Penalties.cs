using System.Globalization;

namespace Matching.Rules.Hours;

/// <summary>The penalties written in a marché; null where it sets none.</summary>
/// <param name="CentsPerMissingHour">For each whole hour owed and not done at the end.</param>
/// <param name="CentsPerLateDay">For each day that proofs are late, from the formal notice.</param>
public sealed record PenaltyTerms(int? CentsPerMissingHour = null, int? CentsPerLateDay = null);

/// <summary>A formal notice to hand over the hours and proofs of a period.</summary>
/// <param name="SettledOn">The day when everything asked was received; null while it is awaited.</param>
public sealed record FormalNotice(Guid Id, string Subject, DateOnly SentOn, DateOnly? SettledOn);

/// <summary>One line of a proposal: the rule, the calculation in French, the amount.</summary>
public sealed record PenaltyLine(Rule Rule, string Calculation, long Cents);

/// <summary>What the formula of a marché gives: a proposal for the buyer, never an act of the program.</summary>
public sealed record PenaltyProposal(IReadOnlyList<PenaltyLine> Lines)
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static Rule OnlyProposed { get; } = new(
        "penalite.proposition", "Le service calcule une proposition de pénalité ; l’acheteur seul décide, après échange contradictoire, et rien n’est appliqué ici.",
        "CCAG 2021 (procédure contradictoire), cité par code-commande-publique.com ; principe du service");

    public static Rule MissingHours { get; } = new(
        "penalite.heures", "Chaque heure entière due et non faite à la fin du marché vaut le montant fixé par le marché.",
        "CCAP 21_BAM_048, art. 8.2.2 (200 € par heure)");

    public static Rule LateDays { get; } = new(
        "penalite.retard", "Chaque jour de retard dans la remise des justificatifs vaut le montant fixé par le marché, à compter du lendemain de la mise en demeure.",
        "CCAP 21_BAM_048, art. 8.2.2 (75 € par jour à compter de la mise en demeure)");

    public static IReadOnlyList<Rule> All { get; } = [OnlyProposed, MissingHours, LateDays];

    public long TotalCents => Lines.Sum(line => line.Cents);

    /// <summary>The proposal on a day. Hours are missing only once the marché is over; before, that line is absent.</summary>
    public static PenaltyProposal On(
        DateOnly today, PenaltyTerms terms, DateOnly? lastDay, int owedMinutes, int countedMinutes, IReadOnlyList<FormalNotice> notices)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var lines = new List<PenaltyLine>();
        var missing = Math.Max(0, owedMinutes - countedMinutes) / 60;
        if (terms.CentsPerMissingHour is { } hour && lastDay < today && missing > 0)
        {
            lines.Add(new(MissingHours,
                $"{HoursText.Show(owedMinutes)} dues − {HoursText.Show(countedMinutes)} comptées = {missing.ToString("N0", French)} h entières × {Euros(hour)}", (long)missing * hour));
        }

        if (terms.CentsPerLateDay is { } day)
        {
            lines.AddRange(notices.OrderBy(notice => notice.SentOn).ThenBy(notice => notice.Id)
                .Select(notice => (notice, Days: DaysLate(notice, today))).Where(it => it.Days > 0)
                .Select(it => new PenaltyLine(LateDays, $"{it.notice.Subject}, mise en demeure du {it.notice.SentOn:dd/MM/yyyy} : {it.Days} jour{(it.Days > 1 ? "s" : "")} × {Euros(day)}", (long)it.Days * day)));
        }

        return new PenaltyProposal(lines);
    }

    /// <summary>Days from the day after the notice to the day when everything was received, that day included.</summary>
    public static int DaysLate(FormalNotice notice, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return Math.Max(0, (notice.SettledOn is { } settled && settled < today ? settled : today).DayNumber - notice.SentOn.DayNumber);
    }

    private static string Euros(long cents) => (cents / 100m).ToString(cents % 100 == 0 ? "N0" : "N2", French) + "\u00a0€";
}
