using Matching.Rules.Markets;

namespace Matching.Rules.Hours;

/// <summary>Months whose hours are declared together, and the last day to do it in time.</summary>
public sealed record ReportingPeriod(CalendarMonth First, CalendarMonth Last, DateOnly LastDayInTime)
{
    public string Label => First == Last ? First.Label : $"{First.Label} à {Last.Label}";

    public bool Holds(CalendarMonth month) => month >= First && month <= Last;
}

/// <summary>Where the hours of one contract stand in a period that has ended.</summary>
public enum DueState
{
    Complete,

    /// <summary>Something is missing and the last day in time has not come, nor is it near.</summary>
    Expected,

    /// <summary>Something is missing and the last day in time is near: a reminder is due.</summary>
    ReminderDue,

    /// <summary>Something is missing and the last day in time has passed.</summary>
    Late,
}

/// <summary>What is due for one contract in one period: months without hours, lines without proof.</summary>
/// <param name="DaysLate">Days since the last day in time; 0 while in time.</param>
public sealed record DueHours(ContractId ContractId, ReportingPeriod Period, IReadOnlyList<CalendarMonth> MissingMonths, int UnprovedLines, DueState State, int DaysLate);

/// <summary>When the hours of a marché are to be declared, by the cadence of its contract.</summary>
public static class ReportingCalendar
{
    /// <summary>« Avant le 15 »: the fourteenth is the last day in time.</summary>
    public const int DefaultDueBefore = 15;

    /// <summary>A reminder is due this many days before the last day in time, that day included.</summary>
    public const int ReminderDays = 5;

    public static Rule Cadence { get; } = new(
        "cadence.periodes", "Les heures se déclarent chaque mois ou chaque trimestre civil, selon le marché, avant le jour fixé du mois suivant (avant le 15 à défaut).",
        "CCAP 21_BAM_048, art. 1.4 (31 mars, 30 juin, 30 septembre, 31 décembre, avant le 15 du mois suivant) ; ELIPS (document fondateur 004) : tous les mois");

    public static Rule Reminder { get; } = new(
        "cadence.rappel", "Un rappel est dû cinq jours avant le dernier jour de remise, puis tant que des heures ou des justificatifs manquent.",
        Rule.ToConfirm + " (choix du service)");

    public static IReadOnlyList<Rule> All { get; } = [Cadence, Reminder];

    /// <summary>The periods that have ended before <paramref name="today"/>, oldest first; the last 120 months at most.</summary>
    public static IReadOnlyList<ReportingPeriod> Ended(DatePeriod market, Cadence cadence, int dueBefore, DateOnly today)
    {
        if (market.Start > today)
        {
            return [];
        }

        var end = market.End is { } last ? CalendarMonth.Of(last) : (CalendarMonth?)null;
        return [.. HourRules.MonthsOf(market, today)
            .GroupBy(month => cadence == Markets.Cadence.Mensuelle ? month : FirstOfQuarter(month))
            .Select(group =>
            {
                // A quarter lasts until its third month even when that one has not begun, unless the marché ends before.
                var third = CalendarMonth.Of(group.Key.FirstDay.AddMonths(cadence == Markets.Cadence.Mensuelle ? 0 : 2));
                return Period(group.First(), end is { } until && until < third ? until : third, dueBefore);
            })
            .Where(period => period.Last.LastDay < today)];
    }

    /// <summary>What one contract still owes for each ended period that it worked in, complete periods included.</summary>
    /// <param name="declared">First days of the months for which hours stand.</param>
    /// <param name="unproved">First days of the months of the lines without proof, one for each line; empty where no proof is asked.</param>
    public static IReadOnlyList<DueHours> Of(
        ContractId id, DatePeriod contract, DatePeriod market, IReadOnlySet<DateOnly> declared, IReadOnlyList<DateOnly> unproved, IReadOnlyList<ReportingPeriod> periods, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(periods);
        var missing = HourRules.MissingMonths(contract, market, declared, today);
        return [.. periods.Where(period => period.First.FirstDay <= (contract.End ?? DateOnly.MaxValue) && period.Last.LastDay >= contract.Start).Select(period =>
        {
            List<CalendarMonth> months = [.. missing.Where(period.Holds)];
            var lines = unproved.Count(month => period.Holds(CalendarMonth.Of(month)));
            return new DueHours(id, period, months, lines, StateOf(months.Count + lines, period, today), Math.Max(0, today.DayNumber - period.LastDayInTime.DayNumber));
        })];
    }

    private static DueState StateOf(int missing, ReportingPeriod period, DateOnly today) =>
        missing == 0 ? DueState.Complete
        : today > period.LastDayInTime ? DueState.Late
        : today >= period.LastDayInTime.AddDays(-ReminderDays) ? DueState.ReminderDue
        : DueState.Expected;

    private static ReportingPeriod Period(CalendarMonth first, CalendarMonth last, int dueBefore)
    {
        var next = last.Next();
        return new ReportingPeriod(first, last, next.FirstDay.AddDays(Math.Min(dueBefore, next.LastDay.Day) - 2));
    }

    private static CalendarMonth FirstOfQuarter(CalendarMonth month) => CalendarMonth.Of(month.FirstDay.AddMonths(-((month.FirstDay.Month - 1) % 3)));
}
