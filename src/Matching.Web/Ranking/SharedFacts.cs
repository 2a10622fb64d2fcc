using System.Collections.Concurrent;
using Matching.Features;
using Matching.Rules.People;

namespace Matching.Web.Ranking;

/// <summary>
/// Equal lists of criteria, of proofs and of certificates are kept once in memory: a million people declare a few thousand different ones.
/// Past a bound, new ones are kept apart, which costs memory and nothing else. Safe from several threads.
/// </summary>
internal sealed class SharedFacts
{
    private const int MostKept = 100_000;

    private readonly ConcurrentDictionary<string, object> kept = new(StringComparer.Ordinal);

    public EligibilityFacts Of(EligibilityFacts facts) => facts with
    {
        Criteria = Shared("c " + string.Join(' ', facts.Criteria.Select(one => $"{one.Code}:{one.Since?.DayNumber}")), facts.Criteria, Compact),
        Proofs = Shared("p " + string.Join(' ', facts.Proofs.Select(one => $"{one.Code}:{one.SeenOn.DayNumber}:{one.EndsOn?.DayNumber}")), facts.Proofs, Compact),
    };

    /// <summary>A coded row with its facts shared.</summary>
    public PooledPerson Of(PooledPerson person) => new(Of(person.Eligibility), Of(person.Certificates));

    public CertificateSet Of(CertificateSet certificates) => Shared("s " + certificates.Key, certificates, same => same);

    private T Shared<T>(string key, T fresh, Func<T, T> compact) where T : class =>
        kept.TryGetValue(key, out var known) ? (T)known
        : kept.Count >= MostKept ? compact(fresh)
        : (T)kept.GetOrAdd(key, compact(fresh));

    // An array takes less room than the list that a reader of JSON leaves, and the codes are those of the catalogue: few.
    private static IReadOnlyList<DeclaredCriterion> Compact(IReadOnlyList<DeclaredCriterion> criteria) =>
        criteria.Count == 0 ? [] : criteria.Select(one => one with { Code = string.Intern(one.Code) }).ToArray();

    private static IReadOnlyList<SeenProof> Compact(IReadOnlyList<SeenProof> proofs) =>
        proofs.Count == 0 ? [] : proofs.Select(one => one with { Code = string.Intern(one.Code) }).ToArray();
}
