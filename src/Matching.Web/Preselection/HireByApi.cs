using System.Text.Json.Serialization;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>POST /api/v1/contrats: a program records the hire of a person that the company chose, once per Idempotency-Key.</summary>
public static class HireByApi
{
    private const int KeyMaximumLength = 100;

    /// <summary>The body of the call; <c>heures_hebdomadaires</c> is a decimal number of hours.</summary>
    public sealed record Body(
        [property: JsonPropertyName("preselection")] Guid? Preselection,
        [property: JsonPropertyName("employeur")] Guid? Employer,
        [property: JsonPropertyName("modalite")] string? Modality,
        [property: JsonPropertyName("type_contrat")] string? Kind,
        [property: JsonPropertyName("date_debut")] DateOnly? Start,
        [property: JsonPropertyName("date_fin")] DateOnly? End,
        [property: JsonPropertyName("heures_hebdomadaires")] decimal? WeeklyHours);

    public static void MapApi(IEndpointRouteBuilder api) => api.MapPost("/contrats", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Body body, HttpContext http, SignedIn who, Database database, IMediator mediator, CancellationToken ct)
    {
        var errors = new FormErrors();
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > KeyMaximumLength)
        {
            errors.Add("Idempotency-Key", $"Idempotency-Key : {KeyMaximumLength} caractères au plus.");
        }

        var command = Read(body, key.Length == 0 ? null : key, who, errors);
        if (command is null)
        {
            return Problems.Invalid(errors);
        }

        if (await AlreadyAsync(database, command, ct) is { } already)
        {
            return already;
        }

        var result = await mediator.Send(command, ct);

        // Refused because the same request, sent at the same moment, has just been written: its answer is the answer.
        return !result.IsFound && await AlreadyAsync(database, command, ct) is { } written ? written
            : result.Match<IResult>(id => TypedResults.Created($"/api/v1/contrats/{id}", Shape(id, command)), Problems.Missing, Problems.Refused);
    }

    private static RecordHire.Command? Read(Body body, string? key, SignedIn who, FormErrors errors)
    {
        if (body.Preselection is null)
        {
            errors.Add("preselection", "preselection : l’identifiant de la présélection retenue par l’entreprise.");
        }

        if (body.Employer is null)
        {
            errors.Add("employeur", "employeur : l’identifiant de l’organisation qui emploie.");
        }

        var modality = MarketVocabulary.Modalities.FirstOrDefault(row => row.Code == body.Modality);
        if (modality.Code is null)
        {
            errors.Add("modalite", $"modalite : choisir parmi {string.Join(", ", MarketVocabulary.Modalities.Select(row => row.Code))}.");
        }

        if (!WorkContracts.TryParse(body.Kind, out var kind))
        {
            errors.Add("type_contrat", $"type_contrat : choisir parmi {string.Join(", ", WorkContracts.All.Select(row => row.Code))}.");
        }

        if (body.Start is null)
        {
            errors.Add("date_debut", "date_debut : une date, par exemple 2026-11-30.");
        }

        if (body.WeeklyHours is not (>= 1 and <= 48))
        {
            errors.Add("heures_hebdomadaires", "heures_hebdomadaires : entre 1 et 48, par exemple 35 ou 35.5.");
        }

        return errors.Any ? null : new RecordHire.Command(
            new PreselectionId(body.Preselection!.Value), new OrganizationId(body.Employer!.Value), modality.Value, kind, body.Start!.Value, body.End,
            (int)Math.Round(body.WeeklyHours!.Value * 60m), who, key);
    }

    /// <summary>The answer when this key already made a contract: that contract, or a refusal when the values differ. Null for a new key.</summary>
    private static async Task<IResult?> AlreadyAsync(Database database, RecordHire.Command command, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (command.Key is null || await ContractWriting.WrittenByAsync(db, command.User.OrganizationId, command.Key, ct) is not { } id)
        {
            return null;
        }

        var same = await db.QuerySingleAsync<int>(new CommandDefinition(
            """
            select count(*) from work_contract
            where id = @id and preselection_id = @Preselection and employer_id = @Employer and kind = @kind and starts_on = @Start and weekly_minutes = @WeeklyMinutes
            """,
            new { id, Preselection = command.Id, command.Employer, kind = command.Kind.Code(), command.Start, command.WeeklyMinutes }, cancellationToken: ct)) > 0;
        return same ? TypedResults.Ok(Shape(id, command))
            : Problems.Refused([new Refusal("Idempotency-Key", "Idempotency-Key : cette clé a déjà servi pour un autre contrat. En prendre une nouvelle.")]);
    }

    private static object Shape(ContractId id, RecordHire.Command command) => new
    {
        id = id.Value,
        preselection = command.Id.Value,
        employeur = command.Employer.Value,
        modalite = MarketVocabulary.Modalities.Single(row => row.Value == command.Modality).Code,
        type_contrat = command.Kind.Code(),
        date_debut = command.Start,
        date_fin = command.End,
        minutes_hebdomadaires = command.WeeklyMinutes,
    };
}
