using System.Data.Common;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Ranking.Proposals;
using Matching.Web.Ranking.Suggested;
using MediatR;

namespace Matching.Web.Ranking;

/// <summary>GET /offres/{id}/candidats, and the same under /api/v1: who could take this post, best first, and why.</summary>
public static class RankCandidates
{
    public const int DefaultLimit = 20;
    public const int MostPeople = 200;

    /// <param name="IsShown">Whether someone looks at the list: only then is it kept, since decisions and training speak of lists that were seen.</param>
    public sealed record Query(PostingId PostingId, int Limit, SignedIn User, bool IsShown = true) : IRequest<Result<Answer>>;

    /// <param name="ProposedAt">When the proposal beside the list was computed; null before the first.</param>
    /// <param name="OtherVersion">The version that alternates with it in this list, when there is one.</param>
    /// <param name="InScope">People published to the facilitator's territories; those that a rule removed included.</param>
    public sealed record Answer(
        PostingId PostingId, string Title, MarketId MarketId, RankedListId? ListId, string ModelVersion, int InScope, int Passing,
        IReadOnlyList<Candidate> People, IReadOnlyList<WhyNot> WhyNot, int Limit, string? OtherVersion = null, DateTimeOffset? ProposedAt = null)
    {
        /// <summary>Those that structures suggested and that wait for an answer, best first.</summary>
        public IReadOnlyList<SuggestedPerson> Suggested { get; init; } = [];

        /// <summary>The reasons of the no's so far: what no rule says of why not.</summary>
        public IReadOnlyList<RefusalCount> Refusals { get; init; } = [];
    }

    /// <param name="ShownAs">Initials until the person is preselected, then the name.</param>
    public sealed record Candidate(
        int Rank, PersonId PersonId, string ShownAs, string Reference, string Structure, CandidateReasons Reasons, int Score,
        IReadOnlyList<Improvement> Improvements, EligibilityStatus Eligibility, string EligibilitySentence, PreselectionState? State,
        ProposalWords? Proposal = null, OtherRecord? Other = null);

    /// <summary>The record of the same person in another structure, once both structures said so.</summary>
    /// <param name="Rank">Its rank when it is in this list too.</param>
    public sealed record OtherRecord(PersonId PersonId, string Structure, int? Rank, PreselectionState? State);

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
        Database database, CandidateSearch search, RankedLists lists, ListProposals proposals, ListsInMemory memory, AnswerAge age, FrenchCalendar calendar)
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

            age.Behind(found.IsBehind);
            var draft = ListDraft.Of(found, request.User.UserId, request.Limit);
            var rows = draft.Lines.Select(line => line.Row).ToList();
            var byTrial = draft.Lines.Where(line => line.Side == DraftSide.B).Select(line => line.Row.Id).ToHashSet();
            var people = (await PersonRecords.ReadAsync(db, rows.Select(row => new PersonId(row.Id)), cancellationToken)).Where(p => p.IsPublished).ToDictionary(p => p.Person.Id.Value, p => p.Person);
            var proofs = await EligibilityRecords.SeenProofsAsync(db, people.Values.Select(p => p.Id), cancellationToken);
            var structures = (await OrganizationRecords.OfKindsAsync(db, OrganizationKinds.All.Where(kind => kind.HasPool()), cancellationToken)).ToDictionary(o => o.Id, o => o.Name);
            RankedListId? listId = request.IsShown ? await lists.KeepAsync(found, draft, request.User, cancellationToken) : null;
            var proposed = await proposals.OfAsync(db, request.PostingId, request.User.OrganizationId, [.. people.Keys], cancellationToken);
            var others = await OthersAsync(db, found, rows, people, structures, request.User.OrganizationId, cancellationToken);
            var candidates = rows.Where(row => people.ContainsKey(row.Id)).Select(row =>
            {
                var person = people[row.Id];
                var facts = person.Eligibility with { Proofs = [.. person.Eligibility.Proofs, .. proofs[person.Id.Value]] };
                var (status, sentence) = EligibilityWords.Of(EligibilityVerdict.Judge(facts, found.Market.Publics, calendar.Today), found.Validated.Contains(row.Id));
                PreselectionState? state = found.StatesHere.TryGetValue(row.Id, out var here) ? here : null;
                return new Candidate(
                    row.Rank, person.Id, state is null ? person.Identity.Initials : person.Identity.FullName, person.Reference,
                    structures.GetValueOrDefault(person.OrganizationId, ""), CandidateReasons.Of(row.Points, found.Context, person.Work), row.Score,
                    CandidateReasons.ImprovementsOf((byTrial.Contains(row.Id) ? found.Trial! : found.Ranking).Changes(row.Id, CandidateQuery.Reachable)), status, sentence, state,
                    proposed.Words.GetValueOrDefault(row.Id), others.GetValueOrDefault(row.Id));
            });
            return new Answer(
                request.PostingId, found.Posting.Terms.Title, found.Market.Id, listId, found.Models.Model.Version, found.Ranking.Counts.InScope, found.Ranking.Counts.Passing,
                [.. candidates], WhyNotOf(found), request.Limit, draft.Seed is null ? null : found.Models.Trial!.Version, proposed.At)
            {
                Suggested = await SuggestedPerson.OfAsync(db, found, calendar.Today, cancellationToken),
                Refusals = await RefusalRecords.OfPostingAsync(db, request.PostingId, cancellationToken),
            };
        }

        /// <summary>For each person that two structures follow: the other record, the best of those that this facilitator may see.</summary>
        private static async Task<Dictionary<Guid, OtherRecord>> OthersAsync(
            DbConnection db, SearchedPosting found, IReadOnlyList<Engine.Explanations.RankedRow<PooledPerson>> rows, IReadOnlyDictionary<Guid, Person> people,
            IReadOnlyDictionary<OrganizationId, string> structures, OrganizationId facilitator, CancellationToken ct)
        {
            var links = await SharedPeople.OthersOfAsync(db, people.Values.Select(person => person.Id), ct);
            if (links.Count == 0)
            {
                return [];
            }

            var pools = await Visibility.PoolsOfAsync(db, facilitator, ct);
            var records = (await PersonRecords.ReadAsync(db, links.SelectMany(link => link).Select(id => new PersonId(id)), ct))
                .Where(stored => stored.IsPublished && pools.Contains(stored.Person.OrganizationId.Value)).ToDictionary(stored => stored.Person.Id.Value, stored => stored.Person);
            var rankOf = rows.Where(row => people.ContainsKey(row.Id)).ToDictionary(row => row.Id, row => row.Rank);
            return links
                .Select(link => (link.Key, Others: link.Where(records.ContainsKey).Select(id => new OtherRecord(
                    new PersonId(id), structures.GetValueOrDefault(records[id].OrganizationId, ""), rankOf.TryGetValue(id, out var rank) ? rank : null,
                    found.StatesHere.TryGetValue(id, out var here) ? here : null)).OrderBy(other => other.Rank ?? int.MaxValue).FirstOrDefault()))
                .Where(link => link.Others is not null).ToDictionary(link => link.Key, link => link.Others!);
        }

        private static List<WhyNot> WhyNotOf(SearchedPosting found) =>
        [
            .. found.Ranking.Counts.Removed.Select(removed => new WhyNot(
                removed.Filter, CandidateQuery.Rules.Single(rule => rule.Code == removed.Filter).Sentence, removed.Rows, removed.Alone)),
        ];
    }
}
