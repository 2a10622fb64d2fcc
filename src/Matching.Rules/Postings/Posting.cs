using Matching.Rules.People;

namespace Matching.Rules.Postings;

public enum WorkContractKind
{
    Cdi,
    Cdd,
    Cddi,
    Interim,
    Apprentissage,
    Professionnalisation,
}

public enum PostingState
{
    Draft,
    Published,
    Filled,
    Closed,
}

/// <summary>What a post asks, as confirmed by a person: the searchable form of a job profile.</summary>
/// <param name="Rome">The occupation (ROME 4), confirmed by a human.</param>
/// <param name="WeeklyMinutes">Working time a week in minutes (35 h = 2,100); null when not said.</param>
/// <param name="RequiredCertificates">Codes of <see cref="People.Certificates"/> that the work legally or really needs.</param>
/// <param name="InsertionHours">Hours of the lot that this posting should carry, all posts together.</param>
/// <param name="Constraints">Physical constraints of the post in plain words.</param>
/// <param name="RequiredLevel">Qualification level 3–8 only if the post states it.</param>
/// <param name="RequiredFrench">1 (A1) to 6 (C2) only if the post states it.</param>
public sealed record PostingTerms(
    string Title,
    RomeCode Rome,
    string InseeCode,
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
    string Description);

/// <summary>A posting of a lot, in one state, with a version that grows at each change of its terms.</summary>
public sealed record Posting(
    PostingId Id,
    LotId LotId,
    MarketId MarketId,
    OrganizationId FacilitatorId,
    PostingState State,
    int Version,
    PostingTerms Terms);

/// <summary>Codes and French names of the contracts, stated once. Codes are those of the files and the API.</summary>
public static class WorkContracts
{
    public static IReadOnlyList<(WorkContractKind Kind, string Code, string Label)> All { get; } =
    [
        (WorkContractKind.Cdi, "CDI", "CDI"),
        (WorkContractKind.Cdd, "CDD", "CDD"),
        (WorkContractKind.Cddi, "CDDI", "CDD d’insertion"),
        (WorkContractKind.Interim, "INTERIM", "Intérim"),
        (WorkContractKind.Apprentissage, "APPRENTISSAGE", "Apprentissage"),
        (WorkContractKind.Professionnalisation, "PROFESSIONNALISATION", "Contrat de professionnalisation"),
    ];

    public static string Code(this WorkContractKind kind) => All.Single(row => row.Kind == kind).Code;

    public static string Label(this WorkContractKind kind) => All.Single(row => row.Kind == kind).Label;

    public static bool TryParse(string? code, out WorkContractKind kind)
    {
        var row = All.FirstOrDefault(r => string.Equals(r.Code, code?.Trim(), StringComparison.OrdinalIgnoreCase));
        kind = row.Kind;
        return row.Code is not null;
    }
}
