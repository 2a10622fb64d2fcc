using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>What writing a batch of people did.</summary>
public readonly record struct Written(int Added, int Updated, int Unchanged);

/// <summary>
/// Writes the people of one pool, a batch in one transaction with its rows of the change feed. What is already stored alike is not written
/// again, except for the day the structure confirmed it.
/// </summary>
public sealed class PoolWriter(ChangeFeed feed, FrenchCalendar calendar)
{
    public const int BatchSize = 1_000;

    // One row a statement, prepared once: SQLite finds a parameter by walking through all the others, so that wide statements cost more than they save.
    // A withdrawal stands until someone publishes the person again by hand; without the day of information nothing stays published.
    private const string Upsert = """
        insert into person (id, organization_id, reference, last_name, first_name, birth_date, sex, phone, email, postal_code, insee_code,
            work_json, eligibility_json, available_from, informed_on, checked_on, published_at, updated_at)
        values (@Id, @Pool, @Reference, @LastName, @FirstName, @BirthDate, @Sex, @Phone, @Email, @PostalCode, @InseeCode,
            @WorkJson, @EligibilityJson, @AvailableFrom, @InformedOn, @Today, @PublishedAt, @Now)
        on conflict (organization_id, reference) do update set
            last_name = excluded.last_name, first_name = excluded.first_name, birth_date = excluded.birth_date, sex = excluded.sex,
            phone = excluded.phone, email = excluded.email, postal_code = excluded.postal_code, insee_code = excluded.insee_code,
            work_json = excluded.work_json, eligibility_json = excluded.eligibility_json, available_from = excluded.available_from,
            informed_on = excluded.informed_on, checked_on = excluded.checked_on, updated_at = excluded.updated_at,
            published_at = case when excluded.informed_on is null then null else coalesce(person.published_at, excluded.published_at) end
        """;

    private static readonly string[] UpsertNames =
    [
        "Id", "Pool", "Reference", "LastName", "FirstName", "BirthDate", "Sex", "Phone", "Email", "PostalCode", "InseeCode",
        "WorkJson", "EligibilityJson", "AvailableFrom", "InformedOn", "Today", "PublishedAt", "Now",
    ];

    /// <summary>Stores these people (one reference each) in the caller's transaction.</summary>
    public async Task<Written> WriteAsync(DbConnection db, DbTransaction tx, OrganizationId pool, IReadOnlyCollection<PoolPerson> people, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(people);
        // Two writers of one pool take turns: what is read below stays true until the end.
        await db.ExecuteAsync(new CommandDefinition("update organization set name = name where id = @pool", new { pool }, tx, cancellationToken: ct));
        var isPublished = await db.QuerySingleAsync<int>(new CommandDefinition(
            "select count(*) from pool_publication where organization_id = @pool", new { pool }, tx, cancellationToken: ct)) > 0;
        var stored = await StoredAsync(db, tx, pool, people, ct);
        var toWrite = new List<(Guid Id, Facts Facts)>();
        var toConfirm = new List<Guid>();
        var (added, unchanged) = (0, 0);
        foreach (var person in people)
        {
            var facts = Facts.Of(person);
            if (!stored.TryGetValue(person.Reference, out var before))
            {
                added++;
                toWrite.Add((Guid.CreateVersion7(), facts));
            }
            else if (before.Facts() != facts)
            {
                toWrite.Add((before.Id, facts));
            }
            else
            {
                unchanged++;
                if (before.CheckedOn < calendar.Today)
                {
                    toConfirm.Add(before.Id);
                }
            }
        }

        await UpsertAsync(db, tx, pool, toWrite, isPublished, ct);
        await ConfirmAsync(db, tx, toConfirm, ct);
        await feed.AppendAsync(db, tx, "person", toWrite.Select(it => it.Id).Concat(toConfirm), ct);
        return new Written(added, toWrite.Count - added, unchanged);
    }

    private static async Task<Dictionary<string, Row>> StoredAsync(
        DbConnection db, DbTransaction tx, OrganizationId pool, IReadOnlyCollection<PoolPerson> people, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            select id, reference, last_name, first_name, birth_date, sex, phone, email, postal_code, insee_code,
                work_json, eligibility_json, available_from, informed_on, checked_on
            from person
            where organization_id = @pool and reference {db.In("@references")}
            order by reference limit {BatchSize}
            """,
            new { pool, references = people.Select(person => person.Reference).ToArray() }, tx, cancellationToken: ct));
        return rows.ToDictionary(row => row.Reference, StringComparer.Ordinal);
    }

    private Task UpsertAsync(
        DbConnection db, DbTransaction tx, OrganizationId pool, List<(Guid Id, Facts Facts)> people, bool isPublished, CancellationToken ct)
    {
        var (today, now) = (calendar.Today, calendar.Now);
        return db.ExecuteManyAsync(
            tx,
            Upsert,
            UpsertNames,
            people.Select(it => new object?[]
            {
                it.Id, pool.Value, it.Facts.Reference, it.Facts.LastName, it.Facts.FirstName, it.Facts.BirthDate, it.Facts.Sex, it.Facts.Phone,
                it.Facts.Email, it.Facts.PostalCode, it.Facts.InseeCode, it.Facts.WorkJson, it.Facts.EligibilityJson, it.Facts.AvailableFrom,
                it.Facts.InformedOn, today, isPublished && it.Facts.InformedOn is not null ? now : null, now,
            }),
            ct);
    }

    private async Task ConfirmAsync(DbConnection db, DbTransaction tx, List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count > 0)
        {
            await db.ExecuteAsync(new CommandDefinition(
                $"update person set checked_on = @today where id {db.In("@ids")}", new { today = calendar.Today, ids = ids.ToArray() }, tx, cancellationToken: ct));
        }
    }

    /// <summary>The stored form of a person's facts: two are the same person unchanged when all are equal.</summary>
    private sealed record Facts(
        string Reference, string LastName, string FirstName, DateOnly BirthDate, string Sex, string? Phone, string? Email, string? PostalCode,
        string InseeCode, string WorkJson, string EligibilityJson, DateOnly AvailableFrom, DateOnly? InformedOn)
    {
        public static Facts Of(PoolPerson person) => new(
            person.Reference, person.Identity.LastName, person.Identity.FirstName, person.Identity.BirthDate,
            person.Identity.Sex == Rules.People.Sex.Unknown ? "" : person.Identity.Sex.ToString(), person.Identity.Phone, person.Identity.Email,
            person.Identity.PostalCode, person.Work.InseeCode, RecordJson.Write(person.Work), RecordJson.Write(person.Eligibility), person.Work.AvailableFrom,
            person.InformedOn);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Reference { get; init; } = "";
        public string LastName { get; init; } = "";
        public string FirstName { get; init; } = "";
        public DateOnly BirthDate { get; init; }
        public string Sex { get; init; } = "";
        public string? Phone { get; init; }
        public string? Email { get; init; }
        public string? PostalCode { get; init; }
        public string InseeCode { get; init; } = "";
        public string WorkJson { get; init; } = "";
        public string EligibilityJson { get; init; } = "";
        public DateOnly AvailableFrom { get; init; }
        public DateOnly? InformedOn { get; init; }
        public DateOnly CheckedOn { get; init; }

        public Facts Facts() => new(
            Reference, LastName, FirstName, BirthDate, Sex, Phone, Email, PostalCode, InseeCode, WorkJson, EligibilityJson, AvailableFrom, InformedOn);
    }
}
