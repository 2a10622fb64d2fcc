namespace Matching.Engine.Columns;

/// <summary>
/// Answers of fact filters on one segment, by the caller's key. Bounded: the oldest answer leaves first; one bit a row, so
/// 32 answers cost 4 bytes a row.
/// </summary>
internal sealed class FactsCache
{
    private const int Capacity = 32;

    private readonly Dictionary<string, ulong[]> _answers = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();
    private readonly Lock _gate = new();

    public ulong[] GetOrAdd(string key, Func<ulong[]> compute)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(key, out var known))
            {
                return known;
            }
        }
        // Computed outside the lock: two readers may do the same work once, none waits for another's predicate.
        var answer = compute();
        lock (_gate)
        {
            if (_answers.TryAdd(key, answer))
            {
                _oldestFirst.Enqueue(key);
                if (_oldestFirst.Count > Capacity)
                {
                    _answers.Remove(_oldestFirst.Dequeue());
                }
            }
        }
        return answer;
    }
}
