using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>GET /marches: the marchés a facilitator follows, with the hours done against the hours owed.</summary>
public static class ListMarkets
{
    private const int Limit = 500;

    public sealed record Query(OrganizationId Facilitator) : IRequest<IReadOnlyList<Line>>;

    /// <param name="DoneMinutes">Counted minutes at the end of the current month, as the dashboard says them.</param>
    public sealed record Line(
        MarketId Id, string Reference, string Subject, string Buyer, DateOnly StartsOn, DateOnly? EndsOn, int Lots, int TargetMinutes, int DoneMinutes, int OpenPostings);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/marches", async (SignedIn me, FrenchCalendar calendar, IMediator mediator, CancellationToken ct) =>
        Page.Of<ListMarketsPage>(new { Lines = await mediator.Send(new Query(me.OrganizationId), ct), calendar.Today })).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, IReadOnlyList<Line>>
    {
        public async Task<IReadOnlyList<Line>> Handle(Query request, CancellationToken cancellationToken)
        {
            var month = CalendarMonth.Of(calendar.Today);
            await using var db = await database.OpenAsync(cancellationToken);
            var sides = (await db.QueryAsync<(MarketId Market, string Buyer, int OpenPostings)>(new CommandDefinition(
                """
                select m.id, b.name, (select count(*) from posting p where p.market_id = m.id and p.state = 'PUBLISHED')
                from market m
                join organization b on b.id = m.buyer_id
                where m.facilitator_id = @Facilitator
                order by m.starts_on desc, m.id
                limit @Limit
                """,
                new { request.Facilitator, Limit }, cancellationToken: cancellationToken))).ToDictionary(row => row.Market);
            var lines = new List<Line>();
            foreach (var market in await MarketRecords.OfFacilitatorAsync(db, request.Facilitator, Limit, cancellationToken))
            {
                var table = await MarketFigures.OfMarketAsync(db, market, month, cancellationToken);
                var (_, buyer, postings) = sides.GetValueOrDefault(market.Id, (market.Id, "", 0));
                lines.Add(new Line(market.Id, market.Reference, market.Subject, buyer, market.Period.Start, market.Period.End,
                    table.Lots.Count, table.Whole.TargetMinutes, table.Whole.CumulativeMinutes, postings));
            }

            return lines;
        }
    }
}
