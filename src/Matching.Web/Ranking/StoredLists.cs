using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Matching.Engine.Explanations;
using Matching.Features;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking;

/// <summary>One line of a list as it was shown: the codes and points of that moment, whatever has changed since.</summary>
/// <param name="ModelVersion">The model that chose and scored this line.</param>
/// <param name="Side">Who chose it in a list that alternates two models; null in the others.</param>
public sealed record StoredLine(
    RankedListId ListId, PostingId PostingId, int PostingVersion, string ModelVersion, DateTimeOffset ShownAt, string ShownTo, int InScope, int Passing,
    int Rank, PersonId PersonId, int Score, IReadOnlyList<FeaturePoints> Points, bool Opened, DraftSide? Side, long? DraftSeed);

/// <summary>Reads the lists back, exactly as they were stored.</summary>
public static class StoredLists
{
    private const int ListsAtOnce = 50;

    private const string Select = """
        select l.id as list_id, l.posting_id, l.posting_version, l.model_version, l.shown_at, l.shown_to, l.in_scope, l.passing, l.criteria,
            l.other_version, l.draft_seed, r.rank, r.person_id, r.score, r.codes_json, r.points_json, r.opened_at, r.side
        from ranked_list l join ranked_person r on r.list_id = l.id
        """;

    /// <summary>Null when the list or the person's line in it does not exist.</summary>
    public static async Task<StoredLine?> FindAsync(DbConnection db, RankedListId list, PersonId person, CancellationToken ct)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} where l.id = @list and r.person_id = @person", new { list, person }, cancellationToken: ct));
        return row?.ToLine();
    }

    /// <summary>Every list that holds someone, oldest first, its lines by rank; a few lists in memory at a time.</summary>
    public static IAsyncEnumerable<IReadOnlyList<StoredLine>> AllAsync(DbConnection db, CancellationToken ct) => PagesAsync(db, after => db.QueryAsync<Guid>(new CommandDefinition(
        "select id from ranked_list where id > @after order by id limit @ListsAtOnce", new { after, ListsAtOnce }, cancellationToken: ct)), ct);

    /// <summary>
    /// Those shown while this version was on trial in the shadow, of postings without any list before: what it was learned from was shown before its trial, and
    /// another list of the same posting would ask about the same people again.
    /// </summary>
    public static IAsyncEnumerable<IReadOnlyList<StoredLine>> NewToAsync(DbConnection db, string version, CancellationToken ct) => PagesAsync(db, after => db.QueryAsync<Guid>(new CommandDefinition(
        """
        select l.id from ranked_list l
        where l.id > @after and exists (select 1 from shadow_person s where s.list_id = l.id and s.model_version = @version)
            and not exists (
                select 1 from ranked_list earlier
                where earlier.posting_id = l.posting_id and earlier.id < (select s.list_id from shadow_person s where s.model_version = @version order by s.list_id limit 1))
        order by l.id limit @ListsAtOnce
        """, new { after, version, ListsAtOnce }, cancellationToken: ct)), ct);

    // Ids grow with time: the page after the last id is the next one.
    private static async IAsyncEnumerable<IReadOnlyList<StoredLine>> PagesAsync(DbConnection db, Func<Guid, Task<IEnumerable<Guid>>> idsAfter, [EnumeratorCancellation] CancellationToken ct)
    {
        var last = Guid.Empty;
        while ((await idsAfter(last)).AsList() is [.., var next] ids)
        {
            var rows = await db.QueryAsync<Row>(new CommandDefinition(
                $"{Select} where l.id {db.In("@ids")} order by l.id, r.rank limit @most",
                new { ids = ids.ToArray(), most = ListsAtOnce * RankCandidates.MostPeople }, cancellationToken: ct));
            foreach (var list in rows.Select(row => row.ToLine()).GroupBy(line => line.ListId))
            {
                yield return [.. list];
            }

            last = next;
        }
    }

    private sealed class Row
    {
        public RankedListId ListId { get; init; }
        public PostingId PostingId { get; init; }
        public int PostingVersion { get; init; }
        public string ModelVersion { get; init; } = "";
        public DateTimeOffset ShownAt { get; init; }
        public string ShownTo { get; init; } = "";
        public DateTimeOffset? OpenedAt { get; init; }
        public int InScope { get; init; }
        public int Passing { get; init; }
        public string Criteria { get; init; } = "";
        public int Rank { get; init; }
        public PersonId PersonId { get; init; }
        public int Score { get; init; }
        public string? OtherVersion { get; init; }
        public long? DraftSeed { get; init; }
        public string? Side { get; init; }
        public string CodesJson { get; init; } = "";
        public string PointsJson { get; init; } = "";

        public StoredLine ToLine()
        {
            var (names, codes, points) = (Criteria.Split(','), RecordJson.Read<int?[]>(CodesJson), RecordJson.Read<int?[]>(PointsJson));
            return names.Length == codes.Length && codes.Length == points.Length
                ? new StoredLine(
                    ListId, PostingId, PostingVersion, Side == nameof(DraftSide.B) ? OtherVersion! : ModelVersion, ShownAt, ShownTo, InScope, Passing, Rank, PersonId, Score,
                    [.. names.Select((name, at) => (name, Code: codes[at], Points: points[at])).Where(it => it.Points is not null).Select(it => new FeaturePoints(it.name, (byte)it.Code!, (short)it.Points!))], OpenedAt is not null,
                    Side is null ? null : Enum.Parse<DraftSide>(Side), DraftSeed)
                : throw new InvalidDataException("A stored list does not have as many points as criteria.");
        }
    }
}
