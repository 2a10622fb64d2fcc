using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Dashboards;

/// <summary>The one place where the figures of a marché are read: page, workbook, API and list take them from here.</summary>
public static class MarketTables
{
    /// <summary>
    /// The table as this reader may see it: the facilitator of the marché in full, its buyer masked, a structure its own part.
    /// Null for a marché that is unknown or somebody else's.
    /// </summary>
    public static async Task<MonthlyTable?> ReadAsync(DbConnection db, MarketId id, CalendarMonth month, SignedIn who, CancellationToken ct)
    {
        if (await MarketRecords.FindAsync(db, id, ct) is not { } market)
        {
            return null;
        }

        if (who.Role == Roles.Facilitator && market.FacilitatorId == who.OrganizationId)
        {
            return await BuildAsync(db, market, await ContractRecords.OfMarketAsync(db, id, ct), onlyTheirLots: false, month, ct);
        }

        if (who.Role == Roles.Buyer && market.BuyerId == who.OrganizationId)
        {
            var full = await BuildAsync(db, market, await ContractRecords.OfMarketAsync(db, id, ct), onlyTheirLots: false, month, ct);
            return Masking.ForOutside(full, market.Counting.MaskBelow);
        }

        var own = who.Role == Roles.Structure ? await ContractRecords.VisibleOfMarketAsync(db, id, who, ct) : [];
        return own.Count == 0 ? null : await BuildAsync(db, market, own, onlyTheirLots: true, month, ct);
    }

    /// <summary>The marchés whose figures this reader may see, the newest first.</summary>
    public static async Task<IReadOnlyList<MarketId>> VisibleAsync(DbConnection db, SignedIn who, int limit, CancellationToken ct) => who.Role switch
    {
        Roles.Facilitator => [.. (await MarketRecords.OfFacilitatorAsync(db, who.OrganizationId, limit, ct)).Select(market => market.Id)],
        Roles.Buyer => [.. (await MarketRecords.OfBuyerAsync(db, who.OrganizationId, limit, ct)).Select(market => market.Id)],
        Roles.Structure => [.. (await ContractRecords.VisibleAsync(db, who, ct)).Select(contract => contract.MarketId).Distinct().Take(limit)],
        _ => [],
    };

    private static async Task<MonthlyTable> BuildAsync(
        DbConnection db, Market market, IReadOnlyList<StoredContract> contracts, bool onlyTheirLots, CalendarMonth month, CancellationToken ct)
    {
        var entries = await HourRecords.OfContractsAsync(db, contracts.Select(it => it.Contract.Id), ct);
        var lots = (await MarketRecords.LotsAsync(db, market.Id, ct)).Where(lot => !onlyTheirLots || contracts.Any(it => it.Contract.LotId == lot.Id)).ToList();
        var reported = contracts.Select(it => new ReportedContract(
            it.Contract, it.Sex, it.EmployerKind, CountedHours.Of(it.Contract, market, it.FirstHiredOn, [.. entries[it.Contract.Id]]))).ToList();
        return MonthlyTables.Build(market, lots, reported, month);
    }
}
