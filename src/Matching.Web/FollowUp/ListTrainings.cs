using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>GET and POST /formations: the trainings before hire that a facilitator follows, and one more.</summary>
public static class ListTrainings
{
    private const int MarketLimit = 500;

    public sealed record Query(SignedIn Me) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<StoredTraining> Trainings, IReadOnlyList<(string Code, string Text)> Markets);

    public sealed record Add(SignedIn Me, TrainingSession Session, MarketId? MarketId, string SubmissionKey) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/formations", (SignedIn me, IMediator mediator, CancellationToken ct) => PageAsync(me, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/formations", PostAsync).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PageAsync(SignedIn me, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        var status = PostedAgain.StatusOf(form, refusals);
        return Page.Of<ListTrainingsPage>(new { Shown = await mediator.Send(new Query(me), ct), Form = form }, status);
    }

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var hours = form.Number("duree", "Durée en heures", 1, TrainingBeforeHire.MaximumMinutes / 60) ?? 0;
        var session = new TrainingSession(
            form.Text("intitule", "Intitulé"), form.Text("organisme", "Organisme"), form.Day("debut", "Premier jour") ?? default, form.Day("fin", "Dernier jour") ?? default,
            (int)Math.Round(hours * 60));
        var market = form["marche"].Length == 0 ? null : form.Id("marche", "Marché préparé");
        var command = new Add(me, session, market is { } id ? new MarketId(id) : null, form.Text("envoi", "Formulaire", 100));
        var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(command, ct);
        return await result.Match(
            isNew => Task.FromResult(Page.SeeOther("/formations", isNew ? "Formation ajoutée." : "Cette formation était déjà ajoutée.")),
            () => Task.FromResult(Page.Missing()),
            refusals => PageAsync(me, mediator, form, refusals, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Query, Answer>, IRequestHandler<Add, Result<bool>>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var trainings = await TrainingRecords.OfFacilitatorAsync(db, request.Me.OrganizationId, cancellationToken);
            var markets = await MarketRecords.OfFacilitatorAsync(db, request.Me.OrganizationId, MarketLimit, cancellationToken);
            return new Answer(trainings, [.. markets.Select(market => (market.Id.ToString(), $"{market.Reference} · {market.Subject}"))]);
        }

        public Task<Result<bool>> Handle(Add request, CancellationToken cancellationToken) => database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                if (TrainingBeforeHire.Refusals(request.Session) is { Count: > 0 } refusals)
                {
                    return Result.Refused(refusals);
                }

                if (request.MarketId is { } market && await MarketRecords.FindOwnAsync(db, market, request.Me, cancellationToken, tx) is null)
                {
                    return Result.Missing;
                }

                var row = Guid.CreateVersion7();
                var added = await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into training_session (id, facilitator_id, market_id, title, organizer, starts_on, ends_on, minutes, created_at, created_by, submission_key)
                    values (@row, @OrganizationId, @MarketId, @Title, @Organizer, @StartsOn, @EndsOn, @Minutes, @Now, @DisplayName, @SubmissionKey)
                    on conflict (submission_key) do nothing
                    """,
                    new
                    {
                        row,
                        request.Me.OrganizationId,
                        request.MarketId,
                        request.Session.Title,
                        request.Session.Organizer,
                        request.Session.StartsOn,
                        request.Session.EndsOn,
                        request.Session.Minutes,
                        calendar.Now,
                        request.Me.DisplayName,
                        request.SubmissionKey,
                    },
                    tx, cancellationToken: cancellationToken));
                if (added == 1)
                {
                    await events.AppendAsync(db, tx, "training", row, "training.added", request.Me, new { minutes = request.Session.Minutes, market = request.MarketId?.Value }, cancellationToken);
                }

                return added == 1;
            },
            cancellationToken);
    }
}
