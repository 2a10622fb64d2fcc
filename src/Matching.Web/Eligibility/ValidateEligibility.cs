using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;
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

    /// <param name="Opinion">Null to validate on a proof.</param>
    /// <param name="UnnamedSeenOn">The day a public was seen whose nature is not kept; null otherwise.</param>
    public sealed record Command(PersonId PersonId, MarketId MarketId, ReasonedOpinion? Opinion, DateOnly? UnnamedSeenOn, SignedIn User) : IRequest<Result<EligibilityDecision>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/personnes/{id:guid}/eligibilite/validation", async (
            Guid id, PostedForm form, SignedIn user, FrenchCalendar calendar, IMediator mediator, CancellationToken ct) =>
        {
            if (!Guid.TryParse(form["marche"], out var market))
            {
                return Page.Missing();
            }

            var basis = form.Choice("base", "Validation", ["justificatif", "constat", "avis"]);
            var opinion = basis == "avis" ? ReadOpinion(form, user, calendar.Today) : null;
            var seenOn = basis == "constat" ? form.Day("constat_le", "Constaté le") : null;
            var result = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PersonId(id), new MarketId(market), opinion, seenOn, user), ct);
            return await result.Match(
                decision => Task.FromResult(Page.SeeOther(
                    $"/personnes/{id}/eligibilite?marche={market}", $"Éligibilité validée jusqu’au {decision.ValidUntil:dd/MM/yyyy}.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowEligibility.PageAsync(new PersonId(id), new MarketId(market), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);

    /// <summary>The author, the body and the day are the facilitator's own and today unless the form says others.</summary>
    private static ReasonedOpinion ReadOpinion(PostedForm form, SignedIn user, DateOnly today) => new(
        form.OptionalText("avis_auteur", "Auteur de l’avis", 200) ?? user.DisplayName,
        form["avis_organisme"].Length == 0 ? OpinionBodies.Facilitator : form.Choice("avis_organisme", "Organisme", OpinionBodies.All.Select(row => row.Code)),
        form.OptionalDay("avis_date", "Date de l’avis") ?? today,
        form.OptionalText("avis", "Avis motivé", OpinionLength) ?? "");

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
                    await EligibilityRecords.TakeTurnAsync(db, tx, person.Id, cancellationToken);

                    // A running decision is frozen: neither the same form sent twice nor a later validation moves its dates.
                    if (await EligibilityRecords.CoveringAsync(db, person.Id, market.Id, today, cancellationToken, tx) is { } running)
                    {
                        return running;
                    }

                    if (!market.Publics.IsIntact)
                    {
                        return Result.Refused("base", $"La version {market.Publics.Version} des publics de ce marché a été modifiée après son enregistrement. {RuleSetSeal.OnlyNewVersions.Sentence}", RuleSetSeal.OnlyNewVersions);
                    }

                    var (decision, field, refusal, rule) = await DecideAsync(db, tx, person, market, request, cancellationToken);
                    if (decision is null)
                    {
                        return Result.Refused(field, refusal!, rule);
                    }

                    await EligibilityRecords.AppendAsync(db, tx, decision, request.User.UserId, calendar.Now, cancellationToken);
                    await changes.AppendAsync(db, tx, "person", [person.Id.Value], cancellationToken);
                    await log.AppendAsync(db, tx, "eligibility", person.Id.Value, "validation", request.User,
                        new { marche = market.Id.Value, version = decision.PublicListVersion, base_ = decision.Basis.ToString(), du = decision.ValidFrom, au = decision.ValidUntil }, cancellationToken);
                    return decision;
                },
                cancellationToken);

        private async Task<(EligibilityDecision? Decision, string Field, string? Refusal, Rule Rule)> DecideAsync(
            DbConnection db, DbTransaction tx, Person person, Market market, Command request, CancellationToken ct)
        {
            var (today, name) = (calendar.Today, request.User.DisplayName);
            if (request.Opinion is { } opinion)
            {
                var (given, refused) = EligibilityDecision.ByOpinion(person.Id, market, today, name, opinion);
                return (given, "avis", refused, EligibilityDecision.OnOpinion);
            }

            if (request.UnnamedSeenOn is { } seenOn)
            {
                var (seen, refused) = EligibilityDecision.ByUnnamedProof(person.Id, market, today, name, seenOn);
                return (seen, "constat_le", refused, EligibilityDecision.Unnamed);
            }

            var facts = await EligibilityRecords.FactsWithSeenProofsAsync(db, person, ct, tx);
            var (decision, refusal) = EligibilityDecision.Validate(person with { Eligibility = facts }, market, today, name);
            return (decision, "base", refusal, EligibilityVerdict.FourAnswers);
        }
    }
}
