using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>GET and POST /marches/{id}/engagements: what the holder promised for quality, and what was seen of it.</summary>
public static class FollowCommitments
{
    public const int WordsLength = 1_000;

    public sealed record Query(SignedIn Me, MarketId Id) : IRequest<Result<Answer>>;

    public sealed record Answer(Market Market, IReadOnlyList<StoredCommitment> Commitments, DateOnly Today);

    public sealed record Add(SignedIn Me, MarketId MarketId, string Theme, string Promised, DateOnly? DueOn, string SubmissionKey) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/marches/{id:guid}/engagements", (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            PageAsync(new MarketId(id), me, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/marches/{id:guid}/engagements", PostAsync).RequireAuthorization(Policies.Facilitator);
    }

    internal static async Task<IResult> PageAsync(
        MarketId id, SignedIn me, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        var status = PostedAgain.StatusOf(form, refusals);
        return (await mediator.Send(new Query(me, id), ct)).ToPage(answer => Page.Of<FollowCommitmentsPage>(new { Shown = answer, Form = form }, status));
    }

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var command = new Add(
            me, new MarketId(id), form.Choice("theme", "Thème", Commitments.Themes.Select(row => row.Code)), form.Text("promesse", "Engagement", WordsLength),
            form.OptionalDay("echeance", "À constater avant le"), form.Text("envoi", "Formulaire", 100));
        var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(command, ct);
        return await result.Match(
            isNew => Task.FromResult(Page.SeeOther($"/marches/{id}/engagements", isNew ? "Engagement ajouté." : "Cet engagement était déjà ajouté.")),
            () => Task.FromResult(Page.Missing()),
            refusals => PageAsync(command.MarketId, me, mediator, form, refusals, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Query, Result<Answer>>, IRequestHandler<Add, Result<bool>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var market = await MarketRecords.FindOwnAsync(db, request.Id, request.Me, cancellationToken);
            return market is null
                ? Result.Missing
                : new Answer(market, await CommitmentRecords.OfMarketAsync(db, market.Id, cancellationToken), calendar.Today);
        }

        public Task<Result<bool>> Handle(Add request, CancellationToken cancellationToken) => database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Me, cancellationToken, tx);
                if (market is null)
                {
                    return Result.Missing;
                }

                var row = Guid.CreateVersion7();
                var added = await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into commitment (id, market_id, theme, promised, due_on, created_at, created_by, submission_key)
                    values (@row, @MarketId, @Theme, @Promised, @DueOn, @Now, @DisplayName, @SubmissionKey)
                    on conflict (submission_key) do nothing
                    """,
                    new { row, request.MarketId, request.Theme, request.Promised, request.DueOn, calendar.Now, request.Me.DisplayName, request.SubmissionKey },
                    tx, cancellationToken: cancellationToken));
                if (added == 1)
                {
                    await events.AppendAsync(db, tx, "market", market.Id.Value, "commitment.added", request.Me, new { commitment = row, theme = request.Theme }, cancellationToken);
                }

                return added == 1;
            },
            cancellationToken);
    }
}
