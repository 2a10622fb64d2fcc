using Dapper;
using Matching.Web.Demonstrations;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Demonstrations;

public abstract class LoadDemonstrationTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task The_demonstration_never_loads_into_a_database_that_real_people_use()
    {
        await Web.AddUserAsync(Roles.Facilitator);
        var before = await HeldAsync();

        var refusal = await Assert.ThrowsAsync<SettingException>(LoadAsync);

        Assert.Contains("--demo false", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("un autre dossier --data", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await HeldAsync());
    }

    [Fact]
    public async Task A_load_that_was_cut_is_said_with_what_to_delete()
    {
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("insert into setting (name, value) values ('demonstration.started', 'oui')", transaction: tx), Cancel);
        var before = await HeldAsync();
        try
        {
            var refusal = await Assert.ThrowsAsync<SettingException>(LoadAsync);

            Assert.Contains("n’est pas allé au bout", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("Supprimer le dossier des données", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(before, await HeldAsync());
        }
        finally
        {
            await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("delete from setting where name = 'demonstration.started'", transaction: tx), Cancel);
        }
    }

    private async Task LoadAsync()
    {
        await using var scope = Web.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(Cancel);
    }

    private async Task<(long Settings, long Organizations, long Users, long Communes)> HeldAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QuerySingleAsync<(long, long, long, long)>(
            "select (select count(*) from setting), (select count(*) from organization), (select count(*) from app_user), (select count(*) from commune)");
    }
}

public sealed class LoadDemonstrationOnSqlite(SqliteWeb web) : LoadDemonstrationTests(web), IClassFixture<SqliteWeb>;

public sealed class LoadDemonstrationOnPostgreSql(PostgreSqlWeb web) : LoadDemonstrationTests(web), IClassFixture<PostgreSqlWeb>;
