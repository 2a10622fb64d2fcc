using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;

namespace Matching.Web.Platform.Records;

/// <summary>How the hours of marchés are controlled: terms, closed months, formal notices.</summary>
public static class ControlRecords
{
    /// <summary>The terms in force; the usual ones where none was written.</summary>
    public static async Task<ControlTerms> TermsAsync(DbConnection db, MarketId market, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QueryFirstOrDefaultAsync<TermsRow>(new CommandDefinition(
            """
            select version, due_before, proof_asked, cents_per_missing_hour, cents_per_late_day, rate_multiple, hourly_rate_cents, ai_cap_hours, ai_cap_order
            from market_control where market_id = @market order by version desc limit 1
            """,
            new { market }, tx, cancellationToken: ct));
        return row?.ToTerms() ?? ControlTerms.Usual;
    }

    public static Task AppendAsync(DbConnection db, DbTransaction tx, MarketId market, ControlTerms it, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into market_control (market_id, version, due_before, proof_asked, cents_per_missing_hour, cents_per_late_day, rate_multiple, hourly_rate_cents,
                ai_cap_hours, ai_cap_order, created_at, created_by_id, created_by)
            values (@market, @Version, @DueBefore, @IsProofAsked, @CentsPerMissingHour, @CentsPerLateDay, @RateMultiple, @HourlyRateCents,
                @AiCapHours, @AiCapOrder, @now, @UserId, @DisplayName)
            """,
            new
            {
                market,
                it.Version,
                it.DueBefore,
                it.IsProofAsked,
                it.Penalties.CentsPerMissingHour,
                it.Penalties.CentsPerLateDay,
                it.Penalties.RateMultiple,
                it.Penalties.HourlyRateCents,
                it.AiCapHours,
                it.AiCapOrder,
                now,
                who.UserId,
                who.DisplayName,
            },
            tx, cancellationToken: ct));

    public static Task AppendMonthAsync(
        DbConnection db, DbTransaction tx, MarketId market, CalendarMonth month, bool isClosed, string? reason, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into market_month (id, market_id, month, is_closed, reason, at, by_id, by_name)
            values (@id, @market, @FirstDay, @isClosed, @reason, @now, @UserId, @DisplayName)
            """,
            new { id = Guid.CreateVersion7(), market, month.FirstDay, isClosed, reason, now, who.UserId, who.DisplayName }, tx, cancellationToken: ct));

    /// <summary>Lines of a month of a marché that wait for a decision.</summary>
    public static Task<int> WaitingAsync(DbConnection db, DbTransaction tx, MarketId market, CalendarMonth month, CancellationToken ct) =>
        db.QuerySingleAsync<int>(new CommandDefinition(
            """
            select count(*) from hour_entry e join work_contract c on c.id = e.contract_id
            where c.market_id = @market and e.month = @FirstDay and e.corrects is null
                and not exists (select 1 from hour_decision d where d.entry_id = e.id)
                and not exists (select 1 from hour_entry t where t.corrects = e.id)
            """,
            new { market, month.FirstDay }, tx, cancellationToken: ct));

    /// <summary>The lots of a marché that a convention names: their missing hours are looked at together.</summary>
    public static async Task<IReadOnlySet<LotId>> PooledLotsAsync(DbConnection db, MarketId market, CancellationToken ct)
    {
        var lots = await db.QueryAsync<LotId>(new CommandDefinition(
            "select distinct p.lot_id from pooling_lot p join lot l on l.id = p.lot_id where l.market_id = @market order by p.lot_id limit 500", new { market }, cancellationToken: ct));
        return lots.ToHashSet();
    }

    /// <summary>The formal notices of a marché, the oldest first.</summary>
    public static async Task<IReadOnlyList<FormalNotice>> NoticesAsync(DbConnection db, MarketId market, CancellationToken ct, DbTransaction? tx = null)
    {
        var rows = await db.QueryAsync<(Guid Id, DateOnly First, DateOnly Last, DateOnly SentOn, DateOnly? SettledOn)>(new CommandDefinition(
            "select id, first_month, last_month, sent_on, settled_on from formal_notice where market_id = @market order by first_month, id limit 500",
            new { market }, tx, cancellationToken: ct));
        return [.. rows.Select(row => new FormalNotice(row.Id, LabelOf(row.First, row.Last), row.SentOn, row.SettledOn))];
    }

    /// <summary>False when a notice was already sent for that period.</summary>
    public static async Task<bool> AppendNoticeAsync(
        DbConnection db, DbTransaction tx, MarketId market, ReportingPeriod period, DateOnly sentOn, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into formal_notice (id, market_id, first_month, last_month, sent_on, created_at, created_by_id, created_by)
            values (@id, @market, @first, @last, @sentOn, @now, @UserId, @DisplayName) on conflict (market_id, first_month) do nothing
            """,
            new { id = Guid.CreateVersion7(), market, first = period.First.FirstDay, last = period.Last.FirstDay, sentOn, now, who.UserId, who.DisplayName },
            tx, cancellationToken: ct)) > 0;

    /// <summary>False when the notice is not of this marché, or is already settled.</summary>
    public static async Task<bool> SettleAsync(DbConnection db, DbTransaction tx, MarketId market, Guid notice, DateOnly settledOn, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            "update formal_notice set settled_on = @settledOn where id = @notice and market_id = @market and settled_on is null and sent_on <= @settledOn",
            new { notice, market, settledOn }, tx, cancellationToken: ct)) > 0;

    /// <summary>First days of the months of the waiting lines without proof, by contract.</summary>
    public static async Task<ILookup<ContractId, DateOnly>> UnprovedAsync(DbConnection db, MarketId market, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(ContractId Contract, DateOnly Month)>(new CommandDefinition(
            """
            select e.contract_id, e.month from hour_entry e join work_contract c on c.id = e.contract_id
            where c.market_id = @market and e.corrects is null
                and not exists (select 1 from hour_proof p where p.entry_id = e.id)
                and not exists (select 1 from hour_decision d where d.entry_id = e.id)
                and not exists (select 1 from hour_entry t where t.corrects = e.id)
            order by e.contract_id, e.month limit 200000
            """,
            new { market }, cancellationToken: ct));
        return rows.ToLookup(row => row.Contract, row => row.Month);
    }

    private sealed class TermsRow
    {
        public int Version { get; init; }
        public int DueBefore { get; init; }
        public bool ProofAsked { get; init; }
        public int? CentsPerMissingHour { get; init; }
        public int? CentsPerLateDay { get; init; }
        public int? RateMultiple { get; init; }
        public int? HourlyRateCents { get; init; }
        public int? AiCapHours { get; init; }
        public string? AiCapOrder { get; init; }

        public ControlTerms ToTerms() => new(
            Version, DueBefore, ProofAsked, new PenaltyTerms(CentsPerMissingHour, CentsPerLateDay, RateMultiple, HourlyRateCents), AiCapHours, AiCapOrder);
    }

    private static string LabelOf(DateOnly first, DateOnly last) =>
        new ReportingPeriod(CalendarMonth.Of(first), CalendarMonth.Of(last), last).Label;
}
