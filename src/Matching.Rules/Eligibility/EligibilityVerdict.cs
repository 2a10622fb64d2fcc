using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

public enum EligibilityStatus
{
    NotEligible,
    ProofMissing,
    Eligible,
}

/// <summary>Where a person stands under the list of one marché on one day.</summary>
/// <param name="Category">The public that decides: the first proved one of the list, or else the first unproved one.</param>
/// <param name="Standings">Every public of the list with its sentence, in the order of the contract.</param>
public sealed record EligibilityVerdict(
    EligibilityStatus Status,
    PublicCategory? Category,
    IReadOnlyList<(PublicCategory Category, Standing Standing)> Standings)
{
    /// <summary>Judges with the reasons; the status always equals <see cref="StatusOf"/>.</summary>
    public static EligibilityVerdict Judge(EligibilityFacts facts, PublicList list, DateOnly day)
    {
        var standings = list.Categories.Select(PublicCategories.ByCode).OfType<PublicCategory>()
            .Select(category => (category, category.Check(facts, day))).ToList();
        var best = standings.Where(s => s.Item2.Kind != StandingKind.NotMet).OrderByDescending(s => s.Item2.Kind).FirstOrDefault();
        return new EligibilityVerdict(ToStatus(best.Item2.Kind), best.category, standings);
    }

    /// <summary>The status alone, for judging whole pools; <paramref name="categories"/> are those of the list, resolved once.</summary>
    public static EligibilityStatus StatusOf(EligibilityFacts facts, IReadOnlyList<PublicCategory> categories, DateOnly day)
    {
        var best = StandingKind.NotMet;
        for (var i = 0; i < categories.Count && best != StandingKind.Met; i++)
        {
            var kind = categories[i].Check(facts, day).Kind;
            best = kind > best ? kind : best;
        }

        return ToStatus(best);
    }

    private static EligibilityStatus ToStatus(StandingKind kind) => kind switch
    {
        StandingKind.Met => EligibilityStatus.Eligible,
        StandingKind.ProofMissing => EligibilityStatus.ProofMissing,
        _ => EligibilityStatus.NotEligible,
    };
}
