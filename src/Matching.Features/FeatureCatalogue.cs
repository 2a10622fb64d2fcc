namespace Matching.Features;

/// <summary>Every criterion of the ranking, in the order in which people read them.</summary>
public static class FeatureCatalogue
{
    public static IReadOnlyList<FeatureDefinition> All { get; } =
        [.. OccupationFeatures.All, .. SkillFeatures.All, .. TravelFeatures.All, .. TimeFeatures.All, .. RequirementFeatures.All];

    public static FeatureDefinition? ByName(string name) => All.FirstOrDefault(feature => feature.Name == name);
}
