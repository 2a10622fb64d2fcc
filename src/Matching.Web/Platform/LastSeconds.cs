namespace Matching.Web.Platform;

/// <summary>
/// What is leaving when a work is stopped still has some seconds to arrive: cut in the middle, nobody would know whether it was taken, and it
/// would leave again.
/// </summary>
public sealed class LastSeconds : IDisposable
{
    private static readonly TimeSpan Given = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource cut = new();
    private readonly CancellationTokenRegistration stopping;

    public LastSeconds(CancellationToken stop) => stopping = stop.Register(() => cut.CancelAfter(Given));

    /// <summary>Falls when these seconds are over.</summary>
    public CancellationToken Over => cut.Token;

    public void Dispose()
    {
        stopping.Dispose();
        cut.Dispose();
    }
}
