using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking.Proposals;

/// <summary>GET /propositions: whom the facilitator's open postings would be given, taken together, with the proof; POST: computed again.</summary>
public static class ShowProposals
{
    public sealed record Query(SignedIn User, bool Again) : IRequest<Answer>;

    public sealed record Answer(ProposalRun Run, IReadOnlyList<Line> Lines);

    /// <param name="People">By initials, until the person is in the preselection of the posting.</param>
    public sealed record Line(PostingId PostingId, string Title, IReadOnlyList<(PersonId Id, string ShownAs, int Rank, int Score, double Price, PreselectionState? State)> People);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/propositions", async (SignedIn user, IMediator mediator, CancellationToken ct) =>
            Page.Of<ShowProposalsPage>(new { Answer = await mediator.Send(new Query(user, false), ct) })).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/propositions", async (SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Query(user, true), ct);
            return Page.SeeOther("/propositions", "La proposition est recalculée.");
        }).RequireAuthorization(Policies.Facilitator);
    }

    public sealed class Handler(Database database, ProposalComputer computer) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var (me, ct) = (request.User.OrganizationId, cancellationToken);
            var run = await computer.CurrentAsync(me, request.Again, ct);
            await using var db = await database.OpenAsync(ct);
            var all = await ProposalRecords.AllAsync(db, me, ct);
            var people = (await PersonRecords.ReadAsync(db, all.Select(it => it.PersonId), ct)).Where(it => it.IsPublished).ToDictionary(it => it.Person.Id, it => it.Person.Identity);
            var states = await ProposalStates.OfAsync(db, me, ct);
            return new Answer(run, [.. all.GroupBy(it => (it.PostingId, it.Title)).Select(same => new Line(same.Key.PostingId, same.Key.Title,
            [
                .. same.Where(it => people.ContainsKey(it.PersonId)).Select(it =>
                {
                    PreselectionState? state = states.TryGetValue((it.PostingId, it.PersonId), out var here) ? here : null;
                    return (it.PersonId, state is null ? people[it.PersonId].Initials : people[it.PersonId].FullName, it.Rank, it.Score, it.Price, state);
                }),
            ]))]);
        }
    }
}
