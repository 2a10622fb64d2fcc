using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Hours;

/// <summary>A lot with its marché, for the facilitator who follows it.</summary>
public sealed record LotOfFacilitator(Market Market, Lot Lot)
{
    /// <summary>Null when the lot is unknown or another facilitator's.</summary>
    public static async Task<LotOfFacilitator?> FindAsync(DbConnection db, LotId id, SignedIn who, CancellationToken ct, DbTransaction? tx = null) =>
        await MarketRecords.FindLotAsync(db, id, ct, tx) is { } lot
            && await MarketRecords.FindOwnAsync(db, lot.MarketId, who, ct, tx) is { } market
            ? new LotOfFacilitator(market, lot) : null;
}
