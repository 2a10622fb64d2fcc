using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform.Records;

namespace Matching.Web.FollowUp;

/// <summary>An entry of the log as stored, with the last word on its action.</summary>
public sealed class StoredFollowUp
{
    public Guid Id { get; init; }
    public MarketId MarketId { get; init; }
    public string MarketReference { get; init; } = "";
    public string Kind { get; init; } = "";
    public DateOnly OnDay { get; init; }
    public string Roles { get; init; } = "";
    public string Words { get; init; } = "";
    public string? Decision { get; init; }
    public string? NextAction { get; init; }
    public DateOnly? DueOn { get; init; }
    public string CreatedBy { get; init; } = "";

    /// <summary>Null while nobody touched the action.</summary>
    public bool? IsDone { get; init; }
    public string? DoneWords { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public string? DoneBy { get; init; }

    public bool IsOpen => NextAction is not null && IsDone is not true;

    public string RoleLabels => string.Join(", ", MarketRecords.SplitCodes(Roles).Select(FollowUpLog.RoleLabel));
}

/// <summary>Reading the follow-up log.</summary>
public static class FollowUpRecords
{
    private const string Select = """
        select f.id, f.market_id, m.reference as market_reference, f.kind, f.on_day, f.roles, f.words, f.decision, f.next_action, f.due_on, f.created_by,
            a.is_done, a.words as done_words, a.at as done_at, a.by_name as done_by
        from follow_up f
        join market m on m.id = f.market_id
        left join follow_up_action a on a.id = (select x.id from follow_up_action x where x.follow_up_id = f.id order by x.at desc, x.id desc limit 1)
        """;

    /// <summary>The log of a marché, the latest day first.</summary>
    public static async Task<IReadOnlyList<StoredFollowUp>> OfMarketAsync(DbConnection db, MarketId market, int skip, int limit, CancellationToken ct) =>
    [
        .. await db.QueryAsync<StoredFollowUp>(new CommandDefinition(
            $"{Select} where f.market_id = @market order by f.on_day desc, f.id desc limit @limit offset @skip", new { market, limit, skip }, cancellationToken: ct)),
    ];

    /// <summary>The open actions of every marché of a facilitator up to a day, the oldest due first.</summary>
    public static async Task<IReadOnlyList<StoredFollowUp>> OpenActionsAsync(DbConnection db, OrganizationId facilitator, DateOnly until, int limit, CancellationToken ct) =>
    [
        .. await db.QueryAsync<StoredFollowUp>(new CommandDefinition(
            $"""
            {Select}
            where m.facilitator_id = @facilitator and f.due_on <= @until and (a.is_done is null or a.is_done = @open)
            order by f.due_on, f.id limit @limit
            """,
            new { facilitator, until, limit, open = false }, cancellationToken: ct)),
    ];

    public static async Task<StoredFollowUp?> FindAsync(DbConnection db, DbTransaction tx, Guid id, OrganizationId facilitator, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<StoredFollowUp>(new CommandDefinition(
            $"{Select} where f.id = @id and m.facilitator_id = @facilitator", new { id, facilitator }, tx, cancellationToken: ct));
}
