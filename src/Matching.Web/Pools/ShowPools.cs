using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET /viviers: a structure sees its own pool; a facilitator sees, in figures, the pools published to its territories.</summary>
public static class ShowPools
{
    private const int ImportsShown = 10;

    public sealed record OwnQuery(OrganizationId Pool) : IRequest<Own>;

    public sealed record Own(Counts Counts, IReadOnlyList<ImportLine> Imports, IReadOnlyList<Zone> Zones);

    public sealed record Counts(int Total, int Published, int NotInformed, int Withdrawn, int Available, int Stale);

    public sealed record ImportLine(Guid Id, string FileName, DateTimeOffset At, string ByName, int RowsRead, int RowsAdded, int RowsUpdated, int RowsUnchanged, int RowsRefused, int RowsToMend);

    public sealed record Zone(string ZoneKind, string ZoneCode, string? Name)
    {
        public string Shown => ZoneKind == "DEP" ? $"Département {ZoneCode}" : $"{Name ?? "Commune"} ({ZoneCode})";
    }

    public sealed record ReachedQuery(OrganizationId Facilitator) : IRequest<IReadOnlyList<Reached>>;

    public sealed record Reached(string Name, string Kind, int Published, int Available, int Stale, DateOnly LastChecked);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/viviers", async (SignedIn me, IMediator mediator, CancellationToken ct) => me.Role == Roles.Structure
            ? Page.Of<OwnPoolPage>(new { Me = me, Pool = await mediator.Send(new OwnQuery(me.OrganizationId), ct) })
            : Page.Of<ReachedPoolsPage>(new { Pools = await mediator.Send(new ReachedQuery(me.OrganizationId), ct) }))
        .RequireAuthorization(Policies.FacilitatorOrStructure);

    public sealed class OwnHandler(Database database, FrenchCalendar calendar) : IRequestHandler<OwnQuery, Own>
    {
        public async Task<Own> Handle(OwnQuery request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var counts = await db.QuerySingleAsync<Counts>(new CommandDefinition(
                """
                select count(*) as total,
                    coalesce(sum(case when published_at is not null and withdrawn_at is null then 1 else 0 end), 0) as published,
                    coalesce(sum(case when informed_on is null then 1 else 0 end), 0) as not_informed,
                    coalesce(sum(case when withdrawn_at is not null then 1 else 0 end), 0) as withdrawn,
                    coalesce(sum(case when available_from <= @today and withdrawn_at is null then 1 else 0 end), 0) as available,
                    coalesce(sum(case when checked_on < @stale then 1 else 0 end), 0) as stale
                from person where organization_id = @Pool
                """,
                new { request.Pool, today = calendar.Today, stale = Freshness.ConfirmBefore(calendar.Today) }, cancellationToken: cancellationToken));
            var imports = await db.QueryAsync<ImportLine>(new CommandDefinition(
                """
                select id, file_name, at, by_name, rows_read, rows_added, rows_updated, rows_unchanged, rows_refused,
                    (select count(*) from pool_refused_row r where r.import_id = pool_import.id and r.state = 'A_CORRIGER') as rows_to_mend
                from pool_import where organization_id = @Pool order by at desc, id desc limit @ImportsShown
                """,
                new { request.Pool, ImportsShown }, cancellationToken: cancellationToken));
            return new Own(counts, [.. imports], await PublishPool.ZonesAsync(db, request.Pool, cancellationToken));
        }
    }

    public sealed class ReachedHandler(Database database, FrenchCalendar calendar) : IRequestHandler<ReachedQuery, IReadOnlyList<Reached>>
    {
        public async Task<IReadOnlyList<Reached>> Handle(ReachedQuery request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var ids = (await Visibility.PoolsOfAsync(db, request.Facilitator, cancellationToken)).ToArray();
            var rows = await db.QueryAsync<Reached>(new CommandDefinition(
                $"""
                select o.name, o.kind, count(*) as published,
                    sum(case when p.available_from <= @today then 1 else 0 end) as available,
                    sum(case when p.checked_on < @stale then 1 else 0 end) as stale,
                    max(p.checked_on) as last_checked
                from person p join organization o on o.id = p.organization_id
                where p.organization_id {db.In("@ids")} and {Visibility.PersonIsPublished}
                group by o.id, o.name, o.kind order by o.name, o.id limit 2000
                """,
                new { ids, today = calendar.Today, stale = Freshness.ConfirmBefore(calendar.Today) }, cancellationToken: cancellationToken));
            return [.. rows];
        }
    }
}
