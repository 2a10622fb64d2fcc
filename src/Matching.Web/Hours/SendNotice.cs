using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/marches/{id}/mises-en-demeure and …/{notice}/recue: notes a formal notice sent by letter, then the day when all was received.</summary>
public static class SendNotice
{
    /// <param name="Period">First month of the period asked; unused when a notice is settled.</param>
    /// <param name="Settles">The notice whose documents were received on <paramref name="Day"/>; null for a new notice.</param>
    public sealed record Command(MarketId MarketId, CalendarMonth Period, DateOnly Day, Guid? Settles, SignedIn Who) : IRequest<Result<MarketId>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/heures/marches/{id:guid}/mises-en-demeure", (Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct) =>
            Post(id, null, form, who, mediator, ct)).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/heures/marches/{id:guid}/mises-en-demeure/{notice:guid}/recue", (Guid id, Guid notice, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct) =>
            Post(id, notice, form, who, mediator, ct)).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> Post(Guid id, Guid? notice, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var market = new MarketId(id);
        var day = form.Day(notice is null ? "envoyee_le" : "recu_le", notice is null ? "Envoyée le" : "Tout reçu le");
        CalendarMonth period = default;
        if (notice is null && !CalendarMonth.TryParse(form["periode"], out period))
        {
            form.Errors.Add("periode", "Période : choisir une réponse dans la liste.");
        }

        return form.Errors.Any
            ? await ReadMarketHours.ShowAsync(market, form, who, mediator, StatusCodes.Status400BadRequest, ct)
            : await ReadMarketHours.AnswerAsync(
                await mediator.Send(new Command(market, period, day!.Value, notice, who), ct), market,
                notice is null ? "La mise en demeure est notée." : "La réception est notée : le retard s’arrête à ce jour.", form, who, mediator, ct);
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<MarketId>>
    {
        public Task<Result<MarketId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<MarketId>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                if (await MarketRecords.FindOwnAsync(db, request.MarketId, request.Who, ct, tx) is not { } market)
                {
                    return Result.Missing;
                }

                if (request.Day > calendar.Today)
                {
                    return Result.Refused(request.Settles is null ? "envoyee_le" : "recu_le", "Ce jour n’est pas encore venu : notez-le une fois passé.");
                }

                if (request.Settles is { } notice)
                {
                    if (!await ControlRecords.SettleAsync(db, tx, market.Id, notice, request.Day, ct))
                    {
                        return Result.Refused("recu_le", "La réception se note une fois, à partir du jour de la mise en demeure.");
                    }
                }
                else
                {
                    var terms = await ControlRecords.TermsAsync(db, market.Id, ct, tx);
                    var period = ReportingCalendar.Ended(market.Period, market.Cadence, terms.DueBefore, calendar.Today).FirstOrDefault(one => one.First == request.Period);
                    if (period is null || request.Day <= period.LastDayInTime)
                    {
                        return Result.Refused("envoyee_le", $"Une mise en demeure suit le dernier jour de remise{(period is null ? "" : $", le {period.LastDayInTime:dd/MM/yyyy}")}.");
                    }

                    if (!await ControlRecords.AppendNoticeAsync(db, tx, market.Id, period, request.Day, request.Who, calendar.Now, ct))
                    {
                        return Result.Refused("periode", "Une mise en demeure est déjà notée pour cette période.");
                    }
                }

                await log.AppendAsync(db, tx, "market", market.Id.Value, request.Settles is null ? "notice.sent" : "notice.settled", request.Who,
                    new { period = request.Settles is null ? request.Period.Code : null, notice = request.Settles, day = request.Day }, ct);
                return market.Id;
            },
            cancellationToken);
    }
}
