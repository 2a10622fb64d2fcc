namespace Matching.Features;

/// <summary>Which of two models chose a line of a list that alternates them.</summary>
public enum DraftSide
{
    /// <summary>The model in service.</summary>
    A,

    /// <summary>The model on trial.</summary>
    B,
}

/// <summary>
/// Team-draft interleaving: two captains choose in turn, each the best of its own order that is still free; in each round a coin of the list's seed
/// says who begins. The same seed and orders give the same list, and neither side stands higher on average.
/// </summary>
public static class TeamDraft
{
    /// <summary>The list, with the side that chose each item. Both orders are at least as long as the list, or hold everybody.</summary>
    public static IReadOnlyList<(T Item, DraftSide Side)> Of<T>(IReadOnlyList<T> first, IReadOnlyList<T> second, Func<T, Guid> idOf, long seed, int count)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(idOf);
        var (chosen, taken) = (new List<(T, DraftSide)>(count), new HashSet<Guid>());
        var next = new int[2];
        for (var at = 0; at < count; at++)
        {
            var side = SideAt(seed, at);
            var order = side == DraftSide.A ? first : second;
            while (next[(int)side] < order.Count && taken.Contains(idOf(order[next[(int)side]])))
            {
                next[(int)side]++;
            }

            if (next[(int)side] == order.Count)
            {
                break;
            }

            var item = order[next[(int)side]];
            taken.Add(idOf(item));
            chosen.Add((item, side));
        }

        return chosen;
    }

    /// <summary>Who chooses the line at this place, from 0: a new coin for each pair of lines.</summary>
    public static DraftSide SideAt(long seed, int place)
    {
        var isFirstA = (Mixed((ulong)seed + ((ulong)(place / 2) * 0x9E3779B97F4A7C15UL)) & 1) == 0;
        return isFirstA == (place % 2 == 0) ? DraftSide.A : DraftSide.B;
    }

    private static ulong Mixed(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9UL;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EBUL;
        return word ^ (word >> 31);
    }
}
