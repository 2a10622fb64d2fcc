namespace Matching.Web.Platform;

/// <summary>Wakes a work that waits for its next look. Ringing waits for nothing, and ringing twice before it is heard is ringing once.</summary>
public class Bell : IDisposable
{
    private readonly SemaphoreSlim rung = new(0, 1);

    public void Ring()
    {
        // Another caller may ring between the question and the answer.
        if (rung.CurrentCount == 0)
        {
            try
            {
                rung.Release();
            }
            catch (SemaphoreFullException)
            {
                // Already rung.
            }
        }
    }

    /// <summary>Comes back when the bell rings, or after this time all the same.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => rung.WaitAsync(atMost, ct);

    public void Dispose()
    {
        rung.Dispose();
        GC.SuppressFinalize(this);
    }
}
