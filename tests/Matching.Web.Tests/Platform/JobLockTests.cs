using System.Diagnostics;
using Dapper;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Platform;

/// <summary>A node at its work while the database is away; the table of the turns put aside stands for it.</summary>
public abstract class JobLockTests(WebFixture web) : WebTests(web)
{
    private static readonly TimeSpan OneRenewal = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_turn_goes_on_when_the_database_comes_back_before_its_end()
    {
        var (here, elsewhere) = Nodes();
        var done = await here.RunAloneAsync(
            "reprise",
            async held =>
            {
                await RenameAsync("job_lock", "job_lock_aside");
                await Task.Delay(OneRenewal, Cancel);
                Web.Clock.Now += OneRenewal;
                await RenameAsync("job_lock_aside", "job_lock");
                Assert.False(held.IsCancellationRequested);
                await Task.Delay(OneRenewal, Cancel);
                Web.Clock.Now += OneRenewal + TimeSpan.FromSeconds(1);

                // Without a renewal after the return, the turn would be free by now.
                Assert.Null(await elsewhere.RunAloneAsync("reprise", _ => Task.FromResult(1), Cancel));
                return held.IsCancellationRequested ? 0 : 1;
            },
            Cancel);

        Assert.Equal(1, done);
        Assert.Equal(1, await elsewhere.RunAloneAsync("reprise", _ => Task.FromResult(1), Cancel));
    }

    [Fact]
    public async Task A_turn_ends_with_its_lease_when_the_database_stays_away()
    {
        var (here, elsewhere) = Nodes();
        await here.RunAloneAsync(
            "perte",
            async held =>
            {
                await RenameAsync("job_lock", "job_lock_aside");
                Web.Clock.Now += JobLock.Held + TimeSpan.FromSeconds(1);
                var waited = Stopwatch.StartNew();
                while (!held.IsCancellationRequested && waited.Elapsed < TimeSpan.FromSeconds(20))
                {
                    await Task.Delay(50, Cancel);
                }

                await RenameAsync("job_lock_aside", "job_lock");
                Assert.True(held.IsCancellationRequested);
                Assert.Equal(1, await elsewhere.RunAloneAsync("perte", _ => Task.FromResult(1), Cancel));
                return 1;
            },
            Cancel);
    }

    [Fact]
    public async Task A_node_has_a_turn_once_at_a_time()
    {
        var (here, _) = Nodes();
        var done = await here.RunAloneAsync(
            "double",
            async _ =>
            {
                Assert.Null(await here.RunAloneAsync("double", _ => Task.FromResult(2), Cancel));
                Assert.Equal(3, await here.RunAloneAsync("autre", _ => Task.FromResult(3), Cancel));
                return 1;
            },
            Cancel);

        Assert.Equal(1, done);
        Assert.Equal(4, await here.RunAloneAsync("double", _ => Task.FromResult(4), Cancel));
    }

    private (JobLock Here, JobLock Elsewhere) Nodes()
    {
        var calendar = Web.Services.GetRequiredService<FrenchCalendar>();
        return (new JobLock(Web.Database, calendar), new JobLock(Web.Database, calendar));
    }

    private Task<int> RenameAsync(string from, string to) => Web.Database.WriteAsync((db, tx) => db.ExecuteAsync($"alter table {from} rename to {to}", transaction: tx), Cancel);
}

public sealed class JobLockOnSqlite(SqliteWeb web) : JobLockTests(web), IClassFixture<SqliteWeb>;

public sealed class JobLockOnPostgreSql(PostgreSqlWeb web) : JobLockTests(web), IClassFixture<PostgreSqlWeb>;
