using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Web.Accounts;
using Matching.Web.Demonstrations;
using Matching.Web.Platform;
using Matching.Web.Tests.Ranking;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Search;

/// <summary>A node whose PostgreSQL is stopped under it, then started again.</summary>
public sealed class DatabaseAwayTests(DatabaseAwayTests.StoppableWeb web) : IClassFixture<DatabaseAwayTests.StoppableWeb>
{
    private const string Notice = "La base de données ne répond pas";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_its_database_a_node_goes_on_answering_from_memory_and_refuses_to_write()
    {
        if (web.Missing is { } reason)
        {
            Assert.Skip(reason);
        }

        var (facilitator, stranger, shown, neverShown) = await PrepareAsync();
        var list = await facilitator.GetAsync($"/offres/{shown}/candidats");
        var names = list.All("h2, td, li").Select(one => one.TextContent).ToList();
        var masons = await TotalAsync(facilitator, "/recherche/personnes?q=maçon");
        var postings = await TotalAsync(facilitator, "/recherche/offres");
        Assert.True(list.Status == HttpStatusCode.OK && names.Count > 0 && masons > 0 && postings > 0);

        await web.Server.StopAsync();

        // A minute later the session would be checked again.
        web.Clock.Now = web.Clock.Now.AddMinutes(2);
        Assert.Equal(masons, await TotalAsync(facilitator, "/recherche/personnes?q=maçon"));
        Assert.Equal(postings, await TotalAsync(facilitator, "/recherche/offres"));
        foreach (var address in new[] { "/recherche/personnes?q=peintre", "/recherche/offres?q=peintre", $"/offres/{shown}/candidats" })
        {
            var page = await facilitator.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(Notice, page.Words, StringComparison.Ordinal);
            Assert.Contains("16/11/2026 à 10:0", page.Words, StringComparison.Ordinal);
        }

        Assert.Contains((await facilitator.GetAsync("/recherche/personnes?q=peintre")).All("mark"), mark => mark.TextContent.StartsWith("Peintre", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(names, (await facilitator.GetAsync($"/offres/{shown}/candidats")).All("h2, td, li").Select(one => one.TextContent));
        using var told = await facilitator.Client.GetAsync("/api/v1/recherche/personnes?q=peintre", Cancel);
        Assert.StartsWith("110 ", Assert.Single(told.Headers.NonValidated["Warning"]), StringComparison.Ordinal);

        AssertAway(await facilitator.GetAsync($"/offres/{neverShown}/candidats"));
        AssertAway(await stranger.GetAsync("/recherche/personnes?q=maçon"));
        AssertAway(await facilitator.PostFormAsync($"/preselections/{Guid.CreateVersion7()}/notes", ("texte", "essai"), ("note", "essai")));

        await web.Server.StartAgainAsync();
        web.Clock.Now = web.Clock.Now.AddMinutes(1);
        var again = await facilitator.GetAsync("/recherche/personnes?q=maçon");
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.DoesNotContain(Notice, again.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/recherche/personnes?q=maçon")).Status);
    }

    private static void AssertAway(PageSeen answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("Rien n’a été enregistré", answer.Words, StringComparison.Ordinal);
    }

    private async Task<(Browser Facilitator, Browser Stranger, Guid Shown, Guid NeverShown)> PrepareAsync()
    {
        await using (var scope = web.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(Cancel);
        }

        var facilitator = web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await using var db = await web.Database.OpenAsync(Cancel);
        var postings = (await db.QueryAsync<Guid>(
            "select p.id from posting p join app_user u on u.organization_id = p.facilitator_id where u.user_name = 'facilitatrice' and p.state = 'PUBLISHED' order by p.id limit 2")).ToList();
        return (facilitator, await web.SignInAsync(Roles.Facilitator), postings[0], postings[1]);
    }

    private static async Task<int> TotalAsync(Browser browser, string address) =>
        JsonDocument.Parse(await browser.Client.GetStringOfAnyStatusAsync("/api/v1" + address)).RootElement.GetProperty("total").GetInt32();

    public sealed class StoppableWeb : WebFixture
    {
        public PostgreSqlServer Server { get; } = new();

        public override string? Missing => Server.Missing;

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Server.DisposeAsync();
        }

        protected override async Task<IReadOnlyDictionary<string, string>> SettingsAsync() => new Dictionary<string, string>
        {
            ["Database:Provider"] = "PostgreSql",
            ["Database:ConnectionString"] = await Server.CreateDatabaseAsync(),
        };
    }
}
