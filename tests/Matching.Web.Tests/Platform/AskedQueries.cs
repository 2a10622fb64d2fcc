using System.Collections.Concurrent;
using System.Diagnostics;

namespace Matching.Web.Tests.Platform;

/// <summary>The queries that PostgreSQL is asked of one database, as its client tells them, until disposed.</summary>
internal sealed class AskedQueries : IDisposable
{
    private readonly ConcurrentQueue<string> texts = new();
    private readonly ActivityListener listener;

    /// <param name="database">Its name: other tests ask theirs meanwhile.</param>
    public AskedQueries(string database)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = asked =>
            {
                if (asked.GetTagItem("db.namespace") is string name && name.StartsWith(database, StringComparison.Ordinal) && asked.GetTagItem("db.query.text") is string text)
                {
                    texts.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public IReadOnlyCollection<string> Texts => texts;

    public void Dispose() => listener.Dispose();
}
