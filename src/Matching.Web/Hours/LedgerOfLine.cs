using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Hours;

/// <summary>A line with the ledger it belongs to, held by the transaction that is about to write in it.</summary>
/// <param name="Proof">The document noted for the line.</param>
/// <param name="Validated">The lines already validated by a document, of every contract of the person.</param>
public sealed record LedgerOfLine(
    ContractId ContractId, MarketId MarketId, HourEntry Line, HourProof? Proof, PersonLedger Person, IReadOnlyList<(HourEntry Entry, HourProof Proof)> Validated)
{
    public IReadOnlyList<HourEntry> Entries => Person.Entries;

    /// <summary>Null when the line is unknown or in a contract that this reader may not see.</summary>
    public static async Task<LedgerOfLine?> TakeAsync(DbConnection db, DbTransaction tx, Guid entry, SignedIn who, CancellationToken ct)
    {
        if (await HourRecords.ContractOfAsync(db, entry, ct, tx) is not { } contract || await ContractRecords.FindAsync(db, contract, who, ct, tx) is not { } stored)
        {
            return null;
        }

        var (person, lines) = await PersonLedgerRecords.TakeAsync(db, tx, stored, CalendarMonth.Of(stored.Contract.Period.Start), ct);
        var line = lines.Single(one => one.Entry.Id == entry);
        IEnumerable<OtherLine> all = [.. lines.Select(one => new OtherLine(stored.Contract.LotId, one.Entry, one.Proof)), .. person.Others];
        var takenBack = all.Select(one => one.Entry.Corrects).OfType<Guid>().ToHashSet();
        return new LedgerOfLine(contract, stored.MarketId, line.Entry, line.Proof, person,
        [
            .. all.Where(one => one.Proof is not null && one.Entry.Status == HourStatus.Validated && !takenBack.Contains(one.Entry.Id)).Select(one => (one.Entry, one.Proof!)),
        ]);
    }
}
