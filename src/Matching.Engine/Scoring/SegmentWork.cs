using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>
/// Work on each segment of a snapshot, shared out among the processors when there is enough of it. Whoever asks works too: on a
/// busy machine, where nobody comes to help, it is done in the order of the segments as it would be alone.
/// </summary>
internal static class SegmentWork
{
    /// <summary>Below this many rows a search takes less than a millisecond: there is nothing to share.</summary>
    private const int FewestRows = 1 << 16;

    public static void Each(IReadOnlyList<SegmentView> views, Action<int> work) =>
        Each(views, static () => 0, (_, at) => work(at));

    /// <summary>The states of those who worked, one each: what they found is put together by the caller.</summary>
    public static IReadOnlyCollection<TState> Each<TState>(IReadOnlyList<SegmentView> views, Func<TState> start, Action<TState, int> work)
    {
        if (views.Count <= 1 || views.Sum(view => (long)view.Columns.Count) < FewestRows)
        {
            var alone = start();
            for (var at = 0; at < views.Count; at++)
            {
                work(alone, at);
            }
            return [alone];
        }
        var states = new ConcurrentBag<TState>();
        try
        {
            // One segment at a time to each: they are few and of different sizes.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, views.Count), EnumerablePartitionerOptions.NoBuffering),
                start,
                (at, _, state) =>
                {
                    work(state, at);
                    return state;
                },
                states.Add);
        }
        catch (AggregateException faults)
        {
            // What one segment refuses the others refuse too: the caller sees the fault itself, as if it had worked alone.
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
        return states;
    }
}
