using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;

namespace Matching.Web.Tests.Dashboards;

public abstract class BilanTests(WebFixture web) : WebTests(web)
{
    [Fact]
    [Trait("règle", "bilan.deux-parties")]
    public async Task The_bilan_reaches_the_buyer_and_the_company_once_it_is_published()
    {
        var clause = await SeedAsync(8);
        var company = await Web.SignInAsync(Roles.Company);
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update lot set company_id = @company where id = @LotId", new { company = company.Who!.OrganizationId, clause.LotId }, tx), Cancel);
        await WriteAsync(clause, "enregistrer", 0);
        Assert.Equal(HttpStatusCode.NotFound, (await clause.Buyer.GetAsync(Bilan(clause))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await company.GetAsync(Bilan(clause))).Status);

        await WriteAsync(clause, "publier", 1);
        var page = await clause.Buyer.GetAsync(Bilan(clause));
        Assert.Contains("Deux tuteurs ont été nommés", page.Words, StringComparison.Ordinal);
        Assert.Equal(["1\u202f000\u00a0h", "80\u00a0h", "−920\u00a0h", "8\u00a0%", "8"], HoursTests.Row(page, "heures", "Ensemble du marché", "Dues", "Faites", "Écart", "Réalisé", "Personnes"));
        Assert.Equal(["8"], HoursTests.Row(page, "age", "26 à 49 ans", "Personnes"));
        Assert.Empty(page.All("form[action^='/bilans']"));

        var seen = await company.GetAsync(Bilan(clause));
        Assert.Contains("Deux tuteurs ont été nommés", seen.Words, StringComparison.Ordinal);
        foreach (var code in new[] { "public", "sexe", "age", "rqth", "rsa", "prescripteur", "sortie_fin" })
        {
            Assert.Empty(seen.All($"table[data-table={code}]"));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await clause.Structure.GetAsync(Bilan(clause))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Web.SignInAsync(Roles.Buyer)).GetAsync(Bilan(clause))).Status);
    }

    [Theory]
    [InlineData(Roles.Facilitator)]
    [InlineData(Roles.Buyer)]
    public async Task The_bilan_says_the_same_on_screen_in_the_workbook_in_the_pdf_and_by_the_api(string role)
    {
        Forms.NeedPdf(Web);
        var clause = await SeedAsync(8);
        await WriteAsync(clause, "publier", 0);
        var reader = role == Roles.Buyer ? clause.Buyer : clause.Facilitator;
        var rows = Forms.OnScreen(await reader.GetAsync(Bilan(clause)));
        Assert.True(rows.Count > 30, $"{rows.Count}");
        var api = $"/api/v1/marches/{clause.MarketId}/bilan";
        Assert.Equal(rows, Forms.InWorkbook(await (await Forms.AskAsync(reader, api, AcceptedForm.WorkbookType)).Content.ReadAsByteArrayAsync(Cancel)));
        var pdf = Forms.InPdf(await (await Forms.AskAsync(reader, api, AcceptedForm.PdfType)).Content.ReadAsByteArrayAsync(Cancel));
        Assert.All(rows, row => Assert.Contains(Forms.Plain(string.Concat(row)), pdf, StringComparison.Ordinal));
        var json = JsonDocument.Parse(await (await Forms.AskAsync(reader, api, "*/*")).Content.ReadAsStringAsync(Cancel)).RootElement;
        var lines = json.GetProperty("tables").EnumerateArray().SelectMany(table => table.GetProperty("lignes").EnumerateArray()).ToList();
        Assert.Equal(rows.Count - json.GetProperty("tables").EnumerateArray().Count(table => table.GetProperty("lignes").GetArrayLength() > 0), lines.Count);
        var whole = json.GetProperty("tables")[0].GetProperty("lignes").EnumerateArray().Last();
        Assert.Equal((8, 4800), (whole.GetProperty("personnes").GetInt32(), whole.GetProperty("minutes_cumul").GetInt32()));
    }

    [Fact]
    [Trait("règle", "engagement.bilan")]
    [Trait("règle", "bilan.qualite")]
    public async Task The_bilan_shows_what_was_promised_with_its_last_finding_and_the_trainings_apart()
    {
        var clause = await SeedAsync(6);
        var (kept, silent, session) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Web.Database.WriteAsync(
            async (db, tx) =>
            {
                var common = new { kept, silent, session, clause.MarketId, facilitator = clause.Facilitator.Who!.OrganizationId, now = Web.Clock.Now, day = new DateOnly(2026, 9, 4), finding = Guid.CreateVersion7(), key = $"{kept}", other = $"{silent}", third = $"{session}" };
                await db.ExecuteAsync("insert into commitment (id, market_id, theme, promised, due_on, created_at, created_by, submission_key) values (@kept, @MarketId, 'TUTORAT', 'Un tuteur par équipe', null, @now, 'Essai', @key)", common, tx);
                await db.ExecuteAsync("insert into commitment (id, market_id, theme, promised, due_on, created_at, created_by, submission_key) values (@silent, @MarketId, 'FORMATION', 'Deux titres professionnels', null, @now, 'Essai', @other)", common, tx);
                await db.ExecuteAsync("insert into commitment_finding (id, commitment_id, finding, on_day, words, created_at, created_by, submission_key) values (@finding, @kept, 'TENU', @day, 'Vu à la réunion de chantier', @now, 'Essai', @key)", common, tx);
                await db.ExecuteAsync("insert into training_session (id, facilitator_id, market_id, title, organizer, starts_on, ends_on, minutes, created_at, created_by, submission_key) values (@session, @facilitator, @MarketId, 'Gestes et postures', 'Organisme', @day, @day, 420, @now, 'Essai', @third)", common, tx);
            },
            Cancel);
        await WriteAsync(clause, "publier", 0);
        foreach (var reader in new[] { clause.Facilitator, clause.Buyer })
        {
            var page = await reader.GetAsync(Bilan(clause));
            Assert.Equal(["Un tuteur par équipe", "Tenu", "04/09/2026", "Vu à la réunion de chantier"], HoursTests.Row(page, "engagements", "Tutorat", "Engagement", "Constat", "Le", "Ce qui a été vu"));
            Assert.Equal(["Deux titres professionnels", "Aucun constat"], HoursTests.Row(page, "engagements", "Formation", "Engagement", "Constat"));
            Assert.Equal(["04/09/2026", "7\u00a0h"], HoursTests.Row(page, "formations", "Gestes et postures", "Début", "Durée"));
            Assert.Equal(["60\u00a0h"], HoursTests.Row(page, "heures", "Ensemble du marché", "Faites"));
        }
    }

    [Fact]
    public async Task Two_people_who_write_at_once_do_not_erase_each_other()
    {
        var clause = await SeedAsync(1);
        await WriteAsync(clause, "enregistrer", 0);
        var late = await clause.Facilitator.PostFormAsync(Bilan(clause), ("version", "0"), ("tutorat", "Autre texte"), ("action", "enregistrer"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal("Autre texte", late.ValueOf("tutorat"));
        Assert.Contains("Deux tuteurs", (await clause.Facilitator.GetAsync(Bilan(clause))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_too_long_is_refused_and_kept_on_the_page()
    {
        var clause = await Clause.SeedAsync(Web);
        var page = await clause.Facilitator.PostFormAsync(Bilan(clause), ("version", "0"), ("tutorat", new string('a', 4001)), ("action", "publier"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Écrire au plus 4000 caractères", page.Words.Replace("\u202f", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("en préparation", (await clause.Facilitator.GetAsync(Bilan(clause))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_situation_at_six_months_is_written_once_due_and_counted_in_the_bilan()
    {
        var clause = await SeedAsync(1);
        var contract = (await ContractsAsync(clause)).Single();
        await EndAsync(contract, new DateOnly(2026, 6, 30));
        var exits = Bilan(clause) + "/sorties";
        var early = await clause.Facilitator.PostFormAsync(exits, ("contrat", contract.ToString()), ("jalon", "6"), ("situation", "CDI"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Contains("à partir du 30/12/2026", early.Words, StringComparison.Ordinal);

        await EndAsync(contract, new DateOnly(2026, 5, 15));
        var page = await clause.Facilitator.PostAndFollowAsync(exits, ("contrat", contract.ToString()), ("jalon", "6"), ("situation", "CDI"));
        Assert.Equal("CDI", page.One($"[data-exit='{contract}-6']").TextContent);
        Assert.Equal("CDD de 6 mois ou plus", page.One($"[data-exit='{contract}-0']").TextContent);
        var bilan = await clause.Facilitator.GetAsync(Bilan(clause));
        Assert.Equal(["1"], HoursTests.Row(bilan, "sortie_6_mois", "CDI", "Personnes"));
        Assert.Equal(["1"], HoursTests.Row(bilan, "sortie_12_mois", "Pas encore à cette échéance", "Personnes"));

        var stranger = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(exits)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync(exits, ("contrat", contract.ToString()), ("jalon", "6"), ("situation", "CDI"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await clause.Facilitator.PostFormAsync(exits, ("contrat", "x"), ("jalon", "7"), ("situation", ""))).Status);
    }

    private static string Bilan(Clause clause) => $"/bilans/{clause.MarketId}";

    private static Task<PageSeen> WriteAsync(Clause clause, string action, int version) => clause.Facilitator.PostAndFollowAsync(
        Bilan(clause), ("version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("tutorat", "Deux tuteurs ont été nommés."), ("action", action));

    private async Task<IReadOnlyList<ContractId>> ContractsAsync(Clause clause)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (await db.QueryAsync<ContractId>("select id from work_contract where market_id = @MarketId order by id limit 50", new { clause.MarketId })).AsList();
    }

    // The end of a contract as its own form records it; its start moves too, so that the dates hold.
    private Task<int> EndAsync(ContractId contract, DateOnly day) => Web.Database.WriteAsync((db, tx) => db.ExecuteAsync(
        "update work_contract set starts_on = @start, ended_on = @day, exit_code = 'CDD_LONG' where id = @contract", new { contract, day, start = new DateOnly(2026, 5, 1) }, tx), Cancel);

    private async Task<Clause> SeedAsync(int people)
    {
        var clause = await Clause.SeedAsync(Web);
        for (var i = 0; i < people; i++)
        {
            await clause.ValidateAsync(await clause.HireAsync(Sex.F), "10");
        }

        return clause;
    }
}

public sealed class BilansOnSqlite(SqliteWeb web) : BilanTests(web), IClassFixture<SqliteWeb>;

public sealed class BilansOnPostgreSql(PostgreSqlWeb web) : BilanTests(web), IClassFixture<PostgreSqlWeb>;
