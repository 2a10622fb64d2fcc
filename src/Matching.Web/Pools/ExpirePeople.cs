using Dapper;
using Matching.Rules.People;
using Matching.Web.Platform;

namespace Matching.Web.Pools;

/// <summary>Every hour, reminds pools and takes back the publication of people whom nobody confirmed in time; whichever node comes first does it for all.</summary>
public sealed partial class ExpirePeople(Database database, ChangeFeed feed, EventLog log, FrenchCalendar calendar, ForgetRefusedRows refusedRows, RemindPools reminders, ILogger<ExpirePeople> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(1);

    /// <summary>Takes back what expired today; answers how many people.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (expired, batch) = (0, 0);
        do
        {
            batch = await database.WriteAsync(async (db, tx) =>
            {
                var ids = (await db.QueryAsync<Guid>(new CommandDefinition(
                    $"""
                    update person set published_at = null, updated_at = @now
                    where id in (select id from person where published_at is not null and checked_on < @before order by id limit {BatchSize})
                    returning id
                    """,
                    new { now = calendar.Now, before = Freshness.ExpiredBefore(calendar.Today) }, tx, cancellationToken: ct))).ToArray();
                if (ids.Length > 0)
                {
                    await feed.AppendAsync(db, tx, "person", ids, ct);
                    await log.AppendAsync(db, tx, "pool", Guid.Empty, "vivier.expire", null, new { personnes = ids }, ct);
                }

                return ids.Length;
            }, ct);
            expired += batch;
        }
        while (batch == BatchSize);
        return expired;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RepeatedLooks.RunAsync(logger, "Expiring people", LookAsync, ct => Task.Delay(BetweenLooks, ct), isFirstAtOnce: false, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        var expired = await RunAsync(ct);
        await refusedRows.RunAsync(ct);
        await reminders.RunAsync(ct);
        if (expired > 0)
        {
            LogExpired(expired);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "People no longer published, not confirmed in time: {Count}")]
    private partial void LogExpired(int count);
}
