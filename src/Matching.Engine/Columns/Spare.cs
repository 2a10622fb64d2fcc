using System.Collections.Concurrent;
using System.Numerics;

namespace Matching.Engine.Columns;

/// <summary>
/// Working memory too large for the collector's young generation, kept from search to search: as much as searches that ran at the same time.
/// A fresh one for each search would cost more than the search; the shared pool of .NET keeps arrays by thread and forgets them.
/// </summary>
/// <param name="make">Makes one of this length, all zero.</param>
internal sealed class Spare<T>(Func<int, T> make)
{
    // By length, a power of two: segments of other lengths would each take the memory of another and leave it.
    private readonly ConcurrentDictionary<int, ConcurrentBag<T>> _kept = new();

    /// <summary>At least as long as asked; all zero when new, else as it was returned.</summary>
    public T Rent(int length)
    {
        var rounded = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, 1));
        return Of(rounded).TryTake(out var kept) ? kept : make(rounded);
    }

    /// <param name="length">Its own, not the one that was asked for.</param>
    public void Return(int length, T one) => Of(length).Add(one);

    private ConcurrentBag<T> Of(int length) => _kept.GetOrAdd(length, _ => []);
}
