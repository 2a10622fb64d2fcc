using System.Text.Json.Serialization;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>
/// POST /preselections/{id}/etape, and POST /api/v1/preselections/{id}:{verb}: one step, from the state that its author saw. A step
/// that carries other facts (a file sent, a contract) has its own page.
/// </summary>
public static class TakeStep
{
    public sealed record Command(
        PreselectionId Id, PreselectionState From, PreselectionState To, string? ReasonCode, string? Note, DateTimeOffset? InterviewAt, SignedIn User)
        : IRequest<Result<StoredPreselection>>;

    /// <summary>The body of the API call: <c>depuis</c> is the state that the caller saw.</summary>
    public sealed record Body(
        [property: JsonPropertyName("depuis")] string? From,
        [property: JsonPropertyName("motif")] string? ReasonCode,
        [property: JsonPropertyName("note")] string? Note,
        [property: JsonPropertyName("entretien_le")] DateTimeOffset? InterviewAt);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/preselections/{id:guid}/etape", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var interview = InterviewTime.Read(form);
            var note = form.OptionalText("note", "Note", PreselectionStore.NoteLength);
            if (!PreselectionStates.TryParse(form["depuis"], out var from) | !PreselectionStates.TryParse(form["vers"], out var to))
            {
                form.Errors.Add("vers", "Cette étape est inconnue : revenez à la fiche et choisissez-en une.");
            }

            var answer = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PreselectionId(id), from, to, Blank(form["motif"]), note, interview, user), ct);
            return await answer.Match(
                moved => Task.FromResult(Page.SeeOther($"/preselections/{id}", $"Étape enregistrée : {moved.State.Label().ToLowerInvariant()}.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowPreselection.PageAsync(new PreselectionId(id), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.FacilitatorOrStructure);

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/preselections/{id:guid}:{verb}", async (Guid id, string verb, Body body, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            if (!PreselectionStates.TryParseVerb(verb, out var to))
            {
                return Problems.Missing();
            }

            var errors = new FormErrors();
            if (!PreselectionStates.TryParse(body.From, out var from))
            {
                errors.Add("depuis", $"Indiquez l’état que vous avez vu, un de : {string.Join(", ", PreselectionStates.All.Select(s => s.Code))}.");
            }

            if (body.Note?.Length > PreselectionStore.NoteLength)
            {
                errors.Add("note", $"La note est limitée à {PreselectionStore.NoteLength} caractères.");
            }

            if (errors.Any)
            {
                return Problems.Invalid(errors);
            }

            var result = await mediator.Send(
                new Command(new PreselectionId(id), from, to, Blank(body.ReasonCode), Blank(body.Note), body.InterviewAt?.ToUniversalTime(), user), ct);
            return result.ToJson(s => new { id = s.Id.Value, etat = s.State.Code(), motif = s.ReasonCode, entretien_le = s.InterviewAt });
        });

    /// <summary>Why a step of the table cannot be taken by a button; null when it can.</summary>
    public static string? NeedsItsPage(PreselectionState from, PreselectionState to, PreselectionActor actor) =>
        Transitions.Find(from, to, actor)?.Through switch
        {
            StepThrough.Transmission => "La transmission passe par la page « Transmettre » de l’offre : elle crée le lien de l’entreprise.",
            StepThrough.Contract => "L’embauche et la fin du contrat passent par leur formulaire, avec leurs dates.",
            _ => null,
        };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<StoredPreselection>>
    {
        public Task<Result<StoredPreselection>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<StoredPreselection>>(
                async (db, tx) =>
                {
                    var stored = await PreselectionStore.FindAsync(db, request.Id, cancellationToken, tx);
                    if (stored?.RoleOf(request.User) is not { } actor)
                    {
                        return Result.Missing;
                    }

                    if (NeedsItsPage(request.From, request.To, actor) is { } elsewhere)
                    {
                        return Result.Refused("vers", elsewhere, Transitions.OneTable);
                    }

                    var author = new StepAuthor(actor, request.User.DisplayName, request.User);
                    var hasDate = Transitions.Find(request.From, request.To, actor)?.HasDate == true;
                    var step = new PreselectionStep(
                        request.From, request.To, author, request.ReasonCode, request.Note, hasDate ? request.InterviewAt : null);
                    return await PreselectionStore.MoveAsync(db, tx, log, request.Id, step, calendar.Now, cancellationToken) is { } refusal
                        ? Result.Refused("vers", refusal, Transitions.OneTable)
                        : (await PreselectionStore.FindAsync(db, request.Id, cancellationToken, tx))!;
                },
                cancellationToken);
    }
}
