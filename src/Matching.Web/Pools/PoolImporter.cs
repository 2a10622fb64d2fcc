using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>An import that was done: its id and what it did.</summary>
public sealed record DoneImport(Guid Id, PoolReport Report);

/// <summary>
/// Imports rows into a pool: each is stored whole or refused with everything that is wrong in it. Batches are committed one by one and the
/// report last, so an import that is cut leaves whole people, and doing it again changes nothing that is already right.
/// </summary>
public sealed class PoolImporter(Database database, PoolContexts contexts, PoolWriter writer, EventLog log, FrenchCalendar calendar)
{
    /// <param name="by">Who imports; null for the program's own <c>import</c> command.</param>
    /// <param name="submissionKey">Key of the form: the same key again answers the import already done.</param>
    public async Task<DoneImport> ImportAsync(StoredOrganization pool, PoolTable table, SignedIn? by, string? submissionKey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(table);
        if (submissionKey is not null && await FindAsync(pool.Id, submissionKey, ct) is { } done)
        {
            return done;
        }

        using var mend = new MendFile(table.Header);
        var tally = new PoolTally(table, mend);
        var context = contexts.For(pool);
        var batch = new List<PoolPerson>(PoolWriter.BatchSize);
        foreach (var line in table.Lines.Take(PoolTable.MaxRows))
        {
            if (tally.Check(line, context) is { } person)
            {
                batch.Add(person);
                if (batch.Count == PoolWriter.BatchSize)
                {
                    await WriteAsync(pool.Id, batch, tally, ct);
                }
            }
        }

        await WriteAsync(pool.Id, batch, tally, ct);
        return await KeepAsync(pool.Id, tally.ToReport(), mend.ToText(), by, submissionKey, ct);
    }

    private async Task WriteAsync(OrganizationId pool, List<PoolPerson> batch, PoolTally tally, CancellationToken ct)
    {
        if (batch.Count > 0)
        {
            tally.Add(await database.WriteAsync((db, tx) => writer.WriteAsync(db, tx, pool, batch, ct), ct));
            batch.Clear();
        }
    }

    private async Task<DoneImport> KeepAsync(OrganizationId pool, PoolReport report, string? refused, SignedIn? by, string? submissionKey, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var isKept = await database.WriteAsync(async (db, tx) =>
        {
            var rows = await db.ExecuteAsync(new CommandDefinition(
                """
                insert into pool_import (id, organization_id, file_name, at, by_name, rows_read, rows_added, rows_updated, rows_unchanged, rows_refused,
                    report_json, refused_csv, submission_key)
                values (@id, @pool, @Fichier, @at, @by, @Lues, @Ajoutees, @MisesAJour, @Inchangees, @Refusees, @json, @refused, @submissionKey)
                on conflict (organization_id, submission_key) do nothing
                """,
                Parameters(id, pool, report, refused, by, submissionKey),
                tx, cancellationToken: ct));
            if (rows > 0)
            {
                var counts = new { import = id, report.Lues, report.Ajoutees, report.MisesAJour, report.Inchangees, report.Refusees };
                await log.AppendAsync(db, tx, "pool", pool.Value, "vivier.importe", by, counts, ct);
            }

            return rows > 0;
        }, ct);
        return isKept ? new DoneImport(id, report) : (await FindAsync(pool, submissionKey!, ct))!;
    }

    private object Parameters(Guid id, OrganizationId pool, PoolReport report, string? refused, SignedIn? by, string? submissionKey) => new
    {
        id,
        pool,
        report.Fichier,
        at = calendar.Now,
        by = by?.DisplayName ?? "Commande import",
        report.Lues,
        report.Ajoutees,
        report.MisesAJour,
        report.Inchangees,
        report.Refusees,
        json = report.ToJson(),
        refused,
        submissionKey,
    };

    private async Task<DoneImport?> FindAsync(OrganizationId pool, string submissionKey, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            "select id, report_json from pool_import where organization_id = @pool and submission_key = @submissionKey",
            new { pool, submissionKey }, cancellationToken: ct));
        return row is null ? null : new DoneImport(row.Id, PoolReport.FromJson(row.ReportJson));
    }

    private sealed record Row(Guid Id, string ReportJson);
}
