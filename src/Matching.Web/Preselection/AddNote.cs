using Matching.Rules;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>
/// POST /preselections/{id}/notes: a note in the history, without a step. Read by the organisation that wrote it. The form's key makes
/// one note of one form sent twice; the same words typed again are another note.
/// </summary>
public static class AddNote
{
    public sealed record Command(PreselectionId Id, string Note, string Key, SignedIn User) : IRequest<Result<StoredPreselection>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/preselections/{id:guid}/notes", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var note = form.Text("note", "Note", PreselectionStore.NoteLength);
            var key = form.Text("envoi", "Formulaire", 100);
            var answer = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PreselectionId(id), note, key, user), ct);
            return await answer.Match(
                _ => Task.FromResult(Page.SeeOther($"/preselections/{id}", "Note enregistrée.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowPreselection.PageAsync(new PreselectionId(id), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.FacilitatorOrStructure);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Command, Result<StoredPreselection>>
    {
        public Task<Result<StoredPreselection>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<StoredPreselection>>(
                async (db, tx) =>
                {
                    var stored = await PreselectionStore.FindAsync(db, request.Id, cancellationToken, tx);
                    if (stored?.RoleOf(request.User) is null)
                    {
                        return Result.Missing;
                    }

                    // A key is its user's: nobody silences another's note by sending its key first.
                    await PreselectionStore.WriteNoteAsync(
                        db, tx, stored, request.User, request.User.DisplayName, request.Note, $"{request.User.UserId}/{request.Key}", calendar.Now, cancellationToken);
                    return stored;
                },
                cancellationToken);
    }
}
