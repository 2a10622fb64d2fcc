using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>GET /suivi: what is late and what is due this week, across the marchés of a facilitator; <c>?horizon=30</c> adds the next thirty days.</summary>
public static class ListDue
{
    private const int Limit = 500;
    private const int LongHorizon = 30;

    public sealed record Query(OrganizationId Facilitator, bool IsLong) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<StoredFollowUp> Actions, DateOnly Today, DateOnly Until, bool IsLong, bool IsCut);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/suivi", async (string? horizon, SignedIn me, IMediator mediator, CancellationToken ct) =>
        Page.Of<ListDuePage>(new { Shown = await mediator.Send(new Query(me.OrganizationId, horizon == "30"), ct) })).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var until = request.IsLong ? calendar.Today.AddDays(LongHorizon) : FollowUpLog.EndOfWeek(calendar.Today);
            await using var db = await database.OpenAsync(cancellationToken);
            var actions = await FollowUpRecords.OpenActionsAsync(db, request.Facilitator, until, Limit + 1, cancellationToken);
            return new Answer([.. actions.Take(Limit)], calendar.Today, until, request.IsLong, actions.Count > Limit);
        }
    }
}
