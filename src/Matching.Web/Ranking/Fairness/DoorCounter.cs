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
    private readonly Bell bell = new();

    /// <summary>Keeps the facts of a list that was just queued, and wakes the counting. Waits for nothing.</summary>
    public void Remember(RankedListId list, SearchedPosting found)
    {
        if (made.Count < MostInMemory)
        {
            made[list] = found;
        }

        bell.Ring();
    }

    /// <summary>Counts all that can be counted now; answers how many lists were.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var own = await CountOwnAsync(ct);
        var behind = await DoorCounting.LeftBehindAsync(database, calendar.Now - LeftBehind, ct);
        return own + (behind.Count == 0 ? 0 : await turn.RunAloneAsync("portes", held => CountBehindAsync(behind, held), ct) ?? 0);
    }

    public override void Dispose()
    {
        bell.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RepeatedLooks.RunAsync(log, "Counting doors", RunAsync, ct => bell.WaitAsync(BetweenLooks, ct), isFirstAtOnce: false, stoppingToken);

    // Without a turn: whoever takes a list out of those that wait writes its counts, and another who counted it too writes nothing. A list leaves
    // memory once it is written.
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
}
