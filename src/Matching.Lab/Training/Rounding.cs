using Matching.Features;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>
/// From tables of numbers to integer points. Each table keeps its direction when it is rounded, for rounding never swaps two numbers. What a pair
/// gives to one criterion alone is then moved to that criterion, in whole points, so that the pair holds only what the two add together; the sum
/// stays the same for every row, so the direction does too. It is checked over all cells afterwards.
/// </summary>
public static class Rounding
{
    /// <summary>What the scores of the rows that were learned from span, between their 1st and 99th centile, in points.</summary>
    public const int UsualSpan = 2000;

    /// <summary>Points for one unit, so that scores span <see cref="UsualSpan"/>.</summary>
    public static double ScaleOf(FloatModel model, RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(model);
        var scores = model.Score(lists);
        Array.Sort(scores);
        var usual = scores[(int)(0.99 * (scores.Length - 1))] - scores[(int)(0.01 * (scores.Length - 1))];
        // No table may leave what a short integer holds.
        var largest = model.Main.Concat(model.Tables).SelectMany(table => table).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return Math.Min(usual > 1e-9 ? UsualSpan / usual : 1, largest > 0 ? short.MaxValue / (4 * largest) : 1);
    }

    /// <summary>The criteria and pairs of a model file.</summary>
    /// <param name="bags">The models whose mean this is; their spread gives the error bars.</param>
    public static (List<FeatureShape> Features, List<PairPoints> Pairs) Of(FloatModel model, IReadOnlyList<FloatModel> bags, double scale, RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(bags);
        ArgumentNullException.ThrowIfNull(lists);
        var main = model.Main.Select(table => table.Select(value => (int)Math.Round(value * scale)).ToArray()).ToArray();
        var pairs = new List<PairPoints>();
        for (var at = 0; at < model.Pairs.Length; at++)
        {
            var pair = model.Pairs[at];
            var table = new WholeTable(pair, model.Tables[at], scale);
            table.Purify(main[pair.First], main[pair.Second], lists.Codes[pair.First], lists.Codes[pair.Second]);
            if (table.HasPoints)
            {
                pairs.Add(PointsOf(model, at, table, bags, scale));
            }
        }

        var features = model.Features.Select((spec, feature) => ShapeOf(spec, main[feature], feature, bags, scale, lists)).ToList();
        return (features, pairs);
    }

    private static FeatureShape ShapeOf(FeatureSpec spec, int[] points, int feature, IReadOnlyList<FloatModel> bags, double scale, RankedLists lists)
    {
        var counts = new int[spec.Codes];
        foreach (var code in lists.Codes[feature])
        {
            counts[code]++;
        }

        double MeanOfRows(Func<int, double> ofCode) => Enumerable.Range(0, spec.Codes).Sum(code => counts[code] * ofCode(code)) / lists.Rows;
        // The mean over the rows is zero: a criterion is read as more or less than usual.
        var centre = (int)Math.Round(MeanOfRows(code => points[code]));
        var means = bags.Select(bag => MeanOfRows(code => bag.Main[feature][code])).ToArray();
        var spreads = Enumerable.Range(0, spec.Codes).Select(code => Deviation(bags.Select((bag, at) => scale * (bag.Main[feature][code] - means[at])))).ToArray();
        return new FeatureShape(
            spec.Name,
            "Appris des listes ; l’écart entre les sacs est la marge d’erreur publiée.",
            Enumerable.Range(0, spec.Bins).ToDictionary(code => (byte)code, code => checked((short)(points[code] - centre))),
            checked((short)(points[spec.Missing] - centre)),
            FeaturesFile.DirectionOf(spec.Sign),
            spec.Neutral is { Count: > 0 } neutral ? neutral : null,
            Enumerable.Range(0, spec.Bins).ToDictionary(code => (byte)code, code => spreads[code]));
    }

    private static PairPoints PointsOf(FloatModel model, int at, WholeTable table, IReadOnlyList<FloatModel> bags, double scale)
    {
        var pair = model.Pairs[at];
        var means = bags.Select(bag => bag.Tables[at].Average()).ToArray();
        return new PairPoints(
            model.Features[pair.First].Name,
            model.Features[pair.Second].Name,
            table.FirstGroups,
            table.SecondGroups,
            [.. table.Points],
            [.. Enumerable.Range(0, pair.Rows).Select(row => Enumerable.Range(0, pair.Columns)
                .Select(column => Deviation(bags.Select((bag, number) => scale * (bag.Tables[at][(row * pair.Columns) + column] - means[number])))).ToList())]);
    }

    private static double Deviation(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return all.Length < 2 ? 0 : Math.Round(Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1)), 1);
    }
}
