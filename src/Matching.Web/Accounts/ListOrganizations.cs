using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Accounts;

/// <summary>GET /administration/organisations: who works here, how to reach them, and where they work.</summary>
public static class ListOrganizations
{
    public const int PageSize = 50;

    public sealed record Query(int PageNumber) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Line> Lines, int PageNumber, int PageCount, long Total);

    public sealed record Line(OrganizationId Id, string Name, string Kind, string? Email, string? Phone, string? CommuneName, long Accounts, long Zones)
    {
        public string KindLabel => OrganizationKinds.TryParse(Kind, out var kind) ? kind.Label() : Kind;
    }

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/administration/organisations", async (int? page, IMediator mediator, CancellationToken ct) =>
            Page.Of<OrganizationsPage>(new { Organizations = await mediator.Send(new Query(page ?? 1), ct) }))
        .RequireAuthorization(Policies.Administrator);

    public sealed class Handler(Database database) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var total = await db.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from organization", cancellationToken: cancellationToken));
            var pages = (int)Math.Max(1, (total + PageSize - 1) / PageSize);
            var page = Math.Clamp(request.PageNumber, 1, pages);
            var lines = await db.QueryAsync<Line>(new CommandDefinition(
                """
                select o.id, o.name, o.kind, o.email, o.phone, c.name as commune_name,
                    (select count(*) from app_user u where u.organization_id = o.id and u.disabled_at is null) as accounts,
                    (select count(*) from territory t where t.organization_id = o.id) as zones
                from organization o left join commune c on c.insee_code = o.insee_code
                order by o.name, o.id
                limit @PageSize offset @skipped
                """,
                new { PageSize, skipped = (page - 1) * PageSize }, cancellationToken: cancellationToken));
            return new Answer([.. lines], page, pages, total);
        }
    }
}
