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

    /// <param name="Months">Finished months of the marché, the newest first, and whether each is closed.</param>
    /// <param name="Periods">Ended periods of the cadence, the newest first, with how many contracts still owe something.</param>
    /// <param name="Notices">What the formal notices give, for the whole marché.</param>
    /// <param name="Pooled">The lots whose missing hours are counted with those of their convention.</param>
    public sealed record Answer(
        Market Market, DateOnly Today, IReadOnlyList<LotHours> Lots, ControlTerms Terms, IReadOnlyList<(CalendarMonth Month, bool IsClosed)> Months,
        IReadOnlyList<(ReportingPeriod Period, int Owing)> Periods, IReadOnlyList<FormalNotice> Notices, IReadOnlySet<LotId> Pooled)
    {
        /// <summary>The proposal lot by lot, then for the notices of the marché.</summary>
        public IReadOnlyList<PenaltyLine> Proposal =>
        [
            .. Lots.Where(line => !Pooled.Contains(line.Lot.Id)).SelectMany(line => PenaltyProposal.On(Today, Terms.Penalties, Market.For(line.Lot).Period.End, line.Owed.Minutes, line.CountedMinutes, [])
                .Lines.Select(it => it with { Calculation = $"Lot {line.Lot.Number} : {it.Calculation}" })),
            .. PenaltyProposal.On(Today, Terms.Penalties, null, 0, 0, Notices).Lines,
        ];
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/heures/marches/{id:guid}", (Guid id, SignedIn who, IMediator mediator, CancellationToken ct) =>
        ShowAsync(new MarketId(id), PostedForm.Of(), who, mediator, StatusCodes.Status200OK, ct)).RequireAuthorization(Policies.Facilitator);

    /// <summary>The page, with what was typed and what is wrong when a form of it was refused.</summary>
    internal static async Task<IResult> ShowAsync(MarketId id, PostedForm form, SignedIn who, IMediator mediator, int status, CancellationToken ct) =>
        (await mediator.Send(new Query(id, who), ct)).ToPage(answer => Page.Of<ReadMarketHoursPage>(new { Answer = answer, Form = form }, status));

    /// <summary>After a form of this page: back to it, or again with the reasons.</summary>
    internal static Task<IResult> AnswerAsync<T>(Result<T> result, MarketId id, string done, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct) =>
        result.ToPageAsync(
            _ => Page.SeeOther($"/heures/marches/{id}", done),
            form,
            () => ShowAsync(id, form, who, mediator, StatusCodes.Status422UnprocessableEntity, ct));

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            var today = calendar.Today;
            await using var db = await database.OpenAsync(ct);
            if (await MarketRecords.FindOwnAsync(db, request.MarketId, request.Who, ct) is not { } market)
            {
                return Result.Missing;
            }

            var reported = (await MarketFigures.ReportedAsync(db, market, ct)).ToLookup(it => it.Contract.LotId);
            List<LotHours> lots = [.. (await MarketRecords.LotsAsync(db, market.Id, ct)).Select(lot =>
            {
                var owed = lot.OwedOn(today);
                List<ReportedContract> contracts = [.. reported[lot.Id]];
                return new LotHours(
                    lot, owed, contracts.Sum(it => it.Hours.CountedMinutes), HoursForecast.On(today, market.For(lot), owed.HoursAtTheEnd * 60, contracts));
            })];
            var terms = await ControlRecords.TermsAsync(db, market.Id, ct);
            var due = await DueOfMarket.ReadAsync(db, market, terms, request.Who, today, ct);
            var closed = await PersonLedgerRecords.ClosedMonthsAsync(db, market.Id, ct);
            return new Answer(
                market, today, lots, terms,
                [.. HourRules.MonthsOf(market.Period, today).Where(month => month.LastDay < today).Reverse().Select(month => (month, closed.Contains(month.FirstDay)))],
                [.. due.Periods.Reverse().Select(period => (period, due.Lines.Count(line => line.Due.Period == period)))],
                await ControlRecords.NoticesAsync(db, market.Id, ct), await ControlRecords.PooledLotsAsync(db, market.Id, ct));
        }
    }
}
