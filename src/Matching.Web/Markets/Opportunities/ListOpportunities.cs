using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Markets.Opportunities;

/// <summary>GET /marches/opportunites: the coming marchés that a facilitator studies, and those that were awarded.</summary>
public static class ListOpportunities
{
    public sealed record Query(SignedIn Me) : IRequest<IReadOnlyList<StoredOpportunity>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/marches/opportunites", async (SignedIn me, IMediator mediator, CancellationToken ct) =>
        Page.Of<ListOpportunitiesPage>(new { Sheets = await mediator.Send(new Query(me), ct) })).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database) : IRequestHandler<Query, IReadOnlyList<StoredOpportunity>>
    {
        public async Task<IReadOnlyList<StoredOpportunity>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            return await OpportunityRecords.OfFacilitatorAsync(db, request.Me.OrganizationId, cancellationToken);
        }
    }
}
