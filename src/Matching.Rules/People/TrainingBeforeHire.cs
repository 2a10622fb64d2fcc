namespace Matching.Rules.People;

/// <summary>A training that prepares people before any contract. Its minutes are counted apart, never with the hours of a clause.</summary>
public sealed record TrainingSession(string Title, string Organizer, DateOnly StartsOn, DateOnly EndsOn, int Minutes);

/// <summary>What a training before hire may say, and what becomes of its hours. Pure functions: the day of today is given.</summary>
public static class TrainingBeforeHire
{
    public const string Ongoing = "EN_COURS";

    /// <summary>No session is longer: 2,000 hours, more than a year full time.</summary>
    public const int MaximumMinutes = 2_000 * 60;

    private const int MinutesPerDay = 24 * 60;

    public static IReadOnlyList<(string Code, string Label)> Outcomes { get; } =
    [
        (Ongoing, "En cours"),
        ("SUIVIE", "Suivie jusqu’au bout"),
        ("ABANDON", "Arrêtée avant la fin"),
        ("ABSENTE", "Jamais venue"),
    ];

    public static Rule Apart { get; } = new(
        "formation.avant-embauche", "Les heures de formation suivies avant l’embauche se comptent à part : elles ne sont pas des heures de la clause.",
        Rule.ToConfirm + " (usage variable d’un territoire à l’autre ; la formation comprise dans le contrat de travail suit la règle du marché)");

    public static Rule Attended { get; } = new(
        "formation.assiduite", "Une personne ne suit pas plus d’heures que la formation n’en compte.",
        "Évidence arithmétique");

    public static Rule HiredOn { get; } = new(
        "formation.debouche", "L’embauche qui suit une formation est celle du premier contrat commencé depuis le premier jour de la formation.",
        "ELIPS (document fondateur 004 : formations préparant à intégrer les entreprises attributaires)");

    public static IReadOnlyList<Rule> All { get; } = [Apart, Attended, HiredOn];

    public static IReadOnlyList<RuleRefusal> Refusals(TrainingSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.EndsOn < session.StartsOn)
        {
            return [new("fin", Attended, "Dernier jour : il est avant le premier. Corriger l’une des deux dates.")];
        }

        var most = (session.EndsOn.DayNumber - session.StartsOn.DayNumber + 1) * MinutesPerDay;
        return session.Minutes > most ? [new("duree", Attended, "Durée : il y a plus d’heures que ces dates n’en peuvent tenir.")] : [];
    }

    /// <summary>Why this attendance may not be written; null when it may.</summary>
    public static RuleRefusal? RefusalOfAttendance(TrainingSession session, int minutes, string outcome)
    {
        ArgumentNullException.ThrowIfNull(session);
        return minutes > session.Minutes ? new("heures", Attended, $"Heures suivies : la formation en compte {session.Minutes / 60m:0.##}. {Attended.Sentence}")
            : outcome == "ABSENTE" && minutes > 0 ? new("heures", Attended, "Heures suivies : une personne jamais venue n’en a suivi aucune. Écrire 0.")
            : null;
    }

    /// <summary>The start of the contract that followed the training, among those of the person.</summary>
    public static DateOnly? HireAfter(DateOnly sessionStart, IEnumerable<DateOnly> contractStarts)
    {
        ArgumentNullException.ThrowIfNull(contractStarts);
        var after = contractStarts.Where(start => start >= sessionStart).ToList();
        return after.Count == 0 ? null : after.Min();
    }
}
