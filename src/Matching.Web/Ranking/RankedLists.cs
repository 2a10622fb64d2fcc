using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Engine.Explanations;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Ranking.Fairness;

namespace Matching.Web.Ranking;

/// <summary>Keeps each list as it was shown. The same list shown again to the same person within this process is the same row.</summary>
public sealed class RankedLists(Database database, FrenchCalendar calendar, DoorCounter doors)
{
    private const int RememberedLists = 10_000;
    private readonly ConcurrentDictionary<(PostingId, Guid), (string Content, RankedListId Id)> last = new();

    /// <summary>Stores the list unless it is the one just shown, and answers its id.</summary>
    public async Task<RankedListId> KeepAsync(
        SearchedPosting found, ListDraft draft, SignedIn user, CancellationToken ct)
    {
        var (posting, counts, models) = (found.Posting, found.Ranking.Counts, found.Models);
        var whyNot = RecordJson.Write(counts.Removed);
        var names = draft.Lines.Count > 0 ? draft.Lines.SelectMany(line => line.Row.Points.Select(point => point.Feature)).Distinct().ToList() : FeatureCatalogue.All.Select(feature => feature.Name).ToList();
        var people = draft.Lines.Select(line => (line.Row, line.Side)).Select(it => new
        {
            it.Row.Rank,
            PersonId = it.Row.Id,
            it.Row.Score,
            CodesJson = RecordJson.Write(InOrder(names, it.Row.Points, point => (int)point.Code)),
            PointsJson = RecordJson.Write(InOrder(names, it.Row.Points, point => (int)point.Points)),
            Side = it.Side?.ToString(),
        }).ToList();
        var criteria = string.Join(',', names);
        var content = $"{posting.Version} {models.Model.Version} {models.Trial?.Version} {models.TrialState} {counts.InScope} {counts.Passing} {whyNot} {string.Join(' ', people)}";
        if (last.TryGetValue((posting.Id, user.UserId), out var before) && before.Content == content)
        {
            return before.Id;
        }

        var id = RankedListId.New();
        var isToCount = await database.WriteAsync(
            async (db, tx) =>
            {
                await KeepHeadAsync(db, tx, new { id, PostingId = posting.Id, PostingVersion = posting.Version, model = models.Model.Version, other = draft.Seed is null ? null : models.Trial!.Version, draft.Seed, now = calendar.Now, user.UserId, user.DisplayName, counts.InScope, counts.Passing, whyNot, criteria }, ct);
                await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into ranked_person (list_id, rank, person_id, score, codes_json, points_json, side)
                    values (@id, @Rank, @PersonId, @Score, @CodesJson, @PointsJson, @Side)
                    """,
                    people.Select(person => new { id, person.Rank, person.PersonId, person.Score, person.CodesJson, person.PointsJson, person.Side }), tx, cancellationToken: ct));
                await KeepShadowAsync(db, tx, id, models.Trial?.Version, draft.Shadow, ct);
                return await DoorCounting.QueueAsync(db, tx, id, found, calendar, ct);
            },
            ct);
        if (isToCount)
        {
            doors.Remember(id, found);
        }

        if (last.Count >= RememberedLists)
        {
            last.Clear();
        }

        last[(posting.Id, user.UserId)] = (content, id);
        return id;
    }

    // Two models that alternate may have other pairs: what a line's own model does not have is null.
    private static List<int?> InOrder(List<string> names, IReadOnlyList<FeaturePoints> points, Func<FeaturePoints, int> value)
    {
        var byName = points.ToDictionary(point => point.Feature, point => (int?)value(point));
        return names.ConvertAll(name => byName.GetValueOrDefault(name));
    }

    private static Task<int> KeepHeadAsync(DbConnection db, DbTransaction tx, object head, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into ranked_list (id, posting_id, posting_version, model_version, shown_at, shown_to_id, shown_to, in_scope, passing, why_not_json, criteria, other_version, draft_seed)
            values (@id, @PostingId, @PostingVersion, @model, @now, @UserId, @DisplayName, @InScope, @Passing, @whyNot, @criteria, @other, @Seed)
            """,
            head, tx, cancellationToken: ct));

    private static Task<int> KeepShadowAsync(
        DbConnection db, DbTransaction tx, RankedListId list, string? version, IReadOnlyList<RankedRow<PooledPerson>> rows, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            "insert into shadow_person (list_id, model_version, rank, person_id, score) values (@list, @version, @Rank, @Id, @Score)",
            rows.Select(row => new { list, version, row.Rank, row.Id, row.Score }), tx, cancellationToken: ct));
}
