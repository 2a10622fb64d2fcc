using Matching.Features;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Web.Ranking;

namespace Matching.Web.Tests.Ranking;

public sealed class SharedFactsTests
{
    [Fact]
    public void Two_proofs_seen_the_same_day_keep_each_its_own_end()
    {
        var format = PooledPersonFormat.New();
        DateOnly?[] ends = [new(2026, 12, 31), new(2029, 6, 30), SeenProof.NoEnd, null];
        using var stream = new MemoryStream();
        using var to = new BinaryWriter(stream);
        foreach (var end in ends)
        {
            format.Write(to, new PooledPerson(new KeptEligibility(Facts(end)), CertificateSet.Of([])));
        }

        stream.Position = 0;
        using var from = new BinaryReader(stream);
        Assert.All(ends, end => Assert.Equal([new SeenProof("TH", new(2026, 11, 6), end)], format.Read(from).Eligibility.Proofs));
    }

    private static EligibilityFacts Facts(DateOnly? end) => new(
        new(1990, 2, 3), new StructureSituation(OrganizationKind.Etti), 3, false, null, null, [new DeclaredCriterion("TH", null)], [new SeenProof("TH", new(2026, 11, 6), end)]);
}
