using System.Data.Common;
using Dapper;
using Matching.Engine.Scoring;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Ranking.Proposals;
using MediatR;

namespace Matching.Web.Ranking;

/// <summary>GET /offres/{id}/candidats/{personId}: every point of one person, or the rules that shut the door.</summary>
public static class ExplainCandidate
{
    public sealed record Query(PostingId PostingId, PersonId PersonId, RankedListId? ListId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="IsValidated">A decision for this marché is in force: it stands whatever has changed since.</param>
    /// <param name="Rank">Among the people ranked; null when a rule removes the person.</param>
    public sealed record Answer(
        PostingId PostingId, string Title, MarketId MarketId, PersonId PersonId, string ShownAs, string Reference, string Structure,
        int? Rank, int Passing, CandidateReasons Reasons, int Score, IReadOnlyList<HardRule> FailedRules, IReadOnlyList<Improvement> Improvements,
        EligibilityVerdict Verdict, bool IsValidated, PreselectionState? State, RankedListId? ListId, ProposalWords? Proposal);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/offres/{id:guid}/candidats/{personId:guid}", async (Guid id, Guid personId, Guid? liste, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var list = liste is { } listId ? new RankedListId(listId) : (RankedListId?)null;
            var result = await mediator.Send(new Query(new PostingId(id), new PersonId(personId), list, user), ct);
            return result.ToPage(answer => Page.Of<ExplainCandidatePage>(new { Answer = answer }));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, CandidateSearch search, ListProposals proposals, FileOpenings openings, AnswerAge age, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await search.RunAsync(db, request.PostingId, request.User.OrganizationId, cancellationToken) is not { } found
                || await PersonRecords.FindAsync(db, request.PersonId, cancellationToken) is not { IsPublished: true } stored)
            {
                return Result.Missing;
            }

            age.Behind(found.IsBehind);
            var ranking = await RankingOfAsync(db, found, request, cancellationToken);
            if (ranking.Explain(request.PersonId.Value) is not { InScope: true } explained)
            {
                return Result.Missing;
            }

            var person = stored.Person;
            var facts = await EligibilityRecords.FactsWithSeenProofsAsync(db, person, cancellationToken);
            var structure = await OrganizationRecords.FindAsync(db, person.OrganizationId, cancellationToken);
            await NoteOpeningAsync(request, cancellationToken);
            await openings.NoteAsync(person.Id, request.User, "classement", cancellationToken);
            PreselectionState? state = found.StatesHere.TryGetValue(person.Id.Value, out var here) ? here : null;
            return new Answer(
                request.PostingId, found.Posting.Terms.Title, found.Market.Id, person.Id, state is null ? person.Identity.Initials : person.Identity.FullName,
                person.Reference, structure?.Name ?? "", explained.Rank, ranking.Counts.Passing,
                CandidateReasons.Of(explained.Points, found.Context, person.Work), explained.Score,
                [.. explained.FailedFilters.Select(code => CandidateQuery.Rules.Single(rule => rule.Code == code))],
                CandidateReasons.ImprovementsOf(ranking.Changes(person.Id.Value, CandidateQuery.Reachable)),
                EligibilityVerdict.Judge(facts, found.Market.Publics, calendar.Today), found.Validated.Contains(person.Id.Value), state, request.ListId,
                (await proposals.OfAsync(db, request.PostingId, request.User.OrganizationId, [person.Id.Value], cancellationToken)).Words.GetValueOrDefault(person.Id.Value));
        }

        // In a list that alternates two models, the one that chose the person explains.
        private static async Task<Ranking<PooledPerson>> RankingOfAsync(DbConnection db, SearchedPosting found, Query request, CancellationToken ct)
        {
            var other = request.ListId is null || found.Trial is null ? null : await db.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
                """
                select l.other_version from ranked_list l join ranked_person r on r.list_id = l.id
                where l.id = @ListId and l.posting_id = @PostingId and r.person_id = @PersonId and r.side = 'B' order by r.rank limit 1
                """,
                new { request.ListId, request.PostingId, request.PersonId }, cancellationToken: ct));
            return other is not null && other == found.Models.Trial!.Version ? found.Trial! : found.Ranking;
        }

        // That a person was looked at is what training later needs to tell "not kept" from "not seen".
        private Task NoteOpeningAsync(Query request, CancellationToken ct) => request.ListId is null
            ? Task.CompletedTask
            : database.WriteAsync(
                (db, tx) => db.ExecuteAsync(new CommandDefinition(
                    """
                    update ranked_person set opened_at = @now
                    where list_id = @ListId and person_id = @PersonId and opened_at is null
                      and exists (select 1 from ranked_list l where l.id = @ListId and l.posting_id = @PostingId and l.shown_to_id = @UserId)
                    """,
                    new { request.ListId, request.PersonId, request.PostingId, request.User.UserId, now = calendar.Now }, tx, cancellationToken: ct)),
                ct);
    }
}
