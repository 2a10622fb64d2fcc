using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Dashboards;

/// <summary>Which figures of a marché a reader may see: page, workbook, API and list ask here.</summary>
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
            return await MarketFigures.OfMarketAsync(db, market, month, ct);
        }

        if (who.Role == Roles.Buyer && market.BuyerId == who.OrganizationId)
        {
            return Masking.ForOutside(await MarketFigures.OfMarketAsync(db, market, month, ct), market.Counting.MaskBelow);
        }

        return who.Role == Roles.Structure ? await MarketFigures.OfStructureAsync(db, market, who, month, ct) : null;
    }

    /// <summary>The marchés whose figures this reader may see, the newest first.</summary>
    public static async Task<IReadOnlyList<MarketId>> VisibleAsync(DbConnection db, SignedIn who, int limit, CancellationToken ct) => who.Role switch
    {
        Roles.Facilitator => [.. (await MarketRecords.OfFacilitatorAsync(db, who.OrganizationId, limit, ct)).Select(market => market.Id)],
        Roles.Buyer => [.. (await MarketRecords.OfBuyerAsync(db, who.OrganizationId, limit, ct)).Select(market => market.Id)],
        Roles.Structure => [.. (await ContractRecords.VisibleAsync(db, who, ct)).Select(contract => contract.MarketId).Distinct().Take(limit)],
        _ => [],
    };
}
