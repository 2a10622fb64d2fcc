using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>GET /heures/marches/{id}: for each lot of a marché, what is owed, what counts, and what the end would look like.</summary>
public static class ReadMarketHours
{
    public sealed record Query(MarketId MarketId, SignedIn Who) : IRequest<Result<Answer>>;

    public sealed record LotHours(Lot Lot, HoursOwed Owed, int CountedMinutes, HoursForecast Forecast);

    public sealed record Answer(Market Market, DateOnly Today, IReadOnlyList<LotHours> Lots);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/heures/marches/{id:guid}", (Guid id, SignedIn who, IMediator mediator, CancellationToken ct) =>
        ShowAsync(new MarketId(id), PostedForm.Of(), who, mediator, StatusCodes.Status200OK, ct)).RequireAuthorization(Policies.Facilitator);

    /// <summary>The page, with what was typed and what is wrong when a form of it was refused.</summary>
    internal static async Task<IResult> ShowAsync(MarketId id, PostedForm form, SignedIn who, IMediator mediator, int status, CancellationToken ct) =>
        (await mediator.Send(new Query(id, who), ct)).ToPage(answer => Page.Of<ReadMarketHoursPage>(new { Answer = answer, Form = form }, status));

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            var today = calendar.Today;
            await using var db = await database.OpenAsync(ct);
            if (await MarketRecords.FindAsync(db, request.MarketId, ct) is not { } market || market.FacilitatorId != request.Who.OrganizationId)
            {
                return Result.Missing;
            }

            var reported = (await MarketFigures.ReportedAsync(db, market, ct)).ToLookup(it => it.Contract.LotId);
            return new Answer(market, today, [.. (await MarketRecords.LotsAsync(db, market.Id, ct)).Select(lot =>
            {
                var owed = lot.OwedOn(today);
                List<ReportedContract> contracts = [.. reported[lot.Id]];
                return new LotHours(
                    lot, owed, contracts.Sum(it => it.Hours.CountedMinutes), HoursForecast.On(today, market.For(lot), owed.HoursAtTheEnd * 60, contracts));
            })]);
        }
    }
}
