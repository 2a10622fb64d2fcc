using System.Data.Common;

namespace Matching.Web.Ranking;

/// <summary>Reads everyone at start, so that no one waits at the first search, and keeps a snapshot from time to time and at the end.</summary>
public sealed partial class PoolKeeper(PoolIndex index, ILogger<PoolKeeper> log) : BackgroundService
{
    private static readonly TimeSpan BetweenSnapshots = TimeSpan.FromMinutes(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await index.SaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenSnapshots);
        do
        {
            try
            {
                await index.CurrentAsync(stoppingToken);
                await index.SaveAsync(stoppingToken);
            }
            catch (DbException unreachable)
            {
                // The database may be away for a while: what is in memory keeps serving.
                LogUnreachable(unreachable);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "People could not be read")]
    private partial void LogUnreachable(Exception exception);
}
