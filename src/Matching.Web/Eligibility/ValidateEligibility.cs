using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Eligibility;

/// <summary>
/// POST /personnes/{id}/eligibilite/validation: the facilitator validates on the proofs seen, or by a reasoned opinion. The decision is
/// frozen: neither a later change of the person nor another validation touches it while it runs.
/// </summary>
public static class ValidateEligibility
{
    private const int OpinionLength = 2_000;

    /// <param name="Opinion">Null to validate on the proofs.</param>
    public sealed record Command(PersonId PersonId, MarketId MarketId, string? Opinion, bool IsOpinion, SignedIn User) : IRequest<Result<EligibilityDecision>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/personnes/{id:guid}/eligibilite/validation", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            if (!Guid.TryParse(form["marche"], out var market))
            {
                return Page.Missing();
            }

            var basis = form.Choice("base", "Validation", ["justificatif", "avis"]);
            var opinion = form.OptionalText("avis", "Avis motivé", OpinionLength);
            var result = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PersonId(id), new MarketId(market), opinion, basis == "avis", user), ct);
            return await result.Match(
                decision => Task.FromResult(Page.SeeOther(
                    $"/personnes/{id}/eligibilite?marche={market}", $"Éligibilité validée jusqu’au {decision.ValidUntil:dd/MM/yyyy}.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowEligibility.PageAsync(new PersonId(id), new MarketId(market), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, EventLog log, ChangeFeed changes, FrenchCalendar calendar)
        : IRequestHandler<Command, Result<EligibilityDecision>>
    {
        public Task<Result<EligibilityDecision>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<EligibilityDecision>>(
                async (db, tx) =>
                {
                    if (await ShowEligibility.FindAsync(db, tx, request.PersonId, request.MarketId, request.User, cancellationToken) is not { } found)
                    {
                        return Result.Missing;
                    }

                    var (person, market) = found;
                    var today = calendar.Today;

                    // A running decision is frozen: neither the same form sent twice nor a later validation moves its dates.
                    if (await EligibilityRecords.CoveringAsync(db, person.Id, market.Id, today, cancellationToken, tx) is { } running)
                    {
                        return running;
                    }

                    var facts = await EligibilityRecords.FactsWithSeenProofsAsync(db, person, cancellationToken, tx);
                    var (decision, refusal) = request.IsOpinion
                        ? EligibilityDecision.ByOpinion(person.Id, market, today, request.User.DisplayName, request.Opinion)
                        : EligibilityDecision.Validate(person with { Eligibility = facts }, market, today, request.User.DisplayName);
                    if (decision is null)
                    {
                        return Result.Refused(request.IsOpinion ? "avis" : "base", refusal!);
                    }

                    if (decision.ValidUntil < decision.ValidFrom)
                    {
                        return Result.Refused("base", "Ce marché est terminé : aucune éligibilité ne peut plus y commencer.");
                    }

                    await EligibilityRecords.AppendAsync(db, tx, decision, request.User.UserId, calendar.Now, cancellationToken);
                    await changes.AppendAsync(db, tx, "person", [person.Id.Value], cancellationToken);
                    await log.AppendAsync(db, tx, "eligibility", person.Id.Value, "validation", request.User,
                        new { marche = market.Id.Value, base_ = decision.Basis.ToString(), du = decision.ValidFrom, au = decision.ValidUntil }, cancellationToken);
                    return decision;
                },
                cancellationToken);
    }
}
