using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Eligibility;

/// <summary>GET /eligibilite/alertes: the running decisions that a later fact contradicts, and what was answered to the others.</summary>
public static class ListAlerts
{
    /// <summary>Running decisions read at most; the page says when there are more.</summary>
    public const int DecisionLimit = 20_000;

    private const int ReviewLimit = 200;

    public sealed record Query(SignedIn User) : IRequest<Answer>;

    /// <param name="ShownAs">Initials until the facilitator has taken the person into a preselection, then the name.</param>
    public sealed record Alert(Guid DecisionId, EligibilityDecision Decision, string MarketReference, string ShownAs, string Reference, string Contradiction);

    public sealed record Review(DateTimeOffset At, string By, string MarketReference, PersonId PersonId, MarketId MarketId, string Reference, string Contradiction, string Note);

    /// <param name="Looked">How many running decisions were compared with the facts of today.</param>
    public sealed record Answer(int Looked, IReadOnlyList<Alert> Alerts, IReadOnlyList<Review> Reviews)
    {
        public bool IsCut => Looked == DecisionLimit;
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/eligibilite/alertes", (SignedIn user, IMediator mediator, CancellationToken ct) =>
        PageAsync(user, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.Facilitator);

    /// <summary>The page, with what was typed and why it was refused when it was.</summary>
    public static async Task<IResult> PageAsync(SignedIn user, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        var answer = await mediator.Send(new Query(user), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return Page.Of<ListAlertsPage>(new { Answer = answer, Form = form }, status);
    }

    /// <summary>Why the facts of today contradict this decision; null when they do not.</summary>
    internal static async Task<string?> ContradictionAsync(DbConnection db, DbTransaction tx, EligibilityDecision decision, CancellationToken ct) =>
        await PersonRecords.FindAsync(db, decision.PersonId, ct, tx) is { } stored
        && await MarketRecords.PublicListAsync(db, decision.MarketId, decision.PublicListVersion, ct, tx) is { } list
            ? EligibilityAlerts.Of(decision, await EligibilityRecords.FactsWithSeenProofsAsync(db, stored.Person, ct, tx), list.Terms)
            : null;

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var facilitator = request.User.OrganizationId;
            var reviews = await ReviewsAsync(db, facilitator, cancellationToken);
            var answered = reviews.Select(row => (row.DecisionId, row.Contradiction)).ToHashSet();
            var running = await EligibilityRecords.RunningAsync(db, facilitator, calendar.Today, DecisionLimit, cancellationToken);
            var alerts = new List<Alert>();
            foreach (var batch in running.Chunk(PersonRecords.BatchSize))
            {
                alerts.AddRange(await AlertsOfAsync(db, facilitator, batch, answered, cancellationToken));
            }

            return new Answer(running.Count, alerts, [.. reviews.Select(row => row.Shown)]);
        }

        private static async Task<List<Alert>> AlertsOfAsync(
            DbConnection db, OrganizationId facilitator, IReadOnlyList<(Guid Id, EligibilityDecision Decision)> decisions, HashSet<(Guid, string)> answered, CancellationToken ct)
        {
            var ids = decisions.Select(row => row.Decision.PersonId).Distinct().ToList();
            var people = (await PersonRecords.ReadAsync(db, ids, ct)).ToDictionary(stored => stored.Person.Id, stored => stored.Person);
            var proofs = await EligibilityRecords.SeenProofsAsync(db, ids, ct);
            var lists = new Dictionary<(MarketId, int), (PublicList? List, string Reference)>();
            var alerts = new List<Alert>();
            foreach (var (id, decision) in decisions.Where(row => people.ContainsKey(row.Decision.PersonId)))
            {
                var key = (decision.MarketId, decision.PublicListVersion);
                if (!lists.TryGetValue(key, out var version))
                {
                    var market = await MarketRecords.FindAsync(db, decision.MarketId, ct);
                    lists[key] = version = (await MarketRecords.PublicListAsync(db, decision.MarketId, decision.PublicListVersion, ct), market?.Reference ?? "");
                }

                var person = people[decision.PersonId];
                var facts = person.Eligibility with { Proofs = [.. person.Eligibility.Proofs, .. proofs[person.Id.Value]] };
                if (version.List is { } list && EligibilityAlerts.Of(decision, facts, list.Terms) is { } contradiction && !answered.Contains((id, contradiction)))
                {
                    var isNamed = await Visibility.FacilitatorKnowsNameAsync(db, facilitator, person.Id, ct);
                    alerts.Add(new(id, decision, version.Reference, isNamed ? person.Identity.FullName : person.Identity.Initials, person.Reference, contradiction));
                }
            }

            return alerts;
        }

        private static async Task<IReadOnlyList<(Guid DecisionId, string Contradiction, Review Shown)>> ReviewsAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct)
        {
            var rows = await db.QueryAsync<ReviewRow>(new CommandDefinition(
                $"""
                select r.decision_id, r.contradiction, r.note, r.reviewed_at, r.reviewed_by, r.person_id, r.market_id, m.reference as market, p.reference
                from eligibility_alert_review r
                join market m on m.id = r.market_id
                join person p on p.id = r.person_id
                where m.facilitator_id = @facilitator
                order by r.reviewed_at desc, r.id desc limit {ReviewLimit}
                """,
                new { facilitator }, cancellationToken: ct));
            return [.. rows.Select(row => (row.DecisionId, row.Contradiction,
                new Review(row.ReviewedAt, row.ReviewedBy, row.Market, row.PersonId, row.MarketId, row.Reference, row.Contradiction, row.Note)))];
        }

        private sealed class ReviewRow
        {
            public Guid DecisionId { get; init; }
            public string Contradiction { get; init; } = "";
            public string Note { get; init; } = "";
            public DateTimeOffset ReviewedAt { get; init; }
            public string ReviewedBy { get; init; } = "";
            public PersonId PersonId { get; init; }
            public MarketId MarketId { get; init; }
            public string Market { get; init; } = "";
            public string Reference { get; init; } = "";
        }
    }
}
