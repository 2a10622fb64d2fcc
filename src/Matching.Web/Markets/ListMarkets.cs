using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>GET /marches: the marchés a facilitator follows, with the hours done against the hours owed.</summary>
public static class ListMarkets
{
    private const int Limit = 500;

    public sealed record Query(OrganizationId Facilitator) : IRequest<IReadOnlyList<Line>>;

    /// <param name="DoneMinutes">Validated minutes of the ledger, training included where the marché counts it.</param>
    public sealed record Line(
        MarketId Id, string Reference, string Subject, string Buyer, DateOnly StartsOn, DateOnly? EndsOn, int Lots, int TargetHours, long DoneMinutes, int OpenPostings);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/marches", async (SignedIn me, FrenchCalendar calendar, IMediator mediator, CancellationToken ct) =>
        Page.Of<ListMarketsPage>(new { Lines = await mediator.Send(new Query(me.OrganizationId), ct), calendar.Today })).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database) : IRequestHandler<Query, IReadOnlyList<Line>>
    {
        public async Task<IReadOnlyList<Line>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var lines = await db.QueryAsync<Line>(new CommandDefinition(
                """
                select m.id, m.reference, m.subject, b.name as buyer, m.starts_on, m.ends_on,
                    (select count(*) from lot l where l.market_id = m.id) as lots,
                    (select coalesce(sum(l.target_hours), 0) from lot l where l.market_id = m.id) as target_hours,
                    (select coalesce(sum(e.minutes), 0) from hour_entry e
                        join hour_decision d on d.entry_id = e.id and d.status = 'VALIDATED'
                        join work_contract c on c.id = e.contract_id
                        where c.market_id = m.id and (e.kind = 'WORK' or m.training_counts)) as done_minutes,
                    (select count(*) from posting p where p.market_id = m.id and p.state = 'PUBLISHED') as open_postings
                from market m
                join organization b on b.id = m.buyer_id
                where m.facilitator_id = @Facilitator
                order by m.starts_on desc, m.reference
                limit @Limit
                """,
                new { request.Facilitator, Limit }, cancellationToken: cancellationToken));
            return [.. lines];
        }
    }
}
