namespace Matching.Rules.Postings;

/// <summary>What a facilitator does to a posting as a whole.</summary>
public enum PostingStep
{
    Publish,

    /// <summary>All posts have someone.</summary>
    Fill,

    /// <summary>Given up, or over.</summary>
    Close,

    /// <summary>After someone dropped out, or a change of plan.</summary>
    Reopen,
}

/// <summary>The life of a posting: draft, published, filled or closed, and published again.</summary>
public static class PostingSteps
{
    private static readonly (PostingStep Step, PostingState From, PostingState To)[] Table =
    [
        (PostingStep.Publish, PostingState.Draft, PostingState.Published),
        (PostingStep.Fill, PostingState.Published, PostingState.Filled),
        (PostingStep.Close, PostingState.Published, PostingState.Closed),
        (PostingStep.Close, PostingState.Filled, PostingState.Closed),
        (PostingStep.Reopen, PostingState.Filled, PostingState.Published),
        (PostingStep.Reopen, PostingState.Closed, PostingState.Published),
    ];

    /// <summary>The names people read and the codes of the API.</summary>
    public static IReadOnlyList<(PostingState State, string Code, string Label)> States { get; } =
    [
        (PostingState.Draft, "brouillon", "Brouillon"),
        (PostingState.Published, "publiee", "Publiée"),
        (PostingState.Filled, "pourvue", "Pourvue"),
        (PostingState.Closed, "close", "Close"),
    ];

    public static string Label(this PostingState state) => States.Single(row => row.State == state).Label;

    public static string Code(this PostingState state) => States.Single(row => row.State == state).Code;

    /// <summary>The state after the step; null when the step is not possible from there.</summary>
    public static PostingState? After(PostingState state, PostingStep step)
    {
        foreach (var row in Table)
        {
            if (row.Step == step && row.From == state)
            {
                return row.To;
            }
        }

        return null;
    }

    /// <summary>The steps possible from a state, in the order of the table.</summary>
    public static IReadOnlyList<PostingStep> From(PostingState state) => [.. Table.Where(row => row.From == state).Select(row => row.Step)];

    /// <summary>Why a step is refused, for people.</summary>
    public static string Refusal(PostingState state, PostingStep step) => (step, state) switch
    {
        (PostingStep.Publish, PostingState.Published) => "Cette offre est déjà publiée.",
        (PostingStep.Publish, _) => "Seul un brouillon se publie : pour une offre pourvue ou close, utiliser « Rouvrir ».",
        (PostingStep.Fill, PostingState.Draft) => "Un brouillon ne peut pas être pourvu : le publier d’abord.",
        (PostingStep.Fill, _) => "Cette offre n’est plus ouverte : la rouvrir avant de la déclarer pourvue.",
        (PostingStep.Close, PostingState.Draft) => "Un brouillon ne se clôt pas : il n’est visible que de vous.",
        (PostingStep.Close, _) => "Cette offre est déjà close.",
        (PostingStep.Reopen, PostingState.Draft) => "Un brouillon n’a jamais été ouvert : le publier.",
        (PostingStep.Reopen, _) => "Cette offre est déjà ouverte.",
        _ => "Cette étape n’est pas possible.",
    };
}
