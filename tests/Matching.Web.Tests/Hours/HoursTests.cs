using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Hours;

public abstract class HoursTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Declared_hours_wait_apart_until_the_facilitator_validates_them_then_move_the_table()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        Assert.Contains("0\u00a0h faites sur 1\u202f000\u00a0h", (await clause.Facilitator.GetAsync(clause.Dashboard)).Document.Body!.TextContent, StringComparison.Ordinal);

        var declared = await clause.Structure.PostAndFollowAsync(
            $"/heures/contrats/{contract}", ("mois", "2026-10"), ("nature", "TRAVAIL"), ("duree", "151,67"), ("envoi", "un"));
        Assert.Contains("151\u00a0h\u00a040 déclarées pour octobre 2026.", declared.Document.Body!.TextContent, StringComparison.Ordinal);
        var before = await clause.Facilitator.GetAsync(clause.Dashboard);
        Assert.Equal(["0\u00a0h", "151\u00a0h\u00a040"], Row(before, "lots", "Lot 1 : Déploiement", "Cumul", "Déclarées, à valider"));

        var line = Assert.Single(await clause.LinesAsync(contract));
        await clause.Facilitator.PostAndFollowAsync($"/heures/lignes/{line.Entry.Id}/decision", ("decision", "VALIDER"));
        var after = await clause.Facilitator.GetAsync(clause.Dashboard);
        Assert.Equal(["151\u00a0h\u00a040", "15,1\u00a0%", "0\u00a0h"], Row(after, "lots", "Lot 1 : Déploiement", "Cumul", "Réalisé", "Déclarées, à valider"));
    }

    [Fact]
    public async Task A_wrong_line_is_taken_back_with_its_reason_and_stays_readable()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await clause.ValidateAsync(contract, "100");
        var wrong = Assert.Single(await clause.LinesAsync(contract)).Entry;

        var refused = await clause.Structure.PostFormAsync($"/heures/lignes/{wrong.Id}/corriger", ("motif", "mauvais mois"));
        Assert.Contains("seul le facilitateur peut la reprendre", refused.Words, StringComparison.Ordinal);
        var silent = await clause.Facilitator.PostFormAsync($"/heures/lignes/{wrong.Id}/corriger", ("motif", "non"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "non"), (silent.Status, silent.One($"#correction-{wrong.Id}").GetAttribute("value")));

        await clause.Facilitator.PostAndFollowAsync($"/heures/lignes/{wrong.Id}/corriger", ("motif", "mauvais mois"));
        var again = await clause.Facilitator.PostAndFollowAsync($"/heures/lignes/{wrong.Id}/corriger", ("motif", "mauvais mois"));
        Assert.Contains("déjà reprise", again.Words, StringComparison.Ordinal);
        Assert.Contains("Motif : mauvais mois.", again.Words, StringComparison.Ordinal);
        Assert.Equal([6000, -6000], (await clause.LinesAsync(contract)).Select(line => line.Entry.Minutes));
        Assert.Equal(["0\u00a0h"], Row(await clause.Facilitator.GetAsync(clause.Dashboard), "lots", "Lot 1 : Déploiement", "Cumul"));
    }

    [Fact]
    public async Task A_rejected_line_says_why_and_counts_nowhere()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await Clause.DeclareAsync(clause.Structure, contract, "35");
        var line = Assert.Single(await clause.LinesAsync(contract)).Entry;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clause.Facilitator.PostFormAsync($"/heures/lignes/{line.Id}/decision", ("decision", "REJETER"))).Status);
        var page = await clause.Facilitator.PostAndFollowAsync($"/heures/lignes/{line.Id}/decision", ("decision", "REJETER"), ("motif", "feuille non signée"));
        Assert.Contains("feuille non signée", page.Words, StringComparison.Ordinal);
        var contradicted = await clause.Facilitator.PostFormAsync($"/heures/lignes/{line.Id}/decision", ("decision", "VALIDER"));
        Assert.Contains("déjà reçu une décision", contradicted.Words, StringComparison.Ordinal);
        Assert.Equal(["0\u00a0h", "0\u00a0h"], Row(await clause.Facilitator.GetAsync(clause.Dashboard), "lots", "Lot 1 : Déploiement", "Cumul", "Déclarées, à valider"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_writes_one_line()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Clause.DeclareAsync(clause.Structure, contract, "35", key: "le même")));
        Assert.All(answers, answer => Assert.Equal($"/heures/contrats/{contract}", answer.RedirectsTo));
        Assert.Single(await clause.LinesAsync(contract));
    }

    [Theory]
    [InlineData("-5", "2026-10", 422, "supérieur à zéro")]
    [InlineData("0", "2026-10", 422, "supérieur à zéro")]
    [InlineData("800", "2026-10", 422, "744\u00a0h au plus")]
    [InlineData("35", "2026-12", 422, "n’a pas commencé")]
    [InlineData("35", "2026-05", 422, "Le contrat ne court pas en mai 2026")]
    [InlineData("beaucoup", "2026-10", 400, "Écrivez par exemple 151:40")]
    [InlineData("", "2026-10", 400, "Heures : à remplir")]
    [InlineData("35", "octobre", 400, "écrit année-mois")]
    public async Task Hours_that_cannot_be_are_refused_with_a_sentence_and_the_typed_values_kept(string hours, string month, int status, string sentence)
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        var page = await Clause.DeclareAsync(clause.Structure, contract, hours, month);
        Assert.Equal(status, (int)page.Status);
        Assert.Contains(sentence, page.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(hours, page.ValueOf("duree"));
        Assert.Empty(await clause.LinesAsync(contract));
    }

    [Theory]
    [InlineData("-5", "2026-10", "heures.positives")]
    [InlineData("800", "2026-10", "heures.calendrier")]
    [InlineData("35", "2026-12", "heures.passees")]
    [InlineData("35", "2026-05", "heures.contrat")]
    public async Task A_refusal_names_its_rule_and_leads_to_where_it_is_published(string hours, string month, string rule)
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        var page = await Clause.DeclareAsync(clause.Structure, contract, hours, month);
        Assert.Equal([$"/regles#{rule}"], page.All("[role=alert] a[href^='/regles']").Select(link => link.GetAttribute("href")));
        Assert.Equal(RuleBook.All.Single(it => it.Code == rule).Sentence, (await clause.Structure.GetAsync("/regles")).Document.GetElementById(rule)!.QuerySelector("p")!.TextContent.Trim());

        var client = clause.Structure.Client;
        client.DefaultRequestHeaders.Add("RequestVerificationToken", page.ValueOf("__RequestVerificationToken"));
        var told = await client.PostAsJsonAsync(new Uri($"/api/v1/contrats/{contract}/heures", UriKind.Relative), new { mois = month, minutes = 60 * int.Parse(hours, CultureInfo.InvariantCulture) }, Cancel);
        Assert.Equal([rule], (await told.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("regles").EnumerateArray().Select(code => code.GetString()));
    }

    [Fact]
    public async Task The_contracts_of_others_answer_like_unknown_ones()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await Clause.DeclareAsync(clause.Structure, contract, "35");
        var line = Assert.Single(await clause.LinesAsync(contract)).Entry.Id;
        foreach (var stranger in new[] { await Web.SignInAsync(Roles.Facilitator), await Web.SignInAsync(Roles.Structure) })
        {
            Assert.Equal(await Seen(stranger.GetAsync($"/heures/contrats/{Guid.CreateVersion7()}")), await Seen(stranger.GetAsync($"/heures/contrats/{contract}")));
            Assert.Equal(await Seen(Clause.DeclareAsync(stranger, ContractId.New(), "35")), await Seen(Clause.DeclareAsync(stranger, contract, "35")));
            Assert.Equal(
                await Seen(stranger.PostFormAsync($"/heures/lignes/{Guid.CreateVersion7()}/corriger", ("motif", "erreur de saisie"))),
                await Seen(stranger.PostFormAsync($"/heures/lignes/{line}/corriger", ("motif", "erreur de saisie"))));
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/heures/contrats/{contract}")).Status);
            Assert.DoesNotContain("Brindosier", (await stranger.GetAsync("/heures")).Words, StringComparison.Ordinal);
        }

        Assert.Single(await clause.LinesAsync(contract));
    }

    [Fact]
    public async Task The_list_says_which_months_to_declare_and_which_lines_to_validate()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        Assert.Contains("5 mois, depuis juin 2026", (await clause.Structure.GetAsync("/heures?etat=A_DECLARER")).Words, StringComparison.Ordinal);
        Assert.Contains("Rien à faire ici", (await clause.Facilitator.GetAsync("/heures?etat=A_VALIDER")).Words, StringComparison.Ordinal);
        await Clause.DeclareAsync(clause.Structure, contract, "35", "2026-06");
        var page = await clause.Facilitator.GetAsync("/heures?etat=A_VALIDER");
        Assert.Contains("4 mois, depuis juillet 2026", page.Words, StringComparison.Ordinal);
        Assert.Contains("1 ligne, 35\u00a0h", page.Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_declares_hours_once_per_key_and_reads_the_contract_back()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        var client = clause.Structure.Client;
        client.DefaultRequestHeaders.Add("RequestVerificationToken", (await clause.Structure.GetAsync($"/heures/contrats/{contract}")).ValueOf("__RequestVerificationToken"));
        client.DefaultRequestHeaders.Add("Idempotency-Key", "paie-2026-10");
        var uri = new Uri($"/api/v1/contrats/{contract}/heures", UriKind.Relative);
        var first = await client.PostAsJsonAsync(uri, new { mois = "2026-10", nature = "FORMATION", duree = "7:30" }, Cancel);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync(uri, new { mois = "2026-10", nature = "FORMATION", duree = "7:30" }, Cancel)).StatusCode);
        client.DefaultRequestHeaders.Remove("Idempotency-Key");

        var negative = await client.PostAsJsonAsync(uri, new { mois = "2026-10", minutes = -60 }, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, negative.StatusCode);
        Assert.Contains("supérieur à zéro", (await negative.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);

        var read = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/contrats?limite=10", UriKind.Relative), Cancel);
        var mine = read.GetProperty("contrats").EnumerateArray().Single();
        Assert.Equal((contract.Value, 450), (mine.GetProperty("id").GetGuid(), mine.GetProperty("minutes_declarees_a_valider").GetInt32()));
        Assert.Equal(HourKind.Training, Assert.Single(await clause.LinesAsync(contract)).Entry.Kind);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(600_001)]
    [InlineData(int.MinValue)]
    public async Task A_program_that_sends_minutes_no_month_can_hold_is_told_so_and_writes_nothing(int minutes)
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await Clause.DeclareAsync(clause.Structure, contract, "35");
        var client = clause.Structure.Client;
        client.DefaultRequestHeaders.Add("RequestVerificationToken", (await clause.Structure.GetAsync($"/heures/contrats/{contract}")).ValueOf("__RequestVerificationToken"));
        var answer = await client.PostAsJsonAsync(new Uri($"/api/v1/contrats/{contract}/heures", UriKind.Relative), new { mois = "2026-10", minutes }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var said = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").GetProperty("minutes")[0].GetString();
        Assert.Contains("600\u202f000 au plus", said, StringComparison.Ordinal);
        Assert.Single(await clause.LinesAsync(contract));
    }

    [Fact]
    public async Task Every_step_of_the_ledger_is_in_the_chained_history()
    {
        var clause = await Clause.SeedAsync(Web);
        await clause.ValidateAsync(await clause.HireAsync(), "35");
        var (count, fault) = await Web.Services.GetRequiredService<EventLog>().VerifyAsync(Cancel);
        Assert.True(count >= 2 && fault is null, fault);
    }

    internal static IReadOnlyList<string> Row(PageSeen page, string table, string label, params string[] columns)
    {
        var titles = page.All($"table[data-table='{table}'] thead th").Select(it => it.TextContent).ToList();
        var row = page.All($"table[data-table='{table}'] tbody tr").Single(it => it.QuerySelector("th")!.TextContent == label);
        return [.. columns.Select(column => row.Children[titles.IndexOf(column)].TextContent)];
    }

    // Only the incident number and the tokens may differ.
    private static async Task<(HttpStatusCode, string)> Seen(Task<PageSeen> page) => ((await page).Status, (await page).Words);
}

public sealed class HoursOnSqlite(SqliteWeb web) : HoursTests(web), IClassFixture<SqliteWeb>;

public sealed class HoursOnPostgreSql(PostgreSqlWeb web) : HoursTests(web), IClassFixture<PostgreSqlWeb>;
