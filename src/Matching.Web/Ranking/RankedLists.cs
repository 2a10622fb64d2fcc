using System.Collections.Concurrent;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Engine.Explanations;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking;

/// <summary>Keeps each list as it was shown. The same list shown again to the same person within this process is the same row.</summary>
public sealed class RankedLists(Database database, FrenchCalendar calendar, ActiveModel active)
{
    private const int RememberedLists = 10_000;
    private readonly ConcurrentDictionary<(PostingId, Guid), (string Content, RankedListId Id)> last = new();

    /// <summary>Stores the list unless it is the one just shown, and answers its id.</summary>
    public async Task<RankedListId> KeepAsync(
        Posting posting, RankCounts counts, IReadOnlyList<RankedRow<PooledPerson>> rows, SignedIn user, CancellationToken ct)
    {
        var whyNot = RecordJson.Write(counts.Removed);
        var people = rows.Select(row => new
        {
            row.Rank,
            PersonId = row.Id,
            row.Score,
            CodesJson = RecordJson.Write(row.Points.Select(point => (int)point.Code)),
            PointsJson = RecordJson.Write(row.Points.Select(point => point.Points)),
        }).ToList();
        var criteria = string.Join(',', rows.Count > 0 ? rows[0].Points.Select(point => point.Feature) : FeatureCatalogue.All.Select(feature => feature.Name));
        var content = $"{posting.Version} {active.Model.Version} {counts.InScope} {counts.Passing} {whyNot} {string.Join(' ', people)}";
        if (last.TryGetValue((posting.Id, user.UserId), out var before) && before.Content == content)
        {
            return before.Id;
        }

        var id = RankedListId.New();
        await database.WriteAsync(
            async (db, tx) =>
            {
                await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into ranked_list (id, posting_id, posting_version, model_version, shown_at, shown_to_id, shown_to, in_scope, passing, why_not_json, criteria)
                    values (@id, @PostingId, @PostingVersion, @model, @now, @UserId, @DisplayName, @InScope, @Passing, @whyNot, @criteria)
                    """,
                    new
                    {
                        id,
                        PostingId = posting.Id,
                        PostingVersion = posting.Version,
                        model = active.Model.Version,
                        now = calendar.Now,
                        user.UserId,
                        user.DisplayName,
                        counts.InScope,
                        counts.Passing,
                        whyNot,
                        criteria,
                    },
                    tx, cancellationToken: ct));
                await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into ranked_person (list_id, rank, person_id, score, codes_json, points_json)
                    values (@id, @Rank, @PersonId, @Score, @CodesJson, @PointsJson)
                    """,
                    people.Select(person => new { id, person.Rank, person.PersonId, person.Score, person.CodesJson, person.PointsJson }), tx, cancellationToken: ct));
            },
            ct);
        if (last.Count >= RememberedLists)
        {
            last.Clear();
        }

        last[(posting.Id, user.UserId)] = (content, id);
        return id;
    }
}
