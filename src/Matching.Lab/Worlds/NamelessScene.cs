namespace Matching.Lab.Worlds;

/// <summary>
/// Features without a meaning: each is a noisy view of one hidden thing, or of two mixed, cut into codes. Some rise with it, some fall, some are
/// free, a few show nothing. A trainer that needs the names of its features cannot work here.
/// </summary>
public sealed class NamelessScene : IScene
{
    private readonly WorldFamily family;
    private readonly View[] views;

    private sealed record View(int First, int Second, double Mix, double Noise, double Missing, double Bend);

    public NamelessScene(WorldFamily family, Chance chance)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(chance);
        this.family = family;
        var specs = new List<FeatureSpec>();
        views = new View[family.FeatureCount];
        for (var at = 0; at < views.Length; at++)
        {
            var showsNothing = chance.Happens(0.12);
            views[at] = new View(
                showsNothing ? -1 : at % Truths.Stamina,
                chance.Happens(0.3) ? chance.Index(Truths.Stamina) : -1,
                chance.Between(0.5, 0.9),
                chance.Between(0.05, 0.3),
                chance.Happens(0.5) ? chance.Between(0, 2 * family.Missing) : 0,
                chance.Between(0.6, 1.8));
            specs.Add(new FeatureSpec($"f{at + 1:00}", chance.Happens(0.25) ? Math.Max(2, family.Bins / 4) : family.Bins, showsNothing ? 0 : chance.Happens(0.2) ? -1 : chance.Happens(0.1) ? 0 : 1));
        }

        Features = specs;
    }

    public IReadOnlyList<FeatureSpec> Features { get; }

    public Scenery Draw(Chance chance, int rows)
    {
        ArgumentNullException.ThrowIfNull(chance);
        // The pool of a posting has a level of its own, thing by thing.
        var level = Enumerable.Range(0, Truths.Count).Select(_ => 0.5 * chance.Normal()).ToArray();
        var (truth, codes, groups) = (new double[rows][], new byte[rows][], new bool[rows]);
        for (var row = 0; row < rows; row++)
        {
            var common = 0.4 * chance.Normal();
            truth[row] = [.. level.Select(mean => 1 / (1 + Math.Exp(-1.3 * (mean + common + chance.Normal()))))];
            groups[row] = chance.Happens(0.3 + (0.2 * truth[row][Truths.Will]));
            codes[row] = [.. views.Select((view, feature) => CodeOf(view, Features[feature], truth[row], chance))];
        }

        return new Scenery(truth, codes, groups, chance.Happens(0.5), [.. Enumerable.Repeat(-1, rows)]);
    }

    private static byte CodeOf(View view, FeatureSpec spec, double[] truth, Chance chance)
    {
        var seen = view.First < 0 ? chance.Share() : truth[view.First];
        if (view.First >= 0 && view.Second >= 0)
        {
            seen = (view.Mix * seen) + ((1 - view.Mix) * truth[view.Second]);
        }

        // Told less often when there is less to tell.
        if (chance.Happens(view.Missing * (1.5 - seen)))
        {
            return spec.Missing;
        }

        seen = Math.Pow(Math.Clamp(seen + (view.Noise * chance.Normal()), 0, 0.9999), view.Bend);
        var code = (int)(seen * spec.Bins);
        return (byte)(spec.Sign < 0 ? spec.Bins - 1 - code : code);
    }
}
