using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Eligibility;

/// <summary>GET /personnes/{id}/eligibilite?marche=: where a person stands under each public of one marché, and the decisions taken.</summary>
public sealed partial class ShowEligibility
{
    private const int MarketLimit = 200;

    public sealed record Query(PersonId PersonId, MarketId? MarketId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="ShownAs">Initials until the facilitator has taken the person into a preselection, then the name.</param>
    /// <param name="Subject">Null while no marché is chosen.</param>
    public sealed record Answer(Person Person, string ShownAs, IReadOnlyList<Market> Markets, Judged? Subject, DateOnly Today);

    /// <param name="Contradiction">Why later facts contradict the decision in force, which stays acquired; null when they do not.</param>
    /// <param name="Lots">The verdict for each lot, and whether the decision in force opens it.</param>
    /// <param name="Association">Where the person stands under the cap of hours lent by an AI; null without such a contract.</param>
    public sealed record Judged(
        Market Market, EligibilityVerdict Verdict, IReadOnlyList<EligibilityDecision> Decisions, IReadOnlyList<SeenProof> Proofs, string? Contradiction,
        AssociationStanding? Association, IReadOnlyList<(Lot Lot, EligibilityVerdict Verdict, bool IsOpen)> Lots);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/personnes/{id:guid}/eligibilite", (Guid id, Guid? marche, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PersonId(id), marche is { } market ? new MarketId(market) : null, user, mediator, PostedForm.Of(), [], ct))
            .RequireAuthorization(Policies.Facilitator);

    /// <summary>The page, with what was typed and why it was refused when it was.</summary>
    public static async Task<IResult> PageAsync(
        PersonId id, MarketId? market, SignedIn user, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        var result = await mediator.Send(new Query(id, market, user), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.ToPage(view => Page.Of<ShowEligibility>(
            new { View = view, Form = form },
            status));
    }

    /// <summary>The person and the marché, when this facilitator may decide for them; null otherwise.</summary>
    public static async Task<(Person Person, Market Market)?> FindAsync(
        DbConnection db, DbTransaction tx, PersonId person, MarketId market, SignedIn user, CancellationToken ct) =>
        await MarketRecords.FindOwnAsync(db, market, user, ct, tx) is { } found
        && await Visibility.FacilitatorMaySeeAsync(db, user.OrganizationId, person, ct, tx)
        && await PersonRecords.FindAsync(db, person, ct, tx) is { } stored
            ? (stored.Person, found)
            : null;

    public sealed class Handler(Database database, FileOpenings openings, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (!await Visibility.FacilitatorMaySeeAsync(db, request.User.OrganizationId, request.PersonId, cancellationToken)
                || await PersonRecords.FindAsync(db, request.PersonId, cancellationToken) is not { } stored)
            {
                return Result.Missing;
            }

            var isNamed = await Visibility.FacilitatorKnowsNameAsync(db, request.User.OrganizationId, request.PersonId, cancellationToken);
            var markets = await MarketRecords.OfFacilitatorAsync(db, request.User.OrganizationId, MarketLimit, cancellationToken);
            var market = markets.FirstOrDefault(m => m.Id == request.MarketId);
            if (market is null && request.MarketId is not null)
            {
                return Result.Missing;
            }

            await openings.NoteAsync(request.PersonId, request.User, "eligibilite", cancellationToken);
            return new Answer(
                stored.Person, isNamed ? stored.Person.Identity.FullName : stored.Person.Identity.Initials, markets,
                market is null ? null : await JudgeAsync(db, stored.Person, market, cancellationToken), calendar.Today);
        }

        private async Task<Judged> JudgeAsync(DbConnection db, Person person, Market market, CancellationToken ct)
        {
            var facts = await EligibilityRecords.FactsWithSeenProofsAsync(db, person, ct);
            var decisions = await EligibilityRecords.HistoryAsync(db, person.Id, market.Id, ct);
            var version = decisions.Count == 0 ? null : await MarketRecords.PublicListAsync(db, market.Id, decisions[0].PublicListVersion, ct);
            var placed = await AssociationRecords.OfPersonAsync(db, person.Id, market.FacilitatorId, ct);
            return new Judged(
                market, EligibilityVerdict.Judge(facts, market, calendar.Today), decisions, facts.Proofs,
                version is null ? null : EligibilityAlerts.Of(decisions[0], facts, version.Terms),
                AssociationCap.Of(placed.FirstPlacedOn, placed.Months, market.Counting, calendar.Today),
                [.. (await MarketRecords.LotsAsync(db, market.Id, ct)).Select(lot => (lot, VerdictOf(lot), IsOpen(lot)))]);

            EligibilityVerdict VerdictOf(Lot lot) => EligibilityVerdict.Judge(facts, market with { Publics = market.Publics.For(lot) }, calendar.Today);

            bool IsOpen(Lot lot) => decisions.FirstOrDefault(it => it.ValidFrom <= calendar.Today && it.ValidUntil >= calendar.Today)?.Opens(lot) == true;
        }
    }
}
