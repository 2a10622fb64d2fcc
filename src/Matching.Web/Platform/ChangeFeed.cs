using System.Data.Common;
using Dapper;

namespace Matching.Web.Platform;

/// <summary>How far a reader has come in the change feed; kept with its own snapshot, starts at <c>default</c>.</summary>
public readonly record struct ChangePosition(long Xid, long Seq);

/// <summary>One row of the feed: this thing was written; read it again.</summary>
public sealed record Change(ChangePosition Position, string Entity, Guid EntityId);

/// <summary>
/// What was written, for those who keep a copy in memory. A reader never skips a transaction that commits late: on PostgreSQL the
/// order is (transaction, sequence) and only transactions older than every running one are shown.
/// </summary>
public sealed class ChangeFeed(Database database, FrenchCalendar calendar)
{
    public const int ReadLimit = 10_000;

    private const string ReadPostgreSql = """
        select xid, seq, entity, entity_id
        from change
        where (xid, seq) > (@Xid, @Seq) and xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        order by xid, seq
        limit @limit
        """;

    // On SQLite xid is always 0: naming it, even to sort, would walk through the whole feed at every search.
    private const string ReadSqlite = """
        select xid, seq, entity, entity_id
        from change
        where seq > @Seq
        order by seq
        limit @limit
        """;

    /// <summary>Notes, in the writer's own transaction, that these entities changed.</summary>
    public async Task AppendAsync(DbConnection db, DbTransaction tx, string entity, IEnumerable<Guid> ids, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var sql = $"insert into change (xid, entity, entity_id, at) values ({(database.IsPostgreSql ? "pg_current_xact_id()::text::bigint" : "0")}, @entity, @id, @at)";
        var at = calendar.Now;
        await db.ExecuteAsync(new CommandDefinition(sql, ids.Select(id => new { entity, id, at }), tx, cancellationToken: ct));
    }

    /// <summary>The changes after a position, oldest first, at most <paramref name="limit"/> (1–10,000).</summary>
    public async Task<IReadOnlyList<Change>> ReadAsync(ChangePosition after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var sql = database.IsPostgreSql ? ReadPostgreSql : ReadSqlite;
        await using var db = await database.OpenAsync(ct);
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            sql, new { after.Xid, after.Seq, limit = Math.Min(limit, ReadLimit) }, cancellationToken: ct));
        return [.. rows.Select(row => new Change(new ChangePosition(row.Xid, row.Seq), row.Entity, row.EntityId))];
    }

    /// <summary>The position of the newest change a reader may see now: where a fresh full load starts to follow.</summary>
    public async Task<ChangePosition> LatestAsync(DbConnection db, CancellationToken ct)
    {
        var bound = database.IsPostgreSql ? "where xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint" : "";
        return await db.QuerySingleOrDefaultAsync<ChangePosition>(new CommandDefinition(
            $"select xid, seq from change {bound} order by xid desc, seq desc limit 1", cancellationToken: ct));
    }

    private sealed record Row(long Xid, long Seq, string Entity, Guid EntityId);
}
