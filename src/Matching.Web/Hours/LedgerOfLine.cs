using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Hours;

/// <summary>A line with the ledger it belongs to, held by the transaction that is about to write in it.</summary>
public sealed record LedgerOfLine(ContractId ContractId, HourEntry Line, IReadOnlyList<HourEntry> Entries)
{
    /// <summary>Null when the line is unknown or in a contract that this reader may not see.</summary>
    public static async Task<LedgerOfLine?> TakeAsync(DbConnection db, DbTransaction tx, Guid entry, SignedIn who, CancellationToken ct)
    {
        if (await HourRecords.ContractOfAsync(db, entry, ct, tx) is not { } contract || await ContractRecords.FindAsync(db, contract, who, ct, tx) is null)
        {
            return null;
        }

        await HourRecords.TakeTurnAsync(db, tx, contract, ct);
        var entries = (await HourRecords.OfContractAsync(db, contract, ct, tx)).Select(line => line.Entry).ToList();
        return new LedgerOfLine(contract, entries.Single(line => line.Id == entry), entries);
    }
}
