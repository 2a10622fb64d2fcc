using System.Data;
using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;

namespace Matching.Web.Pools;

/// <summary>What writing people did.</summary>
public readonly record struct Written(int Added, int Updated, int Unchanged);

/// <summary>
/// Writes the people of one pool: laid out in a table of the connection first, as slowly as they are checked, then stored all at once in one
/// short transaction with their rows of the change feed. What is already stored alike is not written again, except for the day the structure
/// confirmed it.
/// </summary>
public sealed class PoolWriter(Database database, FrenchCalendar calendar)
{
    private const string Lay = """
        create temporary table pool_staged as
        select id, reference, last_name, first_name, birth_date, sex, phone, email, postal_code, insee_code, work_json, eligibility_json,
            available_from, informed_on, '' as outcome
        from person where 1 = 0
        """;

    private const string Insert = """
        insert into pool_staged (id, reference, last_name, first_name, birth_date, sex, phone, email, postal_code, insee_code, work_json, eligibility_json,
            available_from, informed_on)
        values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13)
        """;

    private const string Copy = """
        copy pool_staged (id, reference, last_name, first_name, birth_date, sex, phone, email, postal_code, insee_code, work_json, eligibility_json,
            available_from, informed_on)
        from stdin (format binary)
        """;

    // Null for who is new, M changed, C unchanged and to be confirmed today, I unchanged and confirmed already.
    private const string Compare = """
        update pool_staged set id = p.id, outcome = case
            when (pool_staged.last_name, pool_staged.first_name, pool_staged.birth_date, pool_staged.sex, pool_staged.phone, pool_staged.email, pool_staged.postal_code,
                    pool_staged.insee_code, pool_staged.work_json, pool_staged.eligibility_json, pool_staged.available_from, pool_staged.informed_on)
                is distinct from (p.last_name, p.first_name, p.birth_date, p.sex, p.phone, p.email, p.postal_code, p.insee_code, p.work_json, p.eligibility_json,
                    p.available_from, p.informed_on) then 'M'
            when p.checked_on < @today then 'C'
            else 'I' end
        from person p where p.organization_id = @pool and p.reference = pool_staged.reference
        """;

    // A withdrawal stands until someone publishes the person again by hand; without the day of information nothing stays published.
    private const string Store = """
        insert into person (id, organization_id, reference, last_name, first_name, birth_date, sex, phone, email, postal_code, insee_code,
            work_json, eligibility_json, available_from, informed_on, checked_on, published_at, updated_at)
        select id, @pool, reference, last_name, first_name, birth_date, sex, phone, email, postal_code, insee_code,
            work_json, eligibility_json, available_from, informed_on, @today,
            case when informed_on is not null and exists (select 1 from pool_publication where organization_id = @pool) then @now end, @now
        from pool_staged where coalesce(outcome, 'M') = 'M'
        on conflict (organization_id, reference) do update set
            last_name = excluded.last_name, first_name = excluded.first_name, birth_date = excluded.birth_date, sex = excluded.sex,
            phone = excluded.phone, email = excluded.email, postal_code = excluded.postal_code, insee_code = excluded.insee_code,
            work_json = excluded.work_json, eligibility_json = excluded.eligibility_json, available_from = excluded.available_from,
            informed_on = excluded.informed_on, checked_on = excluded.checked_on, updated_at = excluded.updated_at,
            published_at = case when excluded.informed_on is null then null else coalesce(person.published_at, excluded.published_at) end
        """;

    // Someone who was no longer published, not being confirmed in time, is again.
    private const string Confirm = """
        update person set checked_on = @today,
            published_at = case when informed_on is not null and exists (select 1 from pool_publication where organization_id = @pool) then coalesce(published_at, @now) end
        where id in (select id from pool_staged where outcome = 'C')
        """;

    /// <summary>Two writers of one pool take turns: what is read after this stays true until the transaction ends.</summary>
    public static Task TakeTurnAsync(DbConnection db, DbTransaction tx, OrganizationId pool, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update organization set name = name where id = @pool", new { pool }, tx, cancellationToken: ct));

    /// <summary>Prepares the connection to receive people; nothing is stored yet.</summary>
    public static Task BeginAsync(DbConnection db, DbTransaction? tx, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(Lay, transaction: tx, cancellationToken: ct));

    /// <summary>Takes away what was laid out: the connection goes back to the pool without anyone's facts.</summary>
    public static async Task EndAsync(DbConnection db, DbTransaction? tx)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (db.State == ConnectionState.Open)
        {
            await db.ExecuteAsync("drop table if exists pool_staged", transaction: tx);
        }
    }

    /// <summary>Lays people out on the connection, one reference each in all; nobody else sees them.</summary>
    internal static Task LayAsync(DbConnection db, DbTransaction? tx, IEnumerable<PersonFacts> people, CancellationToken ct) =>
        db.InsertManyAsync(tx, Insert, Copy, people.Select(person => person.Values()), ct);

    /// <summary>Stores the people laid out, in the caller's transaction on the same connection.</summary>
    public async Task<Written> StoreAsync(DbConnection db, DbTransaction tx, OrganizationId pool, CancellationToken ct)
    {
        await TakeTurnAsync(db, tx, pool, ct);
        if (database.IsPostgreSql)
        {
            await RunAsync("analyze pool_staged");
        }

        await RunAsync(Compare);
        var counts = await db.QuerySingleAsync<Written>(new CommandDefinition(
            """
            select coalesce(sum(case when outcome is null then 1 else 0 end), 0) as added,
                coalesce(sum(case when outcome = 'M' then 1 else 0 end), 0) as updated,
                coalesce(sum(case when outcome in ('C', 'I') then 1 else 0 end), 0) as unchanged
            from pool_staged
            """,
            transaction: tx, cancellationToken: ct));
        await RunAsync(Store);
        await RunAsync(Confirm);
        await RunAsync(database.IsPostgreSql
            ? "insert into change (xid, entity, entity_id, at) select pg_current_xact_id()::text::bigint, 'person', id, @now from pool_staged where coalesce(outcome, 'M') <> 'I'"
            : "insert into change (xid, entity, entity_id, at) select 0, 'person', id, @now from pool_staged where coalesce(outcome, 'M') <> 'I'");
        return counts;

        Task<int> RunAsync(string sql) => db.ExecuteAsync(new CommandDefinition(
            sql, new { pool, today = calendar.Today, now = calendar.Now }, tx, commandTimeout: 600, cancellationToken: ct));
    }

    /// <summary>Stores a few people at once in the caller's transaction.</summary>
    public async Task<Written> WriteAsync(DbConnection db, DbTransaction tx, OrganizationId pool, IReadOnlyCollection<PoolPerson> people, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(people);
        await BeginAsync(db, tx, ct);
        await LayAsync(db, tx, people.Select(PersonFacts.Of), ct);
        var written = await StoreAsync(db, tx, pool, ct);
        await EndAsync(db, tx);
        return written;
    }
}
