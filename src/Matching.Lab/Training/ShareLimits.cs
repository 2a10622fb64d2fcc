using Matching.Features;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>No feature holds more of the span than it may: what is too large is made smaller as a whole, which keeps its shape and its direction.</summary>
public static class ShareLimits
{
    private const double Step = 0.93;
    private const int MostSteps = 100;

    /// <exception cref="InvalidDataException">The shares cannot be kept together, for instance three features of at most 0.3 each.</exception>
    public static (List<FeatureShape> Features, List<PairPoints> Pairs, double Scale) Apply(FloatModel model, IReadOnlyList<FloatModel> bags, RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(model);
        for (var step = 0; step < MostSteps; step++)
        {
            var scale = Rounding.ScaleOf(model, lists);
            var (features, pairs) = Rounding.Of(model, bags, scale, lists);
            var span = features.Sum(shape => shape.Span);
            var tooLarge = Enumerable.Range(0, features.Count).Where(feature => features[feature].Span > model.Features[feature].Most * span).ToHashSet();
            if (tooLarge.Count == 0)
            {
                return (features, pairs, scale);
            }

            model = model with
            {
                Main = [.. model.Main.Select((table, feature) => tooLarge.Contains(feature) ? table.Select(value => value * Step).ToArray() : table)],
                Tables = [.. model.Tables.Select((table, pair) => tooLarge.Contains(model.Pairs[pair].First) || tooLarge.Contains(model.Pairs[pair].Second) ? table.Select(value => value * Step).ToArray() : table)],
            };
        }

        throw new InvalidDataException("Les parts « most » des critères ne peuvent pas être tenues ensemble.");
    }
}
