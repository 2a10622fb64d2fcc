namespace Matching.Lab.Worlds;

/// <summary>In which order rows were shown, and which of them somebody looked at.</summary>
public sealed class Exposure
{
    private readonly WorldFamily family;
    private readonly IReadOnlyList<FeatureSpec> features;
    private readonly double[] taste;

    public Exposure(WorldFamily family, IReadOnlyList<FeatureSpec> features, Chance chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        (this.family, this.features) = (family, features);
        taste = [.. features.Select(_ => chance.Share() * chance.Share())];
    }

    /// <summary>Row numbers, the first shown first.</summary>
    public int[] Order(Scenery scenery, double[][] steps, Chance chance)
    {
        ArgumentNullException.ThrowIfNull(scenery);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(chance);
        var keys = Enumerable.Range(0, steps.Length).Select(row => family.Incumbent switch
        {
            Incumbent.ExpertPoints => Expert(scenery.Codes[row]) + (20 * chance.Normal()),
            Incumbent.Nearest => scenery.Truth[row][Truths.Reach] + (0.15 * chance.Normal()),
            Incumbent.Taste => Look(scenery.Codes[row]) + (0.05 * chance.Normal()),
            _ => chance.Share(),
        }).ToArray();
        return [.. Enumerable.Range(0, keys.Length).OrderByDescending(row => keys[row])];
    }

    /// <summary>By row.</summary>
    public bool[] Opened(int[] order, Scenery scenery, int[] labels, Chance chance)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(scenery);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(chance);
        var opened = new bool[order.Length];
        var depth = 10 + (int)(chance.Share() * chance.Share() * 60);
        var (enough, kept) = (3 + chance.Index(6), 0);
        for (var rank = 0; rank < order.Length; rank++)
        {
            var row = order[rank];
            var seen = Math.Pow(1 / (1 + (rank / 12.0)), 0.9);
            opened[row] = family.Examination switch
            {
                Examination.ByRank => chance.Happens(seen),
                Examination.ToADepth => rank < depth && chance.Happens(0.9),
                Examination.UntilEnough => kept < enough && chance.Happens(0.85),
                _ => chance.Happens(Math.Min(1, seen * 2 * Look(scenery.Codes[row]))),
            };
            kept += opened[row] && labels[row] > 0 ? 1 : 0;
        }

        return opened;
    }

    private double Expert(byte[] codes) => features.Select((feature, at) => feature.Prior is { } prior ? prior[codes[at]] : taste[at] * 100 * Rise(feature, codes[at])).Sum();

    // What catches the eye: some features more than others, the same for everybody in this world; about one half on average.
    private double Look(byte[] codes)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var at = 0; at < codes.Length; at++)
        {
            sum += taste[at] * Rise(features[at], codes[at]);
            weights += taste[at];
        }

        return sum / weights;
    }

    private static double Rise(FeatureSpec feature, byte code)
    {
        var share = code == feature.Missing ? 0.5 : (code + 0.5) / feature.Bins;
        return feature.Sign < 0 ? 1 - share : share;
    }
}
