using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;

namespace Matching.Web.Platform;

/// <summary>
/// Lets one node at a time do a background work: it holds a row of the database for a few seconds and keeps renewing it. A node that dies
/// frees it by doing nothing.
/// </summary>
public sealed class JobLock(Database database, FrenchCalendar calendar)
{
    public static readonly TimeSpan Held = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Renewed = TimeSpan.FromSeconds(2);

    /// <summary>The turns that this node has: the row of the database tells nodes apart, and would let this one in again.</summary>
    private readonly ConcurrentDictionary<string, bool> here = new(StringComparer.Ordinal);

    /// <summary>Names this run of the program, so that a restart does not take itself for the one before.</summary>
    private readonly string holder = Guid.CreateVersion7().ToString();

    /// <summary>Runs the work when nobody else does it; null when this node or another is at it. The token given to the work falls when the lock is lost.</summary>
    public async Task<T?> RunAloneAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken ct)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!here.TryAdd(name, true))
        {
            return null;
        }

        try
        {
            var until = calendar.Now + Held;
            return await TakeAsync(name, until, ct) ? await RunHeldAsync(name, until, work, ct) : null;
        }
        finally
        {
            here.TryRemove(name, out _);
        }
    }

    private async Task<T> RunHeldAsync<T>(string name, DateTimeOffset until, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewing = RenewAsync(name, until, held, over.Token);
        try
        {
            return await work(held.Token);
        }
        finally
        {
            await over.CancelAsync();
            await renewing;
            await FreeAsync(name);
        }
    }

    private async Task RenewAsync(string name, DateTimeOffset until, CancellationTokenSource held, CancellationToken over)
    {
        using var timer = new PeriodicTimer(Renewed);
        try
        {
            // SQLite does not hang: it waits for its one writer, which may be this very work, and nobody takes the turn meanwhile.
            EndWithLease(held, database.IsPostgreSql ? until : null);
            while (await timer.WaitForNextTickAsync(over))
            {
                var next = calendar.Now + Held;
                try
                {
                    if (!await TakeAsync(name, next, over))
                    {
                        await held.CancelAsync();
                        return;
                    }

                    until = next;
                    EndWithLease(held, database.IsPostgreSql ? until : null);
                }
                catch (DbException)
                {
                    // The lease still says whose turn it is. After its end nobody can tell, and another node may start.
                    EndWithLease(held, until);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }
    }

    private void EndWithLease(CancellationTokenSource held, DateTimeOffset? until) =>
        held.CancelAfter(until is { } end ? TimeSpan.FromTicks(Math.Clamp((end - calendar.Now).Ticks, 0, Held.Ticks)) : Timeout.InfiniteTimeSpan);

    private async Task<bool> TakeAsync(string name, DateTimeOffset until, CancellationToken ct) => await database.WriteAsync(
        (db, tx) => db.ExecuteAsync(new CommandDefinition(
            """
            insert into job_lock (name, holder, until) values (@name, @holder, @until)
            on conflict (name) do update set holder = excluded.holder, until = excluded.until
            where job_lock.holder = excluded.holder or job_lock.until < @Now
            """,
            new { name, holder, until, calendar.Now }, tx, cancellationToken: ct)),
        ct) == 1;

    private Task<int> FreeAsync(string name) => database.WriteAsync(
        (db, tx) => db.ExecuteAsync(new CommandDefinition(
            "delete from job_lock where name = @name and holder = @holder", new { name, holder }, tx)),
        CancellationToken.None);
}
