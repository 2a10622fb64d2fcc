using System.Net;
using Dapper;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Tests.Preselection;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Search;

/// <summary>A search that is kept tells its owner what is new, at most once a day.</summary>
public abstract class SavedSearchTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_saved_search_tells_its_owner_what_is_new_once_a_day_and_says_no_name()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"alerte-{scene.Posting}@structure.example";
        await scene.Structure.PostAndFollowAsync("/compte/courriels", ("courriel", address), ("recevoir_ALERTE_RECHERCHE", "on"));
        var page = await scene.Structure.GetAsync("/recherche/offres?q=zingu%C3%A9");
        Assert.Equal("q=zingu%C3%A9", page.ValueOf("recherche"));
        (string, string)[] form = [("quoi", "offres"), ("nom", "Postes de couvreur"), ("recherche", page.ValueOf("recherche")!)];
        await scene.Structure.PostAndFollowAsync("/recherches", form);
        var mine = await scene.Structure.PostAndFollowAsync("/recherches", form);
        var link = Assert.Single(mine.All(".people h2 a"));
        Assert.Equal("Postes de couvreur", link.TextContent);

        var start = Web.Clock.Now;
        await RoundAsync(start.AddDays(1));
        Assert.Empty(await MailsAsync(address));
        Web.Clock.Now = start;
        await AddPostingsAsync(scene, "Couvreur zingué", "Bardeur zingué", "Cuisinière");
        await RoundAsync(start.AddDays(2));
        await RoundAsync(start.AddDays(2));
        Web.Clock.Now = start;
        await AddPostingsAsync(scene, "Étancheur zingué");
        await RoundAsync(start.AddDays(2));
        var first = Assert.Single(await MailsAsync(address));
        Assert.Contains("2 offres de plus correspondent", first, StringComparison.Ordinal);
        Assert.All(["zingu", "ouvreur", "Postes de"], hidden => Assert.DoesNotContain(hidden, first, StringComparison.Ordinal));
        await RoundAsync(start.AddDays(3));
        Web.Clock.Now = start;

        Assert.Contains("Une offre de plus correspond", (await MailsAsync(address))[1], StringComparison.Ordinal);
        var path = System.Text.RegularExpressions.Regex.Match(first, "/recherches/[0-9a-f-]{36}").Value;
        Assert.Equal("/recherche/offres?q=zingu%C3%A9", (await scene.Structure.GetAsync(path)).RedirectsTo);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Web.SignInAsync(Roles.Structure, OrganizationKind.Ei)).GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_facilitator_is_told_of_people_and_an_alert_that_was_stopped_stays_silent()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"personnes-{scene.Posting}@facilitateur.example";
        await scene.Facilitator.PostAndFollowAsync("/compte/courriels", ("courriel", address), ("recevoir_ALERTE_RECHERCHE", "on"));
        await scene.Structure.PostAndFollowAsync($"/viviers/personnes/{scene.People[0].Id}/retirer");
        await scene.Facilitator.PostAndFollowAsync("/recherches", ("quoi", "personnes"), ("nom", "Murs"), ("recherche", "q=ma%C3%A7onnerie"));
        await scene.Structure.PostAndFollowAsync($"/viviers/personnes/{scene.People[0].Id}/publier");
        var start = Web.Clock.Now;
        await RoundAsync(start.AddDays(1));
        Web.Clock.Now = start;
        var told = Assert.Single(await MailsAsync(address));
        Assert.Contains("Une personne de plus correspond", told, StringComparison.Ordinal);
        Assert.All(["Ana", "Roche", "açon"], hidden => Assert.DoesNotContain(hidden, told, StringComparison.Ordinal));

        var page = await scene.Facilitator.GetAsync("/recherches");
        var alert = page.All("form").Select(form => form.GetAttribute("action")!).Single(action => action.EndsWith("/alerte", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.PostFormAsync(alert, ("oui", "non"))).Status);
        Assert.Contains("Sans alerte", (await scene.Facilitator.PostAndFollowAsync(alert, ("oui", "non"))).Words, StringComparison.Ordinal);
        await scene.Structure.PostAndFollowAsync($"/viviers/personnes/{scene.People[1].Id}/retirer");
        await RoundAsync(start.AddDays(2));
        Web.Clock.Now = start;
        await scene.Structure.PostAndFollowAsync($"/viviers/personnes/{scene.People[1].Id}/publier");
        await RoundAsync(start.AddDays(3));
        Web.Clock.Now = start;
        Assert.Single(await MailsAsync(address));
        var gone = await scene.Facilitator.PostAndFollowAsync(alert.Replace("/alerte", "/suppression", StringComparison.Ordinal));
        Assert.Contains("aucune recherche", gone.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_searched_is_not_kept()
    {
        var structure = await Web.SignInAsync(Roles.Structure, OrganizationKind.Ei);
        foreach (var (query, words) in new[] { ("q=", "est vide"), ("zzz=1", "ne peut pas être relue"), ("departement=XX", "ne peut pas être relue"), ("%%%", "ne peut pas être relue") })
        {
            var refused = await structure.PostFormAsync("/recherches", ("quoi", "offres"), ("nom", "Essai"), ("recherche", query));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(words, refused.Words, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await structure.PostFormAsync("/recherches", ("quoi", "autre"), ("nom", ""), ("recherche", "q=a"))).Status);
        for (var i = 0; i < 20; i++)
        {
            await structure.PostAndFollowAsync("/recherches", ("quoi", "offres"), ("nom", $"Recherche {i}"), ("recherche", $"q=mot{i}"));
        }

        Assert.Contains("supprimez-en une", (await structure.PostFormAsync("/recherches", ("quoi", "offres"), ("nom", "Une de trop"), ("recherche", "q=trop"))).Words, StringComparison.Ordinal);
    }

    private async Task RoundAsync(DateTimeOffset at)
    {
        Web.Clock.Now = at;
        await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
    }

    private async Task AddPostingsAsync(Scene scene, params string[] titles)
    {
        var buyer = (await Web.AddUserAsync(Roles.Buyer)).OrganizationId;
        foreach (var title in titles)
        {
            var (_, _, posting) = await scene.AddPostingAsync(scene.Facilitator.Who!, buyer, title);
            await Web.Database.WriteAsync((db, tx) => Web.Services.GetRequiredService<ChangeFeed>().AppendAsync(db, tx, "posting", [posting.Value], Cancel), Cancel);
        }
    }

    private async Task<IReadOnlyList<string>> MailsAsync(string address)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (await db.QueryAsync<string>("select subject || text_body || html_body from mail where kind = @Code and recipient = @address order by id limit 10", new { MailKind.SearchAlert.Code, address })).AsList();
    }
}

public sealed class SavedSearchesOnSqlite(SqliteWeb web) : SavedSearchTests(web), IClassFixture<SqliteWeb>;

public sealed class SavedSearchesOnPostgreSql(PostgreSqlWeb web) : SavedSearchTests(web), IClassFixture<PostgreSqlWeb>;
