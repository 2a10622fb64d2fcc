using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>GET /heures/echeances: across marchés, the hours and proofs that are due, late ones first, with the reminders to send.</summary>
public static class ListDueHours
{
    /// <summary>Marchés looked at, the newest first; the page says when there are more.</summary>
    private const int MarketLimit = 100;

    /// <summary>Lines shown: the most urgent; the page says when there are more.</summary>
    public const int LineLimit = 500;

    public sealed record Query(SignedIn Who) : IRequest<Answer>;

    public sealed record Line(Market Market, string PersonName, StoredContract Contract, DueHours Due);

    /// <param name="Total">Lines in all, those not shown included.</param>
    public sealed record Answer(IReadOnlyList<Line> Lines, int Total, bool HasMoreMarkets);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/heures/echeances", async (SignedIn who, IMediator mediator, CancellationToken ct) =>
        Page.Of<ListDueHoursPage>(new { List = await mediator.Send(new Query(who), ct) })).RequireAuthorization(Policies.FacilitatorOrStructure);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            await using var db = await database.OpenAsync(ct);
            var markets = await ContractRecords.VisibleMarketsAsync(db, request.Who, MarketLimit + 1, ct);
            var due = new List<(Market Market, DueOfMarket.Line Line)>();
            foreach (var id in markets.Take(MarketLimit))
            {
                var market = (await MarketRecords.FindAsync(db, id, ct))!;
                var terms = await ControlRecords.TermsAsync(db, id, ct);
                due.AddRange((await DueOfMarket.ReadAsync(db, market, terms, request.Who, calendar.Today, ct)).Lines.Select(line => (market, line)));
            }

            var shown = due.OrderByDescending(it => it.Line.Due.State).ThenByDescending(it => it.Line.Due.DaysLate).ThenBy(it => it.Market.Reference, StringComparer.Ordinal)
                .ThenBy(it => it.Line.Contract.EmployerName, StringComparer.Ordinal).ThenBy(it => it.Line.Contract.Contract.Id.Value).Take(LineLimit).ToList();
            var names = (await PersonRecords.ReadAsync(db, shown.Select(it => it.Line.Contract.Contract.PersonId), ct)).ToDictionary(it => it.Person.Id, it => it.Person.Identity.FullName);
            return new Answer(
                [.. shown.Select(it => new Line(it.Market, names[it.Line.Contract.Contract.PersonId], it.Line.Contract, it.Line.Due))], due.Count, markets.Count > MarketLimit);
        }
    }
}
