using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;

namespace Matching.Web.Ranking.Proposals;

/// <summary>Where people stand in the preselections of a facilitator.</summary>
internal static class ProposalStates
{
    public static async Task<IReadOnlyDictionary<(PostingId, PersonId), PreselectionState>> OfAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct) =>
        (await db.QueryAsync<(PostingId Posting, PersonId Person, string State)>(new CommandDefinition(
            "select posting_id, person_id, state from preselection where facilitator_id = @facilitator order by posting_id, person_id limit 200000", new { facilitator }, cancellationToken: ct)))
            .Where(row => PreselectionStates.TryParse(row.State, out _))
            .ToDictionary(row => (row.Posting, row.Person), row => PreselectionStates.TryParse(row.State, out var state) ? state : default);
}
