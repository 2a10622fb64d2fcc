using Matching.Rules.Markets;

namespace Matching.Rules.People;

/// <summary>
/// The facts of eligibility of one of a million people in memory, without the number of the PASS: thirty-two bytes and no object of its own,
/// so that the collector has nothing to visit.
/// </summary>
public readonly record struct KeptEligibility
{
    private const int NoDay = -1;
    private const sbyte NotSaid = -1;

    private readonly DateOnly birthDate;
    private readonly int registeredSince;
    private readonly int passLastDay;
    private readonly short qualificationLevel;
    private readonly sbyte livesInQpv;
    private readonly byte structure;

    public KeptEligibility(EligibilityFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        birthDate = facts.BirthDate;
        registeredSince = facts.RegisteredSince?.DayNumber ?? NoDay;
        passLastDay = facts.Pass?.LastDay.DayNumber ?? NoDay;
        qualificationLevel = (short)(facts.QualificationLevel ?? NotSaid);
        livesInQpv = facts.LivesInQpv switch { null => NotSaid, false => 0, true => 1 };
        structure = (byte)facts.Structure.Kind;
        (Criteria, Proofs) = (facts.Criteria, facts.Proofs);
    }

    public IReadOnlyList<DeclaredCriterion> Criteria { get; init; }

    public IReadOnlyList<SeenProof> Proofs { get; init; }

    /// <summary>The facts as the rules read them, made at each call; no rule reads the number of a PASS.</summary>
    public EligibilityFacts ToFacts() => new(
        birthDate,
        new StructureSituation((OrganizationKind)structure),
        qualificationLevel == NotSaid ? null : qualificationLevel,
        livesInQpv == NotSaid ? null : livesInQpv == 1,
        registeredSince == NoDay ? null : DateOnly.FromDayNumber(registeredSince),
        passLastDay == NoDay ? null : new PassIae("", DateOnly.FromDayNumber(passLastDay)),
        Criteria,
        Proofs);
}
