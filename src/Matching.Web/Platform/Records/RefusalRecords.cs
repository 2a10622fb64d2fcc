using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;

namespace Matching.Web.Platform.Records;

/// <summary>Reading the no's of a posting: paths that stand at one, and suggestions answered no.</summary>
public static class RefusalRecords
{
    public static async Task<IReadOnlyList<RefusalCount>> OfPostingAsync(DbConnection db, PostingId posting, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(string State, string? Reason)>(new CommandDefinition(
            """
            select r.state, r.reason_code
            from (
                select s.state, s.reason_code, s.person_id from preselection s where s.posting_id = @posting and s.state in ('NON_RETENUE', 'RETIREE')
                union all
                select 'RETIREE', g.reason_code, g.person_id from suggestion g
                where g.posting_id = @posting and g.declined_at is not null and not exists (select 1 from preselection s where s.posting_id = @posting and s.person_id = g.person_id)
            ) r
            order by r.person_id limit 20000
            """,
            new { posting }, cancellationToken: ct));
        return RefusalCounts.Of(rows.Select(row => (PreselectionStates.TryParse(row.State, out var state) ? state : default, row.Reason)));
    }
}
