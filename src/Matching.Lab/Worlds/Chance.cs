namespace Matching.Lab.Worlds;

/// <summary>Seeded draws of the worlds. <see cref="Random"/> with a seed gives the same numbers on every machine.</summary>
public sealed class Chance(int seed)
{
    private readonly Random random = new(seed);
    private double spare = double.NaN;

    /// <summary>A seed of its own for something that has a name, so that adding a world changes no other.</summary>
    public static int SeedOf(string name, int seed)
    {
        var hash = 2166136261u ^ (uint)seed;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(hash & 0x7FFFFFFF);
    }

    /// <summary>Between 0 and 1, 1 excluded.</summary>
    public double Share() => random.NextDouble();

    public double Between(double from, double to) => from + ((to - from) * random.NextDouble());

    public bool Happens(double probability) => random.NextDouble() < probability;

    /// <summary>From 0 to <paramref name="count"/> − 1.</summary>
    public int Index(int count) => random.Next(count);

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Normal()
    {
        if (!double.IsNaN(spare))
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        var angle = 2 * Math.PI * random.NextDouble();
        spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    /// <summary>Some numbers from 0 to <paramref name="from"/> − 1, each at most once.</summary>
    public int[] Sample(int from, int count)
    {
        var all = Enumerable.Range(0, from).ToArray();
        for (var at = 0; at < count; at++)
        {
            var other = at + random.Next(from - at);
            (all[at], all[other]) = (all[other], all[at]);
        }

        return all[..count];
    }
}
