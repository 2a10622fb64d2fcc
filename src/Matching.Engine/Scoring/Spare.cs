using System.Collections.Concurrent;
using System.Numerics;

namespace Matching.Engine.Scoring;

/// <summary>
/// Working arrays too large for the collector's young generation, kept from search to search: as many as searches that ran at the same time.
/// The shared pool of .NET keeps them by thread and forgets them; a search changes threads.
/// </summary>
internal static class Spare<T>
{
    // By length, a power of two: arrays for segments of other lengths would each take the place of another.
    private static readonly ConcurrentDictionary<int, ConcurrentQueue<T[]>> Kept = new();

    /// <summary>At least as long as asked; all zero when new, else as it was returned.</summary>
    public static T[] Rent(int length)
    {
        var rounded = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, 1));
        return Kept.GetOrAdd(rounded, _ => []).TryDequeue(out var kept) ? kept : new T[rounded];
    }

    public static void Return(T[] array) => Kept.GetOrAdd(array.Length, _ => []).Enqueue(array);
}
