using Matching.Rules.People;

namespace Matching.Rules.Postings.Reading;

/// <summary>A value read in a text, with the words it came from.</summary>
/// <param name="Start">Index of the first character in the original text.</param>
/// <param name="Length">Number of characters.</param>
public sealed record Extracted<T>(T Value, int Start, int Length)
{
    /// <summary>The words themselves.</summary>
    public string Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Substring(Start, Length);
    }
}

/// <summary>An occupation that the title may mean.</summary>
/// <param name="Confidence">0 to 1.</param>
public sealed record RomeProposal(RomeCode Rome, string Label, double Confidence);

/// <summary>A known title found in a text, and the occupations that bear it.</summary>
/// <param name="Words">How many of its words carry meaning.</param>
public sealed record TitleFound(int Start, int Length, int Words, IReadOnlyList<RomeCode> Occupations);

/// <summary>A commune that a name of the text may mean.</summary>
/// <param name="Population">0 when unknown.</param>
public sealed record CommuneChoice(string InseeCode, string Name, IReadOnlyList<string> PostalCodes, long Population = 0);

public enum WarningKind
{
    /// <summary>The law forbids this criterion.</summary>
    Interdit,

    /// <summary>Lawful in some posts, but it shuts out people without need.</summary>
    Excluant,
}

/// <summary>Something in the company's text that should not be asked as it stands.</summary>
/// <param name="Rule">The rule, with the sentence that says what is wrong and what to write instead.</param>
/// <param name="Instead">A neutral wording to offer to the company.</param>
public sealed record PostingWarning(WarningKind Kind, Rule Rule, Extracted<string> Words, string Instead);

/// <summary>What the reader may ask while reading: everything it knows of the world comes from here.</summary>
/// <param name="Day">The day of the reading: a date without a year is the next one that comes.</param>
/// <param name="MatchTitle">A title in free words to occupations, best first.</param>
/// <param name="FindTitles">The known titles that stand in a text, in its order.</param>
/// <param name="CommunesByName">The communes of a name, in the form of <see cref="FrenchKey.OfPlace"/>.</param>
/// <param name="CommunesByPostalCode">The communes of a five-digit postal code.</param>
/// <param name="SkillsOf">The skills of an occupation, as labels.</param>
public sealed record JobProfileContext(
    DateOnly Day,
    Func<string, IReadOnlyList<RomeProposal>> MatchTitle,
    Func<string, IReadOnlyList<TitleFound>> FindTitles,
    Func<string, IReadOnlyList<CommuneChoice>> CommunesByName,
    Func<string, IReadOnlyList<CommuneChoice>> CommunesByPostalCode,
    Func<RomeCode, IReadOnlyList<string>> SkillsOf);

/// <summary>What a job profile text says, and nothing more: a value that the text does not state is null or an empty list.</summary>
/// <param name="Occupations">At most five, best first; a human chooses.</param>
/// <param name="CommuneChoices">When a name fits several communes: those a human must choose from.</param>
/// <param name="DurationMonths">As stated ("6 mois"); the end is not computed from it.</param>
/// <param name="Rhythms">2X8, 3X8 or COUPURE, as the text says them; the hours that they imply are among the shifts, at the same place.</param>
/// <param name="WeeklyMinutes">Minutes a week; the lower bound of a range.</param>
public sealed record PostingDraft(
    string Text,
    Extracted<string>? Title,
    IReadOnlyList<RomeProposal> Occupations,
    Extracted<CommuneChoice>? Commune,
    IReadOnlyList<CommuneChoice> CommuneChoices,
    Extracted<DateOnly>? StartsOn,
    Extracted<DateOnly>? EndsOn,
    Extracted<int>? DurationMonths,
    Extracted<int>? WeeklyMinutes,
    IReadOnlyList<Extracted<Shifts>> Shifts,
    IReadOnlyList<Extracted<string>> Rhythms,
    Extracted<WorkContractKind>? Contract,
    Extracted<int>? Posts,
    IReadOnlyList<Extracted<string>> RequiredCertificates,
    IReadOnlyList<Extracted<string>> WishedCertificates,
    IReadOnlyList<Extracted<string>> RequiredSkills,
    IReadOnlyList<Extracted<string>> WishedSkills,
    Extracted<int>? RequiredLevel,
    Extracted<int>? RequiredFrench,
    IReadOnlyList<Extracted<string>> Constraints,
    Extracted<int>? InsertionHours,
    IReadOnlyList<PostingWarning> Warnings)
{
    public Extracted<string>? Pay { get; init; }

    public Extracted<string>? Tutor { get; init; }

    public Extracted<string>? Contact { get; init; }

    public IReadOnlyList<Extracted<string>> Safety { get; init; } = [];

    /// <summary>What a facilitator needs before publishing and the text does not say: to be asked to the company, never guessed.</summary>
    public IReadOnlyList<string> ToAsk =>
        [.. new (bool IsMissing, string Words)[]
        {
            (Title is null, "l’intitulé du poste"),
            (Commune is null, "la commune du poste"),
            (StartsOn is null, "le premier jour"),
            (EndsOn is null && DurationMonths is null && Contract?.Value != WorkContractKind.Cdi, "le dernier jour ou la durée"),
            (WeeklyMinutes is null, "les heures par semaine"),
            (Shifts.Count == 0 && Rhythms.Count == 0, "les horaires"),
            (Contract is null, "le type de contrat"),
            (Posts is null, "le nombre de postes"),
            (InsertionHours is null, "les heures d’insertion portées"),
            (Pay is null, "la rémunération"),
            (Tutor is null, "le tuteur ou la tutrice"),
            (Contact is null, "la personne à contacter"),
            (Safety.Count == 0, "les points de sécurité"),
        }.Where(row => row.IsMissing).Select(row => row.Words)];
}
