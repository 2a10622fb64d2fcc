using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;

namespace Matching.Web.Platform.Records;

/// <summary>Who may see whom, stated once. Everything else answers as if it did not exist.</summary>
public static class Visibility
{
    /// <summary>
    /// SQL condition (parameter <c>@facilitator</c>; pool's organisation in <c>p.organization_id</c>): the pool is published to a zone that
    /// meets a territory of the facilitator. A commune meets its département.
    /// </summary>
    public const string PoolReachesFacilitator = """
        exists (
            select 1 from pool_publication pub
            join territory t on t.organization_id = @facilitator
            left join commune pc on pub.zone_kind = 'COMMUNE' and pc.insee_code = pub.zone_code
            left join commune tc on t.zone_kind = 'COMMUNE' and tc.insee_code = t.zone_code
            where pub.organization_id = p.organization_id
              and ((pub.zone_kind = t.zone_kind and pub.zone_code = t.zone_code)
                or (t.zone_kind = 'DEP' and pc.department_code = t.zone_code)
                or (pub.zone_kind = 'DEP' and tc.department_code = pub.zone_code)))
        """;

    /// <summary>SQL condition on <c>person p</c>: published and not withdrawn.</summary>
    public const string PersonIsPublished = "p.published_at is not null and p.withdrawn_at is null";

    /// <summary>SQL condition on <c>person p</c>: published, not withdrawn, in a pool that reaches <c>@facilitator</c>.</summary>
    public const string PersonReachesFacilitator = PersonIsPublished + " and " + PoolReachesFacilitator;

    /// <summary>SQL condition on <c>posting p</c>, <c>territory t</c> and the posting's <c>commune c</c>: the territory holds the posting.</summary>
    private const string TerritoryHoldsPosting = "((t.zone_kind = 'COMMUNE' and t.zone_code = p.insee_code) or (t.zone_kind = 'DEP' and t.zone_code = c.department_code))";

    private const string PostingInTerritory =
        $"exists (select 1 from territory t left join commune c on c.insee_code = p.insee_code where t.organization_id = @org and {TerritoryHoldsPosting})";

    /// <summary>SQL condition on <c>posting p</c>: published, in a commune of a territory of the organisation <c>@org</c>.</summary>
    public const string PostingOpenInTerritory = $"p.state = 'PUBLISHED' and {PostingInTerritory}";

    /// <summary>SQL condition on <c>posting p</c>: open to <c>@org</c> now, or once.</summary>
    public const string PostingReadInTerritory = $"p.published_at is not null and {PostingInTerritory}";

    /// <summary>The structures that a published posting is open to and that have someone to write to; 2,000 at most.</summary>
    public static async Task<IReadOnlyList<OrganizationId>> StructuresOfAsync(DbConnection db, DbTransaction tx, PostingId posting, CancellationToken ct) =>
        (await db.QueryAsync<OrganizationId>(new CommandDefinition(
            $"""
            select distinct t.organization_id
            from posting p join territory t on true left join commune c on c.insee_code = p.insee_code
            where p.id = @posting and p.state = 'PUBLISHED' and {TerritoryHoldsPosting}
                and exists (select 1 from app_user u where u.organization_id = t.organization_id and u.role = '{Roles.Structure}' and u.email is not null and u.disabled_at is null)
            order by t.organization_id limit 2000
            """,
            new { posting }, tx, cancellationToken: ct))).AsList();

    /// <summary>Whether the facilitator has taken the person into one of its preselections or contracts: before that, initials are enough.</summary>
    public static async Task<bool> FacilitatorKnowsNameAsync(DbConnection db, OrganizationId facilitator, PersonId person, CancellationToken ct) =>
        await db.QuerySingleAsync<int>(new CommandDefinition(
            """
            select (select count(*) from preselection s where s.person_id = @person and s.facilitator_id = @facilitator)
                + (select count(*) from work_contract c where c.person_id = @person and c.facilitator_id = @facilitator)
            """,
            new { facilitator, person }, cancellationToken: ct)) > 0;

    /// <summary>The pools that reach this facilitator.</summary>
    public static async Task<IReadOnlySet<Guid>> PoolsOfAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct)
    {
        var ids = await db.QueryAsync<Guid>(new CommandDefinition(
            $"select p.organization_id from (select distinct organization_id from pool_publication) p where {PoolReachesFacilitator} order by 1 limit 5000",
            new { facilitator }, cancellationToken: ct));
        return ids.ToHashSet();
    }

    /// <summary>What keeps a person open to the facilitator once unpublished: a path that goes on; one withdrawn or declined is over.</summary>
    private static readonly string[] OpenPaths =
        [.. PreselectionStates.Pending.Append(PreselectionState.Hired).Append(PreselectionState.Ended).Select(state => state.Code())];

    /// <summary>Whether the person is published to this facilitator now: what it takes to begin a path.</summary>
    public static async Task<bool> PersonReachesAsync(DbConnection db, OrganizationId facilitator, PersonId person, CancellationToken ct, DbTransaction? tx = null) =>
        await db.QuerySingleAsync<int>(new CommandDefinition(
            $"select count(*) from person p where p.id = @person and {PersonReachesFacilitator}",
            new { facilitator, person }, tx, cancellationToken: ct)) > 0;

    /// <summary>Those of these people who are published to this facilitator now.</summary>
    public static async Task<IReadOnlySet<Guid>> ReachedAsync(DbConnection db, OrganizationId facilitator, IEnumerable<PersonId> people, CancellationToken ct)
    {
        var reached = new HashSet<Guid>();
        foreach (var batch in people.Distinct().Chunk(PersonRecords.BatchSize))
        {
            reached.UnionWith(await db.QueryAsync<Guid>(new CommandDefinition(
                $"select p.id from person p where p.id {db.In("@ids")} and {PersonReachesFacilitator} order by p.id limit {PersonRecords.BatchSize}",
                new { facilitator, ids = batch.Select(id => id.Value).ToArray() }, cancellationToken: ct)));
        }

        return reached;
    }

    /// <summary>Whether the facilitator may act on the person now: published to it, or on the way in one of its preselections or contracts.</summary>
    public static async Task<bool> FacilitatorMaySeeAsync(
        DbConnection db, OrganizationId facilitator, PersonId person, CancellationToken ct, DbTransaction? tx = null) =>
        await db.QuerySingleAsync<int>(new CommandDefinition(
            $"""
            select count(*) from person p
            where p.id = @person and (({PersonReachesFacilitator})
                or exists (select 1 from preselection s where s.person_id = p.id and s.facilitator_id = @facilitator and s.state {db.In("@OpenPaths")})
                or exists (select 1 from work_contract c where c.person_id = p.id and c.facilitator_id = @facilitator))
            """,
            new { facilitator, person, OpenPaths }, tx, cancellationToken: ct)) > 0;
}
