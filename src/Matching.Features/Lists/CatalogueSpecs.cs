namespace Matching.Features.Lists;

/// <summary>The criteria of the site as a trainer sees them: names, codes, directions, and the points of a model as prior.</summary>
public static class CatalogueSpecs
{
    /// <summary>All of them; a criterion that came after the prior has no points in it.</summary>
    public static IReadOnlyList<FeatureSpec> Of(RankerModel prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return [.. FeatureCatalogue.All.Select(definition => Of(definition, prior))];
    }

    private static FeatureSpec Of(FeatureDefinition definition, RankerModel prior)
    {
        var bins = definition.Bins.Max(bin => bin.Code) + 1;
        var points = Enumerable.Range(0, bins).Select(code => (double)(prior.PointsOf(definition.Name, (byte)code) ?? 0)).ToList();
        points.Add(points[0]);
        return new FeatureSpec(
            definition.Name,
            bins,
            definition.Direction == Direction.More ? 1 : -1,
            points,
            [.. definition.Bins.Where(bin => bin.IsNeutral).Select(bin => (int)bin.Code)],
            definition.Name == "engagement" ? RankerModel.LargestShareOfEngagement : RankerModel.LargestShare);
    }
}
