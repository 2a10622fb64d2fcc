using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>POST /marches/{id}/delais: how long a company has to answer and when it is reminded; a new version, the former ones stay.</summary>
public static class ChangeAnswerTerms
{
    public sealed record Command(MarketId MarketId, AnswerTerms Terms, SignedIn Me) : IRequest<Result<AnswerTerms>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/marches/{id:guid}/delais", async (Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) =>
        {
            var terms = new AnswerTerms(
                form.WholeNumber("version", "Version", 0, 10_000) ?? 0, form.WholeNumber("relance_1", "Première relance", 1, AnswerTerms.MostDays) ?? 0,
                form.WholeNumber("relance_2", "Deuxième relance", 1, AnswerTerms.MostDays) ?? 0, form.WholeNumber("reponse", "Réponse", 1, AnswerTerms.MostDays) ?? 0);
            if (!form.Errors.Any && terms.Fault() is { } fault)
            {
                form.Errors.Add(fault.Field, fault.Sentence);
            }

            if (form.Errors.Any)
            {
                return await ShowMarket.ShowAsync(mediator, me, new MarketId(id), form, StatusCodes.Status400BadRequest, ct);
            }

            return await (await mediator.Send(new Command(new MarketId(id), terms, me), ct)).Match(
                _ => Task.FromResult(Page.SeeOther($"/marches/{id}#delais", "Les délais de réponse sont enregistrés.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowMarket.ShowAsync(mediator, me, new MarketId(id), form, PostedAgain.StatusOf(form, refusals), ct));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<AnswerTerms>>
    {
        public Task<Result<AnswerTerms>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<AnswerTerms>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                await PersonLedgerRecords.TakeMarketTurnAsync(db, tx, request.MarketId, ct);
                if (await MarketRecords.FindOwnAsync(db, request.MarketId, request.Me, ct, tx) is not { } market)
                {
                    return Result.Missing;
                }

                var last = await AnswerTermsRecords.OfAsync(db, market.Id, ct, tx);
                if (last with { Version = request.Terms.Version } == request.Terms)
                {
                    return last;
                }

                if (last.Version != request.Terms.Version)
                {
                    return Result.Refused("relance_1", "Les délais ont changé entre-temps : relisez-les, puis recommencez.");
                }

                var terms = request.Terms with { Version = last.Version + 1 };
                await AnswerTermsRecords.AppendAsync(db, tx, market.Id, terms, request.Me, calendar.Now, ct);
                await log.AppendAsync(db, tx, "market", market.Id.Value, "answer.terms.changed", request.Me,
                    new { version = terms.Version, first = terms.FirstReminderDays, second = terms.SecondReminderDays, answer = terms.AnswerDays }, ct);
                return terms;
            },
            cancellationToken);
    }
}
