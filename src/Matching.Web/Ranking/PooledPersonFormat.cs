using Matching.Engine.Columns;
using Matching.Features;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Web.Ranking;

/// <summary>How the facts beside a row travel in a snapshot file. A change here changes <see cref="Version"/>: older files are then rebuilt.</summary>
public static class PooledPersonFormat
{
    public const int Version = 3;

    private const int NoDay = -1;
    private const int LargestList = 1_000;

    /// <summary>A format for one reading or writing: equal lists read by it are kept once.</summary>
    public static FactsFormat<PooledPerson> New()
    {
        var shared = new SharedFacts();
        return new FactsFormat<PooledPerson>(Write, from => Read(from, shared));
    }

    private static void Write(BinaryWriter to, PooledPerson person)
    {
        var facts = person.Eligibility;
        to.Write(facts.BirthDate.DayNumber);
        to.Write((byte)facts.Structure.Kind);
        to.Write(facts.QualificationLevel ?? NoDay);
        to.Write((sbyte)(facts.LivesInQpv switch { null => -1, false => 0, true => 1 }));
        to.Write(facts.RegisteredSince?.DayNumber ?? NoDay);
        to.Write(facts.Pass?.LastDay.DayNumber ?? NoDay);
        to.Write(facts.Criteria.Count);
        foreach (var criterion in facts.Criteria)
        {
            to.Write(criterion.Code);
            to.Write(criterion.Since?.DayNumber ?? NoDay);
        }

        to.Write(facts.Proofs.Count);
        foreach (var proof in facts.Proofs)
        {
            to.Write(proof.Code);
            to.Write(proof.SeenOn.DayNumber);
            to.Write(proof.EndsOn?.DayNumber ?? NoDay);
        }

        person.Certificates.Write(to);
    }

    private static PooledPerson Read(BinaryReader from, SharedFacts shared)
    {
        var facts = new EligibilityFacts(
            Day(from) ?? default,
            new StructureSituation((OrganizationKind)from.ReadByte()),
            from.ReadInt32() is >= 0 and var level ? level : null,
            from.ReadSByte() switch { < 0 => null, var yes => yes == 1 },
            Day(from),
            Day(from) is { } lastDay ? new PassIae("", lastDay) : null,
            ReadList(from, () => new DeclaredCriterion(from.ReadString(), Day(from))),
            ReadList(from, () => new SeenProof(from.ReadString(), Day(from) ?? default, Day(from))));
        return shared.Of(new PooledPerson(new KeptEligibility(facts), CertificateSet.Read(from)));
    }

    private static DateOnly? Day(BinaryReader from) => from.ReadInt32() is >= 0 and var number ? DateOnly.FromDayNumber(number) : null;

    private static T[] ReadList<T>(BinaryReader from, Func<T> read)
    {
        var count = from.ReadInt32();
        if (count is < 0 or > LargestList)
        {
            throw new InvalidDataException("A list of a person is impossibly long.");
        }

        var list = new T[count];
        for (var at = 0; at < count; at++)
        {
            list[at] = read();
        }

        return list;
    }
}
