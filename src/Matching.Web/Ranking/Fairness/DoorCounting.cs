using System.Data.Common;
using System.Runtime.CompilerServices;
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
            json = RecordJson.Write(await OfAsync(db, list, found, today, ct) with { LaterAt = laterAt });
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

    private static async Task<DoorCounts> OfAsync(DbConnection db, RankedListId list, SearchedPosting found, DateOnly today, CancellationToken ct)
    {
        var groups = new DoorGroups(FairnessGroups.Attributes.Select(attribute => attribute.Code), Codes.Count);
        foreach (var (_, facts, shutBy) in found.Ranking.InScope())
        {
            var eligibility = facts.Eligibility;
            foreach (var (attribute, groupOf) in FairnessGroups.OfFacts)
            {
                groups.Add(attribute, groupOf(eligibility, today), shutBy);
            }

            // Until the database says more.
            groups.Add(FairnessGroups.Sex, Facets.Unknown, shutBy);
            groups.Add(FairnessGroups.Distance, Facets.Unknown, shutBy);
        }

        var (site, bands) = (found.Posting.Terms.InseeCode, new Dictionary<string, string>());
        await foreach (var (id, sex, commune) in WhoAsync(db, found.Posting.FacilitatorId, ct))
        {
            var (isInScope, shutBy) = found.Ranking.DoorOf(id);
            if (!isInScope)
            {
                continue;
            }

            if (!bands.TryGetValue(commune, out var band))
            {
                bands[commune] = band = FairnessGroups.DistanceOf(found.Context.Places.DistanceKm(commune, site));
            }

            groups.Tell(FairnessGroups.Sex, FairnessGroups.SexOf(Enum.TryParse<Sex>(sex, out var known) ? known : Sex.Unknown), shutBy);
            groups.Tell(FairnessGroups.Distance, band, shutBy);
        }

        return new DoorCounts(found.Posting.Id, list, Codes, groups.Counts);
    }

    /// <summary>
    /// Of the pools that the facilitator sees and of no other: the list looked at nobody else. One by one: a million people kept until
    /// the last is read would hold up every page while the memory is tidied.
    /// </summary>
    private static async IAsyncEnumerable<(Guid Id, string Sex, string Commune)> WhoAsync(DbConnection db, OrganizationId facilitator, [EnumeratorCancellation] CancellationToken ct)
    {
        var pools = await Visibility.PoolsOfAsync(db, facilitator, ct);
        await foreach (var person in db.QueryUnbufferedAsync<(Guid, string, string)>(
            $"select p.id, p.sex, p.insee_code from person p where p.organization_id {db.In("@pools")} and {Visibility.PersonIsPublished} order by p.id limit 10000000",
            new { pools = pools.ToArray() }).WithCancellation(ct))
        {
            yield return person;
        }
    }
}
