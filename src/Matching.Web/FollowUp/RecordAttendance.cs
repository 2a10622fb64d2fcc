using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>
/// POST /formations/{id}/participants: a person of a pool, named by its structure's own reference, with the hours followed. Written again for
/// the same person, it replaces what was there; the history keeps both.
/// </summary>
public static class RecordAttendance
{
    private const int ReferenceLength = 60;

    public sealed record Command(SignedIn Me, Guid TrainingId, OrganizationId Pool, string Reference, int Minutes, string Outcome) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/formations/{id:guid}/participants", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var pool = form.Id("structure", "Structure");
        var command = new Command(
            me, id, new OrganizationId(pool ?? default), form.Text("reference", "Référence", ReferenceLength),
            (int)Math.Round((form.Number("heures", "Heures suivies", 0, TrainingBeforeHire.MaximumMinutes / 60) ?? 0) * 60),
            form.Choice("issue", "Où en est la personne", TrainingBeforeHire.Outcomes.Select(row => row.Code)));
        var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(command, ct);
        return await result.Match(
            _ => Task.FromResult(Page.SeeOther($"/formations/{id}", "Participation enregistrée.")),
            () => Task.FromResult(Page.Missing()),
            refusals => ShowTraining.PageAsync(id, me, mediator, form, refusals, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                var training = await TrainingRecords.FindAsync(db, request.TrainingId, request.Me.OrganizationId, cancellationToken, tx);
                if (training is null)
                {
                    return Result.Missing;
                }

                // Unknown and out of reach answer alike: whether another pool knows a reference is its own business.
                var person = await db.QueryFirstOrDefaultAsync<PersonId?>(new CommandDefinition(
                    "select id from person where organization_id = @Pool and reference = @Reference", new { request.Pool, request.Reference }, tx, cancellationToken: cancellationToken));
                if (person is not { } found || !await Visibility.FacilitatorMaySeeAsync(db, request.Me.OrganizationId, found, cancellationToken, tx))
                {
                    return Result.Refused("reference", "Référence : aucune personne publiée par cette structure ne porte cette référence. La recopier depuis son vivier.");
                }

                if (TrainingBeforeHire.RefusalOfAttendance(training.Session, request.Minutes, request.Outcome) is { } refusal)
                {
                    return Result.Refused(refusal.Field, refusal.Sentence, refusal.Rule);
                }

                await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into training_participant (session_id, person_id, minutes, outcome, updated_at, updated_by)
                    values (@TrainingId, @found, @Minutes, @Outcome, @Now, @DisplayName)
                    on conflict (session_id, person_id) do update set minutes = excluded.minutes, outcome = excluded.outcome,
                        updated_at = excluded.updated_at, updated_by = excluded.updated_by
                    """,
                    new { request.TrainingId, found, request.Minutes, request.Outcome, calendar.Now, request.Me.DisplayName }, tx, cancellationToken: cancellationToken));
                await events.AppendAsync(
                    db, tx, "training", training.Id, "training.attended", request.Me,
                    new { person = found.Value, minutes = request.Minutes, outcome = request.Outcome }, cancellationToken);
                return true;
            },
            cancellationToken);
    }
}
