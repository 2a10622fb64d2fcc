using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/lignes/{id}/corriger: takes a wrong line back by the exactly opposite line, with its reason.</summary>
public static class CorrectHours
{
    public sealed record Command(Guid EntryId, string Reason, SignedIn Who) : IRequest<Result<Answer>>;

    /// <param name="IsNew">False when this line had already been taken back by the same form.</param>
    public sealed record Answer(ContractId ContractId, Guid CounterEntryId, bool IsNew);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/heures/lignes/{id:guid}/corriger", Post).RequireAuthorization(Policies.FacilitatorOrStructure);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var result = await mediator.Send(new Command(id, form["motif"], who), ct);
        return await result.Match(
            answer => Task.FromResult(Page.SeeOther($"/heures/contrats/{answer.ContractId}", answer.IsNew
                ? "La ligne est reprise. Déclarez maintenant les heures justes s’il y en a."
                : "Cette ligne était déjà reprise : rien n’a été ajouté.")),
            () => Task.FromResult(Page.Missing()),
            reasons => ReadLedger.ShowLineAgain(id, form, reasons, who, mediator, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<Answer>>
    {
        public Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<Answer>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                if (await LedgerOfLine.TakeAsync(db, tx, request.EntryId, request.Who, ct) is not { } ledger)
                {
                    return Result.Missing;
                }

                var key = $"corrige-{request.EntryId}";
                if (await HourRecords.WrittenByAsync(db, tx, ledger.ContractId, key, ct) is { } written)
                {
                    return new Answer(ledger.ContractId, written, false);
                }

                if (ledger.Line.Status == HourStatus.Validated && request.Who.Role != Roles.Facilitator)
                {
                    return Result.Refused("", "Cette ligne est validée : seul le facilitateur peut la reprendre. Signalez-lui l’erreur.");
                }

                var counter = HourRules.Opposite(ledger.Line, Guid.CreateVersion7());
                if ((ledger.Person.CheckOpen(counter.Month)
                    ?? HourRules.CheckCounterEntry(counter, ledger.Entries, request.Reason)
                    ?? PersonLedger.CheckFirst(await PersonLedgerRecords.IsSharedElsewhereAsync(db, tx, request.EntryId, ct))) is { } refusal)
                {
                    return Result.Refused("", refusal.Sentence, refusal.Rule);
                }

                await HourRecords.AppendAsync(db, tx, counter, request.Reason, key, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "contrat", ledger.ContractId.Value, "heures.reprises", request.Who,
                    new { entry = counter.Id, corrects = request.EntryId, minutes = counter.Minutes }, ct);
                return new Answer(ledger.ContractId, counter.Id, true);
            },
            cancellationToken);
    }
}
