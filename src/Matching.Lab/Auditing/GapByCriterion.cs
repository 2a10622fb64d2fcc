using Matching.Features;
using Matching.Lab.Lists;

namespace Matching.Lab.Auditing;

/// <summary>
/// Where a difference of scores comes from: since a score is a sum, the mean difference between a group and the others of the same list is exactly
/// the sum of the same difference criterion by criterion. No approximation, and no order in which criteria are taken.
/// </summary>
public static class GapByCriterion
{
    /// <summary>The largest parts first. Lists where one side is absent say nothing; each list counts by its members of the group.</summary>
    public static IReadOnlyList<GapPart> Of(RankerModel model, RankedLists lists, bool[] isIn, bool[] isKnown)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(isIn);
        ArgumentNullException.ThrowIfNull(isKnown);
        var single = model.Features.Select(shape => (shape.Name, Model: model with { Features = [.. model.Features.Select(it => it.Name == shape.Name ? it : Without(it))], Pairs = [] }));
        var pairs = (model.Pairs ?? []).Select(pair => (Name: $"{pair.First} × {pair.Second}", Model: model with { Features = [.. model.Features.Select(Without)], Pairs = [pair] }));
        return [.. single.Concat(pairs).Select(it => new GapPart(it.Name, Difference(lists, ModelScores.Of(it.Model, lists), isIn, isKnown))).OrderByDescending(part => Math.Abs(part.Points)).ThenBy(part => part.Name, StringComparer.Ordinal)];
    }

    public static double Difference(RankedLists lists, int[] scores, bool[] isIn, bool[] isKnown)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(isIn);
        ArgumentNullException.ThrowIfNull(isKnown);
        var (sum, members) = (0.0, 0);
        for (var list = 0; list < lists.Count; list++)
        {
            var (inside, insiders, outside, outsiders) = (0L, 0, 0L, 0);
            for (var row = lists.Start[list]; row < lists.Start[list + 1]; row++)
            {
                if (isIn[row])
                {
                    (inside, insiders) = (inside + scores[row], insiders + 1);
                }
                else if (isKnown[row])
                {
                    (outside, outsiders) = (outside + scores[row], outsiders + 1);
                }
            }

            if (insiders > 0 && outsiders > 0)
            {
                sum += inside - (insiders * (outside / (double)outsiders));
                members += insiders;
            }
        }

        return members == 0 ? 0 : sum / members;
    }

    private static FeatureShape Without(FeatureShape shape) => shape with { Points = shape.Points.ToDictionary(it => it.Key, _ => (short)0), Missing = 0 };
}
