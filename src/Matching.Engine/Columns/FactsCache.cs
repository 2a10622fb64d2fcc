namespace Matching.Engine.Columns;

/// <summary>
/// Answers drawn from the facts of one segment, by the caller's key: a bit a row for a filter, a byte a row for a code.
/// Bounded: the oldest answer leaves first.
/// </summary>
internal sealed class FactsCache
{
    private const int Capacity = 32;

    private readonly Dictionary<(string, Type), Array> _answers = [];
    private readonly Queue<(string, Type)> _oldestFirst = new();
    private readonly Lock _gate = new();

    public T[] GetOrAdd<T>(string name, Func<T[]> compute)
    {
        var key = (name, typeof(T));
        lock (_gate)
        {
            if (_answers.TryGetValue(key, out var known))
            {
                return (T[])known;
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
