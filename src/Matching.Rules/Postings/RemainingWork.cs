namespace Matching.Rules.Postings;

/// <summary>What a posting gave up to one day.</summary>
/// <param name="Working">People at work that day on one of its contracts.</param>
/// <param name="CountedMinutes">Minutes that count for the clause, all its contracts together.</param>
public readonly record struct WorkDone(int Working, int CountedMinutes);

/// <summary>What is left of a posting after someone left.</summary>
public static class RemainingWork
{
    private const int MinutesPerHour = 60;

    public static Rule AfterADeparture { get; } = new(
        "offre.reste-a-faire",
        "Après un départ, l’offre porte les postes sans personne et les heures prévues moins les heures comptées ; ce qui fut retranché à une réouverture ne l’est pas deux fois.",
        "Choix du service, pour qu’un remplacement porte les seules heures qui restent");

    /// <param name="posts">Posts of the posting as written today.</param>
    /// <param name="foreseenHours">Its insertion hours as written today; null when it carries none.</param>
    /// <param name="atReopening">The work that was already taken off when these posts and hours were written; none before a first reopening.</param>
    /// <returns>At least one post; 0 hours at least, a begun hour being still to do.</returns>
    public static (int Posts, int? Hours) Of(int posts, int? foreseenHours, WorkDone today, WorkDone atReopening)
    {
        var counted = today.CountedMinutes - atReopening.CountedMinutes;
        return (
            Math.Max(1, posts - (today.Working - atReopening.Working)),
            foreseenHours is { } hours ? Math.Max(0, ((hours * MinutesPerHour) - counted + MinutesPerHour - 1) / MinutesPerHour) : null);
    }
}
