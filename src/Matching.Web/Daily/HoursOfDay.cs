using System.Data.Common;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Daily;

/// <summary>Hours and proofs that are late or whose day is near, a line for each marché and period.</summary>
public static class HoursOfDay
{
    /// <summary>Marchés looked at, the newest first.</summary>
    private const int MarketLimit = 50;

    /// <param name="Contracts">How many contracts owe something for the period.</param>
    public sealed record Due(Market Market, ReportingPeriod Period, int Contracts, DueState State);

    public static async Task<IReadOnlyList<Due>> OfAsync(DbConnection db, SignedIn who, DateOnly today, CancellationToken ct)
    {
        var due = new List<Due>();
        foreach (var id in await ContractRecords.VisibleMarketsAsync(db, who, MarketLimit, ct))
        {
            var market = (await MarketRecords.FindAsync(db, id, ct))!;
            var lines = (await DueOfMarket.ReadAsync(db, market, await ControlRecords.TermsAsync(db, id, ct), who, today, ct)).Lines;
            due.AddRange(lines.Where(line => line.Due.State is DueState.Late or DueState.ReminderDue)
                .GroupBy(line => line.Due.Period)
                .Select(period => new Due(market, period.Key, period.Select(line => line.Due.ContractId).Distinct().Count(), period.Max(line => line.Due.State))));
        }

        return [.. due.OrderBy(it => it.Period.LastDayInTime).ThenBy(it => it.Market.Reference, StringComparer.Ordinal)];
    }

    public static DayBlock BlockOf(IReadOnlyList<Due> due, DateOnly today) => new(
        "heures", "Heures et justificatifs attendus", "Toutes les heures dues sont déclarées.", "/heures/echeances", "Des heures sont à déclarer pour une période", "périodes ont des heures à déclarer",
        [.. due.Take(DayBlock.Limit).Select(it => new DayItem(
            it.Period.LastDayInTime, $"{it.Market.Reference}, {it.Period.Label}", $"{DayWords.Counted(it.Contracts, "1 contrat attend", "contrats attendent")} des heures ou un justificatif, dernier jour le {DayWords.Day(it.Period.LastDayInTime)}",
            "/heures/echeances", DayWords.Due(it.Period.LastDayInTime, today)))]);
}
