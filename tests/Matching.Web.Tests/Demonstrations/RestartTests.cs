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
    }
}

public sealed class RestartOnSqlite(SqliteWeb web) : RestartTests(web), IClassFixture<SqliteWeb>;

public sealed class RestartOnPostgreSql(PostgreSqlWeb web) : RestartTests(web), IClassFixture<PostgreSqlWeb>;
