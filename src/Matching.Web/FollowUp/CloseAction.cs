using Dapper;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>POST /suivi/{id}/fait and POST /suivi/{id}/rouvrir: what came next is done, or was not after all. Both stay in the history.</summary>
public static class CloseAction
{
    public sealed record Command(SignedIn Me, Guid Id, bool IsDone, string? Words) : IRequest<Result<StoredFollowUp>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/suivi/{id:guid}/fait", (Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) =>
            PostAsync(id, isDone: true, form, me, mediator, ct)).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/suivi/{id:guid}/rouvrir", (Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) =>
            PostAsync(id, isDone: false, form, me, mediator, ct)).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PostAsync(Guid id, bool isDone, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var words = form.OptionalText("mot", "Ce qui a été fait", RecordFollowUp.ActionLength);
        if (form.Errors.Any)
        {
            return Page.Refused(form.Errors.All);
        }

        var result = await mediator.Send(new Command(me, id, isDone, words), ct);
        return result.Match(
            entry => Page.SeeOther(form["retour"] == "marche" ? $"/marches/{entry.MarketId}/suivi" : "/suivi", isDone ? "Suite notée comme faite." : "Suite rouverte."),
            Page.Missing,
            Page.Refused);
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<StoredFollowUp>>
    {
        public Task<Result<StoredFollowUp>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<StoredFollowUp>>(
            async (db, tx) =>
            {
                var entry = await FollowUpRecords.FindAsync(db, tx, request.Id, request.Me.OrganizationId, cancellationToken);
                if (entry?.NextAction is null)
                {
                    return Result.Missing;
                }

                // Saying again what is already so changes nothing: the form was sent twice.
                if (entry.IsOpen != request.IsDone)
                {
                    return entry;
                }

                await db.ExecuteAsync(new CommandDefinition(
                    "insert into follow_up_action (id, follow_up_id, is_done, words, at, by_name) values (@row, @Id, @IsDone, @Words, @Now, @DisplayName)",
                    new { row = Guid.CreateVersion7(), request.Id, request.IsDone, request.Words, calendar.Now, request.Me.DisplayName }, tx, cancellationToken: cancellationToken));
                await events.AppendAsync(
                    db, tx, "market", entry.MarketId.Value, request.IsDone ? "follow_up.done" : "follow_up.reopened", request.Me, new { follow_up = entry.Id }, cancellationToken);
                return entry;
            },
            cancellationToken);
    }
}
