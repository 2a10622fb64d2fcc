using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Matching.Web.Platform;

/// <summary>A place in the change feed; <c>default</c> is before everything.</summary>
public readonly record struct ChangePosition(long Xid, long Seq);

/// <summary>One row of the feed: this thing was written; read it again.</summary>
public sealed record Change(string Entity, Guid EntityId);

/// <summary>
/// How far one follower has come: everything up to <see cref="Settled"/>, and the transactions after it that it has read while an older one was
/// still running. Only the first is worth keeping with a snapshot: the others are read again.
/// </summary>
public sealed class FeedPlace(ChangePosition settled)
{
    public ChangePosition Settled { get; internal set; } = settled;

    internal HashSet<long> Ahead { get; } = [];
}

/// <summary>
/// What was written, for those who keep a copy in memory. A reader sees a change as soon as it is committed and never skips a transaction that
/// commits late: on PostgreSQL the order is (transaction, sequence), and its place moves only past what no running transaction can still precede.
/// The oldest running one may belong to any database of the server, so waiting for it instead would hold everyone back.
/// </summary>
public sealed class ChangeFeed(Database database, FrenchCalendar calendar)
{
    public const int ReadLimit = 10_000;

    private const string ReadPostgreSql = """
        select xid, seq, entity, entity_id, xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint as is_settled
        from change
        where (xid, seq) > (@Xid, @Seq) and xid <> all(@ahead)
        order by xid, seq
        limit @limit
        """;

    // On SQLite, with one writer at a time, xid is always 0: naming it, even to sort, would walk through the whole feed at every search.
    private const string ReadSqlite = """
        select xid, seq, entity, entity_id, 1 as is_settled
        from change
        where seq > @Seq
        order by seq
        limit @limit
        """;

    // A change ahead of an older running transaction is counted until it is settled; then the settled place moves past it.
    private const string MarkPostgreSql = """
        with running as (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest)
        select
            coalesce((select c.xid || '.' || c.seq from change c where c.xid < (select oldest from running) order by c.xid desc, c.seq desc limit 1), '')
            || ' ' || (select count(*) from change c where c.xid >= (select oldest from running))
        """;

    private const string MarkSqlite = "select cast(max(seq) as text) from change";

    /// <summary>Notes, in the writer's own transaction, that these entities changed.</summary>
    public async Task AppendAsync(DbConnection db, DbTransaction tx, string entity, IEnumerable<Guid> ids, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var sql = $"insert into change (xid, entity, entity_id, at) values ({(database.IsPostgreSql ? "pg_current_xact_id()::text::bigint" : "0")}, @entity, @id, @at)";
        var at = calendar.Now;
        await db.ExecuteAsync(new CommandDefinition(sql, ids.Select(id => new { entity, id, at }), tx, cancellationToken: ct));
    }

    /// <summary>
    /// Every change committed before this call and not yet read from this place, some at a time (1–10,000). The place moves when the next
    /// ones are asked for: a follower that fails on some reads them again. One call at a time for a place.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<Change>> FollowAsync(FeedPlace place, [EnumeratorCancellation] CancellationToken ct, int atOnce = ReadLimit)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
        var (from, ahead, isSettled) = (place.Settled, new HashSet<long>(), true);
        while (await PageAsync(from, [.. place.Ahead], Math.Min(atOnce, ReadLimit), ct) is { Count: > 0 } page)
        {
            yield return [.. page.Select(row => new Change(row.Entity, row.EntityId))];
            foreach (var row in page)
            {
                // Once one is not settled, the later ones of this round are not either: another may still commit between them.
                if (isSettled &= row.IsSettled)
                {
                    place.Settled = new ChangePosition(row.Xid, row.Seq);
                }
                else
                {
                    ahead.Add(row.Xid);
                }
            }

            from = new ChangePosition(page[^1].Xid, page[^1].Seq);
        }

        // A transaction shows all its changes at once: read to the end of the round, none of it is left.
        place.Ahead.UnionWith(ahead);
        place.Ahead.RemoveWhere(xid => xid < place.Settled.Xid);
    }

    /// <summary>The newest place that no running transaction can still precede: where a fresh full load starts to follow.</summary>
    public async Task<ChangePosition> LatestAsync(DbConnection db, CancellationToken ct)
    {
        var bound = database.IsPostgreSql ? "where xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint" : "";
        return await db.QuerySingleOrDefaultAsync<ChangePosition>(new CommandDefinition(
            $"select xid, seq from change {bound} order by xid desc, seq desc limit 1", cancellationToken: ct));
    }

    /// <summary>A text that is another one as soon as another change is committed, whatever else still runs on the server; "" before the first.</summary>
    public async Task<string> MarkAsync(DbConnection db, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(database.IsPostgreSql ? MarkPostgreSql : MarkSqlite, cancellationToken: ct)) ?? "";

    private async Task<IReadOnlyList<Row>> PageAsync(ChangePosition after, long[] ahead, int limit, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return [.. await db.QueryAsync<Row>(new CommandDefinition(
            database.IsPostgreSql ? ReadPostgreSql : ReadSqlite,
            database.IsPostgreSql ? new { after.Xid, after.Seq, ahead, limit } : new { after.Seq, limit }, cancellationToken: ct))];
    }

    private sealed class Row
    {
        public long Xid { get; init; }
        public long Seq { get; init; }
        public string Entity { get; init; } = "";
        public Guid EntityId { get; init; }
        public bool IsSettled { get; init; }
    }
}
