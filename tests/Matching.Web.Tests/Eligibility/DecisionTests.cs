using System.Net;
using Dapper;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Tests.Hours;
using Matching.Web.Tests.Preselection;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Eligibility;

public abstract class DecisionTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Two_validations_at_the_same_time_write_one_decision()
    {
        var scene = await Scene.MakeAsync(Web);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.ValidateAsync(scene.People[0])));

        Assert.All(answers, answer => Assert.NotNull(answer.RedirectsTo));
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Single(await EligibilityRecords.HistoryAsync(db, scene.People[0].Id, scene.Market, Cancel));
    }

    [Fact]
    public async Task A_document_with_an_end_is_noted_with_it_and_by_who_may_attest()
    {
        var scene = await Scene.MakeAsync(Web);
        var person = scene.People[3];
        await ChangeAsync(person, facts => facts with { Criteria = [new("TH", null)] });
        var url = $"/personnes/{person.Id}/eligibilite/justificatifs";
        (string, string)[] th = [("marche", $"{scene.Market}"), ("justificatif", "TH"), ("vu_le", "16/11/2026")];

        var endless = await scene.Facilitator.PostFormAsync(url, th);
        var over = await scene.Facilitator.PostFormAsync(url, [.. th, ("fin_validite", "15/11/2026")]);
        var byAnother = await scene.Facilitator.PostFormAsync(url, [.. th, ("fin_validite", "31/12/2028"), ("delivre_par", "ML")]);
        var none = await CountAsync(person);
        var noted = await scene.Facilitator.PostAndFollowAsync(url, [.. th, ("fin_validite", "31/12/2028"), ("delivre_par", "MDPH")]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "16/11/2026"), (endless.Status, endless.ValueOf("vu_le")));
        Assert.Contains("Ce justificatif a une fin de validité", endless.Words, StringComparison.Ordinal);
        Assert.Contains("était déjà échu", over.Words, StringComparison.Ordinal);
        Assert.Contains("Ce public est attesté par : MDPH.", byAnother.Words, StringComparison.Ordinal);
        Assert.Equal((0, 1), (none, await CountAsync(person)));
        Assert.Contains("justificatif valable jusqu’au 31/12/2028", noted.Words, StringComparison.Ordinal);
        Assert.Contains("Validée aujourd’hui, l’éligibilité vaudrait du 16/11/2026 au 15/11/2028.", noted.Words, StringComparison.Ordinal);
        Assert.NotNull((await scene.ValidateAsync(person)).RedirectsTo);
    }

    [Fact]
    public async Task An_opinion_of_another_body_keeps_its_author_its_body_and_its_day()
    {
        var scene = await Scene.MakeAsync(Web);
        (string, string)[] opinion =
        [
            ("marche", $"{scene.Market}"), ("base", "avis"), ("avis", "Sans emploi ni droits depuis trois ans, suivi engagé en mars."),
            ("avis_auteur", "Jeanne Conseil"), ("avis_organisme", "ML"),
        ];
        var url = $"/personnes/{scene.People[3].Id}/eligibilite/validation";

        var future = await scene.Facilitator.PostFormAsync(url, [.. opinion, ("avis_date", "17/11/2026")]);
        var done = await scene.Facilitator.PostAndFollowAsync(url, [.. opinion, ("avis_date", "10/11/2026")]);

        Assert.Contains("La date de l’avis motivé est dans l’avenir", future.Words, StringComparison.Ordinal);
        Assert.Equal("Jeanne Conseil", future.ValueOf("avis_auteur"));
        Assert.Contains("(Jeanne Conseil, Mission locale, le 10/11/2026)", done.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_whose_nature_is_not_kept_is_validated_by_who_saw_it()
    {
        var scene = await Scene.MakeAsync(Web);
        var url = $"/personnes/{scene.People[3].Id}/eligibilite/validation";

        var future = await scene.Facilitator.PostFormAsync(url, ("marche", $"{scene.Market}"), ("base", "constat"), ("constat_le", "17/11/2026"));
        var done = await scene.Facilitator.PostAndFollowAsync(url, ("marche", $"{scene.Market}"), ("base", "constat"), ("constat_le", "12/11/2026"));

        Assert.Contains("Un constat se note une fois fait", future.Words, StringComparison.Ordinal);
        Assert.Contains("Public constaté, nature non conservée, pièce vue ou datée le 12/11/2026", done.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fact_that_contradicts_a_decision_is_told_until_it_is_answered()
    {
        var scene = await Scene.MakeAsync(Web);
        var person = scene.People[0];
        await scene.ValidateAsync(person);
        var before = await scene.Facilitator.GetAsync("/eligibilite/alertes");
        await ChangeAsync(person, facts => facts with { Criteria = [] });

        var told = await scene.Facilitator.GetAsync("/eligibilite/alertes");
        var form = told.One("main form").GetAttribute("action")!;
        var short_ = await scene.Facilitator.PostFormAsync(form, ("suite", "vu"));
        var other = await Web.SignInAsync(Roles.Facilitator);
        var foreign = await other.PostFormAsync(form, ("suite", "Vérifié avec la structure."));
        var answered = await scene.Facilitator.PostAndFollowAsync(form, ("suite", "Vérifié avec la structure : embauche en cours, décision maintenue."));
        await scene.Facilitator.PostAndFollowAsync(form, ("suite", "Une seconde fois, par mégarde."));
        await ChangeAsync(person, facts => facts with { Criteria = [new("RSA", new(2026, 1, 1))] });
        var settled = await scene.Facilitator.PostFormAsync(form, ("suite", "Plus rien à dire maintenant."));

        Assert.Contains("Aucune alerte", before.Words, StringComparison.Ordinal);
        Assert.Contains("Fait connu depuis non déclaré", told.Words, StringComparison.Ordinal);
        Assert.Contains("A. R., réf. Ana-1", told.Words, StringComparison.Ordinal);
        Assert.Contains("10 caractères au moins", short_.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.DoesNotContain("Ana-1", (await other.GetAsync("/eligibilite/alertes")).Words, StringComparison.Ordinal);
        Assert.Contains("décision maintenue", answered.Words, StringComparison.Ordinal);
        Assert.Contains("Aucune alerte", answered.Words, StringComparison.Ordinal);
        Assert.Contains("ne contredisent plus cette décision", settled.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select count(*) from eligibility_alert_review where person_id = @Id", new { person.Id }));
        var decision = Assert.Single(await EligibilityRecords.HistoryAsync(db, person.Id, scene.Market, Cancel));
        Assert.Equal(new DateOnly(2028, 11, 15), decision.ValidUntil);
    }

    [Fact]
    public async Task Opening_a_file_is_an_event_of_the_history()
    {
        var scene = await Scene.MakeAsync(Web);
        var person = scene.People[0];
        await scene.PreselectAsync(person);
        var path = await scene.PathOfAsync(person);
        (Browser Who, string Url, string Page)[] openings =
        [
            (scene.Facilitator, $"/offres/{scene.Posting}/candidats/{person.Id}", "classement"),
            (scene.Facilitator, $"/personnes/{person.Id}/eligibilite?marche={scene.Market}", "eligibilite"),
            (scene.Facilitator, $"/preselections/{path.Id}", "preselection"),
            (scene.Structure, $"/preselections/{path.Id}", "preselection"),
            (scene.Structure, $"/viviers/personnes/{person.Id}", "vivier"),
        ];

        foreach (var (who, url, _) in openings)
        {
            Assert.Equal(HttpStatusCode.OK, (await who.GetAsync(url)).Status);
        }

        var other = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/preselections/{path.Id}")).Status);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var told = await db.QueryAsync<(string Body, Guid Actor)>(
            "select body_json, actor_id from event where kind = 'dossier.ouvert' and stream_id = @Id order by seq limit 20", new { person.Id });
        Assert.Equal(openings.Select(it => ($"{{\"page\":\"{it.Page}\"}}", it.Who.Who!.UserId)), told);
        Assert.Null((await Web.Services.GetRequiredService<EventLog>().VerifyAsync(Cancel)).Fault);
    }

    [Fact]
    public async Task A_company_that_opens_its_link_leaves_an_event_without_a_name()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);

        Assert.Equal(HttpStatusCode.OK, (await Web.Visitor().GetAsync(link)).Status);

        await using var db = await Web.Database.OpenAsync(Cancel);
        var (actor, body) = await db.QuerySingleAsync<(string, string)>(
            "select e.actor_name, e.body_json from event e join company_link l on l.id = e.stream_id where e.kind = 'lien.ouvert' and l.posting_id = @Posting", new { scene.Posting });
        Assert.Equal(("", $"{{\"offre\":\"{scene.Posting}\"}}"), (actor, body));
    }

    [Fact]
    public async Task The_hours_lent_by_an_association_are_shown_under_their_cap()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update organization set kind = 'AI' where id = @OrganizationId", new { clause.Structure.Who!.OrganizationId }, tx), Cancel);
        await clause.ValidateAsync(contract, "150");
        await Clause.DeclareAsync(clause.Structure, contract, "100", "2026-09");
        await using var db = await Web.Database.OpenAsync(Cancel);
        var person = await db.QuerySingleAsync<Guid>("select person_id from work_contract where id = @contract", new { contract });

        var page = await clause.Facilitator.GetAsync($"/personnes/{person}/eligibilite?marche={clause.MarketId}");

        Assert.Contains("du 01/06/2026 au 31/05/2028 : 250 h sur 480 h, reste 230 h.", page.Words.Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);
    }

    private Task ChangeAsync(Person person, Func<EligibilityFacts, EligibilityFacts> change) => Web.Database.WriteAsync(
        (db, tx) => PersonRecords.UpsertAsync(db, tx, [person with { Eligibility = change(person.Eligibility) }], Web.Clock.Now, Cancel), Cancel);

    private async Task<int> CountAsync(Person person)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QuerySingleAsync<int>("select count(*) from seen_proof where person_id = @Id", new { person.Id });
    }
}

public sealed class DecisionsOnSqlite(SqliteWeb web) : DecisionTests(web), IClassFixture<SqliteWeb>;

public sealed class DecisionsOnPostgreSql(PostgreSqlWeb web) : DecisionTests(web), IClassFixture<PostgreSqlWeb>;
