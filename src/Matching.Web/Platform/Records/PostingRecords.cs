using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Records;

/// <summary>Reading published postings. Drafts may still lack an occupation or a place: their slice reads them itself.</summary>
public static class PostingRecords
{
    private const string Select = "select id, lot_id, market_id, facilitator_id, state, version, terms_json from posting";

    /// <summary>A posting that was published at least once; null for an unknown id and for a draft.</summary>
    public static async Task<Posting?> FindAsync(DbConnection db, PostingId id, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} where id = @id and state <> 'DRAFT'", new { id }, tx, cancellationToken: ct));
        return row?.ToPosting();
    }

    private sealed class Row
    {
        public PostingId Id { get; init; }
        public LotId LotId { get; init; }
        public MarketId MarketId { get; init; }
        public OrganizationId FacilitatorId { get; init; }
        public string State { get; init; } = "";
        public int Version { get; init; }
        public string TermsJson { get; init; } = "";

        // terms_json holds the whole PostingTerms; the columns beside it are for filters and constraints.
        public Posting ToPosting() => new(
            Id, LotId, MarketId, FacilitatorId, Enum.Parse<PostingState>(State, ignoreCase: true), Version, RecordJson.Read<PostingTerms>(TermsJson));
    }
}
