using Matching.Rules.Hours;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Dashboards;

/// <summary>GET /tableaux-de-bord: the marchés whose figures one may see, each with its target, what is done and what is to come.</summary>
public static class ListDashboards
{
    /// <summary>More marchés than one facilitator follows at a time; the list says when there are more.</summary>
    public const int Limit = 100;

    public sealed record Query(SignedIn Who) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<MonthlyTable> Tables, CalendarMonth Month, bool IsOwnPart);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/tableaux-de-bord", async (SignedIn who, IMediator mediator, CancellationToken ct) =>
        Page.Of<ListDashboardsPage>(new { List = await mediator.Send(new Query(who), ct) })).RequireAuthorization(Policies.Figures);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var month = CalendarMonth.Of(calendar.Today);
            await using var db = await database.OpenAsync(cancellationToken);
            var tables = new List<MonthlyTable>();
            foreach (var id in await MarketTables.VisibleAsync(db, request.Who, Limit, cancellationToken))
            {
                if (await MarketTables.ReadAsync(db, null, id, month, request.Who, cancellationToken) is { } table)
                {
                    tables.Add(table);
                }
            }

            return new Answer(tables, month, request.Who.Role == Roles.Structure);
        }
    }
}
