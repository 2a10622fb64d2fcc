using CsvHelper;
using Dapper;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>GET /viviers/export.csv: one's whole pool in the columns of the template; importing it again changes nothing.</summary>
public static class ExportPool
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/viviers/export.csv", GetAsync).RequireAuthorization(Policies.Structure);

    private static async Task<IResult> GetAsync(SignedIn me, Database database, EventLog log, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (await OrganizationRecords.FindAsync(db, me.OrganizationId, ct) is not { } pool)
        {
            return Page.Missing();
        }

        var people = await db.QuerySingleAsync<int>(new CommandDefinition("select count(*) from person where organization_id = @Id", new { pool.Id }, cancellationToken: ct));
        await database.WriteAsync((connection, tx) => log.AppendAsync(connection, tx, "pool", pool.Id.Value, "vivier.exporte", me, new { people }, ct), ct);
        return TypedResults.Stream(stream => WriteAsync(stream, database, pool, ct), "text/csv; charset=utf-8", "vivier.csv");
    }

    private static async Task WriteAsync(Stream stream, Database database, StoredOrganization pool, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        await stream.WriteAsync(System.Text.Encoding.UTF8.Preamble.ToArray(), ct);
        using var memory = new MemoryStream();
        using var csv = CsvWriter.Create(memory, MendFile.Format, leaveOpen: true);
        WriteRow(csv, PoolColumns.All.Select(column => column.Name));
        var after = Guid.Empty;
        IReadOnlyList<StoredPerson> page;
        do
        {
            page = await PersonRecords.PageOfPoolAsync(db, pool.Id, after, PersonRecords.BatchSize, ct);
            foreach (var stored in page)
            {
                var values = PoolText.Of(stored.Person, pool.Siret ?? "");
                WriteRow(csv, PoolColumns.All.Select(column => values[column]));
                after = stored.Person.Id.Value;
            }

            csv.Flush();
            await stream.WriteAsync(memory.GetBuffer().AsMemory(0, (int)memory.Length), ct);
            memory.SetLength(0);
        }
        while (page.Count > 0);
    }

    private static void WriteRow(CsvWriter csv, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            csv.WriteField(value);
        }

        csv.EndRecord();
    }
}
