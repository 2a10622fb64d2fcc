using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Markets.Opportunities;

/// <summary>A sheet as one of its versions says it.</summary>
/// <param name="MarketId">The marché that it became; null while the contract is not awarded.</param>
/// <param name="Last">The number of its last version.</param>
public sealed record StoredOpportunity(Guid Id, OpportunitySheet Sheet, int Version, int Last, DateTimeOffset WrittenAt, string WrittenBy, MarketId? MarketId);

/// <summary>Opportunity sheets and their versions. Versions are only ever added.</summary>
internal static class OpportunityRecords
{
    private const int Limit = 500;

    private const string Select = """
        select o.id, o.market_id, v.version, v.sheet_json, v.created_at, v.created_by,
            (select max(l.version) from opportunity_version l where l.opportunity_id = o.id) as last
        from opportunity o join opportunity_version v on v.opportunity_id = o.id
        """;

    /// <summary>The sheets of one facilitator in their last version, those not awarded first, then by the day of launch.</summary>
    public static async Task<IReadOnlyList<StoredOpportunity>> OfFacilitatorAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            {Select} where o.facilitator_id = @facilitator and v.version = (select max(l.version) from opportunity_version l where l.opportunity_id = o.id)
            order by o.created_at desc, o.id limit {Limit}
            """,
            new { facilitator }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToOpportunity()).OrderBy(it => it.MarketId is not null).ThenBy(it => it.Sheet.LaunchOn)];
    }

    /// <summary>One version, the last unless one is asked; null when it is unknown or another facilitator's: both answer alike.</summary>
    public static async Task<StoredOpportunity?> FindOwnAsync(DbConnection db, Guid id, int? version, SignedIn me, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
            $"""
            {Select} where o.id = @id and o.facilitator_id = @OrganizationId
                and v.version = coalesce(@version, (select max(l.version) from opportunity_version l where l.opportunity_id = o.id))
            """,
            new { id, version, me.OrganizationId }, tx, cancellationToken: ct));
        return row?.ToOpportunity();
    }

    /// <summary>The versions of a sheet, the newest first.</summary>
    public static async Task<IReadOnlyList<(int Version, DateTimeOffset At, string By)>> VersionsAsync(DbConnection db, Guid id, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(int Version, DateTimeOffset At, string By)>(new CommandDefinition(
            $"select version, created_at, created_by from opportunity_version where opportunity_id = @id order by version desc limit {Limit}", new { id }, cancellationToken: ct));
        return [.. rows];
    }

    /// <summary>Makes the writers of one sheet wait for each other until commit.</summary>
    public static Task TakeTurnAsync(DbConnection db, DbTransaction tx, Guid id, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update opportunity set reference = reference where id = @id", new { id }, tx, cancellationToken: ct));

    /// <summary>False when the facilitator already has a sheet of that reference.</summary>
    public static async Task<bool> AddAsync(DbConnection db, DbTransaction tx, Guid id, string reference, SignedIn me, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into opportunity (id, facilitator_id, reference, created_at) values (@id, @OrganizationId, @reference, @now)
            on conflict (facilitator_id, reference) do nothing
            """,
            new { id, me.OrganizationId, reference, now }, tx, cancellationToken: ct)) == 1;

    public static Task AppendAsync(DbConnection db, DbTransaction tx, Guid id, int version, OpportunitySheet sheet, SignedIn me, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into opportunity_version (opportunity_id, version, sheet_json, created_at, created_by_id, created_by)
            values (@id, @version, @sheet, @now, @UserId, @DisplayName)
            """,
            new { id, version, sheet = RecordJson.WriteFacts(sheet), now, me.UserId, me.DisplayName }, tx, cancellationToken: ct));

    public static Task AwardAsync(DbConnection db, DbTransaction tx, Guid id, MarketId market, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update opportunity set market_id = @market, awarded_at = @now where id = @id and market_id is null", new { id, market, now }, tx, cancellationToken: ct));

    private sealed class Row
    {
        public Guid Id { get; init; }
        public MarketId? MarketId { get; init; }
        public int Version { get; init; }
        public string SheetJson { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public string CreatedBy { get; init; } = "";
        public int Last { get; init; }

        public StoredOpportunity ToOpportunity() => new(Id, RecordJson.Read<OpportunitySheet>(SheetJson), Version, Last, CreatedAt, CreatedBy, MarketId);
    }
}
