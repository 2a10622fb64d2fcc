using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET and POST /viviers/personnes: one's own people. The search is posted, so that no name is ever in an address.</summary>
public static class ListPeople
{
    public const int PageSize = 50;

    public sealed record Query(OrganizationId Pool, string Words, int PageNumber) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Line> Lines, string Words, int PageNumber, int PageCount, int Total);

    public sealed record Line(
        Guid Id, string Reference, string LastName, string FirstName, DateOnly AvailableFrom, DateOnly CheckedOn, DateOnly? InformedOn, DateTimeOffset? PublishedAt,
        DateTimeOffset? WithdrawnAt);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/personnes", async (int? page, SignedIn me, IMediator mediator, CancellationToken ct) =>
            Page.Of<ListPeoplePage>(new { People = await mediator.Send(new Query(me.OrganizationId, "", page ?? 1), ct) })).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/personnes", async (PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) =>
            Page.Of<ListPeoplePage>(new
            {
                People = await mediator.Send(new Query(me.OrganizationId, form.OptionalText("mots", "Recherche", 100) ?? "", int.TryParse(form["page"], out var page) ? page : 1), ct),
            })).RequireAuthorization(Policies.Structure);
    }

    public sealed class Handler(Database database) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var condition = """
                organization_id = @Pool and (@pattern = '%%' or lower(last_name || ' ' || first_name) like @pattern escape '\'
                    or lower(first_name || ' ' || last_name) like @pattern escape '\' or lower(reference) like @pattern escape '\')
                """;
            var pattern = $"%{Escaped(request.Words.ToLowerInvariant())}%";
            var total = await db.QuerySingleAsync<int>(new CommandDefinition(
                $"select count(*) from person where {condition}", new { request.Pool, pattern }, cancellationToken: cancellationToken));
            var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
            var page = Math.Clamp(request.PageNumber, 1, pages);
            var lines = await db.QueryAsync<Line>(new CommandDefinition(
                $"""
                select id, reference, last_name, first_name, available_from, checked_on, informed_on, published_at, withdrawn_at
                from person where {condition}
                order by last_name, first_name, id limit @PageSize offset @skipped
                """,
                new { request.Pool, pattern, PageSize, skipped = (page - 1) * PageSize }, cancellationToken: cancellationToken));
            return new Answer([.. lines], request.Words, page, pages, total);
        }

        private static string Escaped(string words) =>
            words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
    }
}
