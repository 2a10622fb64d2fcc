using System.Data.Common;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;

namespace Matching.Web.Platform.Records;

/// <summary>The one place where the hours of a marché are added up: every page, file and answer that shows a total takes it from here.</summary>
public static class MarketFigures
{
    /// <summary>The full figures of the marché at the end of a month.</summary>
    public static async Task<MonthlyTable> OfMarketAsync(DbConnection db, Market market, CalendarMonth month, CancellationToken ct) => MonthlyTables.Build(
        market, await MarketRecords.LotsAsync(db, market.Id, ct), await ReportedAsync(db, market, ct), month);

    /// <summary>
    /// The part of one structure: the contracts of the people it accompanies or employs, and their lots. A person whom it only employs stays
    /// out of what describes people. Null when it has no contract on this marché.
    /// </summary>
    public static async Task<MonthlyTable?> OfStructureAsync(DbConnection db, Market market, SignedIn structure, CalendarMonth month, CancellationToken ct)
    {
        var own = await ContractRecords.VisibleOfMarketAsync(db, market.Id, structure, ct);
        var lots = (await MarketRecords.LotsAsync(db, market.Id, ct)).Where(lot => own.Any(it => it.Contract.LotId == lot.Id)).ToList();
        return own.Count == 0 ? null : MonthlyTables.Build(market, lots, await CountAsync(db, market, own, it => it.PoolId != structure.OrganizationId, ct), month);
    }

    /// <summary>Every contract of the marché with what it counts for, as the tables take them.</summary>
    public static async Task<IReadOnlyList<ReportedContract>> ReportedAsync(DbConnection db, Market market, CancellationToken ct) =>
        await CountAsync(db, market, await ContractRecords.OfMarketAsync(db, market.Id, ct), _ => false, ct);

    /// <summary>The same, each contract with the cells that only a bilan, or what leaves the facilitator, is counted by.</summary>
    public static async Task<IReadOnlyList<ReportedContract>> ReportedWithTraitsAsync(DbConnection db, Market market, DateOnly today, CancellationToken ct)
    {
        var contracts = await ContractRecords.OfMarketAsync(db, market.Id, ct);
        var traits = await TraitRecords.OfMarketAsync(db, market.Id, contracts, today, ct);
        return [.. (await CountAsync(db, market, contracts, _ => false, ct)).Select(it =>
        {
            var cells = traits[it.Contract.Id];
            cells["formation"] = it.Hours.Months.Any(month => month.Kind == HourKind.Training && month.Counted > 0) ? PersonTraits.Yes : PersonTraits.No;
            return it with { Traits = cells };
        })];
    }

    private static async Task<IReadOnlyList<ReportedContract>> CountAsync(
        DbConnection db, Market market, IReadOnlyList<StoredContract> contracts, Func<StoredContract, bool> isPersonHidden, CancellationToken ct)
    {
        var entries = await HourRecords.OfContractsAsync(db, contracts.Select(it => it.Contract.Id), ct);
        var lots = (await MarketRecords.LotsAsync(db, market.Id, ct)).ToDictionary(lot => lot.Id, market.For);
        return [.. contracts.Select(it => new ReportedContract(
            it.Contract, it.Sex, it.EmployerKind, CountedHours.Of(it.Contract, lots[it.Contract.LotId], it.FirstHiredOn, [.. entries[it.Contract.Id]]), isPersonHidden(it)))];
    }
}
