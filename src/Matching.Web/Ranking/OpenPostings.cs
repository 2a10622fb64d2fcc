using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Ranking;

/// <summary>An open posting as a structure reads it in a list.</summary>
/// <param name="Facilitator">Whom to call about it.</param>
public sealed record OfferedPosting(PostingId Id, string Title, string Commune, DateOnly? StartsOn, int Posts, string Facilitator);

/// <summary>
/// The postings that a structure's people are compared with: those it may read, whose facilitator its pool is published to. Each is searched
/// as its facilitator searches it, so that both sides read the same points.
/// </summary>
public sealed class OpenPostings(CandidateSearch search, Communes communes)
{
    /// <summary>A page answers in about a second; past this many postings the most recent are compared, and the page says so.</summary>
    public const int MostCompared = 100;

    /// <param name="Total">All that are open to the structure, compared or not.</param>
    public sealed record Found(int Total, IReadOnlyList<(SearchedPosting Search, OfferedPosting Posting)> Compared);

    public async Task<Found> SearchAsync(DbConnection db, OrganizationId structure, CancellationToken ct)
    {
        const string open = Visibility.PostingOpenInTerritory;
        var total = await db.QuerySingleAsync<int>(new CommandDefinition(
            $"select cast(count(*) as integer) from posting p where {open}", new { org = structure }, cancellationToken: ct));
        var rows = (await db.QueryAsync<(Guid Id, Guid Facilitator, string Name)>(new CommandDefinition(
            $"""
            select p.id, p.facilitator_id, o.name from posting p join organization o on o.id = p.facilitator_id
            where {open} order by p.published_at desc, p.id desc limit {MostCompared}
            """,
            new { org = structure }, cancellationToken: ct))).AsList();
        var compared = new List<(SearchedPosting, OfferedPosting)>(rows.Count);
        var trainings = search.NewTrainings();
        foreach (var (id, facilitator, name) in rows)
        {
            if (await search.RunAsync(db, new PostingId(id), new OrganizationId(facilitator), trainings, ct) is { Posting.State: PostingState.Published } found)
            {
                var terms = found.Posting.Terms;
                compared.Add((found, new OfferedPosting(
                    found.Posting.Id, terms.Title, communes.ByInsee(terms.InseeCode)?.Name ?? terms.InseeCode, terms.StartsOn, terms.Posts, name)));
            }
        }

        return new Found(total, compared);
    }
}
