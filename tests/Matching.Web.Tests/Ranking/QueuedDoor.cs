using Dapper;
using Matching.Rules;
using Matching.Web.Ranking;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>A list of the demonstration kept as a page keeps it, its door queued and in nobody's memory yet.</summary>
internal static class QueuedDoor
{
    /// <param name="ofLast">Of the facilitator's last posting; otherwise of the first.</param>
    public static async Task<(RankedListId List, SearchedPosting Found)> MakeAsync(WebFixture web, bool ofLast, CancellationToken ct)
    {
        await ReadPool.LoadAsync(web, ct);
        await using var db = await web.Database.OpenAsync(ct);
        var postings = (await db.QueryAsync<(Guid Id, Guid Facilitator)>(
            "select id, facilitator_id from posting where state = 'PUBLISHED' and facilitator_id = (select organization_id from app_user where normalized_user_name = 'FACILITATRICE') order by id limit 1000")).AsList();
        var (posting, facilitator) = postings[ofLast ? ^1 : 0];
        var found = (await web.Services.GetRequiredService<CandidateSearch>().RunAsync(db, new PostingId(posting), new OrganizationId(facilitator), ct))!;
        var list = RankedListId.New();
        await db.ExecuteAsync(
            """
            insert into ranked_list (id, posting_id, posting_version, model_version, shown_at, shown_to_id, shown_to, in_scope, passing, why_not_json, criteria)
            values (@list, @posting, 1, 'essai', @now, @facilitator, '', 0, 0, '[]', '')
            """,
            new { list, posting, facilitator, now = web.Clock.Now });
        await db.ExecuteAsync("insert into door_to_count (posting_id, list_id, facilitator_id, kept_at) values (@posting, @list, @facilitator, @now)", new { posting, list, facilitator, now = web.Clock.Now });
        return (list, found);
    }
}
