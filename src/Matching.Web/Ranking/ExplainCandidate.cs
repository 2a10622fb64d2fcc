using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking;

/// <summary>GET /offres/{id}/candidats/{personId}: every point of one person, or the rules that shut the door.</summary>
public static class ExplainCandidate
{
    public sealed record Query(PostingId PostingId, PersonId PersonId, RankedListId? ListId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Rank">Among the people ranked; null when a rule removes the person.</param>
    public sealed record Answer(
        PostingId PostingId, string Title, MarketId MarketId, PersonId PersonId, string ShownAs, string Reference, string Structure,
        int? Rank, int Passing, CandidateReasons Reasons, int Score, IReadOnlyList<HardRule> FailedRules, IReadOnlyList<Improvement> Improvements,
        EligibilityVerdict Verdict, PreselectionState? State, RankedListId? ListId);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/offres/{id:guid}/candidats/{personId:guid}", async (Guid id, Guid personId, Guid? liste, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var list = liste is { } listId ? new RankedListId(listId) : (RankedListId?)null;
            var result = await mediator.Send(new Query(new PostingId(id), new PersonId(personId), list, user), ct);
            return result.ToPage(answer => Page.Of<ExplainCandidatePage>(new { Answer = answer }));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, CandidateSearch search, FileOpenings openings, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await search.RunAsync(db, request.PostingId, request.User.OrganizationId, cancellationToken) is not { } found
                || found.Ranking.Explain(request.PersonId.Value) is not { InScope: true } explained
                || await PersonRecords.FindAsync(db, request.PersonId, cancellationToken) is not { IsPublished: true } stored)
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
                person.Reference, structure?.Name ?? "", explained.Rank, found.Ranking.Counts.Passing,
                CandidateReasons.Of(explained.Points, found.Context, person.Work), explained.Score,
                [.. explained.FailedFilters.Select(code => CandidateQuery.Rules.Single(rule => rule.Code == code))],
                CandidateReasons.ImprovementsOf(found.Ranking.Changes(person.Id.Value, CandidateQuery.Reachable)),
                EligibilityVerdict.Judge(facts, found.Market.Publics, calendar.Today), state, request.ListId);
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
