using Matching.Engine.Scoring;
using Matching.Rules.Postings;

namespace Matching.Features;

/// <summary>A training that someone follows now, as the facilitator of the posting noted it.</summary>
/// <param name="Rome">The occupation that its title names; null when it names none surely.</param>
/// <param name="IsForThisMarket">Whether it was set up for the marché of the posting.</param>
/// <param name="EndsOn">Its last day.</param>
public sealed record RunningTraining(RomeCode? Rome, bool IsForThisMarket, DateOnly EndsOn)
{
    /// <summary>A training that ends later is too far from the work (40-ranking: within 60 days).</summary>
    public const int DaysAhead = 60;
}

/// <summary>The training that people finish, against the occupation of the posting.</summary>
internal static class TrainingFeatures
{
    public static IReadOnlyList<FeatureDefinition> All { get; } =
    [
        new("training_sync", "Formation qui se termine",
            $"Formation suivie en ce moment, dont le dernier jour est dans les {RunningTraining.DaysAhead} jours, comparée au métier de l’offre.",
            "formations avant l’embauche notées par le facilitateur de l’offre : intitulé, marché, dernier jour, personnes qui les suivent", Direction.More,
            [
                new(0, $"pas de formation connue qui mène à ce métier et se termine dans les {RunningTraining.DaysAhead} jours"),
                new(1, $"termine dans les {RunningTraining.DaysAhead} jours une formation préparée pour ce marché, ou qui mène à un métier voisin"),
                new(2, $"termine dans les {RunningTraining.DaysAhead} jours une formation qui mène à ce métier"),
            ],
            it => CodeSource.ById(it.Trainings.ToDictionary(of => of.Key, of => of.Value.Max(one => CodeOf(one, it))), 0), CameLater: true),
    ];

    private static byte CodeOf(RunningTraining training, PostingContext it)
    {
        if (training.EndsOn < it.Day || training.EndsOn > it.Day.AddDays(RunningTraining.DaysAhead))
        {
            return 0;
        }

        var nearness = training.Rome is { } rome ? it.Occupations.Between(rome, it.Terms.Rome) : Nearness.Unknown;
        return (byte)(nearness >= Nearness.SameFamily ? 2 : nearness == Nearness.Near || training.IsForThisMarket ? 1 : 0);
    }
}
