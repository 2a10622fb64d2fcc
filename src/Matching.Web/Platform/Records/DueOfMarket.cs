using System.Data.Common;
using Matching.Rules.Hours;
using Matching.Rules.Markets;

namespace Matching.Web.Platform.Records;

/// <summary>What the contracts of a marché still owe for each ended period of its cadence, of those that a reader may see.</summary>
/// <param name="Lines">Complete ones left out.</param>
public sealed record DueOfMarket(IReadOnlyList<ReportingPeriod> Periods, IReadOnlyList<DueOfMarket.Line> Lines)
{
    public sealed record Line(StoredContract Contract, DueHours Due);

    /// <summary>Of the contracts that this reader may see.</summary>
    public static async Task<DueOfMarket> ReadAsync(DbConnection db, Market market, ControlTerms terms, SignedIn who, DateOnly today, CancellationToken ct) =>
        await OfContractsAsync(db, market, terms, await ContractRecords.VisibleOfMarketAsync(db, market.Id, who, ct), today, ct);

    /// <summary>Of these contracts of the marché.</summary>
    public static async Task<DueOfMarket> OfContractsAsync(
        DbConnection db, Market market, ControlTerms terms, IReadOnlyList<StoredContract> contracts, DateOnly today, CancellationToken ct)
    {
        var periods = ReportingCalendar.Ended(market.Period, market.Cadence, terms.DueBefore, today);
        var lots = (await MarketRecords.LotsAsync(db, market.Id, ct)).ToDictionary(lot => lot.Id, lot => market.For(lot).Period);
        var standing = await HourRecords.StandingMonthsAsync(db, [.. contracts.Select(it => it.Contract.Id)], ct);
        var unproved = terms.IsProofAsked ? await ControlRecords.UnprovedAsync(db, market.Id, ct) : null;
        return new DueOfMarket(periods,
        [
            .. contracts.SelectMany(it => ReportingCalendar.Of(
                    it.Contract.Id, it.Contract.Period, lots[it.Contract.LotId], standing[it.Contract.Id].ToHashSet(),
                    unproved is null ? [] : [.. unproved[it.Contract.Id]], periods, today)
                .Where(due => due.State != DueState.Complete).Select(due => new Line(it, due))),
        ]);
    }
}
