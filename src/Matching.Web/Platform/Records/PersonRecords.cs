using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.People;

namespace Matching.Web.Platform.Records;

/// <summary>Reading and writing people. Who may see them is the caller's question: see <see cref="Visibility"/>.</summary>
public static class PersonRecords
{
    /// <summary>Ids of one `in` list: below SQLite's limit of parameters.</summary>
    public const int BatchSize = 500;

    private const string Columns = """
        p.id, p.organization_id, p.reference, p.last_name, p.first_name, p.birth_date, p.sex, p.phone, p.email, p.postal_code,
        p.work_json, p.eligibility_json, p.informed_on, p.checked_on, p.published_at, p.withdrawn_at
        """;

    private const string PublishedColumns = "p.id, p.organization_id, p.work_json, p.eligibility_json, p.checked_on";

    public static async Task<StoredPerson?> FindAsync(DbConnection db, PersonId id, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"select {Columns} from person p where p.id = @id", new { id }, tx, cancellationToken: ct));
        return row?.ToPerson();
    }

    public static async Task<StoredPerson?> FindByReferenceAsync(
        DbConnection db, OrganizationId pool, string reference, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"select {Columns} from person p where p.organization_id = @pool and p.reference = @reference", new { pool, reference }, tx, cancellationToken: ct));
        return row?.ToPerson();
    }

    /// <summary>The people of these ids that exist, in no promised order.</summary>
    public static async Task<IReadOnlyList<StoredPerson>> ReadAsync(DbConnection db, IEnumerable<PersonId> ids, CancellationToken ct, DbTransaction? tx = null)
    {
        var people = new List<StoredPerson>();
        foreach (var batch in ids.Distinct().Chunk(BatchSize))
        {
            var rows = await db.QueryAsync<Row>(new CommandDefinition(
                $"select {Columns} from person p where p.id {db.In("@ids")} order by p.id limit {BatchSize}",
                new { ids = batch.Select(id => id.Value).ToArray() }, tx, cancellationToken: ct));
            people.AddRange(rows.Select(row => row.ToPerson()));
        }

        return people;
    }

    /// <summary>All people by id, a page at a time: for loading the engine.</summary>
    public static async Task<IReadOnlyList<StoredPerson>> PageAsync(DbConnection db, PersonId? after, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"select {Columns} from person p where p.id > @after order by p.id limit @limit",
            new { after = after?.Value ?? Guid.Empty, limit }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToPerson())];
    }

    /// <summary>Of everyone published, what ranking needs, a page at a time by id.</summary>
    public static Task<IReadOnlyList<PublishedFacts>> PublishedPageAsync(DbConnection db, PersonId? after, int limit, CancellationToken ct) =>
        ReadPublishedAsync(
            db,
            new CommandDefinition(
                $"select {PublishedColumns} from person p where p.id > @after and {Visibility.PersonIsPublished} order by p.id limit @limit",
                new { after = after?.Value ?? Guid.Empty, limit }, cancellationToken: ct),
            ct);

    /// <summary>Of these people, what ranking needs of those who are published, in no promised order.</summary>
    public static async Task<IReadOnlyList<PublishedFacts>> ReadPublishedAsync(DbConnection db, IEnumerable<PersonId> ids, CancellationToken ct)
    {
        var people = new List<PublishedFacts>();
        foreach (var batch in ids.Distinct().Chunk(BatchSize))
        {
            var command = new CommandDefinition(
                $"select {PublishedColumns} from person p where p.id {db.In("@ids")} and {Visibility.PersonIsPublished} order by p.id limit {BatchSize}",
                new { ids = batch.Select(id => id.Value).ToArray() }, cancellationToken: ct);
            people.AddRange(await ReadPublishedAsync(db, command, ct));
        }

        return people;
    }

    // Without Dapper: it makes a text of each JSON column, only for it to be read as bytes again. A node reads a million of them at its start.
    private static async Task<IReadOnlyList<PublishedFacts>> ReadPublishedAsync(DbConnection db, CommandDefinition command, CancellationToken ct)
    {
        await using var reader = await db.ExecuteReaderAsync(command);
        var people = new List<PublishedFacts>();
        while (await reader.ReadAsync(ct))
        {
            people.Add(new PublishedFacts(
                new PersonId(reader.GetGuid(0)), new OrganizationId(reader.GetGuid(1)),
                RecordJson.Read<WorkProfile>(reader.GetFieldValue<byte[]>(2)),
                RecordJson.Read<EligibilityFacts>(reader.GetFieldValue<byte[]>(3)),
                reader.GetFieldValue<DateOnly>(4)));
        }

        return people;
    }

    /// <summary>The people of a pool by id, a page at a time.</summary>
    public static async Task<IReadOnlyList<StoredPerson>> PageOfPoolAsync(DbConnection db, OrganizationId pool, Guid after, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"select {Columns} from person p where p.organization_id = @pool and p.id > @after order by p.id limit @limit",
            new { pool, after, limit }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToPerson())];
    }

    /// <summary>Adds or replaces the facts of a person; publication and withdrawal are left as they are.</summary>
    public static Task UpsertAsync(DbConnection db, DbTransaction tx, IReadOnlyCollection<Person> people, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into person (id, organization_id, reference, last_name, first_name, birth_date, sex, phone, email, postal_code, insee_code,
                work_json, eligibility_json, available_from, informed_on, checked_on, published_at, withdrawn_at, updated_at)
            values (@Id, @OrganizationId, @Reference, @LastName, @FirstName, @BirthDate, @Sex, @Phone, @Email, @PostalCode, @InseeCode,
                @WorkJson, @EligibilityJson, @AvailableFrom, @InformedOn, @CheckedOn, null, null, @now)
            on conflict (organization_id, reference) do update set
                last_name = excluded.last_name, first_name = excluded.first_name, birth_date = excluded.birth_date, sex = excluded.sex,
                phone = excluded.phone, email = excluded.email, postal_code = excluded.postal_code, insee_code = excluded.insee_code,
                work_json = excluded.work_json, eligibility_json = excluded.eligibility_json, available_from = excluded.available_from,
                informed_on = excluded.informed_on, checked_on = excluded.checked_on, updated_at = excluded.updated_at
            """,
            people.Select(person => Parameters(person, now)), tx, cancellationToken: ct));

    private static object Parameters(Person person, DateTimeOffset now) => new
    {
        person.Id,
        person.OrganizationId,
        person.Reference,
        person.Identity.LastName,
        person.Identity.FirstName,
        person.Identity.BirthDate,
        Sex = person.Identity.Sex == Sex.Unknown ? "" : person.Identity.Sex.ToString(),
        person.Identity.Phone,
        person.Identity.Email,
        person.Identity.PostalCode,
        person.Work.InseeCode,
        WorkJson = RecordJson.Write(person.Work),
        EligibilityJson = RecordJson.Write(person.Eligibility),
        person.Work.AvailableFrom,
        person.InformedOn,
        person.CheckedOn,
        now,
    };

    private sealed class Row
    {
        public PersonId Id { get; init; }
        public OrganizationId OrganizationId { get; init; }
        public string Reference { get; init; } = "";
        public string LastName { get; init; } = "";
        public string FirstName { get; init; } = "";
        public DateOnly BirthDate { get; init; }
        public string Sex { get; init; } = "";
        public string? Phone { get; init; }
        public string? Email { get; init; }
        public string? PostalCode { get; init; }
        public string WorkJson { get; init; } = "";
        public string EligibilityJson { get; init; } = "";
        public DateOnly? InformedOn { get; init; }
        public DateOnly CheckedOn { get; init; }
        public DateTimeOffset? PublishedAt { get; init; }
        public DateTimeOffset? WithdrawnAt { get; init; }

        public StoredPerson ToPerson() => new(
            new Person(
                Id, OrganizationId, Reference,
                new Identity(LastName, FirstName, BirthDate, Enum.TryParse<Sex>(Sex, out var sex) ? sex : Rules.People.Sex.Unknown, Phone, Email, PostalCode),
                RecordJson.Read<WorkProfile>(WorkJson),
                RecordJson.Read<EligibilityFacts>(EligibilityJson),
                InformedOn, CheckedOn),
            PublishedAt, WithdrawnAt);
    }
}

/// <summary>A person as stored, with the state of the publication.</summary>
public sealed record StoredPerson(Person Person, DateTimeOffset? PublishedAt, DateTimeOffset? WithdrawnAt)
{
    public bool IsPublished => PublishedAt is not null && WithdrawnAt is null;
}
