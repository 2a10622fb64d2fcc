using System.Data.Common;

namespace Matching.Web.Platform;

/// <summary>The one loop of the works that go on behind the pages: look whether there is something to do, wait, look again, until the service stops.</summary>
public static partial class RepeatedLooks
{
    /// <summary>
    /// Looks and waits in turn until the service stops. A look that finds the database away, or loses its turn to another node, is written in the log
    /// and left to the next one; any other fault is a bug and comes out.
    /// </summary>
    /// <param name="work">What the log calls this work.</param>
    /// <param name="wait">Comes back when it is time to look again.</param>
    /// <param name="isFirstAtOnce">Whether the first look waits for nothing.</param>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public static async Task RunAsync(
        ILogger log, string work, Func<CancellationToken, Task> look, Func<CancellationToken, Task> wait, bool isFirstAtOnce, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(wait);
        if (!isFirstAtOnce)
        {
            await wait(stop);
        }

        while (!stop.IsCancellationRequested)
        {
            await LookAsync(log, work, look, stop);
            await wait(stop);
        }
    }

    private static async Task LookAsync(ILogger log, string work, Func<CancellationToken, Task> look, CancellationToken stop)
    {
        try
        {
            await look(stop);
        }
        catch (DbException fault)
        {
            // The database may be away for a while, or not yet prepared.
            LogUnreachable(log, fault, work);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            LogTurnLost(log, work);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work}: the database could not be read or written, the next look tries again")]
    private static partial void LogUnreachable(ILogger log, Exception exception, string work);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work}: the turn was lost to another node, which goes on")]
    private static partial void LogTurnLost(ILogger log, string work);
}
