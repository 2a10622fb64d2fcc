using System.Net;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Tests.Preselection;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Hours;

public abstract class AssociationTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task An_association_declares_up_to_480_hours_and_not_a_minute_more_unless_the_prefect_said_so()
    {
        var (clause, contract) = await LentAsync();
        await Clause.DeclareAsync(clause.Structure, contract, "240", "2026-09");
        await Clause.DeclareAsync(clause.Structure, contract, "240", "2026-10");

        var over = await Clause.DeclareAsync(clause.Structure, contract, "0:01", "2026-08");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, over.Status);
        Assert.Contains("480 h 01 de mise à disposition sur 480 h, du 01/06/2026 au 31/05/2028", Plain(over), StringComparison.Ordinal);
        Assert.Contains(AssociationCap.Hours.Sentence, over.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await clause.LinesAsync(contract)).Count);

        var unsaid = await clause.Facilitator.PostFormAsync($"/heures/marches/{clause.MarketId}/controle", ("version", "0"), ("avant_le", "15"), ("ai_plafond", "500"));
        Assert.Contains("l’arrêté du préfet qui le fixe", unsaid.Words, StringComparison.Ordinal);
        var raised = await clause.Facilitator.PostAndFollowAsync(
            $"/heures/marches/{clause.MarketId}/controle", ("version", "0"), ("avant_le", "15"), ("ai_plafond", "500"), ("ai_arrete", "Arrêté du 3 novembre 2026"));
        Assert.Contains("500 heures au plus (Arrêté du 3 novembre 2026)", raised.Words, StringComparison.Ordinal);
        Assert.NotNull((await Clause.DeclareAsync(clause.Structure, contract, "20", "2026-08")).RedirectsTo);
        Assert.Contains("500 h sur 500 h", Plain(await clause.Structure.GetAsync($"/heures/contrats/{contract}")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Clause.DeclareAsync(clause.Structure, contract, "0:01", "2026-07")).Status);
    }

    [Fact]
    public async Task Rejected_hours_leave_their_place_and_another_employer_is_not_bound()
    {
        var (clause, contract) = await LentAsync();
        await Clause.DeclareAsync(clause.Structure, contract, "480", "2026-10");
        var line = Assert.Single(await clause.LinesAsync(contract)).Entry.Id;
        await clause.Facilitator.PostAndFollowAsync($"/heures/lignes/{line}/decision", ("decision", "REJETER"), ("motif", "relevé d’une autre personne"));
        Assert.NotNull((await Clause.DeclareAsync(clause.Structure, contract, "480", "2026-09")).RedirectsTo);
        await KindAsync(clause.Structure, "ETTI");
        Assert.NotNull((await Clause.DeclareAsync(clause.Structure, contract, "1", "2026-08")).RedirectsTo);
    }

    [Fact]
    public async Task A_contract_that_would_pass_the_cap_is_pointed_out_and_none_follows_once_it_is_full()
    {
        var (clause, contract) = await LentAsync();
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update work_contract set ends_on = @end where id = @contract", new { contract, end = new DateOnly(2027, 3, 31) }, tx), Cancel);
        await Clause.DeclareAsync(clause.Structure, contract, "240", "2026-10");

        // 135 days to come at 5 hours a day: 675 h, and 240 h done.
        Assert.Contains("le plafond de 480 h serait dépassé avant le 31/03/2027", Plain(await clause.Facilitator.GetAsync($"/heures/contrats/{contract}")), StringComparison.Ordinal);
        await Clause.DeclareAsync(clause.Structure, contract, "240", "2026-09");
        var renewed = await clause.Facilitator.PostFormAsync(
            $"/heures/contrats/{contract}/renouveler", ("contrat", "CDD"), ("debut", "2027-04-01"), ("fin", "2027-05-31"), ("heures", "35"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, renewed.Status);
        Assert.Contains("Cette personne a déjà 480 h de mise à disposition sur 480 h", Plain(renewed), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("règle", "echeances.fin-proche")]
    public async Task Both_sides_are_told_once_that_the_cap_will_be_reached_within_sixty_days()
    {
        var (clause, contract) = await LentAsync();
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update work_contract set ends_on = @end where id = @contract", new { contract, end = new DateOnly(2027, 3, 31) }, tx), Cancel);
        foreach (var (browser, name) in new[] { (clause.Structure, "structure"), (clause.Facilitator, "facilitateur") })
        {
            await browser.PostAndFollowAsync("/compte/courriels", ("courriel", $"plafond-{contract}@{name}.example"), ("recevoir_FIN_PROCHE", "on"));
        }

        await Clause.DeclareAsync(clause.Structure, contract, "100", "2026-09");
        Assert.DoesNotContain("le plafond de", (await clause.Facilitator.GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);
        await Clause.DeclareAsync(clause.Structure, contract, "240", "2026-10");
        await Clause.DeclareAsync(clause.Structure, contract, "100", "2026-08");
        var start = Web.Clock.Now;
        foreach (var days in new[] { 0, 1, 2 })
        {
            Web.Clock.Now = start.AddDays(days);
            await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
        }

        Web.Clock.Now = start;

        // 40 hours are left: eight days at five hours a day.
        foreach (var browser in new[] { clause.Structure, clause.Facilitator })
        {
            Assert.Contains("le plafond de 480 h de l’association intermédiaire, à la durée prévue au contrat : dernier jour le 24/11/2026", Plain(await browser.GetAsync("/aujourdhui")), StringComparison.Ordinal);
        }

        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(
            [$"plafond-{contract}@facilitateur.example", $"plafond-{contract}@structure.example"],
            (await db.QueryAsync<string>("select recipient from mail where kind = 'FIN_PROCHE' and recipient like @ours order by recipient limit 10", new { ours = $"plafond-{contract}@%" })).AsList());
    }

    [Fact]
    public async Task A_person_whose_cap_is_full_is_not_hired_by_an_association()
    {
        var scene = await Scene.MakeAsync(Web);
        var person = scene.People[0];
        var link = await scene.TransmitAsync(person);
        await Web.Visitor().PostAndFollowAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "retenir"));
        await KindAsync(scene.Structure, "AI");
        var association = scene.Structure.Who!.OrganizationId;
        await LendAsync(scene, person.Id, association, 480 * 60);
        (string, string)[] hire =
        [
            ("employeur", $"{association}"), ("modalite", "MISE_A_DISPOSITION"), ("contrat", "CDD"), ("debut", "2026-12-01"), ("fin", "2027-01-31"), ("heures", "35"),
        ];
        var url = $"/preselections/{(await scene.PathOfAsync(person)).Id}/embauche";

        var refused = await scene.Facilitator.PostFormAsync(url, hire);
        await scene.Facilitator.PostAndFollowAsync($"/heures/marches/{scene.Market}/controle", ("version", "0"), ("avant_le", "15"), ("ai_plafond", "481"), ("ai_arrete", "Arrêté du 3 novembre 2026"));
        var hired = await scene.Facilitator.PostFormAsync(url, hire);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("déjà 480 h de mise à disposition sur 480 h", Plain(refused), StringComparison.Ordinal);
        Assert.NotNull(hired.RedirectsTo);
    }

    private Task LendAsync(Scene scene, PersonId person, OrganizationId employer, int minutes) => Web.Database.WriteAsync(
        async (db, tx) =>
        {
            var contract = new WorkContract(
                ContractId.New(), person, scene.Lot, null, employer, Modality.MiseADisposition, Matching.Rules.Postings.WorkContractKind.Cdd,
                new DatePeriod(new(2026, 6, 1), new(2026, 10, 31)), 2_100, new(2026, 6, 1), "RSA");
            await ContractWriting.InsertAsync(db, tx, new NewContract(contract, scene.Market, null, scene.Facilitator.Who!.OrganizationId), Web.Clock.Now, Cancel);
            var entry = new HourEntry(Guid.CreateVersion7(), contract.Id, new(2026, 9, 1), HourKind.Work, minutes, HourStatus.Declared, null);
            await HourRecords.AppendAsync(db, tx, entry, null, "essai", scene.Facilitator.Who!, Web.Clock.Now, Cancel);
        },
        Cancel);

    private async Task<(Clause Clause, ContractId Contract)> LentAsync()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await KindAsync(clause.Structure, "AI");
        return (clause, contract);
    }

    private Task<int> KindAsync(Browser structure, string kind) => Web.Database.WriteAsync(
        (db, tx) => db.ExecuteAsync("update organization set kind = @kind where id = @OrganizationId", new { kind, structure.Who!.OrganizationId }, tx), Cancel);

    private static string Plain(PageSeen page) => page.Words.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}

public sealed class AssociationsOnSqlite(SqliteWeb web) : AssociationTests(web), IClassFixture<SqliteWeb>;

public sealed class AssociationsOnPostgreSql(PostgreSqlWeb web) : AssociationTests(web), IClassFixture<PostgreSqlWeb>;
