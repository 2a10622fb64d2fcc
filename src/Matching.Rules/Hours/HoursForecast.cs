using Matching.Rules.Markets;
using Matching.Rules.Reporting;

namespace Matching.Rules.Hours;

/// <summary>Two ways to look at the end of a lot: the pace so far, and the contracts signed.</summary>
/// <param name="LinearMinutes">At the pace of the finished months; null before one is finished, or without an end.</param>
/// <param name="PlannedMinutes">Counted, and what the contracts running or to come would bring at their weekly time.</param>
public sealed record HoursForecast(int OwedMinutes, int? LinearMinutes, int PlannedMinutes)
{
    public static Rule Linear { get; } = new(
        "prevision.lineaire", "La prévision linéaire prolonge jusqu’à la fin le rythme des mois terminés : heures comptées ÷ jours passés × jours du marché.",
        Rule.ToConfirm + " (calcul du service)");

    public static IReadOnlyList<Rule> All { get; } = [Linear];

    /// <summary>Minutes that would be missing at the end, by the contracts signed.</summary>
    public int PlannedMissing => Math.Max(0, OwedMinutes - PlannedMinutes);

    /// <summary>The forecast on a day.</summary>
    /// <param name="contracts">Those of the lot, not begun ones included.</param>
    public static HoursForecast On(DateOnly today, Market market, int owedAtTheEndMinutes, IReadOnlyList<ReportedContract> contracts)
    {
        ArgumentNullException.ThrowIfNull(market);
        var finished = CalendarMonth.Of(CalendarMonth.Of(today).FirstDay.AddDays(-1));
        var counted = contracts.Sum(it => it.Hours.CountedUntil(finished));
        var planned = counted + contracts.Sum(it => MonthlyTables.StillToCome(it, market, finished));
        return new HoursForecast(owedAtTheEndMinutes, LinearOf(market.Period, finished.LastDay, counted), planned);
    }

    private static int? LinearOf(DatePeriod market, DateOnly reached, int counted)
    {
        if (market.End is not { } end || reached < market.Start)
        {
            return null;
        }

        var whole = end.DayNumber - market.Start.DayNumber + 1;
        var gone = Math.Min(reached.DayNumber, end.DayNumber) - market.Start.DayNumber + 1;
        return (int)Math.Min((long)counted * whole / gone, HoursTarget.MaximumHours * 60L);
    }
}
