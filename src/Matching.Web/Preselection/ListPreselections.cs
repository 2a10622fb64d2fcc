using Matching.Rules.Preselection;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET /preselections: for a facilitator, its postings and who stands where; for a structure, its own people and what it must answer.</summary>
public sealed partial class ListPreselections
{
    /// <summary>A withdrawal by a hire elsewhere is told again for this many days.</summary>
    private const int HiredElsewhereDays = 30;

    public sealed record Query(PreselectionState? State, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="People">Those of the chosen state, or all that are on their way: as many as a page shows.</param>
    /// <param name="Kept">How many there are of them.</param>
    /// <param name="Counts">How many stand in each state, all postings together.</param>
    /// <param name="HiredElsewhere">Withdrawn lately because they were hired on another posting.</param>
    public sealed record Answer(
        bool IsFacilitator,
        PreselectionState? State,
        IReadOnlyList<StoredPreselection> People,
        int Kept,
        IReadOnlyDictionary<PreselectionState, int> Counts,
        IReadOnlyList<StoredPreselection> HiredElsewhere,
        DateOnly Today);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/preselections", async (string? etat, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            PreselectionState? state = PreselectionStates.TryParse(etat, out var chosen) ? chosen : null;
            var result = await mediator.Send(new Query(state, user), ct);
            return result.ToPage(view => Page.Of<ListPreselections>(new { View = view }));
        }).RequireAuthorization(Policies.FacilitatorOrStructure);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var user = request.User;
            var isFacilitator = user.Role == Roles.Facilitator;
            IReadOnlyList<PreselectionState> states = request.State is { } chosen ? [chosen]
                : isFacilitator ? PreselectionStates.Pending
                : [.. PreselectionStates.All.Select(it => it.State)];
            var counts = isFacilitator
                ? await PreselectionLists.CountsOfFacilitatorAsync(db, user.OrganizationId, cancellationToken)
                : await PreselectionLists.CountsOfStructureAsync(db, user.OrganizationId, cancellationToken);
            var people = isFacilitator
                ? await PreselectionLists.OfFacilitatorAsync(db, user.OrganizationId, states, cancellationToken)
                : await PreselectionLists.OfStructureAsync(db, user.OrganizationId, states, cancellationToken);
            var today = calendar.Today;
            var elsewhere = await PreselectionLists.HiredElsewhereAsync(db, user.OrganizationId, isFacilitator, calendar.Now.AddDays(-HiredElsewhereDays - 1), cancellationToken);
            return new Answer(
                isFacilitator, request.State, people, states.Sum(state => counts.GetValueOrDefault(state)), counts,
                [.. elsewhere.Where(s => s.DaysSince(today) <= HiredElsewhereDays)], today);
        }
    }
}
