using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;

namespace Matching.Web.Platform.Records;

/// <summary>What a line of one contract is checked against: the person's other contracts, closed months, conventions.</summary>
public static class PersonLedgerRecords
{
    private const int RowLimit = 50_000;

    /// <summary>The whole ledger of the person of a contract, held until commit: nobody writes in it meanwhile.</summary>
    public static async Task<(PersonLedger Ledger, IReadOnlyList<LedgerLine> Lines)> TakeAsync(DbConnection db, DbTransaction tx, StoredContract stored, CalendarMonth month, CancellationToken ct)
    {
        var contract = stored.Contract;
        await HourRecords.TakeTurnAsync(db, tx, contract.Id, ct);
        await TakeMarketTurnAsync(db, tx, stored.MarketId, ct);
        var market = (await MarketRecords.FindAsync(db, stored.MarketId, ct, tx))!;
        var lot = (await MarketRecords.FindLotAsync(db, contract.LotId, ct, tx))!;
        var lines = await HourRecords.OfContractAsync(db, contract.Id, ct, tx);
        var others = await OtherContractsAsync(db, tx, contract, ct);
        var otherLines = new List<OtherLine>();
        foreach (var (id, otherLot, _) in others)
        {
            otherLines.AddRange((await HourRecords.OfContractAsync(db, id, ct, tx)).Select(line => new OtherLine(otherLot, line.Entry, line.Proof)));
        }

        var ledger = new PersonLedger(
            contract, market.For(lot), [.. lines.Select(line => line.Entry)], otherLines, [.. others.Select(it => it.Period)],
            await ClosedMonthsAsync(db, stored.MarketId, ct, tx), await PooledLotsAsync(db, tx, contract.LotId, month, ct));
        return (ledger, lines);
    }

    /// <summary>Makes those who write hours of a marché and those who close its months wait for each other until commit.</summary>
    public static Task TakeMarketTurnAsync(DbConnection db, DbTransaction tx, MarketId market, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update market set created_at = created_at where id = @market", new { market }, tx, cancellationToken: ct));

    /// <summary>First days of the months closed for a marché.</summary>
    public static async Task<IReadOnlySet<DateOnly>> ClosedMonthsAsync(DbConnection db, MarketId market, CancellationToken ct, DbTransaction? tx = null)
    {
        var states = await db.QueryAsync<(DateOnly Month, bool IsClosed)>(new CommandDefinition(
            $"select month, is_closed from market_month where market_id = @market order by month, at, id limit {RowLimit}", new { market }, tx, cancellationToken: ct));
        return states.GroupBy(it => it.Month).Where(month => month.Last().IsClosed).Select(month => month.Key).ToHashSet();
    }

    /// <summary>Whether a standing line of another lot names this one as the first, under a convention.</summary>
    public static async Task<bool> IsSharedElsewhereAsync(DbConnection db, DbTransaction tx, Guid entry, CancellationToken ct) =>
        await db.QuerySingleAsync<int>(new CommandDefinition(
            """
            select count(*) from hour_entry e left join hour_decision d on d.entry_id = e.id
            where e.shares = @entry and e.corrects is null and coalesce(d.status, '') <> 'REJECTED'
                and not exists (select 1 from hour_entry t where t.corrects = e.id)
            """,
            new { entry }, tx, cancellationToken: ct)) > 0;

    /// <summary>Notes the document that proves a line, in place of the one noted before.</summary>
    public static Task NoteProofAsync(DbConnection db, DbTransaction tx, Guid entry, HourProof proof, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into hour_proof (entry_id, kind, reference, noted_at, noted_by_id, noted_by)
            values (@entry, @KindCode, @Reference, @now, @UserId, @DisplayName)
            on conflict (entry_id) do update set kind = @KindCode, reference = @Reference, noted_at = @now, noted_by_id = @UserId, noted_by = @DisplayName
            """,
            new { entry, proof.KindCode, proof.Reference, now, who.UserId, who.DisplayName }, tx, cancellationToken: ct));

    private static async Task<IReadOnlyList<(ContractId Id, LotId Lot, DatePeriod Period)>> OtherContractsAsync(DbConnection db, DbTransaction tx, WorkContract contract, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(ContractId Id, LotId Lot, DateOnly Start, DateOnly? End, DateOnly? Ended)>(new CommandDefinition(
            "select id, lot_id, starts_on, ends_on, ended_on from work_contract where person_id = @PersonId and id <> @Id order by starts_on, id limit 500",
            new { contract.PersonId, contract.Id }, tx, cancellationToken: ct));
        return [.. rows.Select(row => (row.Id, row.Lot, new DatePeriod(row.Start, DatePeriod.Earlier(row.End, row.Ended))))];
    }

    private static async Task<IReadOnlySet<LotId>> PooledLotsAsync(DbConnection db, DbTransaction tx, LotId lot, CalendarMonth month, CancellationToken ct)
    {
        var lots = await db.QueryAsync<LotId>(new CommandDefinition(
            """
            select distinct other.lot_id from pooling_lot mine
            join pooling_convention c on c.id = mine.convention_id
            join pooling_lot other on other.convention_id = c.id and other.lot_id <> mine.lot_id
            where mine.lot_id = @lot and c.starts_on <= @LastDay and (c.ends_on is null or c.ends_on >= @FirstDay)
            order by other.lot_id limit 500
            """,
            new { lot, month.FirstDay, month.LastDay }, tx, cancellationToken: ct));
        return lots.ToHashSet();
    }
}
