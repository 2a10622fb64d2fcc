using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>POST /marches/{id}/suivi: writes a meeting, a visit, a call or a difficulty in the log of a marché, with its decision and what comes next.</summary>
public static class RecordFollowUp
{
    public const int WordsLength = 2_000;

    public const int ActionLength = 300;

    /// <param name="SubmissionKey">Of the form: the same one sent twice writes once.</param>
    public sealed record Command(SignedIn Me, MarketId MarketId, FollowUpEntry Entry, string SubmissionKey) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/marches/{id:guid}/suivi", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var entry = new FollowUpEntry(
            form.Choice("nature", "Nature de l’échange", FollowUpLog.Kinds.Select(row => row.Code)),
            form.Day("jour", "Date") ?? default,
            [.. FollowUpLog.Roles.Select(row => row.Code).Where(form.All("roles").Contains)],
            form.Text("compte_rendu", "Ce qui s’est dit", WordsLength),
            form.OptionalText("decision", "Décision", WordsLength),
            form.OptionalText("suite", "Suite à donner", ActionLength),
            form.OptionalDay("echeance", "Échéance"));
        var command = new Command(me, new MarketId(id), entry, form.Text("envoi", "Formulaire", 100));
        var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(command, ct);
        return await result.Match(
            isNew => Task.FromResult(Page.SeeOther($"/marches/{id}/suivi", isNew ? "Échange noté." : "Cet échange était déjà noté : rien n’a été ajouté.")),
            () => Task.FromResult(Page.Missing()),
            refusals => ShowFollowUp.PageAsync(command.MarketId, me, mediator, form, refusals, 1, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Me, cancellationToken, tx);
                if (market is null)
                {
                    return Result.Missing;
                }

                if (FollowUpLog.Refusals(request.Entry, calendar.Today) is { Count: > 0 } refusals)
                {
                    return Result.Refused(refusals);
                }

                var id = Guid.CreateVersion7();
                var added = await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into follow_up (id, market_id, kind, on_day, roles, words, decision, next_action, due_on, created_at, created_by, submission_key)
                    values (@id, @MarketId, @Kind, @Day, @roles, @Words, @Decision, @NextAction, @DueOn, @Now, @DisplayName, @SubmissionKey)
                    on conflict (submission_key) do nothing
                    """,
                    new
                    {
                        id,
                        request.MarketId,
                        request.Entry.Kind,
                        request.Entry.Day,
                        roles = MarketRecords.JoinCodes(request.Entry.Roles),
                        request.Entry.Words,
                        request.Entry.Decision,
                        request.Entry.NextAction,
                        request.Entry.DueOn,
                        calendar.Now,
                        request.Me.DisplayName,
                        request.SubmissionKey,
                    },
                    tx, cancellationToken: cancellationToken));
                if (added == 1)
                {
                    await events.AppendAsync(
                        db, tx, "market", market.Id.Value, "follow_up.recorded", request.Me, new { follow_up = id, kind = request.Entry.Kind, due = request.Entry.DueOn }, cancellationToken);
                }

                return added == 1;
            },
            cancellationToken);
    }
}
