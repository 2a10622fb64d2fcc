using Dapper;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Accounts;

/// <summary>GET /administration/comptes: who may sign in, by organisation.</summary>
public static class ListAccounts
{
    public const int PageSize = 50;

    public sealed record Query(int PageNumber) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Line> Lines, int PageNumber, int PageCount, long Total);

    public sealed record Line(Guid Id, string DisplayName, string UserName, string Role, string OrganizationName, string Kind, DateTimeOffset? DisabledAt, DateTimeOffset? LockoutEnd);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/administration/comptes", async (int? page, IMediator mediator, CancellationToken ct) =>
            Page.Of<AccountsPage>(new { Accounts = await mediator.Send(new Query(page ?? 1), ct), Form = PostedForm.Of() }))
        .RequireAuthorization(Policies.Administrator);

    public sealed class Handler(Database database) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var total = await db.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from app_user", cancellationToken: cancellationToken));
            var pages = (int)Math.Max(1, (total + PageSize - 1) / PageSize);
            var page = Math.Clamp(request.PageNumber, 1, pages);
            var lines = await db.QueryAsync<Line>(new CommandDefinition(
                """
                select u.id, u.display_name, u.user_name, u.role, o.name as organization_name, o.kind, u.disabled_at, u.lockout_end
                from app_user u join organization o on o.id = u.organization_id
                order by o.name, u.display_name, u.id
                limit @PageSize offset @skipped
                """,
                new { PageSize, skipped = (page - 1) * PageSize }, cancellationToken: cancellationToken));
            return new Answer([.. lines], page, pages, total);
        }
    }
}
