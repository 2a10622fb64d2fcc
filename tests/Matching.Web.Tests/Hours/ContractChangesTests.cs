using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Tests.Preselection;

namespace Matching.Web.Tests.Hours;

public abstract class ContractChangesTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_contract_is_extended_by_an_amendment_that_keeps_the_end_it_had()
    {
        var (scene, contract) = await HiredAsync();
        var url = $"/heures/contrats/{contract}/prolonger";

        var shorter = await scene.Facilitator.PostFormAsync(url, ("nouvelle_fin", "2027-05-31"), ("avenant", "avenant n° 1"));
        var silent = await scene.Facilitator.PostFormAsync(url, ("nouvelle_fin", "2027-09-30"), ("avenant", ""));
        var done = await scene.Facilitator.PostAndFollowAsync(url, ("nouvelle_fin", "2027-09-30"), ("avenant", "avenant n° 1"));
        var again = await scene.Facilitator.PostFormAsync(url, ("nouvelle_fin", "2027-09-30"), ("avenant", "avenant n° 1"));

        Assert.Contains("La nouvelle fin est après le 31/05/2027", shorter.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, silent.Status);
        Assert.Contains("du 01/12/2026 au 30/09/2027", done.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal("avenant n° 1", await db.QuerySingleAsync<string>("select reason from contract_extension where contract_id = @contract", new { contract }));
    }

    [Fact]
    public async Task A_renewal_is_another_contract_whose_credit_runs_from_the_first_and_which_ends_the_path()
    {
        var (scene, contract) = await HiredAsync("2026-11-16", "2026-11-16");
        var url = $"/heures/contrats/{contract}/renouveler";
        (string, string)[] renewal = [("contrat", "CDD"), ("debut", "2026-11-17"), ("fin", "2027-06-30"), ("heures", "30,5")];

        var early = await scene.Facilitator.PostFormAsync(url, ("contrat", "CDD"), ("debut", "2026-11-16"), ("fin", "2027-06-30"), ("heures", "30"));
        var page = await scene.Facilitator.PostAndFollowAsync(url, renewal);
        var twice = await scene.Facilitator.PostFormAsync(url, renewal);

        Assert.Contains("commence après le dernier jour de ce contrat, le 16/11/2026", early.Words, StringComparison.Ordinal);
        Assert.Contains("du 17/11/2026 au 30/06/2027, 30 h 30 par semaine", page.Words, StringComparison.Ordinal);
        Assert.Contains("le crédit d’heures part du premier contrat, le 16/11/2026", page.Words, StringComparison.Ordinal);
        Assert.Contains("15/11/2028fin du crédit d’heures", page.Words, StringComparison.Ordinal);
        Assert.Contains("déjà suivi d’un renouvellement", twice.Words, StringComparison.Ordinal);

        var end = $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/fin";
        Assert.Contains(
            "du début du contrat (17/11/2026)", (await scene.Facilitator.PostFormAsync(end, ("fin", "2026-11-16"), ("sortie", "CDI"))).Words, StringComparison.Ordinal);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update work_contract set starts_on = @day where renews_id = @contract", new { contract, day = new DateOnly(2026, 11, 16) }, tx), Cancel);
        await scene.Facilitator.PostAndFollowAsync(end, ("fin", "2026-11-16"), ("sortie", "CDI"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(["2026-11-16 ", "2027-06-30 CDI"], (await db.QueryAsync<(DateOnly End, string? Exit)>(
            "select ends_on, exit_code from work_contract where lot_id = @Lot order by ends_on", new { scene.Lot })).Select(row => $"{row.End:yyyy-MM-dd} {row.Exit}"));
    }

    [Fact]
    [Trait("règle", "contrat.chevauchement")]
    public async Task Two_contracts_of_one_person_that_run_together_are_shown_on_both()
    {
        var (scene, contract) = await HiredAsync();
        var other = ContractId.New();
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                """
                insert into work_contract (id, person_id, lot_id, market_id, facilitator_id, employer_id, modality, kind, starts_on, ends_on,
                    weekly_minutes, eligible_from, category_code, created_at)
                select @other, person_id, lot_id, market_id, facilitator_id, employer_id, modality, kind, ends_on, null, 600, starts_on, category_code, created_at
                from work_contract where id = @contract
                """,
                new { other, contract }, tx),
            Cancel);
        Assert.Contains("courent en même temps", (await scene.Facilitator.GetAsync($"/heures/contrats/{contract}")).Words, StringComparison.Ordinal);
        Assert.Contains("courent en même temps", (await scene.Facilitator.GetAsync($"/heures/contrats/{other}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_records_a_hire_once_per_key_and_is_told_what_is_wrong()
    {
        var scene = await ChosenAsync();
        var client = await ProgramOfAsync(scene.Facilitator);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "embauche-1");
        var uri = new Uri("/api/v1/contrats", UriKind.Relative);
        var path = await Path(scene);
        object Hire(string start = "2026-12-01", decimal hours = 35) => new
        {
            preselection = path.Value,
            employeur = scene.Company.Value,
            modalite = "EMBAUCHE_DIRECTE",
            type_contrat = "CDD",
            date_debut = start,
            date_fin = "2027-05-31",
            heures_hebdomadaires = hours,
        };

        var empty = await client.PostAsJsonAsync(uri, new { }, Cancel);
        var early = await client.PostAsJsonAsync(uri, Hire("2026-11-15"), Cancel);
        var first = await client.PostAsJsonAsync(uri, Hire(), Cancel);
        var second = await client.PostAsJsonAsync(uri, Hire(), Cancel);
        var other = await client.PostAsJsonAsync(uri, Hire(hours: 20), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal(
            ["date_debut", "employeur", "heures_hebdomadaires", "modalite", "preselection", "type_contrat"],
            (await empty.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Contains("L’éligibilité vaut du", (await early.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], new[] { first.StatusCode, second.StatusCode, other.StatusCode });
        Assert.Equal(await IdAsync(first), await IdAsync(second));
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select count(*) from work_contract where lot_id = @Lot", new { scene.Lot }));
    }

    [Fact]
    public async Task The_hire_of_another_facilitators_preselection_answers_like_an_unknown_one()
    {
        var scene = await ChosenAsync();
        var client = await ProgramOfAsync(await Web.SignInAsync(Roles.Facilitator));
        foreach (var path in new[] { await Path(scene), PreselectionId.New() })
        {
            var answer = await client.PostAsJsonAsync(new Uri("/api/v1/contrats", UriKind.Relative), new
            {
                preselection = path.Value,
                employeur = scene.Company.Value,
                modalite = "EMBAUCHE_DIRECTE",
                type_contrat = "CDD",
                date_debut = "2026-12-01",
                date_fin = "2027-05-31",
                heures_hebdomadaires = 35,
            }, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_list_of_contracts_is_read_page_after_page()
    {
        var clause = await Clause.SeedAsync(Web);
        var hired = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            hired.Add((await clause.HireAsync(lastName: $"Nom{i}")).Value);
        }

        var read = new List<Guid>();
        Guid? after = null;
        for (var page = 0; page < 4; page++)
        {
            var answer = await clause.Structure.Client.GetFromJsonAsync<JsonElement>(
                new Uri($"/api/v1/contrats?etat=A_DECLARER&limite=2{(after is null ? "" : $"&apres={after}")}", UriKind.Relative), Cancel);
            read.AddRange(answer.GetProperty("contrats").EnumerateArray().Select(it => it.GetProperty("id").GetGuid()));
            after = answer.GetProperty("suivant").ValueKind == JsonValueKind.Null ? null : answer.GetProperty("suivant").GetGuid();
            if (after is null)
            {
                break;
            }
        }

        Assert.Null(after);
        Assert.Equal(hired.Order(), read.Order());
        Assert.Contains("5 contrats", (await clause.Facilitator.GetAsync("/heures?page=1")).Words, StringComparison.Ordinal);
    }

    // A program that calls with a cookie gives the token of a form of the site.
    private static async Task<HttpClient> ProgramOfAsync(Browser browser)
    {
        var page = await browser.GetAsync("/marches/nouveau");
        browser.Client.DefaultRequestHeaders.Add("RequestVerificationToken", page.ValueOf("__RequestVerificationToken"));
        return browser.Client;
    }

    private static async Task<PreselectionId> Path(Scene scene) => (await scene.PathOfAsync(scene.People[0])).Id;

    private static async Task<Guid> IdAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();

    private async Task<Scene> ChosenAsync()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.TransmitAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Chosen);
        return scene;
    }

    private async Task<(Scene Scene, ContractId Contract)> HiredAsync(string start = "2026-12-01", string end = "2027-05-31")
    {
        var scene = await ChosenAsync();
        await scene.Facilitator.PostAndFollowAsync(
            $"/preselections/{await Path(scene)}/embauche",
            ("employeur", $"{scene.Company}"), ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("debut", start), ("fin", end), ("heures", "35"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (scene, await db.QuerySingleAsync<ContractId>("select id from work_contract where lot_id = @Lot", new { scene.Lot }));
    }
}

public sealed class ContractChangesOnSqlite(SqliteWeb web) : ContractChangesTests(web), IClassFixture<SqliteWeb>;

public sealed class ContractChangesOnPostgreSql(PostgreSqlWeb web) : ContractChangesTests(web), IClassFixture<PostgreSqlWeb>;
