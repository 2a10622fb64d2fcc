using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

public enum EligibilityStatus
{
    NotEligible,

    /// <summary>No public of the list, but the marché accepts others on a reasoned opinion.</summary>
    OpinionNeeded,

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
    public static Rule FourAnswers { get; } = new(
        "eligibilite.quatre-reponses",
        "Une personne relève d’un public justifié, il lui manque un justificatif, un avis motivé est nécessaire, ou elle n’est pas éligible à ce marché.",
        "CCAP 21_BAM_048, art. 1.4 (« devront impérativement relever de ces catégories », avis motivé en treizième)");

    /// <summary>The days that a validation taken this day would cover; null when none can be taken on the facts, or the marché is over.</summary>
    public DatePeriod? Validity { get; init; }

    /// <summary>Where the person stands under the public that decides.</summary>
    public Standing? Deciding => Category is null ? null : Standings.First(s => s.Category == Category).Standing;

    /// <summary>Judges with the reasons; the status always equals <see cref="StatusOf"/>.</summary>
    public static EligibilityVerdict Judge(EligibilityFacts facts, PublicList list, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(list);
        var standings = list.Categories.Select(PublicCategories.ByCode).OfType<PublicCategory>()
            .Select(category => (Category: category, Standing: category.Check(facts, list.Terms, day))).ToList();
        var best = standings.Where(s => s.Standing.Kind != StandingKind.NotMet).OrderByDescending(s => s.Standing.Kind).FirstOrDefault();
        return new EligibilityVerdict(ToStatus(best.Standing.Kind, list.Terms), best.Category, standings);
    }

    /// <summary>The same under a marché, with the days that a validation would cover.</summary>
    public static EligibilityVerdict Judge(EligibilityFacts facts, Market market, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(market);
        var verdict = Judge(facts, market.Publics, day);
        var last = Credit.LastDay(day, market);
        return verdict with { Validity = verdict.Status is EligibilityStatus.Eligible or EligibilityStatus.OpinionNeeded && last >= day ? new DatePeriod(day, last) : null };
    }

    /// <summary>The status alone, for judging whole pools; <paramref name="categories"/> are those of the list, resolved once.</summary>
    public static EligibilityStatus StatusOf(EligibilityFacts facts, IReadOnlyList<PublicCategory> categories, EligibilityTerms terms, DateOnly day)
    {
        var best = StandingKind.NotMet;
        for (var i = 0; i < categories.Count && best != StandingKind.Met; i++)
        {
            var kind = categories[i].Check(facts, terms, day).Kind;
            best = kind > best ? kind : best;
        }

        return ToStatus(best, terms);
    }

    private static EligibilityStatus ToStatus(StandingKind kind, EligibilityTerms terms) => kind switch
    {
        StandingKind.Met => EligibilityStatus.Eligible,
        StandingKind.ProofMissing => EligibilityStatus.ProofMissing,
        _ => terms.AcceptsOpinion ? EligibilityStatus.OpinionNeeded : EligibilityStatus.NotEligible,
    };
}
