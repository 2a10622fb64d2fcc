using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>
/// POST /heures/contrats/{id} and POST /api/v1/contrats/{id}/heures: adds the hours of one month to the ledger. A company that has no account
/// declares through its facilitator.
/// </summary>
public static class DeclareHours
{
    /// <summary>The length of a key is bounded so that a stored one stays short.</summary>
    private const int KeyMaximumLength = 100;

    public sealed record Command(ContractId ContractId, CalendarMonth Month, HourKind Kind, int Minutes, string SubmissionKey, SignedIn Who, HourProof? Proof = null)
        : IRequest<Result<Answer>>;

    /// <param name="IsNew">False when this same form had already written the line.</param>
    public sealed record Answer(Guid EntryId, bool IsNew, string? Warning);

    /// <summary>The body of the API call; <c>duree</c> as people write it (<c>151:40</c>), or <c>minutes</c>.</summary>
    /// <param name="Justificatif">Kind of the document that proves the hours, with its <paramref name="Reference"/>.</param>
    public sealed record Body(string? Mois, string? Nature, string? Duree, int? Minutes, string? Justificatif = null, string? Reference = null);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/heures/contrats/{id:guid}", PostPage).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapApi(Policies.FacilitatorOrStructure).MapPost("/contrats/{id:guid}/heures", PostApi);
    }

    private static async Task<IResult> PostPage(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var command = Read(new ContractId(id), form["mois"], form["nature"], form["duree"], null, form.Text("envoi", "Formulaire", KeyMaximumLength), who, form.Errors);
        command = command is null ? null : command with { Proof = NoteProof.Read(form["justificatif"], form["justificatif_reference"], form.Errors) };
        if (command is null || form.Errors.Any)
        {
            return await ReadLedger.ShowAgain(new ContractId(id), form, who, mediator, StatusCodes.Status400BadRequest, ct);
        }

        var result = await mediator.Send(command, ct);
        return await result.ToPageAsync(
            answer => Page.SeeOther($"/heures/contrats/{id}", Said(answer, command)),
            form,
            () => ReadLedger.ShowAgain(new ContractId(id), form, who, mediator, StatusCodes.Status422UnprocessableEntity, ct));
    }

    private static async Task<IResult> PostApi(Guid id, Body body, HttpContext http, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var errors = new FormErrors();
        var key = http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } given ? given : Guid.CreateVersion7().ToString();
        if (key.Length > KeyMaximumLength)
        {
            errors.Add("Idempotency-Key", $"Idempotency-Key : {KeyMaximumLength} caractères au plus.");
        }

        var command = Read(new ContractId(id), body.Mois, body.Nature ?? HourWords.Work, body.Duree, body.Minutes, key, who, errors);
        command = command is null ? null : command with { Proof = NoteProof.Read(body.Justificatif, body.Reference, errors) };
        return command is null || errors.Any ? Problems.Invalid(errors) : (await mediator.Send(command, ct)).Match<IResult>(
            answer =>
            {
                var shape = new { id = answer.EntryId, contrat = id, mois = command.Month.Code, minutes = command.Minutes, statut = "DECLAREE", avertissement = answer.Warning };
                return answer.IsNew ? TypedResults.Created($"/api/v1/contrats/{id}/heures", shape) : TypedResults.Ok(shape);
            },
            Problems.Missing,
            Problems.Refused);
    }

    private static Command? Read(
        ContractId contract, string? month, string? kind, string? hours, int? minutes, string key, SignedIn who, FormErrors errors)
    {
        if (!CalendarMonth.TryParse(month, out var read))
        {
            errors.Add("mois", "Mois : choisissez un mois, écrit année-mois, par exemple 2026-11.");
        }

        if (HourWords.KindOf(kind) is not { } nature)
        {
            errors.Add("nature", "Nature : choisissez travail (TRAVAIL) ou formation (FORMATION).");
            nature = default;
        }

        var amount = minutes ?? 0;
        if (minutes is null && !HoursText.TryParse(hours, out amount))
        {
            errors.Add("duree", string.IsNullOrWhiteSpace(hours) ? $"Heures : à remplir. {HoursText.Expected}" : $"Heures : ce n’est pas un nombre d’heures. {HoursText.Expected}");
        }

        if (amount is > HoursText.MaximumMinutes or < -HoursText.MaximumMinutes)
        {
            errors.Add("minutes", $"minutes : 600\u202f000 au plus, soit {HoursText.Show(HoursText.MaximumMinutes)}. Vérifiez que le nombre est bien en minutes.");
        }

        return errors.Any ? null : new Command(contract, read, nature, amount, key, who);
    }

    private static string Said(Answer answer, Command command) => !answer.IsNew
        ? "Ces heures étaient déjà enregistrées : rien n’a été ajouté."
        : $"{HoursText.Show(command.Minutes)} déclarées pour {command.Month.Label}. {answer.Warning}".TrimEnd();

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<Answer>>
    {
        public Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<Answer>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                var stored = await ContractRecords.FindAsync(db, request.ContractId, request.Who, ct, tx);
                if (stored is null)
                {
                    return Result.Missing;
                }

                var (person, _) = await PersonLedgerRecords.TakeAsync(db, tx, stored, request.Month, ct);
                if (await HourRecords.WrittenByAsync(db, tx, request.ContractId, request.SubmissionKey, ct) is { } written)
                {
                    return new Answer(written, false, null);
                }

                if (person.CheckDeclaration(request.Month, request.Kind, request.Minutes, request.Proof, calendar.Today) is { } refusal)
                {
                    return Result.Refused(refusal.Rule == HourRules.Positive || refusal.Rule == HourRules.Calendar ? "duree" : "mois", refusal.Sentence, refusal.Rule);
                }

                var lent = await AssociationRecords.ForEntryAsync(
                    db, stored.Contract.PersonId, person.Market, stored.EmployerKind, stored.Contract.Modality, request.Month, ct, tx);
                if (AssociationCap.CheckEntry(lent, request.Minutes) is { } over)
                {
                    return Result.Refused("duree", over.Sentence, over.Rule);
                }

                var shares = person.SharedWith(request.Month, request.Kind, request.Minutes, request.Proof);
                var entry = new HourEntry(
                    Guid.CreateVersion7(), request.ContractId, request.Month.FirstDay, request.Kind, request.Minutes, HourStatus.Declared, null, shares);
                await HourRecords.AppendAsync(db, tx, entry, null, request.SubmissionKey, request.Who, calendar.Now, ct);
                if (request.Proof is { } proof)
                {
                    await PersonLedgerRecords.NoteProofAsync(db, tx, entry.Id, proof, request.Who, calendar.Now, ct);
                }

                await log.AppendAsync(db, tx, "contrat", request.ContractId.Value, "heures.declarees", request.Who,
                    new { entry = entry.Id, month = request.Month.Code, kind = HourWords.CodeOf(entry.Kind), minutes = entry.Minutes, proof = request.Proof?.KindCode, shares }, ct);
                return new Answer(entry.Id, true, shares is null ? person.Warning(request.Month, request.Minutes) : PersonLedger.PooledOnce.Sentence);
            },
            cancellationToken);
    }
}
