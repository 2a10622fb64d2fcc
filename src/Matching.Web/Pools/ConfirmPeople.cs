using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET and POST /viviers/confirmer: the people whose facts are oldest, confirmed in one click or ticked one by one.</summary>
public static class ConfirmPeople
{
    /// <summary>What a person can look through before vouching for it.</summary>
    public const int PageSize = 50;

    public sealed record Query(OrganizationId Pool) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Line> Lines, int Total);

    public sealed record Line(Guid Id, string Reference, string LastName, string FirstName, DateOnly AvailableFrom, DateOnly CheckedOn, DateTimeOffset? PublishedAt, DateTimeOffset? WithdrawnAt, DateOnly? InformedOn);

    public sealed record Command(IReadOnlyList<Guid> Ids, SignedIn By) : IRequest<int>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/confirmer", async (SignedIn me, IMediator mediator, CancellationToken ct) =>
            Page.Of<ConfirmPeoplePage>(new { People = await mediator.Send(new Query(me.OrganizationId), ct) })).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/confirmer", async (PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) =>
        {
            var confirmed = await mediator.Send(new Command([.. form.Ids("personne").Take(PageSize)], me), ct);
            return Page.SeeOther("/viviers/confirmer", confirmed switch
            {
                0 => "Aucune personne cochée : rien n’a changé.",
                1 => "1 personne confirmée aujourd’hui.",
                _ => $"{confirmed} personnes confirmées aujourd’hui.",
            });
        }).RequireAuthorization(Policies.Structure);
    }

    public sealed class Finder(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var limits = new { request.Pool, before = Freshness.ConfirmBefore(calendar.Today), PageSize };
            var total = await db.QuerySingleAsync<int>(new CommandDefinition(
                "select count(*) from person where organization_id = @Pool and checked_on < @before and withdrawn_at is null", limits, cancellationToken: cancellationToken));
            var lines = await db.QueryAsync<Line>(new CommandDefinition(
                """
                select id, reference, last_name, first_name, available_from, checked_on, published_at, withdrawn_at, informed_on
                from person where organization_id = @Pool and checked_on < @before and withdrawn_at is null
                order by checked_on, last_name, first_name, id limit @PageSize
                """,
                limits, cancellationToken: cancellationToken));
            return new Answer([.. lines], total);
        }
    }

    public sealed class Handler(Database database, ChangeFeed feed, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, int>
    {
        public Task<int> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync(
            async (db, tx) =>
            {
                var pool = request.By.OrganizationId;
                var ids = (await db.QueryAsync<Guid>(new CommandDefinition(
                    $"select id from person where organization_id = @pool and withdrawn_at is null and id {db.In("@ids")} order by id limit {PageSize}",
                    new { pool, ids = request.Ids.ToArray() }, tx, cancellationToken: cancellationToken))).ToArray();
                if (ids.Length == 0)
                {
                    return 0;
                }

                // Someone who expired is published again, as the pool is.
                await db.ExecuteAsync(new CommandDefinition(
                    $"""
                    update person set checked_on = @today, updated_at = @now,
                        published_at = case when informed_on is not null and exists (select 1 from pool_publication where organization_id = @pool)
                            then coalesce(published_at, @now) end
                    where id {db.In("@ids")}
                    """,
                    new { pool, ids, today = calendar.Today, now = calendar.Now }, tx, cancellationToken: cancellationToken));
                await feed.AppendAsync(db, tx, "person", ids, cancellationToken);
                await log.AppendAsync(db, tx, "pool", pool.Value, "vivier.confirme", request.By, new { personnes = ids }, cancellationToken);
                return ids.Length;
            },
            cancellationToken);
    }
}
