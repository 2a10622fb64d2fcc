using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;

namespace Matching.Web.Tests.Dashboards;

public abstract class ConsolidationTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_facilitator_consolidates_its_own_marches_in_full()
    {
        var (clause, other) = (await SeedAsync(2, 9), await SeedAsync(3, 0));
        var page = await clause.Facilitator.PostAndFollowAsync($"/consolidation/marches/{clause.MarketId}", ("secteur", "SERVICES"), ("operation", "Lycées"));
        Assert.Equal(["1"], HoursTests.Row(page, "indicateurs", "Marchés", "Nombre"));
        Assert.Equal(["110\u00a0h"], HoursTests.Row(page, "indicateurs", "Heures d’insertion de l’année", "Heures"));
        Assert.Equal(["2", "18,1\u00a0%"], HoursTests.Row(page, "indicateurs", "Femmes (part des personnes)", "Nombre", "Part"));
        Assert.Equal(["11", "110\u00a0h", "100\u00a0%"], HoursTests.Row(page, "indicateurs", "Par une structure d’insertion (part des heures)", "Nombre", "Heures", "Part"));
        Assert.Equal(["1", "110\u00a0h"], HoursTests.Row(page, "secteur", "Services", "Marchés", "Heures de l’année"));
        var stranger = await other.Facilitator.PostFormAsync($"/consolidation/marches/{clause.MarketId}", ("secteur", "TRAVAUX"), ("operation", ""));
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await clause.Facilitator.PostFormAsync($"/consolidation/marches/{clause.MarketId}", ("secteur", "AUTRE"))).Status);
    }

    [Fact]
    public async Task The_administration_reads_all_facilitators_masked_and_names_nobody()
    {
        await SeedAsync(2, 9);
        await SeedAsync(6, 7);
        var administration = await Web.SignInAsync(Roles.Administrator);
        var page = await administration.GetAsync("/consolidation?annee=2026");
        Assert.Contains("tous facilitateurs réunis", page.Words, StringComparison.Ordinal);
        Assert.Contains("sont masqués", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Brindosier", page.Words, StringComparison.Ordinal);
        var api = await administration.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/consolidation?annee=2026", UriKind.Relative), Cancel);
        Assert.Equal(5, api.GetProperty("masque_sous").GetInt32());
        var people = api.GetProperty("tables").EnumerateArray().SelectMany(table => table.GetProperty("lignes").EnumerateArray())
            .Where(line => line.TryGetProperty("personnes", out var number) && number.ValueKind == JsonValueKind.Number).Select(line => line.GetProperty("personnes").GetInt32()).ToList();
        Assert.NotEmpty(people);
        Assert.All(people, number => Assert.True(number >= 5));
    }

    [Theory]
    [InlineData(Roles.Facilitator)]
    [InlineData(Roles.Administrator)]
    public async Task The_consolidation_says_the_same_on_screen_in_the_workbook_in_the_pdf_and_by_the_api(string role)
    {
        Forms.NeedPdf(Web);
        var clause = await SeedAsync(6, 7);
        await SeedAsync(6, 7);
        var reader = role == Roles.Facilitator ? clause.Facilitator : await Web.SignInAsync(role);
        var rows = Forms.OnScreen(await reader.GetAsync("/consolidation?annee=2026"));
        const string api = "/api/v1/consolidation?annee=2026";
        Assert.Equal(rows, Forms.InWorkbook(await (await Forms.AskAsync(reader, api, AcceptedForm.WorkbookType)).Content.ReadAsByteArrayAsync(Cancel)));
        var pdf = Forms.InPdf(await (await Forms.AskAsync(reader, api, AcceptedForm.PdfType)).Content.ReadAsByteArrayAsync(Cancel));
        Assert.All(rows, row => Assert.Contains(Forms.Plain(string.Concat(row)), pdf, StringComparison.Ordinal));
        var json = JsonDocument.Parse(await (await Forms.AskAsync(reader, api, "application/json")).Content.ReadAsStringAsync(Cancel)).RootElement;
        var women = json.GetProperty("tables")[0].GetProperty("lignes").EnumerateArray().Single(line => line.GetProperty("indicateur").GetString()!.StartsWith("Femmes", StringComparison.Ordinal));
        var shown = rows.Single(row => row[0].StartsWith("Femmes (", StringComparison.Ordinal));
        Assert.Equal(shown[1], women.TryGetProperty("masque", out var veil) ? veil.GetString() : women.GetProperty("nombre").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2027", "n’a pas commencé")]
    [InlineData("vingt", "écrire une année")]
    [InlineData("-2026", "écrire une année")]
    public async Task A_year_that_cannot_be_shown_is_said_so(string year, string sentence)
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var page = await facilitator.GetAsync($"/consolidation?annee={year}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(sentence, page.Words, StringComparison.Ordinal);
        var api = await facilitator.Client.GetAsync(new Uri($"/api/v1/consolidation?annee={year}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, api.StatusCode);
        Assert.Contains(sentence, (await api.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").GetProperty("annee")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Buyer)]
    [InlineData(Roles.Structure)]
    [InlineData(Roles.Company)]
    public async Task Nobody_else_consolidates(string role) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Web.SignInAsync(role)).GetAsync("/consolidation")).Status);

    private async Task<Clause> SeedAsync(int women, int men)
    {
        var clause = await Clause.SeedAsync(Web);
        for (var i = 0; i < women + men; i++)
        {
            await clause.ValidateAsync(await clause.HireAsync(i < women ? Sex.F : Sex.M), "10");
        }

        return clause;
    }
}

public sealed class ConsolidationsOnSqlite(SqliteWeb web) : ConsolidationTests(web), IClassFixture<SqliteWeb>;

public sealed class ConsolidationsOnPostgreSql(PostgreSqlWeb web) : ConsolidationTests(web), IClassFixture<PostgreSqlWeb>;
