using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/marches/{id}/controle: due day, proofs and penalties of a marché; a new version, the former ones stay.</summary>
public static class ChangeControl
{
    public sealed record Command(MarketId MarketId, ControlTerms Terms, SignedIn Who) : IRequest<Result<ControlTerms>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/heures/marches/{id:guid}/controle", Post).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        int? Cents(string name, string label) => form.OptionalNumber(name, label, 0.01m, 100_000) is { } euros ? (int)(euros * 100) : null;
        var terms = new ControlTerms(
            form.WholeNumber("version", "Version", 0, 10_000) ?? 0, form.WholeNumber("avant_le", "Avant le", 2, 28) ?? 0, form.Checked("justificatif_demande"),
            new PenaltyTerms(
                Cents("penalite_heure", "Pénalité par heure"), Cents("penalite_jour", "Pénalité par jour de retard"),
                form.OptionalNumber("penalite_multiple", "Multiple du taux", 0.01m, 100) is { } times ? (int)(times * 100) : null, Cents("penalite_taux", "Taux horaire")),
            form.OptionalWholeNumber("ai_plafond", "Plafond d’une AI", AssociationCap.UsualHours, 5_000), form.OptionalText("ai_arrete", "Arrêté du préfet", 200));
        if (terms.Penalties.Fault() is { } fault)
        {
            form.Errors.Add(fault.Field, fault.Sentence);
        }

        if (terms.AiCapHours is null != terms.AiCapOrder is null)
        {
            form.Errors.Add("ai_arrete", "Plafond d’une AI : le nombre d’heures et l’arrêté du préfet qui le fixe s’écrivent ensemble.");
        }

        return form.Errors.Any
            ? await ReadMarketHours.ShowAsync(new MarketId(id), form, who, mediator, StatusCodes.Status400BadRequest, ct)
            : await ReadMarketHours.AnswerAsync(
                await mediator.Send(new Command(new MarketId(id), terms, who), ct), new MarketId(id), "Les règles de contrôle sont enregistrées.", form, who, mediator, ct);
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<ControlTerms>>
    {
        public Task<Result<ControlTerms>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<ControlTerms>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                await PersonLedgerRecords.TakeMarketTurnAsync(db, tx, request.MarketId, ct);
                if (await MarketRecords.FindOwnAsync(db, request.MarketId, request.Who, ct, tx) is not { } market)
                {
                    return Result.Missing;
                }

                var last = await ControlRecords.TermsAsync(db, market.Id, ct, tx);
                if (last == request.Terms)
                {
                    return last;
                }

                if (last.Version != request.Terms.Version)
                {
                    return Result.Refused("version", "Les règles de contrôle ont changé entre-temps : relisez-les, puis recommencez.");
                }

                var terms = request.Terms with { Version = last.Version + 1 };
                await ControlRecords.AppendAsync(db, tx, market.Id, terms, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "market", market.Id.Value, "control.changed", request.Who,
                    new { version = terms.Version, due_before = terms.DueBefore, proof = terms.IsProofAsked, hour = terms.Penalties.CentsPerHour, day = terms.Penalties.CentsPerLateDay, ai = terms.AiCapHours, order = terms.AiCapOrder }, ct);
                return terms;
            },
            cancellationToken);
    }
}
