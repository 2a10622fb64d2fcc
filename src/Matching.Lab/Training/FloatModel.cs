using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>What training gives before it is rounded: a table for each feature by code (the missing value last), one for each pair by cell.</summary>
public sealed record FloatModel(IReadOnlyList<FeatureSpec> Features, double[][] Main, PairShape[] Pairs, double[][] Tables)
{
    public double[] Score(RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        var scores = new double[lists.Rows];
        for (var feature = 0; feature < Main.Length; feature++)
        {
            var (table, codes) = (Main[feature], lists.Codes[feature]);
            for (var row = 0; row < scores.Length; row++)
            {
                scores[row] += table[codes[row]];
            }
        }

        for (var pair = 0; pair < Pairs.Length; pair++)
        {
            var (shape, first, second) = (Pairs[pair], lists.Codes[Pairs[pair].First], lists.Codes[Pairs[pair].Second]);
            for (var row = 0; row < scores.Length; row++)
            {
                var cell = shape.CellOf(first[row], second[row]);
                scores[row] += cell == PairShape.NoCell ? 0 : Tables[pair][cell];
            }
        }

        return scores;
    }

    /// <summary>So much of one and so much of another that has the same features and no pair.</summary>
    public static FloatModel Sum(FloatModel one, double part, FloatModel other, double otherPart)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one with
        {
            Main = [.. one.Main.Select((table, feature) => table.Select((value, code) => (part * value) + (otherPart * other.Main[feature][code])).ToArray())],
            Tables = [.. one.Tables.Select(table => table.Select(value => part * value).ToArray())],
        };
    }

    /// <summary>The mean of models that have the same features and pairs.</summary>
    public static FloatModel Mean(IReadOnlyList<FloatModel> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var first = models[0];
        return first with
        {
            Main = [.. first.Main.Select((table, feature) => table.Select((_, code) => models.Average(it => it.Main[feature][code])).ToArray())],
            Tables = [.. first.Tables.Select((table, pair) => table.Select((_, cell) => models.Average(it => it.Tables[pair][cell])).ToArray())],
        };
    }
}
