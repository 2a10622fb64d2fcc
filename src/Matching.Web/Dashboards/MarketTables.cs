using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Dashboards;

/// <summary>Which figures of a marché a reader may see: page, workbook, API and list ask here.</summary>
public static class MarketTables
{
    /// <summary>
    /// The table as this reader may see it: the facilitator of the marché in full, its buyer masked, a company masked and limited to its lots,
    /// a structure its own part. Null for a marché that is unknown or somebody else's.
    /// </summary>
    /// <param name="releases">Where figures about people outside come from; null when the reader only wants the hours.</param>
    public static async Task<MonthlyTable?> ReadAsync(
        DbConnection db, OutsideReleases? releases, MarketId id, CalendarMonth month, SignedIn who, CancellationToken ct)
    {
        if (await MarketRecords.FindAsync(db, id, ct) is not { } market)
        {
            return null;
        }

        return who.Role switch
        {
            Roles.Facilitator when market.FacilitatorId == who.OrganizationId => await MarketFigures.OfMarketAsync(db, market, month, ct),
            Roles.Structure => await MarketFigures.OfStructureAsync(db, market, who, month, ct),
            _ => await OutsideAsync(db, releases, market, month, Facets.OfMonth, who, ct),
        };
    }

    /// <summary>The table of a bilan, with every breakdown: in full for the facilitator, masked for the buyer and the company; null for others.</summary>
    public static async Task<MonthlyTable?> ReadForBilanAsync(
        DbConnection db, OutsideReleases releases, Market market, CalendarMonth month, SignedIn who, CancellationToken ct) =>
        who.Role == Roles.Facilitator && market.FacilitatorId == who.OrganizationId
            ? MonthlyTables.Build(market, await MarketRecords.LotsAsync(db, market.Id, ct), await MarketFigures.ReportedWithTraitsAsync(db, market, releases.Today, ct), month, Facets.All)
            : await OutsideAsync(db, releases, market, month, Facets.All, who, ct);

    private static async Task<MonthlyTable?> OutsideAsync(
        DbConnection db, OutsideReleases? releases, Market market, CalendarMonth month, IReadOnlyList<Facet> facets, SignedIn who, CancellationToken ct) => who.Role switch
        {
            Roles.Buyer when market.BuyerId == who.OrganizationId =>
                await OutsideAsync(db, releases, market, month, _ => true, new OutsideReader(market.Counting.MaskBelow, facets), ct),
            Roles.Company => await OfCompanyAsync(db, releases, market, month, Facets.ForCompany(facets), who.OrganizationId, ct),
            _ => null,
        };

    private static async Task<MonthlyTable?> OfCompanyAsync(
        DbConnection db, OutsideReleases? releases, Market market, CalendarMonth month, IReadOnlyList<Facet> facets, OrganizationId company, CancellationToken ct)
    {
        var own = (await MarketRecords.LotsAsync(db, market.Id, ct)).Where(lot => lot.CompanyId == company).Select(lot => lot.Id).ToHashSet();
        return own.Count == 0 ? null
            : await OutsideAsync(db, releases, market, month, lot => own.Contains(lot.Id), new OutsideReader(market.Counting.MaskBelow, facets, own), ct);
    }

    private static async Task<MonthlyTable> OutsideAsync(
        DbConnection db, OutsideReleases? releases, Market market, CalendarMonth month, Func<Lot, bool> isShown, OutsideReader reader, CancellationToken ct)
    {
        var lots = await MarketRecords.LotsAsync(db, market.Id, ct);
        var contracts = releases is null ? await MarketFigures.ReportedAsync(db, market, ct) : await MarketFigures.ReportedWithTraitsAsync(db, market, releases.Today, ct);
        var shown = lots.Where(isShown).ToList();
        var full = MonthlyTables.Build(market, shown, [.. contracts.Where(it => shown.Exists(lot => lot.Id == it.Contract.LotId))], month, reader.Facets);
        return OutsideTables.Of(full, lots, releases is null ? [] : await releases.OfMarketAsync(db, market, contracts, ct), reader);
    }

    /// <summary>The marchés whose figures this reader may see, the newest first.</summary>
    public static async Task<IReadOnlyList<MarketId>> VisibleAsync(DbConnection db, SignedIn who, int limit, CancellationToken ct) => who.Role switch
    {
        Roles.Facilitator => [.. (await MarketRecords.OfFacilitatorAsync(db, who.OrganizationId, limit, ct)).Select(market => market.Id)],
        Roles.Buyer => [.. (await MarketRecords.OfBuyerAsync(db, who.OrganizationId, limit, ct)).Select(market => market.Id)],
        Roles.Structure => await ContractRecords.VisibleMarketsAsync(db, who, limit, ct),
        Roles.Company => [.. (await MarketRecords.OfCompanyAsync(db, who.OrganizationId, limit, ct)).Select(market => market.Id)],
        _ => [],
    };
}
