using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;

namespace Matching.Web.Tests.Dashboards;

public abstract class OutsideTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_buyer_who_reads_again_after_one_hire_learns_nothing_of_that_person()
    {
        var clause = await SeedAsync(women: 6, men: 7);
        var before = await ReadAsync(clause.Buyer, clause);
        await clause.ValidateAsync(await clause.HireAsync(Sex.M, category: "DELD"), "33");
        var after = await ReadAsync(clause.Buyer, clause);
        Assert.Equal(before.GetProperty("ventilations").GetRawText(), after.GetProperty("ventilations").GetRawText());
        Assert.Equal(13, after.GetProperty("ensemble").GetProperty("personnes").GetInt32());
        Assert.Equal((130 + 33) * 60, after.GetProperty("ensemble").GetProperty("minutes_cumul").GetInt32());
        Assert.Contains("longue durée", (await clause.Facilitator.GetAsync(clause.Dashboard)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("longue durée", (await clause.Buyer.GetAsync(clause.Dashboard)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_twice_keeps_one_release()
    {
        var clause = await SeedAsync(women: 6, men: 7);
        await Task.WhenAll(ReadAsync(clause.Buyer, clause), ReadAsync(clause.Buyer, clause));
        await ReadAsync(clause.Buyer, clause);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var months = await db.QueryAsync<DateOnly>("select month from figure_release where scope = @scope order by number limit 50", new { scope = $"marche:{clause.MarketId}" });
        Assert.Equal([new DateOnly(2026, 6, 1), new DateOnly(2026, 10, 1)], months);
        var kept = await db.QueryAsync<string>("select contracts_json from figure_release where scope = @scope order by number limit 50", new { scope = $"marche:{clause.MarketId}" });
        Assert.All(kept, json => Assert.DoesNotContain("Brindosier", json, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_company_reads_the_hours_of_its_lot_and_neither_public_nor_sex()
    {
        var clause = await SeedAsync(women: 6, men: 7);
        var company = await HoldLotAsync(clause);
        var page = await company.GetAsync(clause.Dashboard + "?mois=2026-10");
        Assert.Equal(["13", "130\u00a0h"], HoursTests.Row(page, "lots", "Lot 1 : Déploiement", "Personnes", "Cumul"));
        Assert.Equal(["13"], HoursTests.Row(page, "type_contrat", "CDD d’insertion", "Personnes"));
        foreach (var word in new[] { "RSA", "Femmes", "Par public", "Par sexe", "Brindosier" })
        {
            Assert.DoesNotContain(word, page.Words, StringComparison.Ordinal);
            Assert.DoesNotContain(word, (await ReadAsync(company, clause)).GetRawText(), StringComparison.Ordinal);
        }

        Assert.Contains("Équipement des lycées", (await company.GetAsync("/tableaux-de-bord")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_without_a_lot_of_the_marche_gets_what_an_unknown_marche_gets()
    {
        var clause = await SeedAsync(women: 6, men: 0);
        var stranger = await Web.SignInAsync(Roles.Company);
        var others = await stranger.GetAsync(clause.Dashboard);
        var unknown = await stranger.GetAsync($"/tableaux-de-bord/{Guid.CreateVersion7()}");
        Assert.Equal((HttpStatusCode.NotFound, unknown.Words), (others.Status, others.Words));
    }

    private async Task<Browser> HoldLotAsync(Clause clause)
    {
        var company = await Web.SignInAsync(Roles.Company);
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update lot set company_id = @company where id = @LotId", new { company = company.Who!.OrganizationId, clause.LotId }, tx), Cancel);
        return company;
    }

    private async Task<Clause> SeedAsync(int women, int men)
    {
        var clause = await Clause.SeedAsync(Web);
        for (var i = 0; i < women + men; i++)
        {
            await clause.ValidateAsync(await clause.HireAsync(i < women ? Sex.F : Sex.M), "10");
        }

        return clause;
    }

    private static async Task<JsonElement> ReadAsync(Browser reader, Clause clause) =>
        await reader.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/marches/{clause.MarketId}/tableau-de-bord?mois=2026-10", UriKind.Relative), Cancel);
}

public sealed class OutsideOnSqlite(SqliteWeb web) : OutsideTests(web), IClassFixture<SqliteWeb>;

public sealed class OutsideOnPostgreSql(PostgreSqlWeb web) : OutsideTests(web), IClassFixture<PostgreSqlWeb>;
