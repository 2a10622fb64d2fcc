using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>Reads everyone at start, so that no one waits at the first search, and keeps a snapshot from time to time and at the end.</summary>
public sealed class PoolKeeper(PoolIndex index, ILogger<PoolKeeper> log) : BackgroundService
{
    private static readonly TimeSpan BetweenSnapshots = TimeSpan.FromMinutes(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await index.SaveAsync(cancellationToken);
    }

    // While the database is away, what is in memory keeps serving.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RepeatedLooks.RunAsync(log, "Reading people", LookAsync, ct => Task.Delay(BetweenSnapshots, ct), isFirstAtOnce: true, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        await index.CurrentAsync(ct);
        await index.SaveAsync(ct);
    }
}
