using Dapper;
using Matching.Web.Accounts;
using Matching.Web.Demonstrations;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>A service that waits for nothing: right after an import, what was just written is not yet in memory.</summary>
public sealed class BehindTests(BehindTests.HastyWeb web) : IClassFixture<BehindTests.HastyWeb>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_shown_before_the_last_import_is_read_says_so_to_people_and_to_programs()
    {
        await using (var scope = web.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(Cancel);
        }

        var facilitator = web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await using var db = await web.Database.OpenAsync(Cancel);
        var posting = await db.QueryFirstAsync<Guid>("select id from posting where state = 'PUBLISHED' order by id limit 1");
        Assert.Contains("encore en cours de lecture", (await facilitator.GetAsync($"/offres/{posting}/candidats")).Words, StringComparison.Ordinal);
        using var json = await facilitator.Client.GetAsync(new Uri($"/api/v1/offres/{posting}/candidats", UriKind.Relative), Cancel);
        Assert.Contains("110", json.Headers.GetValues("Warning").Single(), StringComparison.Ordinal);
    }

    public sealed class HastyWeb : WebFixture
    {
        protected override Task<IReadOnlyDictionary<string, string>> SettingsAsync() =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["Ranking:LongestWait"] = "0" });
    }
}
