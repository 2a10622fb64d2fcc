namespace Matching.Web.Platform.Mail;

/// <summary>Wakes the sender of this node when a mail was queued; the others look every few seconds.</summary>
public sealed class MailSignal : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);

    public void Ring()
    {
        try
        {
            bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already rung.
        }
    }

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken ct) => bell.WaitAsync(atMost, ct);

    public void Dispose() => bell.Dispose();
}
