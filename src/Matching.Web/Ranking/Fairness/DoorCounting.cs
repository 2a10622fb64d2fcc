using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking.Fairness;

/// <summary>
/// Counts, for the first list kept of a posting, whom the rules let pass by group: later, those whom they shut out could not be told any more. Queued
/// with the list and read after it is shown; nothing of it goes back to the ranking.
/// </summary>
public static class DoorCounting
{
    private const int MostAtOnce = 200;

    private static readonly IReadOnlyList<string> Codes = [.. CandidateQuery.Rules.Select(rule => rule.Code)];

    /// <summary>A list whose door is still to be counted.</summary>
    public sealed record Waiting(PostingId PostingId, RankedListId ListId, OrganizationId FacilitatorId);

    /// <summary>Queues a list in the transaction that keeps it, unless one of its posting waits already or was counted in the months that an audit covers.</summary>
    /// <returns>Whether the list is to be counted.</returns>
    public static async Task<bool> QueueAsync(DbConnection db, DbTransaction tx, RankedListId list, SearchedPosting found, FrenchCalendar calendar, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(calendar);
        return await db.ExecuteAsync(new CommandDefinition(
            """
            insert into door_to_count (posting_id, list_id, facilitator_id, kept_at)
            select @Id, @list, @FacilitatorId, @Now
            where not exists (select 1 from ranked_list where posting_id = @Id and door_json is not null and shown_at >= @since)
            on conflict (posting_id) do nothing
            """,
            new { found.Posting.Id, list, found.Posting.FacilitatorId, calendar.Now, since = FrenchCalendar.StartOf(FairnessGroups.FirstDay(calendar.Today)) }, tx, cancellationToken: ct)) == 1;
    }

    /// <summary>Counts a queued list and keeps its counts; false when it was counted meanwhile.</summary>
    /// <param name="laterAt">The instant of the facts, when they are not those that the list was made of.</param>
    public static async Task<bool> CountAsync(Database database, RankedListId list, SearchedPosting found, DateTimeOffset? laterAt, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(found);
        string json;
        await using (var db = await database.OpenAsync(ct))
        {
            json = RecordJson.Write(Of(list, found, await WhoAsync(db, found.Posting.FacilitatorId, ct), today) with { LaterAt = laterAt });
        }

        return await database.WriteAsync(
            async (db, tx) => await EndAsync(db, tx, list, ct)
                && await db.ExecuteAsync(new CommandDefinition("update ranked_list set door_json = @json where id = @list", new { json, list }, tx, cancellationToken: ct)) == 1,
            ct);
    }

    /// <summary>Takes a list away from those that wait, without counts; answers false, as it was not counted.</summary>
    public static Task<bool> ForgetAsync(Database database, Waiting one, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(one);
        return database.WriteAsync(
            async (db, tx) =>
            {
                await EndAsync(db, tx, one.ListId, ct);
                return false;
            },
            ct);
    }

    /// <summary>The lists that wait since before an instant, the oldest first.</summary>
    public static async Task<IReadOnlyList<Waiting>> LeftBehindAsync(Database database, DateTimeOffset before, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var db = await database.OpenAsync(ct);
        return (await db.QueryAsync<Waiting>(new CommandDefinition(
            "select posting_id, list_id, facilitator_id from door_to_count where kept_at <= @before order by kept_at, posting_id limit @MostAtOnce",
            new { before, MostAtOnce }, cancellationToken: ct))).AsList();
    }

    /// <summary>The postings whose first list is still to be counted.</summary>
    public static async Task<IReadOnlySet<PostingId>> WaitingAsync(DbConnection db, CancellationToken ct) =>
        (await db.QueryAsync<PostingId>(new CommandDefinition("select posting_id from door_to_count order by posting_id limit 100000", cancellationToken: ct))).ToHashSet();

    /// <summary>The first counted list of each posting since a day.</summary>
    public static async Task<IReadOnlyList<DoorCounts>> ReadAsync(DbConnection db, DateOnly from, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(DateTimeOffset At, string Json)>(new CommandDefinition(
            "select shown_at, door_json from ranked_list where door_json is not null order by shown_at, id limit 100000", cancellationToken: ct));
        return
        [
            .. rows.Where(row => FrenchCalendar.DayOf(row.At) >= from).Select(row => RecordJson.Read<DoorCounts>(row.Json))
                .Where(door => door.Rules.SequenceEqual(Codes)).GroupBy(door => door.Posting).Select(same => same.First()),
        ];
    }

    private static async Task<bool> EndAsync(DbConnection db, DbTransaction tx, RankedListId list, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition("delete from door_to_count where list_id = @list", new { list }, tx, cancellationToken: ct)) == 1;

    private static DoorCounts Of(RankedListId list, SearchedPosting found, Dictionary<Guid, (Sex Sex, string Commune)> who, DateOnly today)
    {
        var site = found.Posting.Terms.InseeCode;
        var distances = new Dictionary<string, double?>();
        var left = FairnessGroups.Attributes.ToDictionary(attribute => attribute.Code, _ => new Dictionary<string, int[]>());
        foreach (var (id, facts, shutBy) in found.Ranking.InScope())
        {
            var (sex, commune) = who.GetValueOrDefault(id, (Sex.Unknown, ""));
            if (!distances.TryGetValue(commune, out var km))
            {
                distances[commune] = km = found.Context.Places.DistanceKm(commune, site);
            }

            foreach (var (attribute, group) in FairnessGroups.Of(sex, facts.Eligibility, km, today))
            {
                if (!left[attribute].TryGetValue(group, out var counts))
                {
                    left[attribute][group] = counts = new int[Codes.Count + 1];
                }

                for (var step = 0; step <= (shutBy ?? Codes.Count); step++)
                {
                    counts[step]++;
                }
            }
        }

        return new DoorCounts(found.Posting.Id, list, Codes, left.ToDictionary(it => it.Key, it => (IReadOnlyDictionary<string, int[]>)it.Value));
    }

    // Of the pools that the facilitator sees and of no other: the list looked at nobody else.
    private static async Task<Dictionary<Guid, (Sex Sex, string Commune)>> WhoAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct)
    {
        var pools = await Visibility.PoolsOfAsync(db, facilitator, ct);
        var people = await db.QueryAsync<(Guid Id, string Sex, string Commune)>(new CommandDefinition(
            $"select p.id, p.sex, p.insee_code from person p where p.organization_id {db.In("@pools")} and {Visibility.PersonIsPublished} order by p.id limit 1000000",
            new { pools = pools.ToArray() }, cancellationToken: ct));
        return people.ToDictionary(it => it.Id, it => (Enum.TryParse<Sex>(it.Sex, out var sex) ? sex : Sex.Unknown, it.Commune));
    }
}
