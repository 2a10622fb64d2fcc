using Bogus;

namespace Matching.Lab.Sample;

/// <summary>Seeded draws used everywhere in the samples, over Bogus's generator so that one seed decides them all.</summary>
public static class Draw
{
    /// <summary>One item, with a probability in proportion to its weight (weights need not sum to 1).</summary>
    public static T Weighted<T>(this Randomizer random, IReadOnlyList<T> items, Func<T, double> weight)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(items);
        var point = random.Double() * items.Sum(weight);
        foreach (var item in items)
        {
            point -= weight(item);
            if (point < 0)
            {
                return item;
            }
        }

        return items[^1];
    }

    /// <summary>True with probability <paramref name="share"/>, between 0 and 1.</summary>
    public static bool Chance(this Randomizer random, double share)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.Double() < share;
    }

    public static T OneOf<T>(this Randomizer random, params IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(items);
        return items[random.Int(0, items.Count - 1)];
    }

    /// <summary>A whole number, bounds included, the small ones more often: the square of a uniform draw.</summary>
    public static int MostlySmall(this Randomizer random, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(random);
        var draw = random.Double();
        return from + (int)(draw * draw * (to - from + 1));
    }

    /// <summary>A few different items, in the order they have in the list.</summary>
    public static IReadOnlyList<T> Some<T>(this Randomizer random, IReadOnlyList<T> items, int count)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(items);
        var places = Enumerable.Range(0, items.Count).Select(i => (Place: i, Key: random.Double())).OrderBy(x => x.Key).Take(count);
        return [.. places.Select(x => x.Place).Order().Select(i => items[i])];
    }
}
