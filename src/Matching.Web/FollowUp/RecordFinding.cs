using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>POST /engagements/{id}/constats: what was seen of a commitment, on a day. A later finding replaces it; nothing is erased.</summary>
public static class RecordFinding
{
    /// <summary>The marché of the commitment, to come back to.</summary>
    public sealed record Command(SignedIn Me, Guid CommitmentId, CommitmentFinding Finding, string SubmissionKey) : IRequest<Result<MarketId>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/engagements/{id:guid}/constats", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var finding = new CommitmentFinding(
            form.Choice("resultat", "Constat", Commitments.Findings.Select(row => row.Code)), form.Day("jour", "Date du constat") ?? default,
            form.Text("constat", "Ce qui a été vu", FollowCommitments.WordsLength));
        var key = form.Text("envoi", "Formulaire", 100);
        var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(me, id, finding, key), ct);
        return await result.Match(
            market => Task.FromResult(Page.SeeOther($"/marches/{market}/engagements", "Constat enregistré.")),
            () => Task.FromResult(Page.Missing()),
            async refusals =>
            {
                // The page of the marché with what was typed; the marché is named by the form, and read again as anybody else would.
                var market = form.Id("marche", "Marché");
                return market is null ? Page.Refused(refusals) : await FollowCommitments.PageAsync(new MarketId(market.Value), me, mediator, form, refusals, ct);
            });
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<MarketId>>
    {
        public Task<Result<MarketId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<MarketId>>(
            async (db, tx) =>
            {
                var market = await db.QueryFirstOrDefaultAsync<MarketId?>(new CommandDefinition(
                    "select m.id from commitment c join market m on m.id = c.market_id where c.id = @CommitmentId and m.facilitator_id = @OrganizationId",
                    new { request.CommitmentId, request.Me.OrganizationId }, tx, cancellationToken: cancellationToken));
                if (market is not { } id)
                {
                    return Result.Missing;
                }

                if (Commitments.Refusals(request.Finding, calendar.Today) is { Count: > 0 } refusals)
                {
                    return Result.Refused(refusals);
                }

                var added = await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into commitment_finding (id, commitment_id, finding, on_day, words, created_at, created_by, submission_key)
                    values (@row, @CommitmentId, @Finding, @Day, @Words, @Now, @DisplayName, @SubmissionKey)
                    on conflict (submission_key) do nothing
                    """,
                    new
                    {
                        row = Guid.CreateVersion7(),
                        request.CommitmentId,
                        request.Finding.Finding,
                        request.Finding.Day,
                        request.Finding.Words,
                        calendar.Now,
                        request.Me.DisplayName,
                        request.SubmissionKey,
                    },
                    tx, cancellationToken: cancellationToken));
                if (added == 1)
                {
                    await events.AppendAsync(
                        db, tx, "market", id.Value, "commitment.found", request.Me, new { commitment = request.CommitmentId, finding = request.Finding.Finding }, cancellationToken);
                }

                return id;
            },
            cancellationToken);
    }
}
