using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;

namespace Matching.Web.Platform.Records;

/// <summary>A commitment of the holder with its findings, the oldest written first.</summary>
public sealed record StoredCommitment(Guid Id, string Theme, string Promised, DateOnly? DueOn, IReadOnlyList<StoredFinding> Findings)
{
    /// <summary>The finding that counts in the bilan.</summary>
    public CommitmentFinding? Last => Commitments.Last(Findings.Select(row => row.Finding));
}

public sealed record StoredFinding(CommitmentFinding Finding, string CreatedBy);

/// <summary>Reading the quality commitments of a marché: for its page and for the bilan.</summary>
public static class CommitmentRecords
{
    private const int Limit = 200;
    private const int FindingLimit = 5_000;

    /// <summary>In the order of the themes, then as they were written.</summary>
    public static async Task<IReadOnlyList<StoredCommitment>> OfMarketAsync(DbConnection db, MarketId market, CancellationToken ct)
    {
        var rows = (await db.QueryAsync<(Guid Id, string Theme, string Promised, DateOnly? DueOn)>(new CommandDefinition(
            $"select id, theme, promised, due_on from commitment where market_id = @market order by id limit {Limit}", new { market }, cancellationToken: ct))).ToList();
        var findings = (await db.QueryAsync<(Guid Commitment, string Finding, DateOnly OnDay, string Words, string CreatedBy)>(new CommandDefinition(
            $"""
            select f.commitment_id, f.finding, f.on_day, f.words, f.created_by
            from commitment_finding f
            join commitment c on c.id = f.commitment_id
            where c.market_id = @market
            order by f.id limit {FindingLimit}
            """,
            new { market }, cancellationToken: ct))).ToLookup(row => row.Commitment);
        var order = Commitments.Themes.Select(row => row.Code).ToList();
        return
        [
            .. rows.OrderBy(row => order.IndexOf(row.Theme)).Select(row => new StoredCommitment(
                row.Id, row.Theme, row.Promised, row.DueOn,
                [.. findings[row.Id].Select(f => new StoredFinding(new CommitmentFinding(f.Finding, f.OnDay, f.Words), f.CreatedBy))])),
        ];
    }
}
