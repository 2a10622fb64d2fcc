using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>GET /marches/{id}/suivi: the log of a marché, the latest first, and the form to add to it.</summary>
public static class ShowFollowUp
{
    private const int PageSize = 50;

    public sealed record Query(SignedIn Me, MarketId Id, int PageNumber) : IRequest<Result<Answer>>;

    /// <param name="HasMore">Whether older entries follow on the next page.</param>
    public sealed record Answer(Market Market, IReadOnlyList<StoredFollowUp> Entries, int PageNumber, bool HasMore, DateOnly Today);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(
        "/marches/{id:guid}/suivi",
        (Guid id, int? page, SignedIn me, IMediator mediator, FrenchCalendar calendar, CancellationToken ct) => PageAsync(
            new MarketId(id), me, mediator, PostedForm.Of(("jour", calendar.Today.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture))), [], Math.Clamp(page ?? 1, 1, 1000), ct))
        .RequireAuthorization(Policies.Facilitator);

    internal static async Task<IResult> PageAsync(
        MarketId id, SignedIn me, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, int page, CancellationToken ct)
    {
        var status = PostedAgain.StatusOf(form, refusals);
        return (await mediator.Send(new Query(me, id, page), ct)).ToPage(answer => Page.Of<ShowFollowUpPage>(new { Shown = answer, Form = form }, status));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var market = await MarketRecords.FindOwnAsync(db, request.Id, request.Me, cancellationToken);
            if (market is null)
            {
                return Result.Missing;
            }

            var entries = await FollowUpRecords.OfMarketAsync(db, market.Id, (request.PageNumber - 1) * PageSize, PageSize + 1, cancellationToken);
            return new Answer(market, [.. entries.Take(PageSize)], request.PageNumber, entries.Count > PageSize, calendar.Today);
        }
    }
}
