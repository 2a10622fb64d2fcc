using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>An import that was done: its id and what it did.</summary>
public sealed record DoneImport(Guid Id, PoolReport Report);

/// <summary>What an import is made for.</summary>
/// <param name="By">Who imports; null for the program's own <c>import</c> command.</param>
/// <param name="SubmissionKey">Key of the form: the same key again answers the import already done.</param>
/// <param name="UploadId">The file received that this import ends; null when the rows came otherwise.</param>
public sealed record ImportOrder(StoredOrganization Pool, SignedIn? By, string? SubmissionKey, Guid? UploadId = null);

/// <summary>
/// Imports rows into a pool: each is stored whole or refused with everything that is wrong in it. All rows are checked first, then people, report
/// and history are stored in one transaction: an import that is cut or cancelled leaves nothing, and can be done again from its first row.
/// </summary>
public sealed class PoolImporter(Database database, PoolContexts contexts, PoolWriter writer, EventLog log, FrenchCalendar calendar) : IDisposable
{
    private const int BatchSize = 1_000;
    private const int BatchesAhead = 4;

    /// <summary>One at a time: each keeps two processors busy, and one file of 50 MB in memory.</summary>
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Found: done. Refused: the file broke off somewhere (field <c>fichier</c>) and nothing of it was stored.</summary>
    public async Task<Result<DoneImport>> ImportAsync(ImportOrder order, PoolTable table, IProgress<int>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(table);
        await turn.WaitAsync(ct);
        try
        {
            return await FindAsync(order, ct) ?? await CheckThenStoreAsync(order, table, progress, ct);
        }
        catch (UnreadableFileException fault)
        {
            return Result.Refused("fichier", fault.Message);
        }
        catch (DbException) when (order.SubmissionKey is not null)
        {
            // Another node may have done the same import in between: the key is unique.
            if (await FindAsync(order, ct) is { } done)
            {
                return done;
            }

            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<DoneImport> CheckThenStoreAsync(ImportOrder order, PoolTable table, IProgress<int>? progress, CancellationToken ct)
    {
        var tally = new PoolTally(table);
        var context = await contexts.ForAsync(order.Pool, ct);
        await using var db = await database.OpenAsync(ct);
        await PoolWriter.BeginAsync(db, null, ct);
        try
        {
            await LayAsync(db, Check(table, tally, context, progress), ct);
            return await database.WriteAsync(db, async (connection, tx) =>
            {
                var written = await writer.StoreAsync(connection, tx, order.Pool.Id, ct);
                return await KeepAsync(connection, tx, order, table.Header, tally, written, ct);
            }, ct);
        }
        finally
        {
            await PoolWriter.EndAsync(db, null);
        }
    }

    private static IEnumerable<PersonFacts> Check(PoolTable table, PoolTally tally, PoolContext context, IProgress<int>? progress)
    {
        foreach (var line in table.Lines)
        {
            if (tally.Check(line, context) is { } person)
            {
                yield return PersonFacts.Of(person);
            }

            if (tally.Read % BatchSize == 0)
            {
                progress?.Report(tally.Read);
            }
        }
    }

    /// <summary>Rows are read and checked on one thread while those before are laid out on another.</summary>
    private static async Task LayAsync(DbConnection db, IEnumerable<PersonFacts> people, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var batches = Channel.CreateBounded<PersonFacts[]>(BatchesAhead);
        var checking = Task.Run(
            async () =>
            {
                try
                {
                    foreach (var batch in people.Chunk(BatchSize))
                    {
                        await batches.Writer.WriteAsync(batch, stop.Token);
                    }

                    batches.Writer.Complete();
                }
                catch (Exception fault)
                {
                    batches.Writer.Complete(fault);
                }
            },
            CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ct))
            {
                await PoolWriter.LayAsync(db, null, batch, ct);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await checking;
        }
    }

    private async Task<DoneImport> KeepAsync(
        DbConnection db, DbTransaction tx, ImportOrder order, PoolHeader header, PoolTally tally, Written written, CancellationToken ct)
    {
        var report = tally.ToReport(written);
        var pool = order.Pool.Id;
        var id = order.UploadId ?? Guid.CreateVersion7();
        if (order.UploadId is not null && await db.ExecuteAsync(new CommandDefinition(
            "delete from pool_upload where id = @id and state = 'EN_COURS'", new { id }, tx, cancellationToken: ct)) == 0)
        {
            throw new OperationCanceledException("The import was cancelled while it ran.");
        }

        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into pool_import (id, organization_id, file_name, at, by_name, rows_read, rows_added, rows_updated, rows_unchanged, rows_refused,
                report_json, refused_header_json, submission_key)
            values (@id, @pool, @Fichier, @at, @by, @Lues, @Ajoutees, @MisesAJour, @Inchangees, @Refusees, @json, @header, @SubmissionKey)
            """,
            new
            {
                id,
                pool,
                report.Fichier,
                at = calendar.Now,
                by = order.By?.DisplayName ?? "Commande import",
                report.Lues,
                report.Ajoutees,
                report.MisesAJour,
                report.Inchangees,
                report.Refusees,
                json = report.ToJson(),
                header = RefusedRowStore.HeaderToJson(header),
                order.SubmissionKey,
            },
            tx, cancellationToken: ct));
        await RefusedRowStore.AddAsync(db, tx, id, tally.Refused, ct);
        var counts = new { import = id, report.Lues, report.Ajoutees, report.MisesAJour, report.Inchangees, report.Refusees };
        await log.AppendAsync(db, tx, "pool", pool.Value, "vivier.importe", order.By, counts, ct);
        return new DoneImport(id, report);
    }

    private async Task<DoneImport?> FindAsync(ImportOrder order, CancellationToken ct)
    {
        if (order.SubmissionKey is null)
        {
            return null;
        }

        await using var db = await database.OpenAsync(ct);
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            "select id, report_json from pool_import where organization_id = @Id and submission_key = @SubmissionKey",
            new { order.Pool.Id, order.SubmissionKey }, cancellationToken: ct));
        return row is null ? null : new DoneImport(row.Id, PoolReport.FromJson(row.ReportJson));
    }

    private sealed record Row(Guid Id, string ReportJson);
}
