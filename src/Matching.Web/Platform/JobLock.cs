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

    /// <summary>Names this run of the program, so that a restart does not take itself for the one before.</summary>
    private readonly string holder = Guid.CreateVersion7().ToString();

    /// <summary>Runs the work when nobody else does it; null when another node holds the lock. The token given to the work falls when the lock is lost.</summary>
    public async Task<T?> RunAloneAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken ct)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!await TakeAsync(name, ct))
        {
            return null;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewing = RenewAsync(name, held, over.Token);
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

    private async Task RenewAsync(string name, CancellationTokenSource held, CancellationToken over)
    {
        using var timer = new PeriodicTimer(Renewed);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                if (!await TakeAsync(name, over))
                {
                    await held.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }
        catch (System.Data.Common.DbException)
        {
            // Without the database nobody can tell whose turn it is: stop before another node starts.
            await held.CancelAsync();
        }
    }

    private async Task<bool> TakeAsync(string name, CancellationToken ct) => await database.WriteAsync(
        (db, tx) => db.ExecuteAsync(new CommandDefinition(
            """
            insert into job_lock (name, holder, until) values (@name, @holder, @until)
            on conflict (name) do update set holder = excluded.holder, until = excluded.until
            where job_lock.holder = excluded.holder or job_lock.until < @Now
            """,
            new { name, holder, until = calendar.Now + Held, calendar.Now }, tx, cancellationToken: ct)),
        ct) == 1;

    private Task<int> FreeAsync(string name) => database.WriteAsync(
        (db, tx) => db.ExecuteAsync(new CommandDefinition(
            "delete from job_lock where name = @name and holder = @holder", new { name, holder }, tx)),
        CancellationToken.None);
}
