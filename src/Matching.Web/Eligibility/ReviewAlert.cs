using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Eligibility;

/// <summary>POST /eligibilite/alertes/{id}: what the facilitator does about a fact that contradicts a decision. The decision itself is not touched.</summary>
public static class ReviewAlert
{
    /// <summary>Shorter than this tells nothing to who reads it next year.</summary>
    public const int NoteMinimumLength = 10;

    private const int NoteLength = 500;

    public sealed record Command(Guid DecisionId, string Note, SignedIn User) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/eligibilite/alertes/{id:guid}", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var note = form.Text("suite", "Suite donnée", NoteLength);
            if (!form.Errors.Any && note.Length < NoteMinimumLength)
            {
                form.Errors.Add("suite", $"Suite donnée : dites en {NoteMinimumLength} caractères au moins ce que vous avez vérifié.");
            }

            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(id, note, user), ct);
            return await result.Match(
                isNew => Task.FromResult(Page.SeeOther("/eligibilite/alertes", isNew ? "Suite enregistrée." : "Cette alerte avait déjà reçu une suite.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ListAlerts.PageAsync(user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<bool>>(
                async (db, tx) =>
                {
                    if (await EligibilityRecords.OfFacilitatorAsync(db, request.DecisionId, request.User.OrganizationId, cancellationToken, tx) is not { } decision)
                    {
                        return Result.Missing;
                    }

                    if (await ListAlerts.ContradictionAsync(db, tx, decision, cancellationToken) is not { } contradiction)
                    {
                        return Result.Refused("suite", "Les faits connus ne contredisent plus cette décision : il n’y a rien à répondre.");
                    }

                    var added = await db.ExecuteAsync(new CommandDefinition(
                        """
                        insert into eligibility_alert_review (id, person_id, market_id, decision_id, contradiction, note, reviewed_at, reviewed_by_id, reviewed_by)
                        values (@id, @PersonId, @MarketId, @DecisionId, @contradiction, @Note, @Now, @UserId, @DisplayName)
                        on conflict (decision_id, contradiction) do nothing
                        """,
                        new
                        {
                            id = Guid.CreateVersion7(),
                            decision.PersonId,
                            decision.MarketId,
                            request.DecisionId,
                            contradiction,
                            request.Note,
                            calendar.Now,
                            request.User.UserId,
                            request.User.DisplayName,
                        },
                        tx, cancellationToken: cancellationToken));
                    if (added == 1)
                    {
                        await log.AppendAsync(
                            db, tx, "eligibility", decision.PersonId.Value, "alerte.traitee", request.User,
                            new { marche = decision.MarketId.Value, decision = request.DecisionId }, cancellationToken);
                    }

                    return added == 1;
                },
                cancellationToken);
    }
}
