using Dapper;
using Matching.Web.Demonstrations;
using Matching.Web.Platform.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Demonstrations;

public abstract class RestartTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_restart_reads_the_communes_and_the_trades_before_the_first_list()
    {
        await using var scope = Web.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(Cancel);
        var (communes, titles) = (new Communes(), new OccupationTitles());
        var shelf = ActivatorUtilities.CreateInstance<ReferenceShelf>(scope.ServiceProvider, communes, titles);
        await ActivatorUtilities.CreateInstance<LoadDemonstration>(scope.ServiceProvider, shelf).RunAsync(Cancel);
        Assert.NotEmpty(communes.All);
        Assert.NotEmpty(titles.All);

        // What the first list was read with serves on: other communes or trades in memory would have everybody coded again.
        var (communesSeen, titlesSeen) = (communes.All, titles.All);
        await shelf.StartAsync(Cancel);
        Assert.Same(communesSeen, communes.All);
        Assert.Same(titlesSeen, titles.All);
        await shelf.StopAsync(Cancel);

        // What another process has loaded meanwhile is read.
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update reference_source set loaded_at = @later", new { later = Web.Clock.Now.AddDays(1) }, tx), Cancel);
        await shelf.StartAsync(Cancel);
        Assert.NotSame(communesSeen, communes.All);
        await shelf.StopAsync(Cancel);
    }
}

public sealed class RestartOnSqlite(SqliteWeb web) : RestartTests(web), IClassFixture<SqliteWeb>;

public sealed class RestartOnPostgreSql(PostgreSqlWeb web) : RestartTests(web), IClassFixture<PostgreSqlWeb>;
