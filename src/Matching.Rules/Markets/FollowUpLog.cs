namespace Matching.Rules.Markets;

/// <summary>When a next action falls, seen from a day.</summary>
public enum DueMoment
{
    Late,
    ThisWeek,
    Later,
}

/// <summary>What a facilitator writes after a meeting, a visit or a call.</summary>
/// <param name="Kind">A code of <see cref="FollowUpLog.Kinds"/>.</param>
/// <param name="Roles">Who was there, as codes of <see cref="FollowUpLog.Roles"/>: never a name.</param>
public sealed record FollowUpEntry(string Kind, DateOnly Day, IReadOnlyList<string> Roles, string Words, string? Decision, string? NextAction, DateOnly? DueOn);

/// <summary>The follow-up log of a marché: what may be written in it, and what is due when. Pure functions: the day of today is given.</summary>
public static class FollowUpLog
{
    public const string Difficulty = "DIFFICULTE";

    public static IReadOnlyList<(string Code, string Label)> Kinds { get; } =
    [
        ("REUNION", "Réunion de chantier ou de suivi"),
        ("VISITE", "Visite"),
        ("APPEL", "Appel"),
        (Difficulty, "Difficulté signalée par l’entreprise"),
        ("AUTRE", "Autre échange"),
    ];

    public static IReadOnlyList<(string Code, string Label)> Roles { get; } =
    [
        ("FACILITATEUR", "Facilitateur"),
        ("CORRESPONDANT", "Correspondant de l’entreprise"),
        ("ENCADREMENT", "Encadrement du chantier ou du service"),
        ("TUTEUR", "Tuteur"),
        ("SALARIE", "Salarié en insertion"),
        ("STRUCTURE", "Structure d’insertion"),
        ("EMPLOI", "Service de l’emploi"),
        ("ACHETEUR", "Acheteur ou maître d’ouvrage"),
        ("MAITRE_OEUVRE", "Maître d’œuvre"),
    ];

    public static Rule Past { get; } = new(
        "suivi.passe", "Le journal raconte ce qui a eu lieu : une réunion, une visite ou un appel n’est pas daté d’après aujourd’hui.",
        Rule.ToConfirm + " (usage du service)");

    public static Rule ActionDated { get; } = new(
        "suivi.echeance", "Une suite à donner a une échéance, au plus tôt le jour de l’échange.",
        Rule.ToConfirm + " (usage du service)");

    public static Rule DifficultyAnswered { get; } = new(
        "suivi.difficulte", "Une difficulté signalée par l’entreprise appelle une suite : le facilitateur et le titulaire cherchent ensemble les moyens d’y répondre.",
        "CCAP 21_BAM_048, art. 1.4 (difficultés signalées, recherche de moyens avec le facilitateur), lu en août 2026");

    public static Rule ByRole { get; } = new(
        "suivi.roles", "Les présents sont notés par leur rôle, sans nom.",
        Rule.ToConfirm + " (minimisation, RGPD art. 5-1 c)");

    public static IReadOnlyList<Rule> All { get; } = [Past, ActionDated, DifficultyAnswered, ByRole];

    /// <summary>Every reason why the entry may not be written on <paramref name="today"/>; none when it may.</summary>
    public static IReadOnlyList<RuleRefusal> Refusals(FollowUpEntry entry, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var refusals = new List<RuleRefusal>();
        if (entry.Day > today)
        {
            refusals.Add(new("jour", Past, $"Date : le {entry.Day:dd/MM/yyyy} n’est pas encore passé. Noter l’échange une fois qu’il a eu lieu, et écrire ce qui vient comme une suite à donner."));
        }

        if (entry.Roles.Count == 0)
        {
            refusals.Add(new("roles", ByRole, "Présents : cocher au moins un rôle."));
        }

        if (entry.NextAction is not null && entry.DueOn is null)
        {
            refusals.Add(new("echeance", ActionDated, "Échéance : dire pour quand est la suite à donner."));
        }

        if (entry.NextAction is null && entry.DueOn is not null)
        {
            refusals.Add(new("suite", ActionDated, "Suite à donner : dire ce qui doit être fait à l’échéance, ou retirer l’échéance."));
        }

        if (entry.DueOn < entry.Day)
        {
            refusals.Add(new("echeance", ActionDated, $"Échéance : le {entry.DueOn:dd/MM/yyyy} est avant l’échange. Choisir le jour de l’échange ou un jour d’après."));
        }

        if (entry is { Kind: Difficulty, NextAction: null })
        {
            refusals.Add(new("suite", DifficultyAnswered, "Suite à donner : une difficulté signalée en appelle une. Écrire ce qui va être tenté, par qui et pour quand."));
        }

        return refusals;
    }

    /// <summary>A week runs from Monday to Sunday.</summary>
    public static DueMoment MomentOf(DateOnly dueOn, DateOnly today) =>
        dueOn < today ? DueMoment.Late : dueOn <= EndOfWeek(today) ? DueMoment.ThisWeek : DueMoment.Later;

    /// <summary>The Sunday of the week of a day.</summary>
    public static DateOnly EndOfWeek(DateOnly day) => day.AddDays((7 - (int)day.DayOfWeek) % 7);

    public static string KindLabel(string code) => Kinds.FirstOrDefault(row => row.Code == code).Label ?? code;

    public static string RoleLabel(string code) => Roles.FirstOrDefault(row => row.Code == code).Label ?? code;
}
