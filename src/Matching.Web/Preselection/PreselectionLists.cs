using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection;

/// <summary>Several preselections at once. A list shows as many as a page holds; counts are of all of them.</summary>
public static class PreselectionLists
{
    /// <summary>More states than there are.</summary>
    private const int StateLimit = 20;

    /// <summary>Those of these ids that are on the posting, however many others are.</summary>
    public static async Task<IReadOnlyDictionary<PreselectionId, StoredPreselection>> OnPostingAsync(
        DbConnection db, PostingId posting, IEnumerable<PreselectionId> ids, CancellationToken ct, DbTransaction? tx = null) =>
        (await OfIdsAsync(db, ids, ct, tx)).Where(it => it.Value.PostingId == posting).ToDictionary();

    /// <summary>Those of these ids that exist.</summary>
    public static async Task<IReadOnlyDictionary<PreselectionId, StoredPreselection>> OfIdsAsync(
        DbConnection db, IEnumerable<PreselectionId> ids, CancellationToken ct, DbTransaction? tx = null)
    {
        var found = new Dictionary<PreselectionId, StoredPreselection>();
        foreach (var batch in ids.Distinct().Chunk(PreselectionStore.ListLimit))
        {
            var rows = await PreselectionStore.ReadAsync(
                db, $"s.id {db.In("@ids")} order by s.id", new { ids = batch.Select(id => id.Value).ToArray() }, batch.Length, ct, tx);
            foreach (var row in rows)
            {
                found[row.Id] = row;
            }
        }

        return found;
    }

    /// <summary>The people of one posting in these states, by name: one page of them.</summary>
    /// <param name="pool">Only those of this structure; null for all.</param>
    /// <param name="page">The first is 1.</param>
    public static Task<IReadOnlyList<StoredPreselection>> PageOfPostingAsync(
        DbConnection db, PostingId posting, IEnumerable<PreselectionState> states, Guid? pool, int page, CancellationToken ct) =>
        PreselectionStore.ReadAsync(
            db,
            $"s.posting_id = @posting and s.state {db.In("@states")} and (@all or p.organization_id = @pool) order by p.last_name, p.first_name, s.id",
            new { posting, states = Codes(states), all = pool is null, pool = pool ?? Guid.Empty },
            PreselectionStore.ListLimit, ct, skip: (page - 1) * PreselectionStore.ListLimit);

    /// <summary>How many people of a posting stand in each state.</summary>
    /// <param name="pool">Only those of this structure; null for all.</param>
    public static Task<IReadOnlyDictionary<PreselectionState, int>> CountsOfPostingAsync(DbConnection db, PostingId posting, Guid? pool, CancellationToken ct) =>
        CountAsync(db, "s.posting_id = @posting and (@all or p.organization_id = @pool)", new { posting, all = pool is null, pool = pool ?? Guid.Empty }, ct);

    /// <summary>Those of one facilitator in these states, the postings by title and the longest unmoved first: as many as a page shows.</summary>
    public static Task<IReadOnlyList<StoredPreselection>> OfFacilitatorAsync(
        DbConnection db, OrganizationId facilitator, IEnumerable<PreselectionState> states, CancellationToken ct) =>
        PreselectionStore.ReadAsync(
            db, $"s.facilitator_id = @facilitator and s.state {db.In("@states")} order by o.title, o.id, s.updated_at, s.id",
            new { facilitator, states = Codes(states) }, PreselectionStore.ListLimit, ct);

    public static Task<IReadOnlyDictionary<PreselectionState, int>> CountsOfFacilitatorAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct) =>
        CountAsync(db, "s.facilitator_id = @facilitator", new { facilitator }, ct);

    /// <summary>Those of the people of one structure in these states, the longest unmoved first: as many as a page shows.</summary>
    public static Task<IReadOnlyList<StoredPreselection>> OfStructureAsync(DbConnection db, OrganizationId pool, IEnumerable<PreselectionState> states, CancellationToken ct) =>
        PreselectionStore.ReadAsync(
            db, $"p.organization_id = @pool and s.state {db.In("@states")} order by s.updated_at, s.id", new { pool, states = Codes(states) }, PreselectionStore.ListLimit, ct);

    public static Task<IReadOnlyDictionary<PreselectionState, int>> CountsOfStructureAsync(DbConnection db, OrganizationId pool, CancellationToken ct) =>
        CountAsync(db, "p.organization_id = @pool", new { pool }, ct);

    /// <summary>Withdrawn since that instant because they were hired on another posting, the newest last.</summary>
    /// <param name="isFacilitator">The postings of this organisation; else the people that it accompanies.</param>
    public static Task<IReadOnlyList<StoredPreselection>> HiredElsewhereAsync(
        DbConnection db, OrganizationId organization, bool isFacilitator, DateTimeOffset since, CancellationToken ct) =>
        PreselectionStore.ReadAsync(
            db,
            """
            ((@isFacilitator and s.facilitator_id = @organization) or (not @isFacilitator and p.organization_id = @organization))
                and s.state = @state and s.reason_code = @reason and s.updated_at >= @since
            order by s.updated_at, s.id
            """,
            new { organization, isFacilitator, since, state = PreselectionState.Withdrawn.Code(), reason = Reasons.HiredElsewhere }, PreselectionStore.ListLimit, ct);

    /// <summary>The preselections of one person, whoever follows them.</summary>
    public static Task<IReadOnlyList<StoredPreselection>> OfPersonAsync(DbConnection db, PersonId person, CancellationToken ct, DbTransaction? tx = null) =>
        PreselectionStore.ReadAsync(db, "s.person_id = @person order by s.updated_at, s.id", new { person }, PreselectionStore.ListLimit, ct, tx);

    private static string[] Codes(IEnumerable<PreselectionState> states) => [.. states.Select(state => state.Code())];

    private static async Task<IReadOnlyDictionary<PreselectionState, int>> CountAsync(DbConnection db, string condition, object parameters, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(string State, long Count)>(new CommandDefinition(
            $"""
            select s.state, count(*) from preselection s
            join person p on p.id = s.person_id
            where {condition} group by s.state order by s.state limit {StateLimit}
            """,
            parameters, cancellationToken: ct));
        return rows.ToDictionary(row => PreselectionStates.Parse(row.State), row => (int)row.Count);
    }
}
