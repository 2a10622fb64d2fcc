namespace Matching.Rules.Preselection;

/// <summary>Where the path of one person towards one posting stands.</summary>
public enum PreselectionState
{
    Proposed,
    Contacted,
    Interested,
    Preselected,
    Transmitted,
    Interview,
    Chosen,
    Declined,
    Hired,
    Ended,
    Withdrawn,
}

/// <summary>Codes (files, API, storage), French names and the API's verb that leads to each state, stated once.</summary>
public static class PreselectionStates
{
    /// <summary>In the order of the path. <c>Verb</c> is the word of <c>POST /preselections/{id}:{verb}</c>.</summary>
    public static IReadOnlyList<(PreselectionState State, string Code, string Label, string Verb)> All { get; } =
    [
        (PreselectionState.Proposed, "PROPOSEE", "Proposée", "reprendre"),
        (PreselectionState.Contacted, "CONTACTEE", "Contactée", "contacter"),
        (PreselectionState.Interested, "INTERESSEE", "Intéressée", "interesser"),
        (PreselectionState.Preselected, "PRESELECTIONNEE", "Présélectionnée", "preselectionner"),
        (PreselectionState.Transmitted, "TRANSMISE", "Transmise à l’entreprise", "transmettre"),
        (PreselectionState.Interview, "ENTRETIEN", "Entretien", "rencontrer"),
        (PreselectionState.Chosen, "RETENUE", "Retenue par l’entreprise", "retenir"),
        (PreselectionState.Declined, "NON_RETENUE", "Non retenue par l’entreprise", "decliner"),
        (PreselectionState.Hired, "EMBAUCHEE", "Embauchée", "embaucher"),
        (PreselectionState.Ended, "TERMINEE", "Contrat terminé", "terminer"),
        (PreselectionState.Withdrawn, "RETIREE", "Retirée", "retirer"),
    ];

    /// <summary>Still on the way to a hire: what a hire elsewhere stops.</summary>
    public static IReadOnlyList<PreselectionState> Pending { get; } =
    [
        PreselectionState.Proposed, PreselectionState.Contacted, PreselectionState.Interested, PreselectionState.Preselected,
        PreselectionState.Transmitted, PreselectionState.Interview, PreselectionState.Chosen,
    ];

    /// <summary>What the company that received a file may still see of the person: nothing once the path left its hands.</summary>
    public static IReadOnlyList<PreselectionState> InCompanyHands { get; } =
    [
        PreselectionState.Transmitted, PreselectionState.Interview, PreselectionState.Chosen, PreselectionState.Declined,
        PreselectionState.Hired,
    ];

    public static string Code(this PreselectionState state) => Row(state).Code;

    public static string Label(this PreselectionState state) => Row(state).Label;

    public static string Verb(this PreselectionState state) => Row(state).Verb;

    public static bool IsPending(this PreselectionState state) => Pending.Contains(state);

    public static bool TryParse(string? code, out PreselectionState state) => TryFind(row => row.Code, code, out state);

    /// <summary>A state as stored.</summary>
    /// <exception cref="InvalidOperationException">No state has this code.</exception>
    public static PreselectionState Parse(string code) => TryParse(code, out var state) ? state : throw new InvalidOperationException("A preselection has no known state.");

    /// <summary>The state that a verb of the API leads to.</summary>
    public static bool TryParseVerb(string? verb, out PreselectionState state) => TryFind(row => row.Verb, verb, out state);

    private static bool TryFind(Func<(PreselectionState State, string Code, string Label, string Verb), string> word, string? text, out PreselectionState state)
    {
        var row = All.FirstOrDefault(r => string.Equals(word(r), text?.Trim(), StringComparison.OrdinalIgnoreCase));
        state = row.State;
        return row.Code is not null;
    }

    private static (PreselectionState State, string Code, string Label, string Verb) Row(PreselectionState state) => All[(int)state];
}
