using Matching.Rules.People;
using Matching.Rules.Postings.Reading;

namespace Matching.Rules.Postings;

/// <summary>The terms of a posting while they are written: the occupation and the place may still be missing. Stored in the same form as <see cref="PostingTerms"/>.</summary>
public sealed record DraftTerms(
    string Title,
    RomeCode? Rome,
    string? InseeCode,
    DateOnly? StartsOn,
    DateOnly? EndsOn,
    int? WeeklyMinutes,
    Shifts Shifts,
    WorkContractKind? Contract,
    int Posts,
    IReadOnlyList<string> RequiredCertificates,
    IReadOnlyList<string> WishedCertificates,
    IReadOnlyList<string> RequiredSkills,
    IReadOnlyList<string> WishedSkills,
    int? RequiredLevel,
    int? RequiredFrench,
    IReadOnlyList<string> Constraints,
    int? InsertionHours,
    string Description)
{
    /// <summary>Pay, as the company words it; "" when not said.</summary>
    public string Pay { get; init; } = "";

    public string Tutor { get; init; } = "";

    /// <summary>Whom to call in the company: for the facilitator, who stays the one contact of structures and people.</summary>
    public string Contact { get; init; } = "";

    public IReadOnlyList<string> Safety { get; init; } = [];

    public static DraftTerms Empty { get; } = new("", null, null, null, null, null, Shifts.None, null, 1, [], [], [], [], null, null, [], null, "");

    /// <summary>What a text says, before a human corrects it. The occupation is never filled in: a human confirms it.</summary>
    public static DraftTerms From(PostingDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new DraftTerms(
            draft.Title?.Value ?? "",
            null,
            draft.Commune?.Value.InseeCode,
            draft.StartsOn?.Value,
            draft.EndsOn?.Value,
            draft.WeeklyMinutes?.Value,
            draft.Shifts.Aggregate(Shifts.None, (all, one) => all | one.Value),
            draft.Contract?.Value,
            draft.Posts?.Value ?? 1,
            Values(draft.RequiredCertificates),
            Values(draft.WishedCertificates),
            Values(draft.RequiredSkills),
            Values(draft.WishedSkills),
            draft.RequiredLevel?.Value,
            draft.RequiredFrench?.Value,
            Values(draft.Constraints),
            draft.InsertionHours?.Value,
            PracticalReading.WithoutContacts(draft.Text, draft.Contact))
        {
            Pay = draft.Pay?.Value ?? "",
            Tutor = draft.Tutor?.Value ?? "",
            Contact = draft.Contact?.Value ?? "",
            Safety = Values(draft.Safety),
        };
    }

    /// <summary>The terms as they will be searched; null while the occupation or the place is missing.</summary>
    public PostingTerms? Complete() =>
        Rome is not { } rome || InseeCode is not { Length: > 0 } commune || Title.Length == 0 || Posts < 1
            ? null
            : new PostingTerms(
                Title, rome, commune, StartsOn, EndsOn, WeeklyMinutes, Shifts, Contract, Posts, RequiredCertificates, WishedCertificates,
                RequiredSkills, WishedSkills, RequiredLevel, RequiredFrench, Constraints, InsertionHours, Description);

    /// <summary>What is missing before publication: field and French sentence; empty when it can be published.</summary>
    public IReadOnlyList<(string Field, string Sentence)> MissingToPublish()
    {
        var missing = new List<(string, string)>();
        if (Title.Length == 0)
        {
            missing.Add(("intitule", "L’intitulé du poste manque : l’écrire avant de publier."));
        }

        if (Rome is null)
        {
            missing.Add(("code_rome", "Le métier (code ROME) n’est pas confirmé : en choisir un avant de publier."));
        }

        if (string.IsNullOrEmpty(InseeCode))
        {
            missing.Add(("commune", "La commune du poste manque : l’indiquer avant de publier."));
        }

        if (Posts < 1)
        {
            missing.Add(("nombre_postes", "Le nombre de postes manque : en indiquer au moins un."));
        }

        return missing;
    }

    private static IReadOnlyList<string> Values(IReadOnlyList<Extracted<string>> extracted) => [.. extracted.Select(one => one.Value).Distinct(StringComparer.Ordinal)];
}
