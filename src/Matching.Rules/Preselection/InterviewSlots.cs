using static Matching.Rules.Preselection.SlotState;

namespace Matching.Rules.Preselection;

public enum SlotState
{
    /// <summary>Offered by one side, for the other to choose.</summary>
    Proposed,

    /// <summary>The appointment: one at most.</summary>
    Kept,
    Cancelled,

    /// <summary>The person did not come.</summary>
    Missed,
}

/// <summary>A day and hour to meet a person.</summary>
/// <param name="Number">The first slot of a person for a post is 1.</param>
/// <param name="ProposedBy">The facilitator or the company.</param>
/// <param name="Sequence">Grows each time it is moved, kept or cancelled, so that calendars follow.</param>
public sealed record InterviewSlot(
    Guid Id, int Number, DateTimeOffset StartsAt, string? Place, SlotState State, PreselectionActor ProposedBy, string ByName, int Sequence, DateTimeOffset UpdatedAt)
{
    public bool IsOpen => State is Proposed or Kept;
}

/// <summary>When a slot may be proposed, chosen, cancelled, or its absence noted. Each check answers null, or the French sentence.</summary>
public static class InterviewSlots
{
    public const int Minutes = 60;

    /// <summary>More choices than this are no help.</summary>
    public const int MostProposed = 5;

    public static Rule Agreed { get; } = new(
        "entretien.creneaux",
        "Un créneau d’entretien se propose à venir, dans l’année ; il est choisi par l’autre partie ; une absence se note après l’heure du rendez-vous.",
        "Choix du service, pour qu’un rendez-vous ne soit jamais fixé par une seule partie sans que l’autre le voie");

    /// <summary>Codes of storage and French words.</summary>
    public static IReadOnlyList<(SlotState State, string Code, string Label)> States { get; } =
    [
        (Proposed, "PROPOSE", "Proposé"),
        (Kept, "RETENU", "Rendez-vous"),
        (Cancelled, "ANNULE", "Annulé"),
        (Missed, "ABSENT", "La personne n’est pas venue"),
    ];

    public static string Code(this SlotState state) => States[(int)state].Code;

    public static string Label(this SlotState state) => States[(int)state].Label;

    public static SlotState Parse(string code) => States.Single(row => row.Code == code).State;

    public static string? CheckStart(DateTimeOffset at, DateTimeOffset now) =>
        at < now || at > now.AddYears(1) ? "La date de l’entretien doit être à venir, dans l’année : corrigez-la." : null;

    public static string? CheckProposal(DateTimeOffset at, IReadOnlyList<InterviewSlot> others, DateTimeOffset now) =>
        CheckStart(at, now) is { } refusal ? refusal
        : others.Any(it => it.IsOpen && it.StartsAt == at) ? "Ce créneau est déjà proposé."
        : others.Count(it => it.State == Proposed) >= MostProposed ? $"{MostProposed} créneaux sont déjà proposés : annulez-en un avant d’en ajouter."
        : null;

    public static string? CheckChoice(InterviewSlot slot, PreselectionActor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return slot.State != Proposed ? $"Ce créneau n’est plus à choisir : {slot.State.Label().ToLowerInvariant()}."
            : slot.ProposedBy == by ? "Ce créneau attend la réponse de l’autre partie."
            : slot.StartsAt < now ? "Ce créneau est passé : proposez-en un autre."
            : null;
    }

    public static string? CheckMove(InterviewSlot slot) => slot?.State == Kept ? null : "Seul un rendez-vous fixé se déplace.";

    public static string? CheckCancel(InterviewSlot slot) => slot?.IsOpen == true ? null : "Ce créneau n’est plus ouvert : il n’y a rien à annuler.";

    public static string? CheckMissed(InterviewSlot slot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return slot.State != Kept ? "Il n’y a pas de rendez-vous fixé à cette heure."
            : slot.StartsAt > now ? "L’heure du rendez-vous n’est pas passée : une absence se note après."
            : null;
    }
}
