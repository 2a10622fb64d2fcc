using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Webhooks;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/lignes/{id}/decision: the facilitator validates a declared line, or rejects it with a reason.</summary>
public static class DecideHours
{
    public sealed record Command(Guid EntryId, HourStatus Status, string Reason, SignedIn Who) : IRequest<Result<Answer>>;

    public sealed record Answer(ContractId ContractId);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/heures/lignes/{id:guid}/decision", Post).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        if (form.Choice("decision", "Décision", ["VALIDER", "REJETER"]) is not { Length: > 0 } choice)
        {
            return await ReadLedger.ShowLineAgain(id, form, [], who, mediator, ct);
        }

        var status = choice == "VALIDER" ? HourStatus.Validated : HourStatus.Rejected;
        var result = await mediator.Send(new Command(id, status, form["motif"], who), ct);
        return await result.Match(
            answer => Task.FromResult(Page.SeeOther($"/heures/contrats/{answer.ContractId}", status == HourStatus.Validated
                ? "La ligne est validée : elle compte dans le tableau du marché selon ses règles."
                : "La ligne est rejetée : elle reste au registre avec son motif et ne compte pas.")),
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

                // The same form sent twice: the first decision stands and is the one asked for.
                if (ledger.Line.Status == request.Status)
                {
                    return new Answer(ledger.ContractId);
                }

                var asked = (await ControlRecords.TermsAsync(db, ledger.MarketId, ct, tx)).IsProofAsked;
                if ((ledger.Person.CheckOpen(ledger.Line.Month)
                    ?? HourRules.CheckDecision(ledger.Line, request.Status, ledger.Entries, request.Reason)
                    ?? (request.Status == HourStatus.Validated
                        ? ledger.Person.CheckEligible(CalendarMonth.Of(ledger.Line.Month)) ?? PersonLedger.CheckProof(ledger.Line, ledger.Proof, asked, ledger.Validated)
                        : PersonLedger.CheckFirst(await PersonLedgerRecords.IsSharedElsewhereAsync(db, tx, request.EntryId, ct)))) is { } refusal)
                {
                    return Result.Refused("", refusal.Sentence, refusal.Rule);
                }

                var reason = request.Status == HourStatus.Rejected ? request.Reason : null;
                await HourRecords.AppendDecisionAsync(db, tx, request.EntryId, request.Status, reason, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "contrat", ledger.ContractId.Value, request.Status == HourStatus.Validated ? "heures.validees" : "heures.rejetees",
                    request.Who, new { entry = request.EntryId, minutes = ledger.Line.Minutes }, ct);
                if (request.Status == HourStatus.Validated)
                {
                    await TellProgramsAsync(db, tx, ledger, request.EntryId, ct);
                }

                return new Answer(ledger.ContractId);
            },
            cancellationToken);

        private async Task TellProgramsAsync(DbConnection db, DbTransaction tx, LedgerOfLine ledger, Guid entry, CancellationToken ct)
        {
            var (facilitator, employer, pool) = await db.QuerySingleAsync<(OrganizationId, OrganizationId, OrganizationId)>(new CommandDefinition(
                "select c.facilitator_id, c.employer_id, p.organization_id from work_contract c join person p on p.id = c.person_id where c.id = @ContractId",
                new { ledger.ContractId }, tx, cancellationToken: ct));
            await WebhookQueue.TellAsync(
                db, tx, WebhookEvents.HoursValidated, [facilitator, employer, pool],
                new { contrat = ledger.ContractId.Value, ligne = entry, mois = ledger.Line.Month, minutes = ledger.Line.Minutes }, calendar.Now, ct);
        }
    }
}
