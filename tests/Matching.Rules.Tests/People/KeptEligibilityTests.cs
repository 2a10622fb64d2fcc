using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public class KeptEligibilityTests
{
    public static TheoryData<EligibilityFacts> Facts { get; } =
    [
        new(new EligibilityFacts(new(1990, 2, 3), new StructureSituation(OrganizationKind.Etti), 3, false, new(2024, 5, 6), new PassIae("999990000001", new(2027, 1, 31)), [new DeclaredCriterion("TH", null)], [new SeenProof("TH", new(2026, 11, 6))])),
        new(new EligibilityFacts(DateOnly.MinValue, new StructureSituation(Enum.GetValues<OrganizationKind>().Max()), 8, true, DateOnly.MaxValue, new PassIae("999990000001", DateOnly.MinValue), [], [])),
        new(new EligibilityFacts(DateOnly.MaxValue, new StructureSituation(OrganizationKind.Facilitateur), null, null, null, null, [], [])),
    ];

    [Theory]
    [MemberData(nameof(Facts))]
    public void The_rules_read_the_facts_as_they_were_declared_without_the_number_of_the_pass(EligibilityFacts facts) =>
        Assert.Equal(facts with { Pass = facts.Pass is { } pass ? pass with { Number = "" } : null }, new KeptEligibility(facts).ToFacts());

    [Fact]
    public void A_pass_kept_without_its_number_shows_none() => Assert.Equal("", new PassIae("", new(2027, 1, 31)).Shown);
}
