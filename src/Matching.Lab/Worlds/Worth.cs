namespace Matching.Lab.Worlds;

/// <summary>What is true of a person before a posting, each from 0 (bad) to 1 (good). Only some of it shows in features.</summary>
public static class Truths
{
    public const int Craft = 0;
    public const int Will = 1;
    public const int Reach = 2;
    public const int Hours = 3;
    public const int Papers = 4;
    public const int Body = 5;
    public const int Backing = 6;

    /// <summary>Seen by no feature.</summary>
    public const int Stamina = 7;

    public const int Count = 8;
}

/// <summary>What an employer looks at, drawn once for each.</summary>
public sealed class EmployerMind
{
    public EmployerMind(Chance chance, double prejudice)
    {
        ArgumentNullException.ThrowIfNull(chance);
        Weights = [.. Enumerable.Range(0, Truths.Count).Select(_ => -Math.Log(1 - chance.Share()))];
        var sum = Weights.Sum();
        Weights = [.. Weights.Select(weight => weight / sum)];
        Strictness = chance.Between(0.25, 0.55);
        Prejudice = prejudice > 0 && chance.Happens(0.5) ? prejudice : 0;
    }

    /// <summary>Sum to 1.</summary>
    public double[] Weights { get; }

    public double Strictness { get; }

    public double Prejudice { get; }
}

/// <summary>The forms of worth. Each gives a number whose scale means nothing: lists are standardised afterwards.</summary>
public sealed class Worth
{
    // Of the craft first, then will, way there, hours, papers, body, backing, stamina: what a trade would say, the same in every world.
    private static readonly double[] Usual = [0.26, 0.13, 0.17, 0.14, 0.08, 0.08, 0.05, 0.09];

    private readonly UtilityForm form;
    private readonly double[][] network;

    public Worth(UtilityForm form, Chance chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        this.form = form;
        network = [.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, Truths.Count + 2).Select(at => at < Truths.Count ? Math.Exp(1.2 * chance.Normal()) : chance.Share()).ToArray())];
    }

    /// <param name="isHard">Whether the posting is of the kind where getting there and holding on decide.</param>
    public double Of(ReadOnlySpan<double> truth, EmployerMind mind, bool isHard)
    {
        ArgumentNullException.ThrowIfNull(mind);
        return form switch
        {
            UtilityForm.Vetoes => Sum(truth, Usual) - Spoiled(truth, mind.Strictness),
            UtilityForm.Product => Product(truth, Usual, 0.03),
            UtilityForm.WeakestLink => -Math.Pow(Sum(truth, Usual, it => Math.Pow(it + 0.05, -3)), 1 / 3.0),
            UtilityForm.Thresholds => Conditions(truth, mind.Strictness),
            UtilityForm.TwoProfiles => Math.Max(truth[Truths.Craft] * (0.5 + (0.5 * truth[Truths.Papers])), 0.9 * truth[Truths.Will] * (0.4 + (0.6 * truth[Truths.Backing])))
                * Cliff(truth[Truths.Reach], 0.4) * (0.5 + (0.5 * truth[Truths.Hours])),
            UtilityForm.EmployerTaste => Product(truth, mind.Weights, 0.1) + (0.5 * Sum(truth, mind.Weights)),
            UtilityForm.Overqualified => 1 - Math.Abs(truth[Truths.Craft] - (0.45 + (0.5 * mind.Strictness))) + (truth[Truths.Will] * truth[Truths.Reach]) + (0.4 * truth[Truths.Hours] * truth[Truths.Papers]),
            UtilityForm.Bands => Math.Floor(truth[Truths.Craft] * 4) + (0.9 * Product(truth, Usual, 0.05)),
            UtilityForm.RisingNetwork => Network(truth),
            UtilityForm.ByKind => isHard
                ? truth[Truths.Reach] * truth[Truths.Hours] * (0.3 + truth[Truths.Stamina])
                : truth[Truths.Craft] * (0.3 + truth[Truths.Papers]) * (0.5 + truth[Truths.Reach]),
            UtilityForm.Cliffs => (Cliff(truth[Truths.Craft], 0.5) * Cliff(truth[Truths.Reach], 0.45)) + (Cliff(truth[Truths.Hours], 0.5) * Cliff(truth[Truths.Will], 0.4)) + (0.5 * Cliff(truth[Truths.Papers], 0.5) * Cliff(truth[Truths.Body], 0.4)),
            _ => Product(truth, Usual, 0.08),
        };
    }

    private static double Sum(ReadOnlySpan<double> truth, double[] weights, Func<double, double>? of = null)
    {
        var sum = 0.0;
        for (var at = 0; at < truth.Length; at++)
        {
            sum += weights[at] * (of is null ? truth[at] : of(truth[at]));
        }

        return sum;
    }

    private static double Product(ReadOnlySpan<double> truth, double[] weights, double floor) => Math.Exp(Sum(truth, weights, it => Math.Log(it + floor)));

    private static double Spoiled(ReadOnlySpan<double> truth, double floor)
    {
        var spoiled = 0.0;
        for (var at = 0; at < Truths.Stamina; at++)
        {
            spoiled += truth[at] < floor * 0.6 ? 0.3 : 0;
        }

        return Math.Min(spoiled, 0.6);
    }

    private static double Conditions(ReadOnlySpan<double> truth, double strictness)
    {
        var met = 0.0;
        for (var at = 0; at < truth.Length; at++)
        {
            met += Cliff(truth[at], strictness + (0.03 * at)) * (at is Truths.Craft or Truths.Reach ? 1.5 : 1);
        }

        return met * met;
    }

    private static double Cliff(double value, double at) => 1 / (1 + Math.Exp(-(value - at) * 14));

    private double Network(ReadOnlySpan<double> truth)
    {
        var sum = 0.0;
        foreach (var unit in network)
        {
            var total = unit.Take(Truths.Count).Sum();
            var inside = 0.0;
            for (var at = 0; at < truth.Length; at++)
            {
                inside += unit[at] / total * truth[at];
            }

            sum += (0.3 + unit[^1]) / (1 + Math.Exp(-(inside - 0.3 - (0.4 * unit[^2])) * 16));
        }

        return sum;
    }
}
