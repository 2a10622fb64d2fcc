using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>POST /preselections/{id}/notes: a note in the history, without a step. Read by the organisation that wrote it.</summary>
public static class AddNote
{
    public sealed record Command(PreselectionId Id, string Note, SignedIn User) : IRequest<Result<StoredPreselection>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/preselections/{id:guid}/notes", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var note = form.Text("note", "Note", PreselectionStore.NoteLength);
            var answer = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PreselectionId(id), note, user), ct);
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
                    if (stored?.RoleOf(request.User) is not { } actor)
                    {
                        return Result.Missing;
                    }

                    // The same words by the same person within a minute are one form sent twice.
                    var known = await db.QuerySingleAsync<int>(new CommandDefinition(
                        "select count(*) from preselection_step where preselection_id = @Id and by_id = @UserId and note = @Note and at >= @since",
                        new { request.Id, request.User.UserId, request.Note, since = calendar.Now.AddMinutes(-1) }, tx, cancellationToken: cancellationToken));
                    if (known > 0)
                    {
                        return stored;
                    }

                    var author = new StepAuthor(actor, request.User.DisplayName, request.User);
                    var note = new PreselectionStep(stored.State, stored.State, author, Note: request.Note);
                    await PreselectionStore.WriteStepAsync(db, tx, request.Id, stored.State, note, calendar.Now, cancellationToken);
                    return stored;
                },
                cancellationToken);
    }
}
