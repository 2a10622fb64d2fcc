using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Daily;

/// <summary>GET /aujourdhui: what is due today, for a facilitator across postings, for a structure across its people. The first page after signing in.</summary>
public static class ShowDay
{
    public sealed record Query(SignedIn Who) : IRequest<Answer>;

    public sealed record Answer(SignedIn Who, DateOnly Today, IReadOnlyList<DayBlock> Blocks)
    {
        /// <summary>How many things wait for an act of the reader.</summary>
        public int ToDo => Blocks.Where(block => block.IsAct).Sum(block => block.Items.Count);
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/aujourdhui", async (SignedIn who, IMediator mediator, CancellationToken ct) =>
        Page.Of<ShowDayPage>(new { Answer = await mediator.Send(new Query(who), ct) })).RequireAuthorization(Policies.FacilitatorOrStructure);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var today = calendar.Today;
            return new Answer(request.Who, today, (await DayRead.OfAsync(db, request.Who, today, cancellationToken)).Blocks);
        }
    }
}
