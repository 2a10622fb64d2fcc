using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Web.Accounts;
using Matching.Web.Platform.Reference;
using Matching.Web.Tests.Ranking;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Search;

/// <summary>Searching around a commune, over the invented territory of the demonstration.</summary>
public abstract class AroundTests(WebFixture web) : WebTests(web)
{
    private const double EarthRadiusKm = 6371;

    [Fact]
    public async Task Around_a_commune_are_found_exactly_those_who_live_nearer_than_the_distance()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        var communes = Web.Services.GetRequiredService<Communes>();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var homes = (await db.QueryAsync<string>("select work_json from person where published_at is not null and withdrawn_at is null"))
            .Select(json => communes.ByInsee(JsonDocument.Parse(json).RootElement.GetProperty("insee_code").GetString())).ToList();
        var centre = communes.All.First(commune => homes.Any(home => home == commune));
        var totals = new List<int>();
        foreach (var km in new[] { 5, 10, 20, 30, 50, 100 })
        {
            var total = await TotalAsync(facilitator, $"autour={centre.InseeCode}&rayon={km}");
            Assert.Equal(homes.Count(home => home is not null && Km(home, centre) < km), total);
            totals.Add(total);
        }

        // The territory is small: the widest circle holds it, the narrowest does not.
        Assert.True(totals[0] > 0 && totals[0] < totals[^1]);
    }

    [Fact]
    public async Task A_commune_alone_is_a_search_worth_keeping()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        var commune = Web.Services.GetRequiredService<Communes>().All.First(one => one.Latitude is not null);
        var page = await facilitator.GetAsync($"/recherche/personnes?q=&autour={commune.InseeCode}&rayon=30");
        Assert.Equal($"personnes à moins de 30 km de {commune.Name} ({commune.DepartmentCode})", page.ValueOf("nom"));
        var kept = await facilitator.PostAndFollowAsync("/recherches", ("quoi", "personnes"), ("nom", "Près d’ici"), ("recherche", page.ValueOf("recherche")!));
        Assert.Equal($"/recherche/personnes?autour={commune.InseeCode}&rayon=30", Assert.Single(kept.All(".people h2 a")).GetAttribute("href"));
    }

    [Fact]
    public async Task The_commune_is_understood_by_its_name_or_code_and_the_page_says_which_one_it_took()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        var commune = Web.Services.GetRequiredService<Communes>().All.First(one => one.Latitude is not null);
        var byCode = await TotalAsync(facilitator, $"autour={commune.InseeCode}&rayon=10");
        Assert.Equal(byCode, await TotalAsync(facilitator, $"autour={Uri.EscapeDataString(commune.Name.ToUpperInvariant())}&rayon=10"));
        var page = await facilitator.GetAsync($"/recherche/personnes?autour={commune.InseeCode}&rayon=10");
        Assert.Contains($"à moins de 10 km de {commune.Name}", page.Words, StringComparison.Ordinal);
        Assert.Equal("10", page.All("#rayon option[selected]").Single().GetAttribute("value"));

        // Without a commune the distance limits nothing.
        Assert.Equal(await TotalAsync(facilitator, ""), await TotalAsync(facilitator, "autour=&rayon=5"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        var terms = JsonDocument.Parse(await db.QueryFirstAsync<string>("select terms_json from posting where state = 'PUBLISHED' order by id limit 1")).RootElement;
        var site = terms.GetProperty("insee_code").GetString();
        Assert.Contains("à moins de 5 km de", (await facilitator.GetAsync($"/recherche/offres?autour={site}&rayon=5")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commune_that_is_not_known_is_told_beside_its_field_and_nothing_typed_is_lost()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        var page = await facilitator.GetAsync("/recherche/personnes?q=agent&disponible=maintenant&autour=Nullepart&rayon=50");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("agent", page.ValueOf("q"));
        Assert.Equal("Nullepart", page.ValueOf("autour"));
        Assert.Equal("50", page.All("#rayon option[selected]").Single().GetAttribute("value"));
        Assert.True(page.One("#disponible-maintenant").HasAttribute("checked"));
        Assert.Equal("true", page.One("#autour").GetAttribute("aria-invalid"));
        Assert.Contains("Commune inconnue", page.One("#autour-erreur").TextContent, StringComparison.Ordinal);
        Assert.Contains("autour-erreur", page.One("#autour").GetAttribute("aria-describedby")!, StringComparison.Ordinal);

        // People who live anywhere would look like an answer.
        Assert.Empty(page.All(".people li"));
        Assert.Contains("Corrigez la commune", page.Words, StringComparison.Ordinal);
    }

    private static async Task<int> TotalAsync(Browser browser, string query) =>
        JsonDocument.Parse(await browser.Client.GetStringOfAnyStatusAsync($"/api/v1/recherche/personnes?{query}")).RootElement.GetProperty("total").GetInt32();

    private static double Km(Commune from, Commune to)
    {
        static double Radians(double degrees) => degrees * Math.PI / 180;
        var (one, other) = (Radians(from.Latitude!.Value), Radians(to.Latitude!.Value));
        var half = Math.Pow(Math.Sin((other - one) / 2), 2)
            + (Math.Cos(one) * Math.Cos(other) * Math.Pow(Math.Sin(Radians(to.Longitude!.Value - from.Longitude!.Value) / 2), 2));
        return 2 * EarthRadiusKm * Math.Asin(Math.Sqrt(half));
    }
}

public sealed class AroundOnSqlite(SqliteWeb web) : AroundTests(web), IClassFixture<SqliteWeb>;

public sealed class AroundOnPostgreSql(PostgreSqlWeb web) : AroundTests(web), IClassFixture<PostgreSqlWeb>;
