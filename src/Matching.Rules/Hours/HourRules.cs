using Matching.Rules.Markets;

namespace Matching.Rules.Hours;

/// <summary>A "no" about hours: the rule that says it and the French sentence for this case.</summary>
public sealed record HourRefusal(Rule Rule, string Sentence);

/// <summary>What may be written in the ledger of a contract. Pure functions: the day of today is given.</summary>
public static class HourRules
{
    /// <summary>A month over the contract's own time by more than this is accepted but pointed out.</summary>
    public const int PlausibleOvertimePercent = 25;

    /// <summary>A reason shorter than this tells nothing to who reads it next year.</summary>
    public const int ReasonMinimumLength = 5;

    public const int ReasonMaximumLength = 500;

    private const int MaximumMonths = 120;

    private const int MinutesPerDay = 24 * 60;

    public static Rule Positive { get; } = new(
        "heures.positives", "Des heures déclarées sont supérieures à zéro ; une erreur se reprend par une contre-écriture.",
        Rule.ToConfirm + " (registre en ajout seul)");

    public static Rule InsideContract { get; } = new(
        "heures.contrat", "Des heures se déclarent pour un mois pendant lequel le contrat de travail court.",
        Rule.ToConfirm + " (preuve usuelle : copie du contrat)");

    public static Rule InsideMarket { get; } = new(
        "heures.marche", "Seules comptent les heures faites sur le marché qui porte la clause, entre son premier et son dernier jour.",
        "atoutclauses.fr (heures faites sur l’opération), lu en août 2026");

    public static Rule AlreadyWorked { get; } = new(
        "heures.passees", "Des heures se déclarent une fois faites : ni pour un mois à venir, ni pour des jours à venir.",
        Rule.ToConfirm + " (pratique : heures réellement travaillées)");

    public static Rule Calendar { get; } = new(
        "heures.calendrier", "Un mois ne peut porter plus de 24 heures par jour de contrat.",
        "Calendrier civil : un jour a 24 heures");

    public static Rule Plausible { get; } = new(
        "heures.vraisemblance", "Des heures dépassant de plus d’un quart la durée du contrat sont acceptées et signalées à vérifier.",
        Rule.ToConfirm + " (seuil du service)");

    public static Rule CounterEntry { get; } = new(
        "heures.contre-ecriture", "Une ligne ne s’efface pas : elle se reprend une seule fois, par une ligne exactement opposée et motivée.",
        Rule.ToConfirm + " (registre en ajout seul)");

    public static Rule Decision { get; } = new(
        "heures.decision", "Une ligne déclarée est validée ou rejetée une seule fois, par le facilitateur ; un rejet est motivé.",
        "CCAP 21_BAM_048, art. 1.4 (le facilitateur contrôle l’exécution des heures)");

    public static IReadOnlyList<Rule> All { get; } =
        [Positive, InsideContract, InsideMarket, AlreadyWorked, Calendar, Plausible, CounterEntry, Decision];

    /// <summary>Whether a new line may be declared on <paramref name="today"/>; null when it may.</summary>
    /// <param name="minutes">Whole minutes of the new line.</param>
    /// <param name="entries">The lines that the contract already has, all months.</param>
    public static HourRefusal? CheckDeclaration(
        WorkContract contract, Market market, CalendarMonth month, int minutes, IReadOnlyList<HourEntry> entries, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(market);
        if (minutes <= 0)
        {
            return new(Positive, "Le nombre d’heures doit être supérieur à zéro. Pour reprendre une ligne fausse, utilisez « Corriger » sur cette ligne.");
        }

        if (month.FirstDay > today)
        {
            return new(AlreadyWorked, $"Ce mois ({month.Label}) n’a pas commencé : déclarez ces heures une fois faites.");
        }

        if (month.DaysIn(contract.Period) == 0)
        {
            return new(InsideContract, $"Le contrat ne court pas en {month.Label} : il va {Shown(contract.Period)}. Choisissez un mois du contrat.");
        }

        if (month.DaysIn(market.Period) == 0)
        {
            return new(InsideMarket, $"Le marché ne court pas en {month.Label} : il va {Shown(market.Period)}.");
        }

        var days = Overlap(contract.Period, market.Period) is { } both && Overlap(both, new DatePeriod(DateOnly.MinValue, today)) is { } worked
            ? month.DaysIn(worked) : 0;
        var already = Standing(entries).Where(entry => entry.Month == month.FirstDay).Sum(entry => entry.Minutes);
        var most = days * MinutesPerDay;
        return minutes <= most - already ? null : new(Calendar,
            $"En {month.Label}, le contrat compte {days} jour{(days > 1 ? "s" : "")} à ce jour : {HoursText.Show(most)} au plus"
            + (already > 0 ? $", dont {HoursText.Show(already)} déjà déclarées. " : ". ") + "Vérifiez le nombre d’heures et le mois.");
    }

    /// <summary>What to point out about a line that is accepted; null when nothing surprises.</summary>
    public static string? Warning(WorkContract contract, CalendarMonth month, int minutes, IReadOnlyList<HourEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var total = minutes + Standing(entries).Where(entry => entry.Month == month.FirstDay).Sum(entry => entry.Minutes);
        var planned = contract.WeeklyMinutes * month.DaysIn(contract.Period) / 7;
        return total <= planned * (100 + PlausibleOvertimePercent) / 100 ? null
            : $"{HoursText.Show(total)} en {month.Label} pour environ {HoursText.Show(planned)} prévues au contrat : vérifiez qu’il n’y a pas d’erreur de saisie.";
    }

    /// <summary>Finished months of the contract and the marché for which no hours stand: what is still to be declared. At most 120.</summary>
    public static IReadOnlyList<CalendarMonth> MissingMonths(WorkContract contract, Market market, IReadOnlyList<HourEntry> entries, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(market);
        return MissingMonths(contract.Period, market.Period, Standing(entries).GroupBy(entry => entry.Month)
            .Where(month => month.Sum(entry => entry.Minutes) > 0).Select(month => month.Key).ToHashSet(), today);
    }

    /// <summary>The same, from the first days of the months for which hours stand.</summary>
    public static IReadOnlyList<CalendarMonth> MissingMonths(DatePeriod contract, DatePeriod market, IReadOnlySet<DateOnly> declared, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(declared);
        return Overlap(contract, market) is not { } period ? []
            : [.. MonthsOf(period, today).Where(month => month.LastDay < today && !declared.Contains(month.FirstDay))];
    }

    /// <summary>The months of a period that have begun, oldest first; the last 120 of them.</summary>
    public static IReadOnlyList<CalendarMonth> MonthsOf(DatePeriod period, DateOnly today)
    {
        var first = CalendarMonth.Of(period.Start);
        var last = CalendarMonth.Of(DatePeriod.Earlier(period.End, today)!.Value);
        var oldest = CalendarMonth.Of(last.FirstDay.AddMonths(1 - MaximumMonths));
        var months = new List<CalendarMonth>();
        for (var month = first < oldest ? oldest : first; month <= last; month = month.Next())
        {
            months.Add(month);
        }

        return months;
    }

    /// <summary>Whether <paramref name="counter"/> may be added to the ledger; null when it may.</summary>
    public static HourRefusal? CheckCounterEntry(HourEntry counter, IReadOnlyList<HourEntry> entries, string? reason)
    {
        ArgumentNullException.ThrowIfNull(counter);
        var wrong = entries.FirstOrDefault(entry => entry.Id == counter.Corrects);
        var sentence =
            wrong is null ? "La ligne à corriger n’est pas dans le registre de ce contrat."
            : wrong.Corrects is not null ? "Une contre-écriture ne se corrige pas : déclarez à nouveau les heures justes."
            : entries.Any(entry => entry.Corrects == wrong.Id) ? "Cette ligne a déjà été reprise : déclarez à nouveau les heures justes."
            : wrong.Status == HourStatus.Rejected ? "Cette ligne est rejetée et ne compte pas : il n’y a rien à reprendre."
            : counter != Opposite(wrong, counter.Id) ? "Une contre-écriture reprend exactement la ligne : même mois, même nature, minutes opposées."
            : ReasonFault(reason);
        return sentence is null ? null : new(CounterEntry, sentence);
    }

    /// <summary>The line that takes another back.</summary>
    public static HourEntry Opposite(HourEntry entry, Guid id)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry with { Id = id, Minutes = -entry.Minutes, Corrects = entry.Id };
    }

    /// <summary>Whether a line may be validated, or rejected for <paramref name="reason"/>; null when it may.</summary>
    public static HourRefusal? CheckDecision(HourEntry entry, HourStatus to, IReadOnlyList<HourEntry> entries, string? reason)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var sentence =
            entry.Corrects is not null ? "Une contre-écriture suit la ligne qu’elle reprend : il n’y a rien à décider."
            : !entry.IsWaiting ? "Cette ligne a déjà reçu une décision. Une ligne validée à tort se corrige par une contre-écriture."
            : entries.Any(other => other.Corrects == entry.Id) ? "Cette ligne a été reprise : il n’y a plus rien à décider."
            : to == HourStatus.Rejected ? ReasonFault(reason)
            : null;
        return sentence is null ? null : new(Decision, sentence);
    }

    /// <summary>The lines with the status they really have (a counter-entry follows the line it takes back), rejected ones left out.</summary>
    public static IEnumerable<HourEntry> Standing(IReadOnlyList<HourEntry> entries) =>
        WithStatus(entries).Where(entry => entry.Status != HourStatus.Rejected);

    /// <summary>The lines, each counter-entry with the status of the line it takes back.</summary>
    public static IEnumerable<HourEntry> WithStatus(IReadOnlyList<HourEntry> entries)
    {
        var statuses = entries.ToDictionary(entry => entry.Id, entry => entry.Status);
        return entries.Select(entry => entry.Corrects is { } id && statuses.TryGetValue(id, out var status) ? entry with { Status = status } : entry);
    }

    internal static DatePeriod? Overlap(DatePeriod one, DatePeriod other)
    {
        var start = one.Start > other.Start ? one.Start : other.Start;
        var end = DatePeriod.Earlier(one.End, other.End);
        return end < start ? null : new DatePeriod(start, end);
    }

    private static string? ReasonFault(string? reason) => (reason ?? "").Trim().Length switch
    {
        < ReasonMinimumLength => "Indiquez le motif en quelques mots : il reste au registre.",
        > ReasonMaximumLength => $"Le motif tient en {ReasonMaximumLength} caractères.",
        _ => null,
    };

    private static string Shown(DatePeriod period) =>
        period.End is { } end ? $"du {period.Start:dd/MM/yyyy} au {end:dd/MM/yyyy}" : $"à partir du {period.Start:dd/MM/yyyy}";
}
