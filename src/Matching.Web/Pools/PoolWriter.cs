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

    /// <summary>People of one statement: several, to spare round trips; few, since SQLite finds each parameter by walking through the others.</summary>
    private const int StatementSize = 16;

    private static readonly string[] ColumnNames =
    [
        "id", "organization_id", "reference", "last_name", "first_name", "birth_date", "sex", "phone", "email", "postal_code", "insee_code",
        "work_json", "eligibility_json", "available_from", "informed_on", "checked_on", "published_at", "updated_at",
    ];

    /// <summary>Stores these people (one reference each) in the caller's transaction.</summary>
    public async Task<Written> WriteAsync(DbConnection db, DbTransaction tx, OrganizationId pool, IReadOnlyCollection<PoolPerson> people, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(people);
        var isPublished = await db.QuerySingleAsync<int>(new CommandDefinition(
            "select count(*) from pool_publication where organization_id = @pool", new { pool }, tx, cancellationToken: ct)) > 0;
        var stored = await StoredAsync(db, tx, pool, people, ct);
        var toWrite = new List<Facts>();
        var toConfirm = new List<Guid>();
        var (added, unchanged) = (0, 0);
        foreach (var person in people)
        {
            var facts = Facts.Of(person);
            if (!stored.TryGetValue(person.Reference, out var before))
            {
                added++;
                toWrite.Add(facts);
            }
            else if (before.Facts() != facts)
            {
                toWrite.Add(facts);
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

        var changed = await UpsertAsync(db, tx, pool, toWrite, isPublished, ct);
        await ConfirmAsync(db, tx, toConfirm, ct);
        await feed.AppendAsync(db, tx, "person", changed.Concat(toConfirm), ct);
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

    private async Task<List<Guid>> UpsertAsync(
        DbConnection db, DbTransaction tx, OrganizationId pool, List<Facts> people, bool isPublished, CancellationToken ct)
    {
        var ids = new List<Guid>(people.Count);
        foreach (var chunk in people.Chunk(StatementSize))
        {
            var parameters = new DynamicParameters();
            parameters.Add("pool", pool);
            parameters.Add("today", calendar.Today);
            parameters.Add("now", calendar.Now);
            for (var i = 0; i < chunk.Length; i++)
            {
                AddParameters(parameters, chunk[i], i, isPublished ? calendar.Now : null);
            }

            ids.AddRange(await db.QueryAsync<Guid>(new CommandDefinition(Statement(chunk.Length), parameters, tx, cancellationToken: ct)));
        }

        return ids;
    }

    private static void AddParameters(DynamicParameters parameters, Facts facts, int i, DateTimeOffset? publishedAt)
    {
        parameters.Add($"id{i}", Guid.CreateVersion7());
        parameters.Add($"reference{i}", facts.Reference);
        parameters.Add($"lastName{i}", facts.LastName);
        parameters.Add($"firstName{i}", facts.FirstName);
        parameters.Add($"birthDate{i}", facts.BirthDate);
        parameters.Add($"sex{i}", facts.Sex);
        parameters.Add($"phone{i}", facts.Phone);
        parameters.Add($"email{i}", facts.Email);
        parameters.Add($"postalCode{i}", facts.PostalCode);
        parameters.Add($"insee{i}", facts.InseeCode);
        parameters.Add($"work{i}", facts.WorkJson);
        parameters.Add($"eligibility{i}", facts.EligibilityJson);
        parameters.Add($"available{i}", facts.AvailableFrom);
        parameters.Add($"informed{i}", facts.InformedOn);
        parameters.Add($"published{i}", facts.InformedOn is null ? null : publishedAt);
    }

    // A withdrawal stands until someone publishes the person again by hand; without the day of information nothing stays published.
    private static string Statement(int count)
    {
        var rows = Enumerable.Range(0, count).Select(i =>
            $"(@id{i}, @pool, @reference{i}, @lastName{i}, @firstName{i}, @birthDate{i}, @sex{i}, @phone{i}, @email{i}, @postalCode{i}, @insee{i}, "
            + $"@work{i}, @eligibility{i}, @available{i}, @informed{i}, @today, @published{i}, @now)");
        return $"""
            insert into person ({string.Join(", ", ColumnNames)}) values
            {string.Join(",\n", rows)}
            on conflict (organization_id, reference) do update set
                last_name = excluded.last_name, first_name = excluded.first_name, birth_date = excluded.birth_date, sex = excluded.sex,
                phone = excluded.phone, email = excluded.email, postal_code = excluded.postal_code, insee_code = excluded.insee_code,
                work_json = excluded.work_json, eligibility_json = excluded.eligibility_json, available_from = excluded.available_from,
                informed_on = excluded.informed_on, checked_on = excluded.checked_on, updated_at = excluded.updated_at,
                published_at = case when excluded.informed_on is null then null else coalesce(person.published_at, excluded.published_at) end
            returning id
            """;
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
