using Matching.Rules.Eligibility;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Eligibility;

/// <summary>POST /eligibilite/decisions/{id}/retrait: a validated eligibility is taken back from a day on, with the reason. The decision itself is kept as it was.</summary>
public static class WithdrawEligibility
{
    private const int ReasonLength = 500;

    public sealed record Command(Guid DecisionId, DateOnly From, string Reason, SignedIn User) : IRequest<Result<EligibilityDecision>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/eligibilite/decisions/{id:guid}/retrait", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn user, Database database, IMediator mediator, CancellationToken ct)
    {
        EligibilityDecision? decision;
        await using (var db = await database.OpenAsync(ct))
        {
            decision = await EligibilityRecords.OfFacilitatorAsync(db, id, user.OrganizationId, ct);
        }

        if (decision is null)
        {
            return Page.Missing();
        }

        var (from, reason) = (form.Day("retrait_du", "Retrait à partir du"), form.OptionalText("retrait_motif", "Motif", ReasonLength) ?? "");
        var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(id, from!.Value, reason, user), ct);
        return await result.Match(
            it => Task.FromResult(Page.SeeOther($"/personnes/{it.PersonId}/eligibilite?marche={it.MarketId}", $"Éligibilité retirée à partir du {from:dd/MM/yyyy}.")),
            () => Task.FromResult(Page.Missing()),
            refusals => ShowEligibility.PageAsync(decision.PersonId, decision.MarketId, user, mediator, form, refusals, ct));
    }

    public sealed class Handler(Database database, EventLog log, ChangeFeed changes, FrenchCalendar calendar) : IRequestHandler<Command, Result<EligibilityDecision>>
    {
        public Task<Result<EligibilityDecision>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<EligibilityDecision>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                if (await EligibilityRecords.OfFacilitatorAsync(db, request.DecisionId, request.User.OrganizationId, ct, tx) is not { } decision)
                {
                    return Result.Missing;
                }

                await EligibilityRecords.TakeTurnAsync(db, tx, decision.PersonId, ct);
                if (EligibilityWithdrawal.Fault(decision, request.From, request.Reason, calendar.Today) is { } fault)
                {
                    return Result.Refused(fault.Field, fault.Sentence, EligibilityWithdrawal.Decided);
                }

                var withdrawal = new EligibilityWithdrawal(request.From, request.Reason.Trim(), request.User.DisplayName, calendar.Today);
                if (!await EligibilityRecords.WithdrawAsync(db, tx, request.DecisionId, decision, withdrawal, request.User.UserId, calendar.Now, ct))
                {
                    return Result.Refused("retrait_du", "Cette éligibilité vient d’être retirée.");
                }

                await changes.AppendAsync(db, tx, "person", [decision.PersonId.Value], ct);
                await log.AppendAsync(db, tx, "eligibility", decision.PersonId.Value, "retrait", request.User,
                    new { marche = decision.MarketId.Value, decision = request.DecisionId, a_partir_du = request.From }, ct);
                return decision;
            },
            cancellationToken);
    }
}
