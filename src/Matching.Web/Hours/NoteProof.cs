using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/lignes/{id}/justificatif: which document proves a line that waits for the facilitator.</summary>
public static class NoteProof
{
    public sealed record Command(Guid EntryId, HourProof Proof, SignedIn Who) : IRequest<Result<ContractId>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/heures/lignes/{id:guid}/justificatif", Post).RequireAuthorization(Policies.FacilitatorOrStructure);

    /// <summary>The document typed with its kind; null without one, or with an error when half of it is missing.</summary>
    internal static HourProof? Read(string? kind, string? reference, FormErrors errors)
    {
        var typed = (reference ?? "").Trim();
        if (string.IsNullOrEmpty(kind) && typed.Length == 0)
        {
            return null;
        }

        if (HourProof.Kinds.All(row => row.Code != kind))
        {
            errors.Add("justificatif", $"Justificatif : choisir parmi {string.Join(", ", HourProof.Kinds.Select(row => row.Code))}.");
            return null;
        }

        if (typed.Length is 0 or > HourProof.ReferenceMaximumLength)
        {
            errors.Add("justificatif_reference", $"Référence du justificatif : à remplir, en {HourProof.ReferenceMaximumLength} caractères au plus.");
            return null;
        }

        return new HourProof(kind!, typed);
    }

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        if (Read(form["justificatif"], form["justificatif_reference"], form.Errors) is not { } proof)
        {
            if (!form.Errors.Any)
            {
                form.Errors.Add("justificatif_reference", "Référence du justificatif : à remplir.");
            }

            return await ReadLedger.ShowLineAgain(id, form, [], who, mediator, ct);
        }

        return await (await mediator.Send(new Command(id, proof, who), ct)).Match(
            contract => Task.FromResult(Page.SeeOther($"/heures/contrats/{contract}", "Le justificatif est noté.")),
            () => Task.FromResult(Page.Missing()),
            reasons => ReadLedger.ShowLineAgain(id, form, reasons, who, mediator, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<ContractId>>
    {
        public Task<Result<ContractId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<ContractId>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                if (await LedgerOfLine.TakeAsync(db, tx, request.EntryId, request.Who, ct) is not { } ledger)
                {
                    return Result.Missing;
                }

                if ((ledger.Person.CheckOpen(ledger.Line.Month) ?? HourRules.CheckDecision(ledger.Line, HourStatus.Validated, ledger.Entries, null)) is { } refusal)
                {
                    return Result.Refused("", refusal.Sentence, refusal.Rule);
                }

                await PersonLedgerRecords.NoteProofAsync(db, tx, request.EntryId, request.Proof, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "contrat", ledger.ContractId.Value, "heures.justifiees", request.Who,
                    new { entry = request.EntryId, kind = request.Proof.KindCode }, ct);
                return ledger.ContractId;
            },
            cancellationToken);
    }
}
