using Dapper;
using Matching.Rules;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Ranking;
using Matching.Web.Ranking.Fairness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Web.Tests.Ranking;

/// <summary>Several nodes that count the doors of the same lists, or one that is stopped in the middle: each list is counted once.</summary>
public abstract class DoorCountingTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Two_nodes_that_count_a_list_at_once_count_it_once_from_its_own_facts()
    {
        var (list, found) = await QueuedDoor.MakeAsync(Web, ofLast: false, Cancel);
        using var one = Node();
        using var other = Node();
        one.Remember(list, found);
        other.Remember(list, found);

        var counted = await Task.WhenAll(Enumerable.Range(0, 4).Select(at => Task.Run(() => (at % 2 == 0 ? one : other).RunAsync(Cancel))));

        Assert.Equal(1, counted.Sum());
        Assert.Null((await DoorAsync(list)).LaterAt);
        Assert.Equal(0, await one.RunAsync(Cancel) + await other.RunAsync(Cancel));
    }

    [Fact]
    public async Task Two_nodes_that_find_a_list_left_behind_count_it_once()
    {
        var (list, _) = await QueuedDoor.MakeAsync(Web, ofLast: false, Cancel);
        Web.Clock.Now += DoorCounter.LeftBehind;
        using var one = Node();
        using var other = Node();

        var counted = await Task.WhenAll(Enumerable.Range(0, 4).Select(at => Task.Run(() => (at % 2 == 0 ? one : other).RunAsync(Cancel))));

        Assert.Equal(1, counted.Sum());
        Assert.NotNull((await DoorAsync(list)).LaterAt);
    }

    [Fact]
    public async Task A_list_whose_counting_was_stopped_is_counted_by_the_next_look()
    {
        var (list, found) = await QueuedDoor.MakeAsync(Web, ofLast: false, Cancel);
        using var node = Node();
        node.Remember(list, found);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.RunAsync(stop.Token));

        Assert.Equal(1, await node.RunAsync(Cancel));
        Assert.Null((await DoorAsync(list)).LaterAt);
    }

    /// <summary>A node of its own, on the same database: its counting starts only when it is asked to.</summary>
    private DoorCounter Node()
    {
        var calendar = Web.Services.GetRequiredService<FrenchCalendar>();
        return new DoorCounter(Web.Database, Web.Services.GetRequiredService<CandidateSearch>(), new JobLock(Web.Database, calendar), calendar, NullLogger<DoorCounter>.Instance);
    }

    private async Task<DoorCounts> DoorAsync(RankedListId list)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await db.QuerySingleAsync<int>("select cast(count(*) as integer) from door_to_count"));
        return RecordJson.Read<DoorCounts>(await db.QuerySingleAsync<string>("select door_json from ranked_list where id = @list", new { list }));
    }
}

public sealed class DoorCountingOnSqlite(SqliteWeb web) : DoorCountingTests(web), IClassFixture<SqliteWeb>;

public sealed class DoorCountingOnPostgreSql(PostgreSqlWeb web) : DoorCountingTests(web), IClassFixture<PostgreSqlWeb>;
