using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.People;

public enum Sex
{
    Unknown,
    F,
    M,
}

/// <summary>When a person can work, or when a post is worked. Several may hold.</summary>
[Flags]
public enum Shifts
{
    None = 0,
    Jour = 1,
    Matin = 2,
    Soir = 4,
    Nuit = 8,
    WeekEnd = 16,
}

public enum TransportMode
{
    Pied,
    Velo,
    Transports,
    DeuxRoues,
    Voiture,
}

/// <summary>A past occupation. Title kept as written; the ROME code when it could be resolved.</summary>
/// <param name="End">First day of the month in which it ended; null when it goes on or is not said.</param>
public sealed record Experience(string Title, RomeCode? Rome, int Months, DateOnly? End);

/// <summary>The length of contract that a person wishes.</summary>
/// <param name="Months">1 to <see cref="MostMonths"/>; null for a contract without end.</param>
public sealed record WishedContract(int? Months)
{
    public const int MostMonths = 60;
}

/// <summary>A past mission that went well, by what the structure tells. Title kept as written; the ROME code when it could be resolved.</summary>
/// <param name="End">First day of the month in which it ended.</param>
public sealed record GoodMission(string Title, RomeCode? Rome, DateOnly End)
{
    /// <summary>An older one says nothing any more.</summary>
    public const int MostMonthsAgo = 60;

    public static Rule OnlyAgreed { get; } = new(
        "vivier.missions-avec-accord",
        "Les bonnes missions passées d’une personne ne sont gardées, et ne comptent, qu’avec la date à laquelle elle a dit oui ; les retirer suffit à les effacer.",
        Rule.ToConfirm + " (règlement général sur la protection des données, articles 6-1 a et 7-3)");
}

/// <summary>The good missions that a person lets count. Without the day of the agreement there are none.</summary>
/// <param name="AgreedOn">The day the person agreed.</param>
public sealed record AgreedMissions(DateOnly AgreedOn, IReadOnlyList<GoodMission> Missions);

/// <summary>A licence or certificate that the person holds, by its code of <see cref="Certificates"/>.</summary>
public sealed record HeldCertificate(string Code, DateOnly? ExpiresOn);

/// <summary>A public criterion that the person or the structure declares, with the day it began when it is said.</summary>
public sealed record DeclaredCriterion(string Code, DateOnly? Since);

/// <summary>A proof of a criterion that someone has seen.</summary>
/// <param name="EndsOn">Last day of the document when it has one of its own; <see cref="NoEnd"/> when it is written that it has none; null when not noted.</param>
public sealed record SeenProof(string Code, DateOnly SeenOn, DateOnly? EndsOn = null)
{
    public static readonly DateOnly NoEnd = DateOnly.MaxValue;
}

/// <summary>How far and how the person can travel. One of the two limits is given.</summary>
public sealed record Mobility(TransportMode Mode, int? MaximumMinutes, int? MaximumKm);

/// <summary>What the eligibility rules look at, and nothing else: never read by a score.</summary>
/// <param name="QualificationLevel">French level 3 to 8; 2 stands for "infra 3" (no CAP or BEP); null unknown.</param>
public sealed record EligibilityFacts(
    DateOnly BirthDate,
    StructureSituation Structure,
    int? QualificationLevel,
    bool? LivesInQpv,
    DateOnly? RegisteredSince,
    PassIae? Pass,
    IReadOnlyList<DeclaredCriterion> Criteria,
    IReadOnlyList<SeenProof> Proofs);

/// <summary>The kind of structure that accompanies the person.</summary>
public readonly record struct StructureSituation(OrganizationKind Kind);

/// <summary>What the work asks about: the only part of a person that a score may read.</summary>
/// <param name="FrenchLevel">1 (A1) to 6 (C2); null unknown.</param>
/// <param name="WorkNeeds">Needs the person declared for the post, never a diagnosis.</param>
/// <param name="OwnWords">The person's project in their own words, at most 1,000 characters.</param>
/// <param name="WantedAs">The wanted occupations as written, when one was understood with a doubt or by a choice of the structure; null otherwise.</param>
/// <param name="SkillsAs">The skills as written, when one stands under another name by a choice of the structure; null otherwise.</param>
/// <param name="Contract">The length of contract wished; null unknown.</param>
/// <param name="Past">Past missions that went well, when the person agreed that they count; null otherwise.</param>
public sealed record WorkProfile(
    string InseeCode,
    IReadOnlyList<RomeCode> Wanted,
    IReadOnlyList<Experience> Experiences,
    IReadOnlyList<string> Skills,
    IReadOnlyList<HeldCertificate> Certificates,
    int? QualificationLevel,
    int? FrenchLevel,
    DateOnly AvailableFrom,
    int? WeeklyHours,
    Shifts Shifts,
    Mobility Mobility,
    IReadOnlyList<string> WorkNeeds,
    string? OwnWords,
    IReadOnlyList<string>? WantedAs = null,
    IReadOnlyList<string>? SkillsAs = null,
    WishedContract? Contract = null,
    AgreedMissions? Past = null);

/// <summary>Who the person is and how to reach them: shown to their structure, to the facilitator once preselected, to a company only by the minimised file.</summary>
public sealed record Identity(string LastName, string FirstName, DateOnly BirthDate, Sex Sex, string? Phone, string? Email, string? PostalCode)
{
    public string FullName => $"{FirstName} {LastName}";

    /// <summary>"M. D.": what is shown before transmission.</summary>
    public string Initials => InitialsOf(FirstName, LastName);

    public static string InitialsOf(string firstName, string lastName)
    {
        ArgumentException.ThrowIfNullOrEmpty(firstName);
        ArgumentException.ThrowIfNullOrEmpty(lastName);
        return $"{firstName[..1]}. {lastName[..1]}.";
    }
}

/// <summary>A person in the pool of one structure, as published by it.</summary>
/// <param name="Reference">The structure's own id of the person, unique in its pool.</param>
/// <param name="InformedOn">The day the person was informed of the publication; without it nothing is published.</param>
/// <param name="CheckedOn">The day the structure last confirmed these facts.</param>
public sealed record Person(
    PersonId Id,
    OrganizationId OrganizationId,
    string Reference,
    Identity Identity,
    WorkProfile Work,
    EligibilityFacts Eligibility,
    DateOnly? InformedOn,
    DateOnly CheckedOn);
