using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Matching.Rules.Hours;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;

namespace Matching.Web.Tests.Dashboards;

public abstract class SameNumbersTests(WebFixture web) : WebTests(web)
{
    [Theory]
    [InlineData(Roles.Facilitator)]
    [InlineData(Roles.Buyer)]
    public async Task The_page_the_workbook_the_pdf_and_the_api_say_the_same(string role)
    {
        Forms.NeedPdf(Web);
        var clause = await SeedAsync(women: 3, men: 8, unknown: 7);
        var reader = role == Roles.Buyer ? clause.Buyer : clause.Facilitator;
        var page = await reader.GetAsync(clause.Dashboard + "?mois=2026-10");
        var rows = Forms.OnScreen(page);
        Assert.True(rows.Count > 20);
        foreach (var bytes in new[] { await ApiAsync(reader, clause, AcceptedForm.WorkbookType), await FileAsync(reader, clause, "xlsx") })
        {
            Assert.Equal(rows, Forms.InWorkbook(bytes));
        }

        var pdf = await ApiAsync(reader, clause, AcceptedForm.PdfType);
        Assert.All(rows, row => Assert.Contains(Forms.Plain(string.Concat(row)), Forms.InPdf(pdf), StringComparison.Ordinal));
        var api = JsonDocument.Parse(await ApiAsync(reader, clause, "application/json")).RootElement;
        var breakdowns = page.All("table[data-table]").ToDictionary(table => table.GetAttribute("data-table")!);
        foreach (var breakdown in api.GetProperty("ventilations").EnumerateArray())
        {
            var shown = breakdowns[breakdown.GetProperty("code").GetString()!].QuerySelectorAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent).ToList());
            Assert.Equal(shown, breakdown.GetProperty("lignes").EnumerateArray().Select(line => RowOf(line, withMonth: role == Roles.Facilitator)));
        }

        var whole = api.GetProperty("ensemble");
        Assert.Equal([Number(whole, "personnes"), HoursText.Show(whole.GetProperty("minutes_cumul").GetInt32())], HoursTests.Row(page, "lots", "Ensemble du marché", "Personnes", "Cumul"));
    }

    [Fact]
    public async Task The_pdf_is_french_and_tagged_for_screen_readers()
    {
        Forms.NeedPdf(Web);
        var clause = await SeedAsync(women: 6, men: 0, unknown: 0);
        var text = Encoding.Latin1.GetString(await FileAsync(clause.Buyer, clause, "pdf"));
        Assert.Contains("/Lang (fr)", text, StringComparison.Ordinal);
        Assert.Contains("/StructTreeRoot", text, StringComparison.Ordinal);
        Assert.Contains("/S /TH", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_written_here_is_refused_with_the_list_of_those_that_are()
    {
        var clause = await Clause.SeedAsync(Web);
        var answer = await Forms.AskAsync(clause.Facilitator, $"/api/v1/marches/{clause.MarketId}/tableau-de-bord", "text/csv");
        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
        Assert.Contains("JSON", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buyer_finds_no_pdf_of_another_organisation()
    {
        var clause = await Clause.SeedAsync(Web);
        var stranger = await Web.SignInAsync(Roles.Buyer);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(clause.Dashboard + ".pdf")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Forms.AskAsync(stranger, $"/api/v1/marches/{clause.MarketId}/tableau-de-bord", AcceptedForm.PdfType)).StatusCode);
    }

    [Fact]
    public async Task Charts_stand_beside_their_table_and_say_what_they_show()
    {
        var clause = await SeedAsync(women: 6, men: 0, unknown: 0);
        var page = await clause.Facilitator.GetAsync(clause.Dashboard + "?mois=2026-10");
        foreach (var table in new[] { "public", "modalite", "avancement" })
        {
            Assert.Contains("Le plus grand nombre", page.One($"#dessin-{table}").TextContent, StringComparison.Ordinal);
            Assert.Single(page.All($"table[data-table={table}]"));
        }

        Assert.Equal(10, page.All("[aria-labelledby=dessin-avancement] rect").Count);
    }

    private static List<string> RowOf(JsonElement line, bool withMonth)
    {
        string Minutes(string name) => line.GetProperty(name).ValueKind == JsonValueKind.Null ? "masqué" : HoursText.Show(line.GetProperty(name).GetInt32());
        return [line.GetProperty("libelle").GetString()!, Number(line, "personnes"), Number(line, "contrats"), .. withMonth ? [Minutes("minutes_mois")] : Array.Empty<string>(), Minutes("minutes_cumul")];
    }

    private static string Number(JsonElement line, string name) => line.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32().ToString("N0", CultureInfo.GetCultureInfo("fr-FR"))
        : name == "personnes" ? line.GetProperty("masque").GetString()! : "masqué";

    private static async Task<byte[]> ApiAsync(Browser reader, Clause clause, string accept)
    {
        var answer = await Forms.AskAsync(reader, $"/api/v1/marches/{clause.MarketId}/tableau-de-bord?mois=2026-10", accept);
        Assert.Equal((HttpStatusCode.OK, accept), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static Task<byte[]> FileAsync(Browser reader, Clause clause, string extension) =>
        reader.Client.GetByteArrayAsync(new Uri($"{clause.Dashboard}.{extension}?mois=2026-10", UriKind.Relative));

    private async Task<Clause> SeedAsync(int women, int men, int unknown)
    {
        var clause = await Clause.SeedAsync(Web);
        for (var i = 0; i < women + men + unknown; i++)
        {
            await clause.ValidateAsync(await clause.HireAsync(i < women ? Sex.F : i < women + men ? Sex.M : Sex.Unknown), "10");
        }

        return clause;
    }
}

public sealed class SameNumbersOnSqlite(SqliteWeb web) : SameNumbersTests(web), IClassFixture<SqliteWeb>;

public sealed class SameNumbersOnPostgreSql(PostgreSqlWeb web) : SameNumbersTests(web), IClassFixture<PostgreSqlWeb>;
