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

    private readonly ConcurrentDictionary<IReadOnlyList<DeclaredCriterion>, IReadOnlyList<DeclaredCriterion>> criteria = new(new SameElements<DeclaredCriterion>());
    private readonly ConcurrentDictionary<IReadOnlyList<SeenProof>, IReadOnlyList<SeenProof>> proofs = new(new SameElements<SeenProof>());
    private readonly ConcurrentDictionary<CertificateSet, CertificateSet> certificateSets = new();

    // Counting a concurrent dictionary takes all its locks: counted here.
    private int kept;

    public PooledPerson Of(PooledPerson person) => new(
        person.Kept with { Criteria = Shared(criteria, person.Kept.Criteria, Compact), Proofs = Shared(proofs, person.Kept.Proofs, Compact) },
        Shared(certificateSets, person.Certificates, same => same));

    private T Shared<T>(ConcurrentDictionary<T, T> known, T fresh, Func<T, T> compact) where T : class
    {
        if (known.TryGetValue(fresh, out var same))
        {
            return same;
        }

        var compacted = compact(fresh);
        if (Volatile.Read(ref kept) < MostKept && known.TryAdd(compacted, compacted))
        {
            Interlocked.Increment(ref kept);
            return compacted;
        }

        return known.GetValueOrDefault(compacted, compacted);
    }

    // An array takes less room than the list that a reader of JSON leaves, and the codes are those of the catalogue: few.
    private static IReadOnlyList<DeclaredCriterion> Compact(IReadOnlyList<DeclaredCriterion> criteria) =>
        criteria.Count == 0 ? [] : criteria.Select(one => one with { Code = string.Intern(one.Code) }).ToArray();

    private static IReadOnlyList<SeenProof> Compact(IReadOnlyList<SeenProof> proofs) =>
        proofs.Count == 0 ? [] : proofs.Select(one => one with { Code = string.Intern(one.Code) }).ToArray();

    /// <summary>Two lists are the same when their elements are, in their order.</summary>
    private sealed class SameElements<T> : IEqualityComparer<IReadOnlyList<T>>
    {
        public bool Equals(IReadOnlyList<T>? one, IReadOnlyList<T>? other)
        {
            if (one is null || other is null || one.Count != other.Count)
            {
                return one is null && other is null;
            }

            for (var at = 0; at < one.Count; at++)
            {
                if (!EqualityComparer<T>.Default.Equals(one[at], other[at]))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(IReadOnlyList<T> list)
        {
            var hash = new HashCode();
            for (var at = 0; at < list.Count; at++)
            {
                hash.Add(list[at]);
            }

            return hash.ToHashCode();
        }
    }
}
