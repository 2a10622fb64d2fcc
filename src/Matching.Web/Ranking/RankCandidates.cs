using System.Data.Common;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking;

/// <summary>GET /offres/{id}/candidats, and the same under /api/v1: who could take this post, best first, and why.</summary>
public static class RankCandidates
{
    public const int DefaultLimit = 20;
    public const int MostPeople = 200;

    /// <param name="IsShown">Whether someone looks at the list: only then is it kept, since decisions and training speak of lists that were seen.</param>
    public sealed record Query(PostingId PostingId, int Limit, SignedIn User, bool IsShown = true) : IRequest<Result<Answer>>;

    /// <param name="InScope">People published to the facilitator's territories; those that a rule removed included.</param>
    public sealed record Answer(
        PostingId PostingId, string Title, MarketId MarketId, RankedListId? ListId, string ModelVersion, int InScope, int Passing,
        IReadOnlyList<Candidate> People, IReadOnlyList<WhyNot> WhyNot, int Limit);

    /// <param name="ShownAs">Initials until the person is preselected, then the name.</param>
    public sealed record Candidate(
        int Rank, PersonId PersonId, string ShownAs, string Reference, string Structure, CandidateReasons Reasons, int Score,
        IReadOnlyList<Improvement> Improvements, EligibilityStatus Eligibility, string EligibilitySentence, PreselectionState? State);

    /// <param name="Alone">How many of them this rule alone removes.</param>
    public sealed record WhyNot(string Rule, string Sentence, int People, int Alone);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/offres/{id:guid}/candidats", async (Guid id, string? limite, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            if (LimitOf(limite) is not { } limit)
            {
                return Page.Error(StatusCodes.Status400BadRequest, [LimitRefusal]);
            }

            var result = await mediator.Send(new Query(new PostingId(id), limit, user), ct);
            return result.ToPage(answer => Page.Of<RankCandidatesPage>(new { Answer = answer }));
        }).RequireAuthorization(Policies.Facilitator);

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/offres/{id:guid}/candidats", async (Guid id, string? limite, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            if (LimitOf(limite) is not { } limit)
            {
                return Problems.Of(StatusCodes.Status400BadRequest, LimitRefusal.Sentence, [LimitRefusal]);
            }

            var result = await mediator.Send(new Query(new PostingId(id), limit, user), ct);
            return result.ToJson(CandidateJson.Of);
        }).RequireAuthorization(Policies.Facilitator).WithSummary("Personnes qui peuvent occuper le poste, les mieux placées d’abord, avec les raisons.");

    private static Refusal LimitRefusal { get; } = new("limite", $"« limite » est un nombre entier de 1 à {MostPeople}.");

    private static int? LimitOf(string? typed) =>
        string.IsNullOrEmpty(typed) ? DefaultLimit : int.TryParse(typed, out var limit) && limit is >= 1 and <= MostPeople ? limit : null;

    public sealed class Handler(
        Database database, CandidateSearch search, RankedLists lists, ListsInMemory memory, AnswerAge age, ActiveModel active, FrenchCalendar calendar)
        : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            try
            {
                var answer = await FromDatabaseAsync(request, cancellationToken);
                if (answer.IsFound)
                {
                    memory.Keep(request.User, answer.Value);
                }

                return answer;
            }
            catch (DbException fault) when (Database.IsAway(fault) && memory.Of(request.User, request.PostingId, request.Limit) is { } before)
            {
                age.From(before.At);
                return before.Answer;
            }
        }

        private async Task<Result<Answer>> FromDatabaseAsync(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await search.RunAsync(db, request.PostingId, request.User.OrganizationId, cancellationToken) is not { } found)
            {
                return Result.Missing;
            }

            var rows = found.Ranking.Top(request.Limit);
            var people = (await PersonRecords.ReadAsync(db, rows.Select(row => new PersonId(row.Id)), cancellationToken)).Where(p => p.IsPublished).ToDictionary(p => p.Person.Id.Value, p => p.Person);
            var proofs = await EligibilityRecords.SeenProofsAsync(db, people.Values.Select(p => p.Id), cancellationToken);
            var structures = (await OrganizationRecords.OfKindsAsync(db, OrganizationKinds.All.Where(kind => kind.HasPool()), cancellationToken)).ToDictionary(o => o.Id, o => o.Name);
            RankedListId? listId = request.IsShown ? await lists.KeepAsync(found.Posting, found.Ranking.Counts, rows, request.User, cancellationToken) : null;
            var candidates = rows.Where(row => people.ContainsKey(row.Id)).Select(row =>
            {
                var person = people[row.Id];
                var facts = person.Eligibility with { Proofs = [.. person.Eligibility.Proofs, .. proofs[person.Id.Value]] };
                var (status, sentence) = EligibilityOf(EligibilityVerdict.Judge(facts, found.Market.Publics, calendar.Today), found.Validated.Contains(row.Id));
                PreselectionState? state = found.StatesHere.TryGetValue(row.Id, out var here) ? here : null;
                return new Candidate(
                    row.Rank, person.Id, state is null ? person.Identity.Initials : person.Identity.FullName, person.Reference,
                    structures.GetValueOrDefault(person.OrganizationId, ""), CandidateReasons.Of(row.Points, found.Context, person.Work), row.Score,
                    CandidateReasons.ImprovementsOf(found.Ranking.Changes(row.Id, CandidateQuery.Reachable)), status, sentence, state);
            });
            return new Answer(
                request.PostingId, found.Posting.Terms.Title, found.Market.Id, listId, active.Model.Version, found.Ranking.Counts.InScope, found.Ranking.Counts.Passing,
                [.. candidates], WhyNotOf(found), request.Limit);
        }

        private static (EligibilityStatus Status, string Sentence) EligibilityOf(EligibilityVerdict verdict, bool validated) => validated
            ? (EligibilityStatus.Eligible, "Éligibilité validée pour ce marché")
            : verdict.Status switch
            {
                EligibilityStatus.Eligible => (verdict.Status, "Éligible : justificatif vu, à valider"),
                EligibilityStatus.ProofMissing => (verdict.Status, "Justificatif à voir"),
                _ => (verdict.Status, "Situation changée : à revoir"),
            };

        private static List<WhyNot> WhyNotOf(SearchedPosting found) =>
        [
            .. found.Ranking.Counts.Removed.Select(removed => new WhyNot(
                removed.Filter, CandidateQuery.Rules.Single(rule => rule.Code == removed.Filter).Sentence, removed.Rows, removed.Alone)),
        ];
    }
}
