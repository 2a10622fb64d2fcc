using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/marches/{id}/mois: closes a finished month of a marché, or opens it again with a reason.</summary>
public static class CloseMonth
{
    public sealed record Command(MarketId MarketId, CalendarMonth Month, bool IsClosed, string Reason, SignedIn Who) : IRequest<Result<CalendarMonth>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/heures/marches/{id:guid}/mois", Post).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var action = form.Choice("action", "Action", ["CLORE", "ROUVRIR"]);
        if (!CalendarMonth.TryParse(form["mois"], out var month))
        {
            form.Errors.Add("mois", "Mois : choisissez un mois, écrit année-mois, par exemple 2026-11.");
        }

        return form.Errors.Any
            ? await ReadMarketHours.ShowAsync(new MarketId(id), form, who, mediator, StatusCodes.Status400BadRequest, ct)
            : await ReadMarketHours.AnswerAsync(
                await mediator.Send(new Command(new MarketId(id), month, action == "CLORE", form["motif"], who), ct), new MarketId(id),
                action == "CLORE" ? $"Mois clos : {month.Label}." : $"Mois rouvert : {month.Label}.", form, who, mediator, ct);
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<CalendarMonth>>
    {
        public Task<Result<CalendarMonth>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<CalendarMonth>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                await PersonLedgerRecords.TakeMarketTurnAsync(db, tx, request.MarketId, ct);
                if (await MarketRecords.FindOwnAsync(db, request.MarketId, request.Who, ct, tx) is not { } market)
                {
                    return Result.Missing;
                }

                var isClosed = (await PersonLedgerRecords.ClosedMonthsAsync(db, market.Id, ct, tx)).Contains(request.Month.FirstDay);
                if (isClosed == request.IsClosed)
                {
                    return request.Month;
                }

                if (request.IsClosed && (request.Month.LastDay >= calendar.Today || request.Month.DaysIn(market.Period) == 0))
                {
                    return Result.Refused("mois", $"Le mois ({request.Month.Label}) se clôt une fois terminé, pendant le marché.");
                }

                if (request.IsClosed && await ControlRecords.WaitingAsync(db, tx, market.Id, request.Month, ct) is > 0 and var waiting)
                {
                    return Result.Refused("mois", $"{waiting} ligne{(waiting > 1 ? "s" : "")} du mois ({request.Month.Label}) attend{(waiting > 1 ? "ent" : "")} une décision : validez ou rejetez avant de clore.");
                }

                if (!request.IsClosed && request.Reason.Trim().Length < HourRules.ReasonMinimumLength)
                {
                    return Result.Refused("motif", "Indiquez le motif de la réouverture en quelques mots : il reste à l’historique.");
                }

                var reason = request.IsClosed ? null : request.Reason.Trim();
                await ControlRecords.AppendMonthAsync(db, tx, market.Id, request.Month, request.IsClosed, reason, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "market", market.Id.Value, request.IsClosed ? "month.closed" : "month.opened", request.Who, new { month = request.Month.Code }, ct);
                return request.Month;
            },
            cancellationToken);
    }
}
