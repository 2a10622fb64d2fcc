using Matching.Features;

namespace Matching.Lab.Lists;

/// <summary>The criteria of the site as a trainer sees them: names, codes, directions, and the points of a model as prior.</summary>
public static class CatalogueSpecs
{
    public const double MostOfEngagement = RankerModel.LargestShareOfEngagement;

    public static IReadOnlyList<FeatureSpec> Of(RankerModel prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return [.. FeatureCatalogue.All.Select(definition => Of(definition, prior.Features.Single(shape => shape.Name == definition.Name)))];
    }

    private static FeatureSpec Of(FeatureDefinition definition, FeatureShape shape)
    {
        var bins = definition.Bins.Max(bin => bin.Code) + 1;
        var points = Enumerable.Range(0, bins).Select(code => shape.Points.TryGetValue((byte)code, out var value) ? (double)value : 0).ToList();
        points.Add(points[0]);
        return new FeatureSpec(
            definition.Name,
            bins,
            definition.Direction == Direction.More ? 1 : -1,
            points,
            [.. definition.Bins.Where(bin => bin.IsNeutral).Select(bin => (int)bin.Code)],
            definition.Name == "engagement" ? MostOfEngagement : RankerModel.LargestShare);
    }
}
