using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking.Fairness;

/// <summary>
/// The decisions that an audit counts: for each posting, everyone shown, once, at the best rank at which they were shown, with how far they went.
/// Groups are read here, from the people, and go nowhere but into counts.
/// </summary>
public sealed class FairnessCases(Database database, PoolIndex index, FrenchCalendar calendar)
{
    /// <summary>Someone shown for a posting: the line as stored, and what is counted of it.</summary>
    public sealed record Shown(StoredLine Line, FairnessCase Case);

    /// <param name="Lists">By posting, the best rank first.</param>
    /// <param name="Doors">Of the same postings, those whose door was counted.</param>
    /// <param name="DoorsWaiting">How many of the same postings are still to be counted.</param>
    public sealed record Loaded(
        DateOnly From, DateOnly Until, IReadOnlyList<string> Models, IReadOnlyList<IReadOnlyList<Shown>> Lists, IReadOnlyList<DoorCounts> Doors, int DoorsWaiting)
    {
        public IReadOnlyList<FairnessCase> Cases { get; } = [.. Lists.SelectMany(list => list.Select(it => it.Case))];
    }

    public async Task<Loaded> LoadAsync(CancellationToken ct)
    {
        var (from, until) = (FairnessGroups.FirstDay(calendar.Today), calendar.Today);
        var places = (await index.CurrentAsync(ct)).Places;
        await using var db = await database.OpenAsync(ct);
        var lines = await BestLinesAsync(db, from, ct);
        var people = (await PersonRecords.ReadAsync(db, lines.Select(line => line.PersonId), ct)).ToDictionary(it => it.Person.Id, it => it.Person);
        var reached = await ReachedAsync(db, ct);
        var lists = new List<IReadOnlyList<Shown>>();
        foreach (var list in lines.GroupBy(line => line.PostingId).OrderBy(list => list.Key.Value))
        {
            var site = (await PostingRecords.FindAsync(db, list.Key, ct))?.Terms.InseeCode ?? "";
            lists.Add([.. list.Where(line => people.ContainsKey(line.PersonId)).OrderBy(line => line.Rank).ThenByDescending(line => line.Score).ThenBy(line => line.ListId.Value).Select(line =>
            {
                var person = people[line.PersonId];
                var states = reached.GetValueOrDefault((line.PostingId, line.PersonId), []);
                return new Shown(line, new FairnessCase(
                    line.PersonId, line.PostingId, FairnessGroups.Of(person, places.DistanceKm(person.Work.InseeCode, site), FrenchCalendar.DayOf(line.ShownAt)),
                    [.. FairnessGroups.Stages.Where(stage => stage.IsReached(line.Rank, states)).Select(stage => stage.Code)]));
            })]);
        }

        var shown = lists.SelectMany(list => list.Select(it => it.Case.Posting)).ToHashSet();
        // Those that wait are read first: what is counted in between is then said twice, never lost.
        var waiting = (await DoorCounting.WaitingAsync(db, ct)).Where(shown.Contains).ToList();
        var doors = (await DoorCounting.ReadAsync(db, from, ct)).Where(door => shown.Contains(door.Posting)).ToList();
        return new Loaded(
            from, until, [.. lines.Select(line => line.ModelVersion).Distinct().Order(StringComparer.Ordinal)], lists, doors, waiting.Except(doors.Select(door => door.Posting)).Count());
    }

    private static async Task<IReadOnlyList<StoredLine>> BestLinesAsync(DbConnection db, DateOnly from, CancellationToken ct)
    {
        var best = new Dictionary<(PostingId, PersonId), StoredLine>();
        await foreach (var list in StoredLists.AllAsync(db, ct))
        {
            foreach (var line in list.Where(line => FrenchCalendar.DayOf(line.ShownAt) >= from))
            {
                // Lists come oldest first: at the same rank, the first time counts.
                if (!best.TryGetValue((line.PostingId, line.PersonId), out var known) || line.Rank < known.Rank)
                {
                    best[(line.PostingId, line.PersonId)] = line;
                }
            }
        }

        return [.. best.Values];
    }

    private static async Task<IReadOnlyDictionary<(PostingId, PersonId), IReadOnlyList<PreselectionState>>> ReachedAsync(DbConnection db, CancellationToken ct)
    {
        var steps = await db.QueryAsync<(PostingId Posting, PersonId Person, string State, bool IsUndo)>(new CommandDefinition(
            """
            select p.posting_id, p.person_id, s.to_state, s.is_undo from preselection p join preselection_step s on s.preselection_id = p.id
            order by p.posting_id, p.person_id, s.at, s.id limit 5000000
            """,
            cancellationToken: ct));
        return steps.GroupBy(step => (step.Posting, step.Person)).ToDictionary(
            same => same.Key,
            same => UndoneSteps.Reached(same.Select(step => (PreselectionStates.TryParse(step.State, out var state) ? state : PreselectionState.Proposed, step.IsUndo))));
    }
}
