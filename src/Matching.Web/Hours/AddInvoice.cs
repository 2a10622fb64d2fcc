using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/lots/{id}/factures and /heures/factures/{id}/avoir: what is invoiced makes some targets grow; a wrong invoice is taken back once.</summary>
public static class AddInvoice
{
    /// <param name="Corrects">The invoice taken back by a credit note; the amount and number are then its own.</param>
    public sealed record Command(LotId LotId, string Number, DateOnly DatedOn, long AmountCents, Guid? Corrects, SignedIn Who) : IRequest<Result<Guid>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/heures/lots/{id:guid}/factures", PostInvoice).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/heures/lots/{id:guid}/factures/{invoice:guid}/avoir", PostCreditNote).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PostInvoice(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var lot = new LotId(id);
        var (number, day) = (form.Text("facture", "Numéro de facture", 60), form.Day("datee_du", "Datée du"));
        var amount = form.Number("facture_montant", "Montant", -HoursOwed.MaximumCents / 100m, HoursOwed.MaximumCents / 100m);
        return form.Errors.Any
            ? await ReadTarget.ShowAsync(lot, form, who, mediator, StatusCodes.Status400BadRequest, ct)
            : await ReadTarget.AnswerAsync(
                await mediator.Send(new Command(lot, number, day!.Value, (long)(amount!.Value * 100), null, who), ct), lot, "La facture est enregistrée.", form, who, mediator, ct);
    }

    private static async Task<IResult> PostCreditNote(Guid id, Guid invoice, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct) =>
        await ReadTarget.AnswerAsync(
            await mediator.Send(new Command(new LotId(id), "", default, 0, invoice, who), ct), new LotId(id), "La facture est reprise par un avoir.", form, who, mediator, ct);

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<Guid>>
    {
        public Task<Result<Guid>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<Guid>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                await TargetRecords.TakeTurnAsync(db, tx, request.LotId, ct);
                if (await LotOfFacilitator.FindAsync(db, request.LotId, request.Who, ct, tx) is not { } found)
                {
                    return Result.Missing;
                }

                var invoices = found.Lot.Invoices ?? [];
                var invoice = new Invoice(Guid.CreateVersion7(), request.Number, request.DatedOn, request.AmountCents);
                if (request.Corrects is { } wrong)
                {
                    if (invoices.FirstOrDefault(one => one.Id == wrong) is not { } taken)
                    {
                        return Result.Missing;
                    }

                    if (HoursOwed.CheckCreditNote(taken, invoices) is { } again)
                    {
                        return Result.Refused("", again.Sentence, again.Rule);
                    }

                    invoice = invoice with { Number = $"Avoir sur {taken.Number}", DatedOn = taken.DatedOn, AmountCents = -taken.AmountCents, Corrects = wrong };
                }
                else if (HoursOwed.CheckInvoice(found.Market.For(found.Lot).Period, invoice.DatedOn, invoice.AmountCents, calendar.Today) is { } refusal)
                {
                    return Result.Refused(refusal.Rule == HoursOwed.InsideMarket ? "datee_du" : "facture_montant", refusal.Sentence, refusal.Rule);
                }

                if (!await TargetRecords.AppendAsync(db, tx, found.Lot.Id, invoice, request.Who, calendar.Now, ct))
                {
                    return Result.Refused("facture", $"La facture {invoice.Number} est déjà enregistrée pour ce lot.");
                }

                await log.AppendAsync(db, tx, "market", found.Market.Id.Value, invoice.Corrects is null ? "invoice.added" : "invoice.taken-back", request.Who,
                    new { lot = found.Lot.Number, invoice = invoice.Id, cents = invoice.AmountCents, day = invoice.DatedOn }, ct);
                return invoice.Id;
            },
            cancellationToken);
    }
}
