using Matching.Rules.Postings;

namespace Matching.Rules.Preselection;

/// <summary>What became of a person that a structure suggested.</summary>
public enum SuggestionState
{
    Waiting,
    Preselected,
    Declined,
    TakenBack,
}

/// <summary>One person that a structure would suggest, as the service finds them.</summary>
/// <param name="ClosedBy">The sentence of the first rule that shuts this posting to the person; null when none does.</param>
/// <param name="Before">What became of a suggestion of this person on this posting; null when there was none.</param>
/// <param name="IsPublishedSince">Whether the posting was published again since that answer.</param>
public sealed record SuggestedFacts(bool IsPublished, string? ClosedBy, SuggestionState? Before, bool IsPublishedSince = false);

/// <summary>People that a structure suggests for a posting; the facilitator answers each.</summary>
public static class Suggestions
{
    /// <summary>People at once: more would not be a choice.</summary>
    public const int MaximumPeople = 50;

    public const int WordLength = 400;

    public static Rule OwnPeople { get; } = new(
        "proposition.personnes-de-la-structure",
        "Une structure propose les personnes de son vivier qu’aucune règle de l’offre n’écarte ; un justificatif qui reste à voir est dit et n’empêche pas de proposer. Le facilitateur répond à chaque proposition, avec un motif quand c’est non.",
        "Choix du service, pour qu’une structure sache ce que devient chaque personne proposée");

    public static SuggestionState StateOf(bool isPreselected, bool isDeclined, bool isTakenBack) =>
        isPreselected ? SuggestionState.Preselected : isDeclined ? SuggestionState.Declined : isTakenBack ? SuggestionState.TakenBack : SuggestionState.Waiting;

    public static string Label(this SuggestionState state) => state switch
    {
        SuggestionState.Preselected => "Dans la présélection",
        SuggestionState.Declined => "Pas retenue pour cette offre",
        SuggestionState.TakenBack => "Proposition reprise",
        _ => "À l’étude par le facilitateur",
    };

    /// <summary>Null when someone may be suggested for a posting in this state; else the French sentence that says why not.</summary>
    public static string? CheckPosting(PostingState state) => state switch
    {
        PostingState.Published => null,
        PostingState.Filled => "cette offre vient d’être pourvue : plus personne ne peut y être proposé.",
        _ => "cette offre n’est plus ouverte : plus personne ne peut y être proposé.",
    };

    /// <summary>Null when the person may be suggested; else the end of a sentence that begins with the name.</summary>
    public static string? CheckPerson(SuggestedFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return !facts.IsPublished ? "cette personne n’est plus publiée. Sa fiche dit ce qui manque."
            : facts.Before == SuggestionState.Declined && !facts.IsPublishedSince ? "le facilitateur a déjà répondu pour cette offre."
            : facts.ClosedBy;
    }

    /// <summary>Null when the facilitator may still say no; else why not.</summary>
    public static string? CheckDecline(SuggestionState state) => state switch
    {
        SuggestionState.Waiting or SuggestionState.Declined => null,
        SuggestionState.Preselected => "Cette personne est déjà dans la présélection de l’offre : répondez sur son parcours.",
        _ => "La structure a repris cette proposition : il n’y a plus à répondre.",
    };
}
