namespace Matching.Features;

/// <summary>Every criterion of the ranking, in the order in which people read them.</summary>
public static class FeatureCatalogue
{
    public static IReadOnlyList<FeatureDefinition> All { get; } =
        [.. OccupationFeatures.All, .. SkillFeatures.All, .. TravelFeatures.All, .. TimeFeatures.All, .. TrainingFeatures.All, .. RequirementFeatures.All];

    public static FeatureDefinition? ByName(string name) => All.FirstOrDefault(feature => feature.Name == name);

    /// <summary>The criteria that a model reads: all but those that came after it.</summary>
    public static IReadOnlyList<FeatureDefinition> ReadBy(RankerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. All.Where(feature => model.Features.Any(shape => shape.Name == feature.Name))];
    }
}
