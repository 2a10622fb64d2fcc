using Matching.Rules.Hours;
using Matching.Rules.Markets;

namespace Matching.Rules.Reporting;

/// <summary>How the monthly table is made from the contracts and their counted hours.</summary>
public static class MonthlyTables
{
    /// <summary>The full table for one month, as the facilitator sees it. The order of lots, contracts and entries does not matter.</summary>
    /// <param name="contracts">Contracts of these lots; those that begin after the month are left out.</param>
    /// <param name="facets">The breakdowns; those of the month when none are given.</param>
    public static MonthlyTable Build(
        Market market, IReadOnlyList<Lot> lots, IReadOnlyList<ReportedContract> contracts, CalendarMonth month, IReadOnlyList<Facet>? facets = null)
    {
        ArgumentNullException.ThrowIfNull(market);
        var begun = contracts.Where(it => it.Contract.Period.Start <= month.LastDay).ToList();
        var lines = lots.OrderBy(lot => lot.Number).Select(lot => LineOf(
            lot.Number, lot.Title, lot.OwedOn(month.LastDay).Minutes, [.. begun.Where(it => it.Contract.LotId == lot.Id)], market, month)).ToList();
        var whole = LineOf(null, "Ensemble du marché", lots.Sum(lot => lot.OwedOn(month.LastDay).Minutes), begun, market, month);
        var open = begun.Where(it => !it.IsPersonHidden).ToList();
        var breakdowns = (facets ?? Facets.OfMonth).Select(facet => new Breakdown(
            facet.Code, facet.Title, Split(facet.IsOfPerson ? open : begun, facet, month), IsWithheld: false, facet.IsOfPerson && open.Count < begun.Count)).ToList();
        return new MonthlyTable(market.Id, market.Reference, market.Subject, market.Period, month, Elapsed(market.Period, month),
            lines, whole, breakdowns, Progress(market, begun, whole.TargetMinutes, month));
    }

    /// <summary>Thousandths of a period gone at the end of a month; null when it has no end.</summary>
    public static int? Elapsed(DatePeriod period, CalendarMonth month)
    {
        if (period.End is not { } end)
        {
            return null;
        }

        var reached = month.LastDay < end ? month.LastDay : end;
        return MonthlyTable.Permille(Math.Max(0, Days(period.Start, reached)), Days(period.Start, end));
    }

    /// <summary>The minutes that a contract would still bring after a month, at its weekly time until its last counted day.</summary>
    public static int StillToCome(ReportedContract it, Market market, CalendarMonth month)
    {
        ArgumentNullException.ThrowIfNull(it);
        ArgumentNullException.ThrowIfNull(market);
        var last = DatePeriod.Earlier(DatePeriod.Earlier(it.Contract.Period.End, market.Period.End), it.Hours.LastCountedDay);
        var first = month.Next().FirstDay;
        first = it.Contract.EligibleFrom > first ? it.Contract.EligibleFrom : first;
        return last is { } end && end >= first ? (int)((long)Days(first, end) * it.Contract.WeeklyMinutes / 7) : 0;
    }

    private static LotLine LineOf(int? number, string title, int target, List<ReportedContract> contracts, Market market, CalendarMonth month)
    {
        var done = contracts.Sum(it => it.Hours.CountedUntil(month));
        return new LotLine(number, title, target, contracts.Sum(it => it.Hours.CountedIn(month)), done,
            contracts.Sum(it => it.Hours.PendingUntil(month)), done + contracts.Sum(it => StillToCome(it, market, month)),
            People(contracts), contracts.Count);
    }

    private static List<BreakdownLine> Split(List<ReportedContract> contracts, Facet facet, CalendarMonth month) =>
        [.. contracts.GroupBy(facet.CodeOf)
            .Select(group => new BreakdownLine(group.Key, facet.LabelOf(group.Key), People(group), group.Count(),
                group.Sum(it => it.Hours.CountedIn(month)), group.Sum(it => it.Hours.CountedUntil(month))))
            .OrderByDescending(line => line.CumulativeMinutes.Shown).ThenBy(line => line.Code, StringComparer.Ordinal)];

    private static int People(IEnumerable<ReportedContract> contracts) => contracts.Select(it => it.Contract.PersonId).Distinct().Count();

    private static List<MonthOfProgress> Progress(Market market, List<ReportedContract> contracts, int target, CalendarMonth until)
    {
        var months = new List<MonthOfProgress>();
        var first = CalendarMonth.Of(market.Period.Start);
        for (var month = first; month <= until; month = month.Next())
        {
            var done = contracts.Sum(it => it.Hours.CountedUntil(month));
            months.Add(new MonthOfProgress(month, contracts.Sum(it => it.Hours.CountedIn(month)), done,
                MonthlyTable.Permille(done, target), Elapsed(market.Period, month)));
        }

        return months.Count <= MonthlyTable.MaximumMonths ? months : months[^MonthlyTable.MaximumMonths..];
    }

    private static int Days(DateOnly first, DateOnly last) => last.DayNumber - first.DayNumber + 1;
}
