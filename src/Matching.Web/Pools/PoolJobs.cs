using System.Collections.Concurrent;
using System.Threading.Channels;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>
/// Imports the files received, one after the other, away from the request that brought them. A file whose import was cut by a stop of the process
/// is taken up again at the next start: nothing of it was stored, so that its report is the same.
/// </summary>
public sealed partial class PoolJobs(Database database, PoolUploads uploads, PoolImporter importer, ILogger<PoolJobs> log) : BackgroundService
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(700);
    private readonly Channel<Guid> queue = Channel.CreateUnbounded<Guid>();
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> ends = new();

    /// <summary>Of the import that runs now.</summary>
    private int rowsRead;

    /// <summary>Puts a file in the line; the task ends with its import, whatever comes of it.</summary>
    public Task Add(Guid uploadId)
    {
        var end = ends.GetOrAdd(uploadId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return queue.Writer.TryWrite(uploadId) ? end.Task : Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var held in uploads.Held())
        {
            await TakeUpAsync(held, stoppingToken);
        }

        await foreach (var id in queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await RunAsync(id, stoppingToken);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                uploads.Forget(id);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFailed(fault, id);
                await uploads.TurnAsync(id, PoolUpload.Refused, "L’import s’est arrêté sur une erreur du service : rien n’a été enregistré. Recommencer, et prévenir l’administrateur si cela se répète.", stoppingToken);
                uploads.Forget(id);
            }

            if (ends.TryRemove(id, out var end))
            {
                end.SetResult();
            }
        }
    }

    private async Task TakeUpAsync(Guid id, CancellationToken ct)
    {
        switch (await uploads.FindAsync(id, ct))
        {
            case { State: PoolUpload.Running }:
                _ = Add(id);
                break;
            case { State: PoolUpload.ToPlace }:
                break;
            default:
                uploads.Forget(id);
                break;
        }
    }

    private async Task RunAsync(Guid id, CancellationToken ct)
    {
        if (await uploads.FindAsync(id, ct) is not { State: PoolUpload.Running } upload || await PoolOfAsync(upload, ct) is not var (pool, mapping))
        {
            uploads.Forget(id);
            return;
        }

        var opened = PoolFile.Open(await uploads.BytesAsync(id, ct), upload.FileName, header => mapping.ColumnOf.ContainsKey(Rules.People.PoolColumns.Key(header)));
        var outcome = await opened.Match(
            file => ImportAsync(upload, pool, mapping, file, ct),
            () => Task.FromResult<Result<DoneImport>>(Result.Missing),
            reasons => Task.FromResult<Result<DoneImport>>(Result.Refused(reasons)));
        var refusal = outcome.Match<string?>(_ => null, () => "Ce fichier n’existe plus.", reasons => string.Join(" ", reasons.Select(reason => reason.Sentence)));
        if (refusal is not null)
        {
            await uploads.TurnAsync(id, PoolUpload.Refused, refusal, ct);
        }

        uploads.Forget(id);
    }

    private async Task<Result<DoneImport>> ImportAsync(PoolUpload upload, StoredOrganization pool, PoolMapping mapping, PoolFile file, CancellationToken ct)
    {
        var (header, refusal) = PoolHeader.Read(file.Headings, mapping);
        if (header is null)
        {
            return Result.Refused("fichier", refusal!);
        }

        rowsRead = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var by = upload.ById is { } userId ? new SignedIn(userId, upload.ByName, pool.Id, pool.Name, pool.Kind, Roles.Structure) : null;
        var import = importer.ImportAsync(
            new ImportOrder(pool, by, upload.SubmissionKey, upload.Id), PoolTable.Of(file, header), new Advance(row => Volatile.Write(ref rowsRead, row)), stop.Token);
        while (await Task.WhenAny(import, Task.Delay(BetweenProgress, ct)) != import)
        {
            var read = Volatile.Read(ref rowsRead);
            if (!await uploads.AdvanceAsync(upload.Id, read, file.RowsExpected == 0 ? 0 : (int)Math.Clamp(99L * read / file.RowsExpected, 0, 99), ct))
            {
                await stop.CancelAsync();
            }
        }

        return await import;
    }

    private async Task<(StoredOrganization Pool, PoolMapping Mapping)?> PoolOfAsync(PoolUpload upload, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await OrganizationRecords.FindAsync(db, upload.OrganizationId, ct) is { } pool && pool.Kind.HasPool()
            ? (pool, await PoolHeadingStore.ReadAsync(db, pool, ct))
            : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {ImportId} stopped on an error")]
    private partial void LogFailed(Exception exception, Guid importId);

    private sealed class Advance(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
