namespace Matching.Lab.Sample;

/// <summary>A certificate as the person writes it, with the last day of validity when it has one.</summary>
public sealed record HeldCertificate(string Label, DateOnly? End);

/// <summary>A past job: the ROME code or title written in the file, its months, its last month.</summary>
public sealed record PastJob(string Occupation, int Months, DateOnly End);

/// <summary>A criterion, since when, the day its proof was seen (null: not seen) and until when that proof runs (null: it has no end, or nobody noted it).</summary>
public sealed record HeldCriterion(string Code, DateOnly Since, DateOnly? ProofSeen, DateOnly? ProofEnd = null);

/// <summary>How far a person goes: minutes or kilometres, never both, and by what means.</summary>
public sealed record Reach(int? Minutes, int? DistanceKm, string Means);

/// <summary>An invented person, as a structure would describe them. Amounts: hours a week; days are dates.</summary>
public sealed record PoolPerson
{
    public required string Reference { get; init; }
    public required string LastName { get; init; }
    public required string FirstName { get; init; }
    public required DateOnly BirthDate { get; init; }
    public required bool IsWoman { get; init; }
    public required string Phone { get; init; }
    public required string Mail { get; init; }
    public required string PostalCode { get; init; }
    public required string CommuneName { get; init; }
    public required string CommuneInsee { get; init; }
    public required string Qpv { get; init; }
    public required Structure Structure { get; init; }
    public required IReadOnlyList<string> Wanted { get; init; }
    public required IReadOnlyList<PastJob> Jobs { get; init; }
    public required string GoodMission { get; init; }
    public required DateOnly? MissionsAgreedOn { get; init; }
    public required IReadOnlyList<string> Skills { get; init; }
    public required IReadOnlyList<HeldCertificate> Certificates { get; init; }
    public required IReadOnlyList<HeldCertificate> Licences { get; init; }
    public required string Qualification { get; init; }
    public required string French { get; init; }
    public required DateOnly AvailableFrom { get; init; }
    public required int? WeeklyHours { get; init; }
    public required string ContractLength { get; init; }
    public required IReadOnlyList<string> Shifts { get; init; }
    public required Reach Reach { get; init; }
    public required IReadOnlyList<HeldCriterion> Criteria { get; init; }
    public required string Pass { get; init; }
    public required DateOnly? PassEnd { get; init; }
    public required DateOnly? RegisteredSince { get; init; }
    public required string WorkNeeds { get; init; }
    public required string Project { get; init; }
    public required DateOnly? InformedOn { get; init; }
}
