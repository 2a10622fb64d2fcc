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
/// Counts, with the first list kept of a posting, whom the rules let pass by group: later, those whom they shut out could not be told any more. Read
/// after the list is made; nothing of it goes back to the ranking.
/// </summary>
public static class DoorCounting
{
    private static readonly IReadOnlyList<string> Codes = [.. CandidateQuery.Rules.Select(rule => rule.Code)];

    /// <summary>Null when a list of this posting was counted in the months that an audit covers.</summary>
    public static async Task<DoorCounts?> OfFirstListAsync(DbConnection db, RankedListId list, SearchedPosting found, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(found);
        var counted = await db.QueryFirstOrDefaultAsync<DateTimeOffset?>(new CommandDefinition(
            "select shown_at from ranked_list where posting_id = @Id and door_json is not null order by shown_at desc limit 1", new { found.Posting.Id }, cancellationToken: ct));
        return counted is { } at && FrenchCalendar.DayOf(at) >= FairnessGroups.FirstDay(today) ? null : Of(list, found, await WhoAsync(db, found.Posting.FacilitatorId, ct), today);
    }

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
            $"select id, sex, insee_code from person where organization_id {db.In("@pools")} and published_at is not null order by id limit 1000000",
            new { pools = pools.ToArray() }, cancellationToken: ct));
        return people.ToDictionary(it => it.Id, it => (Enum.TryParse<Sex>(it.Sex, out var sex) ? sex : Sex.Unknown, it.Commune));
    }
}
