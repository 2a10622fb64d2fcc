using Matching.Rules.Markets;

namespace Matching.Rules.Hours;

/// <summary>Where a person lent to companies by an AI stands under the cap.</summary>
/// <param name="From">First day of the period looked at.</param>
/// <param name="Until">Last day of that period.</param>
public sealed record AssociationStanding(DateOnly From, DateOnly Until, int DoneMinutes, int CapMinutes)
{
    public int LeftMinutes => Math.Max(0, CapMinutes - DoneMinutes);

    public bool IsOver => DoneMinutes > CapMinutes;
}

/// <summary>The hours that an association intermédiaire may lend one person to companies.</summary>
public static class AssociationCap
{
    public const int UsualHours = 480;

    public static Rule Hours { get; } = new(
        "ai.480-heures", "Une association intermédiaire met une même personne à disposition d’entreprises 480 heures au plus sur 24 mois, sauf autre plafond fixé par le préfet.",
        "Code du travail, L5132-9 et R5132-18");

    public static Rule Start { get; } = new(
        "ai.depart", "Les 24 mois du plafond d’une association intermédiaire partent de la première mise à disposition, ou se comptent en arrière à chaque mois, selon le marché.",
        Rule.ToConfirm + " (le départ de la période n’a pas été lu à la source)");

    public static IReadOnlyList<Rule> All { get; } = [Hours, Start];

    /// <summary>Whether hours of such a contract stand under the cap.</summary>
    public static bool Binds(OrganizationKind employer, Modality modality) => employer == OrganizationKind.Ai && modality == Modality.MiseADisposition;

    /// <summary>A refusal when nothing is left under the cap for a new contract; null when something is, or nobody was lent yet.</summary>
    public static HourRefusal? CheckHire(AssociationStanding? standing) => standing is not { LeftMinutes: 0 } full ? null
        : new(Hours, $"Cette personne a déjà {HoursText.Show(full.DoneMinutes)} de mise à disposition sur {HoursText.Show(full.CapMinutes)}, du {full.From:dd/MM/yyyy} au {full.Until:dd/MM/yyyy}. {Hours.Sentence} {HowToRaise}");

    /// <summary>A refusal when new minutes would pass the cap; null when they fit.</summary>
    public static HourRefusal? CheckEntry(AssociationStanding? standing, int minutes) => standing is not { } it || it.DoneMinutes + minutes <= it.CapMinutes ? null
        : new(Hours, $"Avec ces heures, la personne aurait {HoursText.Show(it.DoneMinutes + minutes)} de mise à disposition sur {HoursText.Show(it.CapMinutes)}, du {it.From:dd/MM/yyyy} au {it.Until:dd/MM/yyyy}. {Hours.Sentence} {HowToRaise}");

    /// <summary>What to point out of a contract that would pass the cap at its weekly time; null when it would not.</summary>
    /// <param name="today">The days already gone are in the ledger.</param>
    public static string? Warning(AssociationStanding? standing, WorkContract contract, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (standing is not { } it)
        {
            return null;
        }

        var first = today < contract.Period.Start ? contract.Period.Start : today.AddDays(1);
        var last = DatePeriod.Earlier(contract.Period.End, it.Until)!.Value;
        var planned = (long)contract.WeeklyMinutes * Math.Max(0, last.DayNumber - first.DayNumber + 1) / 7;
        return it.DoneMinutes + planned <= it.CapMinutes ? null
            : $"À la durée prévue au contrat, le plafond de {HoursText.Show(it.CapMinutes)} serait dépassé avant le {last:dd/MM/yyyy}. {Hours.Sentence}";
    }

    /// <summary>The last day under the cap at the weekly time of the contract; null when the contract or the period ends before it is reached.</summary>
    /// <param name="today">The days already gone are in the ledger.</param>
    public static DateOnly? LastDayAtWeeklyTime(AssociationStanding? standing, WorkContract contract, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (standing is not { } it || contract.WeeklyMinutes <= 0)
        {
            return null;
        }

        var gone = today < contract.Period.Start ? contract.Period.Start.AddDays(-1) : today;
        var last = gone.AddDays((int)((long)it.LeftMinutes * 7 / contract.WeeklyMinutes));
        return last < DatePeriod.Earlier(contract.Period.End, it.Until)!.Value ? last : null;
    }

    private const string HowToRaise = "Si le préfet a fixé un autre plafond, le facilitateur le note dans les règles de contrôle du marché.";

    /// <summary>Where the person stands at the end of the month of <paramref name="day"/>; null without any placement until then.</summary>
    /// <param name="firstPlacedOn">First day lent to a company by this AI.</param>
    /// <param name="months">Minutes by month worked, all companies together.</param>
    public static AssociationStanding? Of(DateOnly? firstPlacedOn, IEnumerable<(DateOnly Month, int Minutes)> months, CountingRules rules, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (firstPlacedOn is not { } first || first > day)
        {
            return null;
        }

        var (from, until) = rules.AiStart == AiCapStart.Rolling ? Rolling(rules, day) : Fixed(first, rules, day);
        var done = months.Where(it => CalendarMonth.Of(it.Month).LastDay >= from && it.Month <= until).Sum(it => it.Minutes);
        return new AssociationStanding(from, until, done, rules.AiCapHours * 60);
    }

    /// <summary>
    /// The fullest of the periods that a new line of this month would enter; null without any placement until then. Counted backwards, a line
    /// entered late also stands in the periods that end with the months already declared after it.
    /// </summary>
    public static AssociationStanding? ForEntry(DateOnly? firstPlacedOn, IReadOnlyList<(DateOnly Month, int Minutes)> months, CountingRules rules, CalendarMonth month)
    {
        ArgumentNullException.ThrowIfNull(months);
        ArgumentNullException.ThrowIfNull(rules);
        var ends = rules.AiStart != AiCapStart.Rolling ? []
            : months.Select(it => it.Month).Where(later => later > month.FirstDay && later < month.FirstDay.AddMonths(rules.AiCapMonths));
        return ends.Prepend(month.FirstDay)
            .Select(end => Of(firstPlacedOn, months, rules, CalendarMonth.Of(end).LastDay))
            .MaxBy(standing => standing?.DoneMinutes);
    }

    /// <summary>So many months that end with the month of the day.</summary>
    private static (DateOnly From, DateOnly Until) Rolling(CountingRules rules, DateOnly day)
    {
        var month = CalendarMonth.Of(day);
        return (month.FirstDay.AddMonths(1 - rules.AiCapMonths), month.LastDay);
    }

    /// <summary>One period after another, each of so many months, from the first placement.</summary>
    private static (DateOnly From, DateOnly Until) Fixed(DateOnly first, CountingRules rules, DateOnly day)
    {
        // Counted from the first day each time, so that a 31 or a 29 February does not drift.
        var from = first;
        for (var turn = 1; first.AddMonths(turn * rules.AiCapMonths) <= day; turn++)
        {
            from = first.AddMonths(turn * rules.AiCapMonths);
        }

        return (from, Months.LastDay(from, rules.AiCapMonths));
    }
}
