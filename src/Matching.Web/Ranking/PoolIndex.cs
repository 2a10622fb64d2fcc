using System.Diagnostics;
using System.Globalization;
using Matching.Engine.Columns;
using Matching.Features;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>One consistent state of everyone published, with the numbering its columns use.</summary>
/// <param name="IsBehind">Whether changes committed before the call were still being read.</param>
public sealed record PoolView(
    DateOnly Day,
    Snapshot<PooledPerson> People,
    Occupations Occupations,
    Places Places,
    SkillNumbers Skills,
    IReadOnlyDictionary<Guid, ushort> PoolNumbers,
    bool IsBehind);

/// <summary>
/// Everyone published, in the engine's columns: read once, from the snapshot file or the database, then followed by the change feed, so that a
/// request sees every change committed before it. Nobody waits long for another's work: past the longest wait a request is answered from
/// what is in memory and told so, while the changes go on being applied. The database stays the truth.
/// </summary>
public sealed partial class PoolIndex(PoolReader reader, PoolSnapshots snapshots, FrenchCalendar calendar, IConfiguration configuration, ILogger<PoolIndex> log) : IDisposable
{
    // Changes show within a second (30-engine); waiting longer for them would only hold the page back.
    private readonly TimeSpan longestWait = ReadWait(configuration["Ranking:LongestWait"]);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock gate = new();
    private PoolState? loaded;
    private Task<PoolState>? renewal;
    private long renewalBegan;
    private Task following = Task.CompletedTask;
    private Task? next;

    /// <summary>The state of now. The first call of a process waits for the load.</summary>
    public async Task<PoolView> CurrentAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref loaded) is null)
        {
            await LoadOnceAsync(ct);
        }

        var today = calendar.Today;
        var isRenewed = !reader.IsOutdated(loaded!, today) || await RenewAsync(today, ct);
        var isCurrent = await FollowAsync(ct);
        var state = Volatile.Read(ref loaded)!;
        var people = state.Store.Current;
        return new PoolView(today, people, state.Numbering.Occupations, state.Numbering.Places, state.Numbering.Skills, state.PoolNumbers, !(isRenewed && isCurrent));
    }

    /// <summary>Whether this person is published as far as is known, without asking the database.</summary>
    public bool IsPublished(Guid person) => Volatile.Read(ref loaded)?.Store.Current.Find(person) is not null;

    /// <summary>Keeps a snapshot of what is in memory, if there is something new in it.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref loaded) is { } state)
        {
            await snapshots.WriteAsync(state, ct);
        }
    }

    public void Dispose() => turn.Dispose();

    private static TimeSpan ReadWait(string? setting) =>
        setting is null ? TimeSpan.FromSeconds(1)
        : int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds)
        : throw new SettingException($"« --Ranking:LongestWait » est un nombre de millisecondes, pas « {setting} ».");

    private async Task LoadOnceAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (loaded is null)
            {
                var today = calendar.Today;
                var state = await snapshots.ReadAsync(today, ct) ?? await reader.LoadAsync(today, ct);
                Volatile.Write(ref loaded, state);
                LogLoaded(state.Store.Current.Count);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Codes everyone again beside what serves, for all who ask meanwhile; the old state serves until the new one is whole.</summary>
    private async Task<bool> RenewAsync(DateOnly today, CancellationToken ct)
    {
        Task<PoolState> running;
        TimeSpan left;
        lock (gate)
        {
            // Not the caller's token: a request given up does not end what others wait for.
            if (renewal is not { IsCompleted: false })
            {
                (renewal, renewalBegan) = (Task.Run(() => reader.LoadAsync(today, CancellationToken.None), ct), Stopwatch.GetTimestamp());
            }

            (running, left) = (renewal, longestWait - Stopwatch.GetElapsedTime(renewalBegan));
        }

        // The longest wait is that of the work, not of each who asks while it goes on.
        if (await Task.WhenAny(running, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, ct)) != running)
        {
            return false;
        }

        var fresh = await running;
        lock (gate)
        {
            // Whoever comes last puts nothing older in the place of the newer.
            if (!reader.IsOutdated(loaded!, today))
            {
                return true;
            }

            Volatile.Write(ref loaded, fresh);
        }

        LogLoaded(fresh.Store.Current.Count);
        return true;
    }

    /// <summary>Requests that come while changes are being applied share the next reading of the feed: it begins after them all.</summary>
    private async Task<bool> FollowAsync(CancellationToken ct)
    {
        Task mine;
        lock (gate)
        {
            var before = following;
            mine = next ??= Task.Run(() => FollowAfterAsync(before), CancellationToken.None);
        }

        // Those who waited for one reading go on side by side: on the thread that ended it they would rank one after the other.
        await Task.WhenAny(mine, Task.Delay(longestWait, ct)).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (!mine.IsCompleted)
        {
            return false;
        }

        await mine;
        return true;
    }

    private async Task FollowAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            (following, next) = (next!, null);
        }

        await reader.FollowAsync(Volatile.Read(ref loaded)!, CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Engine: {People} people published")]
    private partial void LogLoaded(int people);
}
