using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Dashboards;

/// <summary>What people wrote in the bilan of a marché.</summary>
/// <param name="Version">0 when nothing was written yet.</param>
/// <param name="Texts">By the code of the heading; only those that are filled.</param>
/// <param name="PublishedAt">When readers outside could first see it; null while it is being written.</param>
public sealed record WrittenBilan(int Version, IReadOnlyDictionary<string, string> Texts, DateTimeOffset? PublishedAt)
{
    public static WrittenBilan Blank { get; } = new(0, new Dictionary<string, string>(), null);
}

/// <summary>A training before hire for this marché: its hours stay apart from those of the clause.</summary>
/// <param name="Minutes">Length of the session.</param>
/// <param name="PeopleMinutes">Minutes followed, all participants together.</param>
public sealed record TrainingLine(string Title, DateOnly StartsOn, int Minutes, int People, int PeopleMinutes);

/// <summary>Reading and writing the words of a bilan, and what only a bilan gathers.</summary>
public static class BilanRecords
{
    private const int TrainingLimit = 500;

    public static async Task<WrittenBilan> FindAsync(DbConnection db, MarketId market, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            "select version, texts_json, published_at from market_bilan where market_id = @market", new { market }, tx, cancellationToken: ct));
        return row is null ? WrittenBilan.Blank : new WrittenBilan(row.Version, RecordJson.Read<Dictionary<string, string>>(row.TextsJson), row.PublishedAt);
    }

    /// <summary>The trainings before hire of the marché, the oldest first.</summary>
    public static async Task<IReadOnlyList<TrainingLine>> TrainingsAsync(DbConnection db, MarketId market, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(string Title, DateOnly StartsOn, int Minutes, int People, int PeopleMinutes)>(new CommandDefinition(
            $"""
            select s.title, s.starts_on, s.minutes, count(p.person_id), cast(coalesce(sum(p.minutes), 0) as bigint)
            from training_session s
            left join training_participant p on p.session_id = s.id
            where s.market_id = @market
            group by s.id, s.title, s.starts_on, s.minutes order by s.starts_on, s.id limit {TrainingLimit}
            """,
            new { market }, cancellationToken: ct));
        return [.. rows.Select(row => new TrainingLine(row.Title, row.StartsOn, row.Minutes, row.People, row.PeopleMinutes))];
    }

    /// <summary>Writes the next version; false when somebody else wrote it in between.</summary>
    public static async Task<bool> SaveAsync(DbConnection db, DbTransaction tx, MarketId market, WrittenBilan next, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into market_bilan (market_id, version, texts_json, updated_at, updated_by, published_at) values (@market, @Version, @texts, @now, @DisplayName, @PublishedAt)
            on conflict (market_id) do update set version = excluded.version, texts_json = excluded.texts_json, updated_at = excluded.updated_at,
                updated_by = excluded.updated_by, published_at = excluded.published_at
            where market_bilan.version = excluded.version - 1
            """,
            new { market, next.Version, texts = RecordJson.Write(next.Texts), now, who.DisplayName, next.PublishedAt }, tx, cancellationToken: ct)) == 1;

    private sealed class Row
    {
        public int Version { get; init; }
        public string TextsJson { get; init; } = "";
        public DateTimeOffset? PublishedAt { get; init; }
    }
}
