namespace Matching.Web.Platform;

/// <summary>What is done for everybody without being asked: reminders, digests, alerts. Running it twice on a day does it once.</summary>
public interface IDailyWork
{
    /// <summary>Answers how many mails were queued.</summary>
    Task<int> RunAsync(CancellationToken ct);
}

/// <summary>
/// Every half hour of the day, does the daily works; whichever node comes first does them for all. A work that fails does not keep the
/// others from being done, and is tried again at the next look.
/// </summary>
public sealed partial class DailyRound(IEnumerable<IDailyWork> works, JobLock turn, FrenchCalendar calendar, ILogger<DailyRound> log) : BackgroundService
{
    private const string Turn = "tournee";

    /// <summary>Nobody is written to in the night. Hour of Paris.</summary>
    private const int FirstHour = 7;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(30);

    /// <summary>Does all the works now; answers how many mails were queued, 0 when another node is at it.</summary>
    public async Task<int> RunAsync(CancellationToken ct) => await turn.RunAloneAsync(Turn, WorkAsync, ct) ?? 0;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RepeatedLooks.RunAsync(log, "Daily round", LookAsync, ct => Task.Delay(BetweenLooks, ct), isFirstAtOnce: false, stoppingToken);

    private Task LookAsync(CancellationToken ct) => FrenchCalendar.InParis(calendar.Now).Hour < FirstHour ? Task.CompletedTask : RunAsync(ct);

    private async Task<int> WorkAsync(CancellationToken ct)
    {
        var queued = 0;
        foreach (var work in works)
        {
            try
            {
                queued += await work.RunAsync(ct);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFailed(fault, work.GetType().Name);
            }
        }

        LogDone(queued);
        return queued;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Daily round done, mails queued: {Count}")]
    private partial void LogDone(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A work of the daily round failed: {Work}")]
    private partial void LogFailed(Exception exception, string work);
}
