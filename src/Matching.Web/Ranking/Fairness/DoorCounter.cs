using System.Collections.Concurrent;
using System.Data.Common;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Ranking.Fairness;

/// <summary>
/// Takes the counts of the doors behind the requests. Each node counts the lists it made, from the very facts that they were made of, kept in memory
/// until then. What a stop left behind, or did not fit in memory, is counted by one node at a time from the facts of that later moment, and says so.
/// Someone withdrawn in between is no longer read: they count among those whose group is not known.
/// </summary>
public sealed partial class DoorCounter(Database database, CandidateSearch search, JobLock turn, FrenchCalendar calendar, ILogger<DoorCounter> log) : BackgroundService
{
    /// <summary>Lists whose facts wait in memory.</summary>
    public const int MostInMemory = 8;

    /// <summary>After this long, nobody has the facts of a list that waits.</summary>
    public static readonly TimeSpan LeftBehind = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<RankedListId, SearchedPosting> made = new();
    private readonly SemaphoreSlim bell = new(0, 1);

    /// <summary>A turn of the database is a node's; inside the node one counting at a time has it.</summary>
    private readonly SemaphoreSlim counting = new(1, 1);

    /// <summary>Keeps the facts of a list that was just queued, and wakes the counting. Waits for nothing.</summary>
    public void Remember(RankedListId list, SearchedPosting found)
    {
        if (made.Count < MostInMemory)
        {
            made[list] = found;
        }

        if (bell.CurrentCount == 0)
        {
            try
            {
                bell.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another request rang in between.
            }
        }
    }

    /// <summary>Counts all that can be counted now; answers how many lists were.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await counting.WaitAsync(ct);
        try
        {
            var own = await CountOwnAsync(ct);
            var behind = await DoorCounting.LeftBehindAsync(database, calendar.Now - LeftBehind, ct);
            return own + (behind.Count == 0 ? 0 : await turn.RunAloneAsync("portes", held => CountBehindAsync(behind, held), ct) ?? 0);
        }
        finally
        {
            counting.Release();
        }
    }

    public override void Dispose()
    {
        counting.Dispose();
        bell.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await bell.WaitAsync(BetweenLooks, stoppingToken);
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (DbException fault)
            {
                // The database may be away for a while: the next look does it.
                LogUnreachable(fault);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // The turn was lost to another node, which goes on.
                LogTurnLost();
            }
        }
    }

    private async Task<int> CountOwnAsync(CancellationToken ct)
    {
        var counted = 0;
        foreach (var (list, found) in made)
        {
            counted += await TryAsync(list, () => DoorCounting.CountAsync(database, list, found, null, calendar.Today, ct)) ? 1 : 0;
            made.TryRemove(list, out _);
        }

        return counted;
    }

    private async Task<int> CountBehindAsync(IReadOnlyList<DoorCounting.Waiting> behind, CancellationToken ct)
    {
        var counted = 0;
        foreach (var one in behind)
        {
            ct.ThrowIfCancellationRequested();
            counted += await TryAsync(one.ListId, async () =>
            {
                await using var db = await database.OpenAsync(ct);
                // A posting that is a draft again has no list to speak of: its next one is counted.
                return await search.RunAsync(db, one.PostingId, one.FacilitatorId, ct) is { } found
                    ? await DoorCounting.CountAsync(database, one.ListId, found, calendar.Now, calendar.Today, ct)
                    : await DoorCounting.ForgetAsync(database, one, ct);
            }) ? 1 : 0;
        }

        return counted;
    }

    // One that cannot be counted waits for another look, and keeps nobody else waiting.
    private async Task<bool> TryAsync(RankedListId list, Func<Task<bool>> count)
    {
        try
        {
            return await count();
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or DbException))
        {
            LogFailed(fault, list.Value);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The door of a list could not be counted: {List}")]
    private partial void LogFailed(Exception exception, Guid list);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lists whose door is to be counted could not be read")]
    private partial void LogUnreachable(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The turn to count doors was lost")]
    private partial void LogTurnLost();
}
