using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>GET /marches/{id}: the clause of a marché, its lots with the hours done, its publics with their definitions, its postings.</summary>
public static class ShowMarket
{
    private const int Limit = 500;

    public sealed record Query(SignedIn Me, MarketId Id) : IRequest<Result<Answer>>;

    /// <param name="TargetHours">What the lot owes today.</param>
    public sealed record LotLine(Lot Lot, string Place, string Company, int TargetHours, int DoneMinutes, int Postings);

    /// <param name="DoneMinutes">Counted minutes at the end of the current month, as the dashboard says them.</param>
    public sealed record Answer(Market Market, string Buyer, int DoneMinutes, IReadOnlyList<LotLine> Lots, IReadOnlyList<StoredOrganization> Companies, AnswerTerms AnswerTerms)
    {
        public int TargetHours => Lots.Sum(line => line.TargetHours);
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/marches/{id:guid}", (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
        ShowAsync(mediator, me, new MarketId(id), PostedForm.Of(), StatusCodes.Status200OK, ct)).RequireAuthorization(Policies.Facilitator);

    internal static async Task<IResult> ShowAsync(IMediator mediator, SignedIn me, MarketId id, PostedForm form, int status, CancellationToken ct) =>
        (await mediator.Send(new Query(me, id), ct)).ToPage(answer => Page.Of<ShowMarketPage>(new { Answer = answer, Form = form }, status));

    public sealed class Handler(Database database, Communes communes, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var market = await MarketRecords.FindOwnAsync(db, request.Id, request.Me, cancellationToken);
            if (market is null)
            {
                return Result.Missing;
            }

            var table = await MarketFigures.OfMarketAsync(db, market, CalendarMonth.Of(calendar.Today), cancellationToken);
            var done = table.Lots.ToDictionary(line => line.Number!.Value, line => line.CumulativeMinutes);
            var postings = (await db.QueryAsync<(LotId Lot, int Count)>(new CommandDefinition(
                "select lot_id, count(*) from posting where market_id = @Id group by lot_id order by lot_id limit @Limit",
                new { request.Id, Limit }, cancellationToken: cancellationToken))).ToDictionary(row => row.Lot, row => row.Count);
            var companies = await OrganizationRecords.OfKindsAsync(
                db, OrganizationKinds.All.Where(kind => kind == OrganizationKind.Entreprise || kind.IsInsertionStructure()), cancellationToken);
            var lots = await MarketRecords.LotsAsync(db, market.Id, cancellationToken);
            var buyer = await OrganizationRecords.FindAsync(db, market.BuyerId, cancellationToken);
            return new Answer(
                market, buyer?.Name ?? "", table.Whole.CumulativeMinutes,
                [.. lots.Select(lot => new LotLine(
                    lot, communes.ByInsee(lot.InseeCode)?.Name ?? "", companies.FirstOrDefault(one => one.Id == lot.CompanyId)?.Name ?? "",
                    lot.OwedOn(calendar.Today).Hours, done.GetValueOrDefault(lot.Number), postings.GetValueOrDefault(lot.Id)))],
                companies, await AnswerTermsRecords.OfAsync(db, market.Id, cancellationToken));
        }
    }
}
