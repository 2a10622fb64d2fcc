using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;

namespace Matching.Web.Tests.Dashboards;

public abstract class DashboardTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_buyer_sees_hours_and_masked_people_and_no_name_anywhere()
    {
        var clause = await SeedPeopleAsync(women: 2, men: 9);
        var page = await clause.Buyer.GetAsync(clause.Dashboard + "?mois=2026-10");
        Assert.Contains("sont masqués", page.Words, StringComparison.Ordinal);
        Assert.Equal(["moins de 5", "masqué", "masqué"], HoursTests.Row(page, "sexe", "Femmes", "Personnes", "Contrats", "Cumul"));
        Assert.Equal(["masqué"], HoursTests.Row(page, "sexe", "Hommes", "Personnes"));
        Assert.Equal(["11", "110\u00a0h"], HoursTests.Row(page, "lots", "Ensemble du marché", "Personnes", "Cumul"));
        foreach (var url in new[] { clause.Dashboard, "/tableaux-de-bord", $"/api/v1/marches/{clause.MarketId}/tableau-de-bord" })
        {
            var text = await clause.Buyer.Client.GetStringAsync(new Uri(url, UriKind.Relative), Cancel);
            Assert.DoesNotContain("Brindosier", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Camille", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain(await WorkbookAsync(clause.Buyer, clause), sheet => sheet.Value.Any(cell => cell.Contains("Brindosier", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Forbidden, (await clause.Buyer.GetAsync("/heures")).Status);
    }

    [Fact]
    public async Task The_facilitator_sees_every_line_of_people()
    {
        var clause = await SeedPeopleAsync(women: 2, men: 9);
        var page = await clause.Facilitator.GetAsync(clause.Dashboard);
        Assert.Equal(["2", "20\u00a0h"], HoursTests.Row(page, "sexe", "Femmes", "Personnes", "Cumul"));
        Assert.Equal(["11"], HoursTests.Row(page, "public", "Bénéficiaire du RSA", "Personnes"));
    }

    [Theory]
    [InlineData(Roles.Facilitator)]
    [InlineData(Roles.Buyer)]
    public async Task The_page_the_workbook_and_the_api_say_the_same(string role)
    {
        var clause = await SeedPeopleAsync(women: 6, men: 7);
        var reader = role == Roles.Buyer ? clause.Buyer : clause.Facilitator;
        var page = await reader.GetAsync(clause.Dashboard + "?mois=2026-10");
        var sheets = await WorkbookAsync(reader, clause);
        var api = await reader.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/marches/{clause.MarketId}/tableau-de-bord?mois=2026-10", UriKind.Relative), Cancel);
        foreach (var table in page.All("table[data-table]"))
        {
            var shown = table.QuerySelectorAll("tr").SelectMany(row => row.Children.Select(cell => cell.TextContent)).ToList();
            Assert.Equal(shown, sheets[table.GetAttribute("data-table")!]);
        }

        var women = api.GetProperty("ventilations").EnumerateArray().Single(it => it.GetProperty("code").GetString() == "sexe")
            .GetProperty("lignes").EnumerateArray().Single(it => it.GetProperty("code").GetString() == "F");
        Assert.Equal((6, 3600), (women.GetProperty("personnes").GetInt32(), women.GetProperty("minutes_cumul").GetInt32()));
        Assert.Equal(["6", "60\u00a0h"], HoursTests.Row(page, "sexe", "Femmes", "Personnes", "Cumul"));
        Assert.Equal(130 * 60, api.GetProperty("ensemble").GetProperty("minutes_cumul").GetInt32());
    }

    [Fact]
    public async Task A_structure_sees_its_own_part_and_not_the_others()
    {
        var clause = await SeedPeopleAsync(women: 1, men: 0);
        var page = await clause.Structure.GetAsync(clause.Dashboard);
        Assert.Contains("Votre part", page.Words, StringComparison.Ordinal);
        Assert.Equal(["1", "10\u00a0h"], HoursTests.Row(page, "lots", "Lot 1 : Déploiement", "Personnes", "Cumul"));
        Assert.DoesNotContain("Objectif", page.Words, StringComparison.Ordinal);
        var other = await Web.SignInAsync(Roles.Structure);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(clause.Dashboard)).Status);
    }

    [Fact]
    public async Task A_structure_does_not_learn_the_public_or_the_sex_of_a_person_whom_it_only_employs()
    {
        var clause = await SeedPeopleAsync(women: 1, men: 0);
        var other = await Web.SignInAsync(Roles.Structure);
        await clause.ValidateAsync(await clause.HireAsync(Sex.M, pool: other.Who!.OrganizationId, category: "DELD"), "20");
        var page = await clause.Structure.GetAsync(clause.Dashboard + "?mois=2026-10");
        Assert.Equal(["2", "30\u00a0h"], HoursTests.Row(page, "lots", "Lot 1 : Déploiement", "Personnes", "Cumul"));
        Assert.Equal(["2", "30\u00a0h"], HoursTests.Row(page, "type_contrat", "CDD d’insertion", "Personnes", "Cumul"));
        Assert.Equal(["1", "10\u00a0h"], HoursTests.Row(page, "public", "Bénéficiaire du RSA", "Personnes", "Cumul"));
        Assert.Equal(["1", "10\u00a0h"], HoursTests.Row(page, "sexe", "Femmes", "Personnes", "Cumul"));
        Assert.DoesNotContain("longue durée", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Hommes", page.Words, StringComparison.Ordinal);
        Assert.Contains("Seulement les personnes que vous accompagnez", page.Words, StringComparison.Ordinal);
        var cells = (await WorkbookAsync(clause.Structure, clause)).SelectMany(sheet => sheet.Value).ToList();
        Assert.DoesNotContain(cells, cell => cell.Contains("longue durée", StringComparison.Ordinal) || cell == "Hommes");
        var api = await clause.Structure.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/marches/{clause.MarketId}/tableau-de-bord?mois=2026-10", UriKind.Relative), Cancel);
        var shown = api.GetProperty("ventilations").EnumerateArray().Where(it => it.GetProperty("code").GetString() is "public" or "sexe").ToList();
        Assert.Equal(["RSA", "F"], shown.SelectMany(it => it.GetProperty("lignes").EnumerateArray()).Select(line => line.GetProperty("code").GetString()));
        Assert.All(shown, it => Assert.Equal("PERSONNES_ACCOMPAGNEES", it.GetProperty("perimetre").GetString()));

        Assert.Equal(["1", "20\u00a0h"], HoursTests.Row(await other.GetAsync(clause.Dashboard + "?mois=2026-10"), "sexe", "Hommes", "Personnes", "Cumul"));
    }

    [Fact]
    public async Task The_table_of_another_organisation_answers_like_an_unknown_one()
    {
        var clause = await SeedPeopleAsync(women: 1, men: 0);
        foreach (var stranger in new[] { await Web.SignInAsync(Roles.Facilitator), await Web.SignInAsync(Roles.Buyer) })
        {
            foreach (var form in new[] { "/tableaux-de-bord/{0}", "/tableaux-de-bord/{0}.xlsx" })
            {
                var others = await stranger.GetAsync(string.Format(CultureInfo.InvariantCulture, form, clause.MarketId));
                var unknown = await stranger.GetAsync(string.Format(CultureInfo.InvariantCulture, form, Guid.CreateVersion7()));
                Assert.Equal((HttpStatusCode.NotFound, unknown.Words), (others.Status, others.Words));
            }

            Assert.Contains("Aucun marché", (await stranger.GetAsync("/tableaux-de-bord")).Words, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2026-13", "écrire année-mois")]
    [InlineData("octobre", "écrire année-mois")]
    [InlineData("2026-12", "n’a pas commencé")]
    public async Task A_month_that_cannot_be_shown_is_said_so(string month, string sentence)
    {
        var clause = await Clause.SeedAsync(Web);
        var page = await clause.Facilitator.GetAsync($"{clause.Dashboard}?mois={month}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(sentence, page.Words, StringComparison.Ordinal);
        var api = await clause.Facilitator.Client.GetAsync(new Uri($"/api/v1/marches/{clause.MarketId}/tableau-de-bord?mois={month}", UriKind.Relative), Cancel);
        Assert.Contains(sentence, (await api.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").GetProperty("mois")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_has_a_name_and_the_list_shows_the_target()
    {
        var clause = await SeedPeopleAsync(women: 5, men: 0);
        var page = await clause.Facilitator.GetAsync(clause.Dashboard + "?mois=2026-10");
        Assert.Contains("5\u00a0% de l’objectif pour 83,2\u00a0% du temps", page.One("#courbe-texte").TextContent, StringComparison.Ordinal);
        Assert.Contains("50\u00a0h faites sur 1\u202f000\u00a0h (5\u00a0%)", (await clause.Facilitator.GetAsync("/tableaux-de-bord")).Document.Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Clause> SeedPeopleAsync(int women, int men)
    {
        var clause = await Clause.SeedAsync(Web);
        for (var i = 0; i < women + men; i++)
        {
            await clause.ValidateAsync(await clause.HireAsync(i < women ? Sex.F : Sex.M), "10");
        }

        return clause;
    }

    // The cells of each sheet, read back from their stored values and written as the page writes them.
    private static async Task<Dictionary<string, List<string>>> WorkbookAsync(Browser reader, Clause clause)
    {
        using var stream = new MemoryStream(await reader.Client.GetByteArrayAsync(new Uri(clause.Dashboard + ".xlsx?mois=2026-10", UriKind.Relative), Cancel));
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var codes = new Dictionary<string, string>
        {
            ["Heures par lot"] = "lots",
            ["Par type de contrat"] = "type_contrat",
            ["Par modalité"] = "modalite",
            ["Par public"] = "public",
            ["Par sexe"] = "sexe",
            ["Par type d’employeur"] = "type_employeur",
            ["Avancement mois par mois"] = "avancement",
        };
        return document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().ToDictionary(
            sheet => codes[sheet.Name!],
            sheet =>
            {
                var worksheet = ((WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!)).Worksheet;
                Assert.Equal(PaneStateValues.Frozen, worksheet.Descendants<Pane>().Single().State!.Value);
                Assert.Single(worksheet.Elements<AutoFilter>());
                return worksheet.Descendants<Cell>().Select(Shown).ToList();
            });
    }

    private static string Shown(Cell cell)
    {
        if (cell.CellValue is null)
        {
            return cell.InnerText;
        }

        var french = CultureInfo.GetCultureInfo("fr-FR");
        var number = double.Parse(cell.CellValue.Text, CultureInfo.InvariantCulture);
        return cell.StyleIndex!.Value switch
        {
            3 => Rules.Hours.HoursText.Show((int)Math.Round(number * 1440)),
            4 => (number * 100).ToString("0.#", french) + "\u00a0%",
            5 => DateTime.FromOADate(number).ToString("MMMM yyyy", french),
            _ => number.ToString("N0", french),
        };
    }
}

public sealed class DashboardsOnSqlite(SqliteWeb web) : DashboardTests(web), IClassFixture<SqliteWeb>;

public sealed class DashboardsOnPostgreSql(PostgreSqlWeb web) : DashboardTests(web), IClassFixture<PostgreSqlWeb>;
