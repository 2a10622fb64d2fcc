namespace Matching.Rules.Preselection;

/// <summary>Whom a preselection waits for, and for what.</summary>
/// <param name="For">Null when nobody has anything to do.</param>
/// <param name="What">French words that follow the name of who is awaited.</param>
public sealed record Wait(PreselectionActor? For, string What);

/// <summary>Who waits for whom: one answer for each state, so that nobody waits unknowingly.</summary>
public static class Waits
{
    /// <summary>Those who can be awaited, with the code used in addresses and the French name.</summary>
    public static IReadOnlyList<(PreselectionActor Actor, string Code, string Label)> Awaited { get; } =
    [
        (PreselectionActor.Facilitator, "facilitateur", "le facilitateur"),
        (PreselectionActor.Structure, "structure", "la structure"),
        (PreselectionActor.Company, "entreprise", "l’entreprise"),
    ];

    public static Wait In(PreselectionState state) => state switch
    {
        PreselectionState.Proposed => new(PreselectionActor.Structure, "prévenir la personne"),
        PreselectionState.Contacted => new(PreselectionActor.Structure, "dire si la personne est intéressée"),
        PreselectionState.Interested => new(PreselectionActor.Facilitator, "présélectionner la personne ou non"),
        PreselectionState.Preselected => new(PreselectionActor.Facilitator, "transmettre à l’entreprise"),
        PreselectionState.Transmitted => new(PreselectionActor.Company, "répondre"),
        PreselectionState.Interview => new(PreselectionActor.Company, "dire la suite de l’entretien"),
        PreselectionState.Chosen => new(PreselectionActor.Facilitator, "enregistrer l’embauche"),
        _ => new(null, "rien à attendre"),
    };

    /// <summary>The name of who is awaited; null when nobody is.</summary>
    public static string? Name(PreselectionState state) => In(state).For is { } actor ? Awaited.Single(row => row.Actor == actor).Label : null;

    public static bool TryParse(string? code, out PreselectionActor actor)
    {
        var row = Awaited.FirstOrDefault(r => r.Code == code);
        actor = row.Actor;
        return row.Code is not null;
    }
}
