using System.Globalization;

namespace Matching.Rules.Hours;

/// <summary>The penalties written in a marché; null where it sets none.</summary>
/// <param name="CentsPerMissingHour">For each whole hour owed and not done at the end.</param>
/// <param name="CentsPerLateDay">For each day that proofs are late, from the formal notice.</param>
/// <param name="RateMultiple">In hundredths: a missing hour is worth so many times <paramref name="HourlyRateCents"/>, in place of a fixed amount.</param>
/// <param name="HourlyRateCents">The rate that the contract names, as it stands today: a ceiling, a minimum wage.</param>
public sealed record PenaltyTerms(int? CentsPerMissingHour = null, int? CentsPerLateDay = null, int? RateMultiple = null, int? HourlyRateCents = null)
{
    /// <summary>What a missing hour is worth, in whole cents; null where the marché says nothing.</summary>
    public long? CentsPerHour => RateMultiple is { } times && HourlyRateCents is { } rate ? (long)times * rate / 100 : CentsPerMissingHour;

    /// <summary>What is wrong with the values, by form field; null when they can be kept.</summary>
    public (string Field, string Sentence)? Fault() =>
        RateMultiple is null != HourlyRateCents is null ? ("penalite_multiple", "Pénalité : un multiple et le taux horaire qu’il multiplie s’écrivent ensemble.")
        : RateMultiple is not null && CentsPerMissingHour is not null ? ("penalite_heure", "Pénalité : écrire un montant par heure, ou un multiple d’un taux, pas les deux.")
        : null;
}

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

    public static Rule MultipleOfRate { get; } = new(
        "penalite.multiple", "Un marché peut fixer la pénalité d’une heure non faite comme un multiple d’un taux horaire : heures manquantes × multiple × taux, à l’entier de centime inférieur.",
        "Ministère de l’Éducation nationale, clause de formation du 7 février 2018 (4 fois le plafond horaire de la sécurité sociale, « à adapter »), document lu en août 2026");

    public static Rule OfTheConvention { get; } = new(
        "penalite.convention", "Sous une convention de globalisation, les heures manquantes se comptent une fois, sur le total de ses lots, à la fin du dernier ; elles ne se comptent plus lot par lot.",
        Rule.ToConfirm + " (atoutclauses.fr décrit la convention ; sa pénalité n’a pas été lue)");

    public static IReadOnlyList<Rule> All { get; } = [OnlyProposed, MissingHours, MultipleOfRate, OfTheConvention, LateDays];

    public long TotalCents => Lines.Sum(line => line.Cents);

    /// <summary>The proposal on a day. Hours are missing only once the marché is over; before, that line is absent.</summary>
    public static PenaltyProposal On(
        DateOnly today, PenaltyTerms terms, DateOnly? lastDay, int owedMinutes, int countedMinutes, IReadOnlyList<FormalNotice> notices)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var lines = new List<PenaltyLine>();
        var missing = Math.Max(0, owedMinutes - countedMinutes) / 60;
        if (terms.CentsPerHour is { } hour && lastDay < today && missing > 0)
        {
            var price = terms is { RateMultiple: { } times, HourlyRateCents: { } rate } ? $"{(times / 100m).ToString("0.##", French)} × {Euros(rate)}" : Euros(hour);
            lines.Add(new(terms.RateMultiple is null ? MissingHours : MultipleOfRate,
                $"{HoursText.Show(owedMinutes)} dues − {HoursText.Show(countedMinutes)} comptées = {missing.ToString("N0", French)} h entières × {price}", missing * hour));
        }

        if (terms.CentsPerLateDay is { } day)
        {
            lines.AddRange(notices.OrderBy(notice => notice.SentOn).ThenBy(notice => notice.Id)
                .Select(notice => (notice, Days: DaysLate(notice, today))).Where(it => it.Days > 0)
                .Select(it => new PenaltyLine(LateDays, $"{it.notice.Subject}, mise en demeure du {it.notice.SentOn:dd/MM/yyyy} : {it.Days} jour{(it.Days > 1 ? "s" : "")} × {Euros(day)}", (long)it.Days * day)));
        }

        return new PenaltyProposal(lines);
    }

    /// <summary>The proposal for the lots of a convention together; null when their marchés do not price a missing hour alike.</summary>
    /// <param name="lots">The terms and the last day of each lot.</param>
    public static PenaltyProposal? OnPool(DateOnly today, IReadOnlyList<(PenaltyTerms Terms, DateOnly? LastDay)> lots, int owedMinutes, int countedMinutes)
    {
        var prices = lots.Select(it => it.Terms with { CentsPerLateDay = null }).Distinct().ToList();
        var last = lots.Any(it => it.LastDay is null) ? null : lots.Max(it => it.LastDay);
        return prices.Count != 1 ? null
            : new([.. On(today, prices[0], last, owedMinutes, countedMinutes, []).Lines.Select(line => line with { Rule = OfTheConvention })]);
    }

    /// <summary>Days from the day after the notice to the day when everything was received, that day included.</summary>
    public static int DaysLate(FormalNotice notice, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return Math.Max(0, (notice.SettledOn is { } settled && settled < today ? settled : today).DayNumber - notice.SentOn.DayNumber);
    }

    private static string Euros(long cents) => (cents / 100m).ToString(cents % 100 == 0 ? "N0" : "N2", French) + "\u00a0€";
}
