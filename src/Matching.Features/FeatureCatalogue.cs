namespace Matching.Features;

/// <summary>A criterion that would be worth reading and that the service cannot compute.</summary>
/// <param name="Why">Which fact is not kept, and why nothing else stands in for it.</param>
public sealed record UnreadCriterion(string Name, string Label, string Why);

/// <summary>Every criterion of the ranking, in the order in which people read them.</summary>
public static class FeatureCatalogue
{
    public static IReadOnlyList<FeatureDefinition> All { get; } =
        [.. OccupationFeatures.All, .. SkillFeatures.All, .. TravelFeatures.All, .. TimeFeatures.All, .. TrainingFeatures.All, .. RequirementFeatures.All];

    /// <summary>What the ranking does not read for want of the fact itself.</summary>
    public static IReadOnlyList<UnreadCriterion> Unread { get; } =
    [
        new("duration_fit", "Durée de contrat souhaitée",
            "Le service ne garde pas la durée de contrat que la personne souhaite : sa disponibilité a un premier jour et pas de dernier. Le nombre d’heures par semaine, lu par ailleurs, ne la dit pas."),
        new("prior_pos", "Bonne mission passée dans le secteur",
            "Ce critère demande l’accord de la personne, et le service ne recueille pas cet accord. Sans lui, les contrats passés sont suivis pour la clause et ne classent personne."),
    ];

    public static FeatureDefinition? ByName(string name) => All.FirstOrDefault(feature => feature.Name == name);

    /// <summary>The criteria that a model reads: all but those that came after it.</summary>
    public static IReadOnlyList<FeatureDefinition> ReadBy(RankerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. All.Where(feature => model.Features.Any(shape => shape.Name == feature.Name))];
    }
}
