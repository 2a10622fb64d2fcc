using System.Net;
using Dapper;
using Matching.Rules.People;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Tests.Preselection;

public abstract class HireTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Three_people_are_preselected_sent_to_the_company_and_one_is_hired()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1], scene.People[2]);
        await Web.Visitor().PostAndFollowAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "2"), ("depuis", "TRANSMISE"), ("reponse", "retenir"));

        var hired = await HireAsync(scene, scene.People[1]);

        Assert.NotNull(hired.RedirectsTo);
        Assert.Equal(PreselectionState.Hired, (await scene.PathOfAsync(scene.People[1])).State);
        Assert.Contains("1 embauche pour 2 postes.", (await scene.Facilitator.GetAsync(scene.Board)).Words, StringComparison.Ordinal);
        Assert.Contains("Embauche enregistrée.", (await Web.Visitor().GetAsync(link)).Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal("RSA 2100 CDD EMBAUCHE_DIRECTE", await db.QuerySingleAsync<string>(
            "select category_code || ' ' || weekly_minutes || ' ' || kind || ' ' || modality from work_contract where posting_id = @Posting and starts_on = @start",
            new { scene.Posting, start = new DateOnly(2026, 12, 1) }));
    }

    [Fact]
    public async Task The_same_hire_sent_twice_makes_one_contract()
    {
        var scene = await ChosenAsync();
        await HireAsync(scene, scene.People[0]);

        var second = await HireAsync(scene, scene.People[0]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Contains("« Embauchée »", second.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select count(*) from work_contract where posting_id = @Posting", new { scene.Posting }));
    }

    [Theory]
    [InlineData("2026-11-15", "2027-01-31", "35", "Le contrat doit commencer", "L’éligibilité vaut du 16/11/2026")]
    [InlineData("2026-12-01", "2026-11-30", "35", "", "La fin du contrat précède son début")]
    [InlineData("31/02/2027", "", "35", "", "n’est pas une date qui existe")]
    [InlineData("2026-12-01", "2027-01-31", "beaucoup", "", "« beaucoup » n’est pas un nombre")]
    public async Task A_hire_that_cannot_be_says_why_and_keeps_what_was_typed(string start, string end, string hours, string also, string sentence)
    {
        var scene = await ChosenAsync();

        var page = await HireAsync(scene, scene.People[0], start, end, hours);

        Assert.Contains(sentence, page.Words, StringComparison.Ordinal);
        Assert.Contains(also, page.Words, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((start, hours), (page.ValueOf("debut"), page.ValueOf("heures")));
        Assert.Equal(PreselectionState.Chosen, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Fact]
    [Trait("règle", "preselection.embauche-ailleurs")]
    public async Task A_hire_stops_the_persons_other_preselections_and_their_facilitator_sees_it()
    {
        var scene = await ChosenAsync();
        var other = await Web.SignInAsync(Roles.Facilitator);
        var buyer = (await Web.AddUserAsync(Roles.Buyer)).OrganizationId;
        var (_, _, posting) = await scene.AddPostingAsync(other.Who!, buyer, "Peintre");
        await other.PostAndFollowAsync($"/offres/{posting}/preselections", ("personne", $"{scene.People[0].Id}"));

        await HireAsync(scene, scene.People[0]);

        var page = await other.GetAsync("/preselections");
        Assert.Contains("Une personne a été embauchée ailleurs", page.Words, StringComparison.Ordinal);
        Assert.Contains("Ana Roche, Peintre", page.Words, StringComparison.Ordinal);
        var followed = await other.GetAsync(page.One(".notice a").GetAttribute("href")!);
        Assert.Contains("Le service Proposée → Retirée : Embauchée ailleurs", followed.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contract_ends_with_its_exit_on_a_day_that_has_come()
    {
        var scene = await ChosenAsync();
        await HireAsync(scene, scene.People[0], "2026-11-16", "2027-01-31");
        var end = $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/fin";

        var tooEarly = await scene.Facilitator.PostFormAsync(end, ("fin", "2026-11-17"), ("sortie", "CDI"));
        var done = await scene.Facilitator.PostAndFollowAsync(end, ("fin", "2026-11-16"), ("sortie", "CDD_LONG"));

        Assert.Contains("Le dernier jour va du début du contrat (16/11/2026) à aujourd’hui (16/11/2026).", tooEarly.Words, StringComparison.Ordinal);
        Assert.Contains("Embauchée → Contrat terminé : CDD de 6 mois ou plus", done.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal("CDD_LONG", await db.QuerySingleAsync<string>("select exit_code from work_contract where posting_id = @Posting", new { scene.Posting }));
    }

    [Fact]
    public async Task A_missing_proof_is_recorded_once_then_validation_is_frozen()
    {
        var scene = await Scene.MakeAsync(Web);
        var person = scene.People[3];
        var url = $"/personnes/{person.Id}/eligibilite?marche={scene.Market}";
        var proof = $"/personnes/{person.Id}/eligibilite/justificatifs";
        (string, string)[] seen = [("marche", $"{scene.Market}"), ("justificatif", "RSA"), ("vu_le", "16/11/2026")];

        var missing = await scene.ValidateAsync(person);
        var future = await scene.Facilitator.PostFormAsync(proof, [.. seen.Take(2), ("vu_le", "17/11/2026")]);
        await scene.Facilitator.PostAndFollowAsync(proof, seen);
        var again = await scene.Facilitator.PostAndFollowAsync(proof, seen);
        await scene.ValidateAsync(person);
        await scene.ValidateAsync(person);
        await Web.Database.WriteAsync(
            (db, tx) => PersonRecords.UpsertAsync(db, tx, [person with { Eligibility = person.Eligibility with { Criteria = [] } }], Web.Clock.Now, Cancel), Cancel);
        var page = await scene.Facilitator.GetAsync(url);
        var explained = await scene.Facilitator.GetAsync($"/offres/{scene.Posting}/candidats/{person.Id}");

        Assert.Contains("Éligibilité validée pour ce marché", explained.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Aucun public de la liste", explained.Words, StringComparison.Ordinal);
        Assert.Contains("Il manque un justificatif", missing.Words, StringComparison.Ordinal);
        Assert.Contains("Un justificatif se note une fois vu", future.Words, StringComparison.Ordinal);
        Assert.Contains("Ce justificatif était déjà enregistré.", again.Words, StringComparison.Ordinal);
        Assert.Contains("La situation a changé depuis la validation.", page.Words, StringComparison.Ordinal);
        Assert.Contains("Éligibilité validée le 16/11/2026", page.Words, StringComparison.Ordinal);
        Assert.Single(page.All(".timeline li"));
    }

    [Fact]
    public async Task Validating_again_does_not_move_a_decision_that_runs()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.ValidateAsync(scene.People[0]);
        var before = Web.Clock.Now;
        Web.Clock.Now = before.AddDays(1);
        try
        {
            await scene.ValidateAsync(scene.People[0]);
        }
        finally
        {
            Web.Clock.Now = before;
        }

        await using var db = await Web.Database.OpenAsync(Cancel);
        var decision = Assert.Single(await EligibilityRecords.HistoryAsync(db, scene.People[0].Id, scene.Market, Cancel));
        Assert.Equal((new DateOnly(2026, 11, 16), new DateOnly(2028, 11, 15)), (decision.ValidFrom, decision.ValidUntil));
    }

    [Fact]
    public async Task A_hire_rests_on_the_decision_that_covers_the_first_day_of_work()
    {
        var scene = await ChosenAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var first = Assert.Single(await EligibilityRecords.HistoryAsync(db, scene.People[0].Id, scene.Market, Cancel));
        var next = first with { CategoryCode = "TH", ValidFrom = first.ValidUntil.AddDays(1), ValidUntil = new(2028, 12, 31) };
        await Web.Database.WriteAsync(
            (writer, tx) => EligibilityRecords.AppendAsync(writer, tx, next, scene.Facilitator.Who!.UserId, Web.Clock.Now.AddMinutes(1), Cancel), Cancel);

        var hired = await HireAsync(scene, scene.People[0]);

        Assert.True(hired.RedirectsTo is not null, hired.Words);
        Assert.Equal("RSA", await db.QuerySingleAsync<string>("select category_code from work_contract where posting_id = @Posting", new { scene.Posting }));
        Assert.Equal(first, await EligibilityRecords.CoveringAsync(db, scene.People[0].Id, scene.Market, first.ValidUntil, Cancel));
        Assert.Equal(next with { Id = null }, (await EligibilityRecords.CoveringAsync(db, scene.People[0].Id, scene.Market, next.ValidFrom, Cancel))! with { Id = null });
        Assert.Null(await EligibilityRecords.CoveringAsync(db, scene.People[0].Id, scene.Market, first.ValidFrom.AddDays(-1), Cancel));
    }

    [Fact]
    public async Task A_reasoned_opinion_needs_its_reason_and_carries_its_author()
    {
        var scene = await Scene.MakeAsync(Web);
        var url = $"/personnes/{scene.People[3].Id}/eligibilite/validation";
        const string reason = "Parcours interrompu depuis trois ans, accompagnement engagé en mars.";

        var tooShort = await scene.Facilitator.PostFormAsync(url, ("marche", $"{scene.Market}"), ("base", "avis"), ("avis", "Oui."));
        var done = await scene.Facilitator.PostAndFollowAsync(url, ("marche", $"{scene.Market}"), ("base", "avis"), ("avis", reason));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooShort.Status);
        Assert.Equal("Oui.", tooShort.ValueOf("avis"));
        Assert.Contains($"Avis motivé : {reason}", done.Words, StringComparison.Ordinal);
        Assert.Contains($"par {scene.Facilitator.Who!.DisplayName}, jusqu’au 15/11/2028", done.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_facilitators_marche_reads_like_an_unknown_one_on_the_eligibility_page()
    {
        var scene = await Scene.MakeAsync(Web);
        var other = await Web.SignInAsync(Roles.Facilitator);

        var theirs = await other.GetAsync($"/personnes/{scene.People[0].Id}/eligibilite?marche={scene.Market}");
        var nobodys = await other.GetAsync($"/personnes/{Guid.CreateVersion7()}/eligibilite?marche={Guid.CreateVersion7()}");

        Assert.Equal((HttpStatusCode.NotFound, nobodys.Words), (theirs.Status, theirs.Words));
        Assert.Equal(HttpStatusCode.Forbidden, (await scene.Structure.GetAsync($"/personnes/{scene.People[0].Id}/eligibilite")).Status);
    }

    private async Task<Scene> ChosenAsync()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.TransmitAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Chosen);
        return scene;
    }

    private static async Task<PageSeen> HireAsync(Scene scene, Person person, string start = "2026-12-01", string end = "2027-05-31", string hours = "35") =>
        await scene.Facilitator.PostFormAsync(
            $"/preselections/{(await scene.PathOfAsync(person)).Id}/embauche",
            ("employeur", $"{scene.Company}"), ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("debut", start), ("fin", end), ("heures", hours));
}

public sealed class HireOnSqlite(SqliteWeb web) : HireTests(web), IClassFixture<SqliteWeb>;

public sealed class HireOnPostgreSql(PostgreSqlWeb web) : HireTests(web), IClassFixture<PostgreSqlWeb>;
