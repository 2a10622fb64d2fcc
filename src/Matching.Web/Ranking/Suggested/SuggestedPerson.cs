using System.Data.Common;
using Matching.Features;
using Matching.Rules.Eligibility;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking.Suggested;

/// <summary>A person that a structure suggested, beside the ranked list: the same points and rank as there.</summary>
/// <param name="ShownAs">Initials: the person is not in the preselection yet.</param>
/// <param name="Rank">Null when a rule shuts the door since.</param>
public sealed record SuggestedPerson(
    StoredSuggestion Suggestion, string ShownAs, int? Rank, int Score, EligibilityStatus Eligibility, string EligibilitySentence, IReadOnlyList<HardRule> ClosedBy)
{
    /// <summary>Those of a posting that wait for an answer and that the facilitator may still see, best first.</summary>
    public static async Task<IReadOnlyList<SuggestedPerson>> OfAsync(DbConnection db, SearchedPosting found, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(found);
        var waiting = (await SuggestionRecords.OfPostingAsync(db, found.Posting.Id, ct)).Where(it => it.State == Rules.Preselection.SuggestionState.Waiting).ToList();
        var people = (await PersonRecords.ReadAsync(db, waiting.Select(it => it.PersonId), ct)).Where(stored => stored.IsPublished).ToDictionary(stored => stored.Person.Id, stored => stored.Person);
        var proofs = await EligibilityRecords.SeenProofsAsync(db, people.Keys, ct);
        return
        [
            .. waiting.Where(it => people.ContainsKey(it.PersonId))
                .Select(it => (Suggestion: it, Explained: found.Ranking.Explain(it.PersonId.Value))).Where(it => it.Explained is { InScope: true })
                .OrderBy(it => it.Explained!.Rank ?? int.MaxValue).ThenBy(it => it.Suggestion.SuggestedAt)
                .Select(it =>
                {
                    var person = people[it.Suggestion.PersonId];
                    var facts = person.Eligibility with { Proofs = [.. person.Eligibility.Proofs, .. proofs[person.Id.Value]] };
                    var (status, sentence) = EligibilityWords.Of(EligibilityVerdict.Judge(facts, found.Market.Publics, today), found.Validated.Contains(person.Id.Value));
                    return new SuggestedPerson(
                        it.Suggestion, person.Identity.Initials, it.Explained!.Rank, it.Explained.Score, status, sentence,
                        [.. it.Explained.FailedFilters.Select(code => CandidateQuery.Rules.Single(rule => rule.Code == code))]);
                }),
        ];
    }
}
