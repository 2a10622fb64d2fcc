using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Demonstrations;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Demonstrations;

public abstract class LivedMonthsTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_first_visit_finds_a_marche_that_has_already_lived()
    {
        await using (var scope = Web.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(Cancel);
        }

        var expected = (await SampleFiles.FirstContractsAsync(Cancel)).Where(wave => wave.Marche == "2026-REG-021").SelectMany(wave => wave.Embauches).ToList();
        var hours = expected.Sum(hire => hire.HeuresDuMois.Values.Sum());
        await using var db = await Web.Database.OpenAsync(Cancel);
        var market = await db.QuerySingleAsync<Guid>("select id from market where reference = '2026-REG-021'");

        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", "demonstration");
        var page = await facilitator.GetAsync($"/tableaux-de-bord/{market}?mois=2026-10");
        Assert.Equal(
            [$"{hours / 1000}\u202f{hours % 1000:000}\u00a0h", $"{expected.Count}", $"{expected.Count}"],
            HoursTests.Row(page, "lots", "Ensemble du marché", "Cumul", "Personnes", "Contrats"));
        var ended = await db.QuerySingleAsync<long>(
            "select count(*) from preselection s join posting p on p.id = s.posting_id where s.state = @state and p.market_id = @market",
            new { market, state = PreselectionState.Ended.Code() });
        Assert.Equal(expected.Count(hire => hire.Sortie is not null), ended);
        Assert.Null((await Web.Services.GetRequiredService<EventLog>().VerifyAsync(Cancel)).Fault);
    }
}

public sealed class LivedMonthsOnSqlite(SqliteWeb web) : LivedMonthsTests(web), IClassFixture<SqliteWeb>;

public sealed class LivedMonthsOnPostgreSql(PostgreSqlWeb web) : LivedMonthsTests(web), IClassFixture<PostgreSqlWeb>;
