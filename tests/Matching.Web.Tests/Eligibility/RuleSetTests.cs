using System.Net;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Web.Platform.Records;
using Matching.Web.Tests.Postings;
using Matching.Web.Tests.Preselection;

namespace Matching.Web.Tests.Eligibility;

public abstract class RuleSetTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_new_version_changes_the_thresholds_and_a_decision_keeps_its_own()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.ValidateAsync(scene.People[0]);

        var market = await scene.Facilitator.PostAndFollowAsync(
            $"/marches/{scene.Market}/publics", ("version", "1"), ("modele_publics", "R543-219"), ("publics", "TH"), ("publics", "DELD"), ("seuil_deld", "24"), ("avis_admis", "non"));
        var eligibility = await scene.Facilitator.GetAsync($"/personnes/{scene.People[0].Id}/eligibilite?marche={scene.Market}");

        Assert.Contains("Version 2 de la liste, copiée du modèle « Éco-organismes", market.Words, StringComparison.Ordinal);
        Assert.Contains("inscrite depuis plus de 24 mois", market.Words, StringComparison.Ordinal);
        Assert.Contains("La liste est fermée", market.Words, StringComparison.Ordinal);
        Assert.Contains("liste version 1", eligibility.Words, StringComparison.Ordinal);
        Assert.Contains("Elle reste acquise jusque-là.", eligibility.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("La situation a changé", eligibility.Words, StringComparison.Ordinal);
        Assert.Contains("non éligible", (await scene.Facilitator.GetAsync($"/personnes/{scene.People[1].Id}/eligibilite?marche={scene.Market}")).Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(EligibilityTerms.Usual, (await MarketRecords.PublicListAsync(db, scene.Market, 1, Cancel))!.Terms);
        Assert.Equal(1, Assert.Single(await EligibilityRecords.HistoryAsync(db, scene.People[0].Id, scene.Market, Cancel)).PublicListVersion);
    }

    [Fact]
    public async Task A_closed_list_refuses_a_reasoned_opinion()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.Facilitator.PostAndFollowAsync($"/marches/{scene.Market}/publics", ("version", "1"), ("publics", "TH"), ("avis_admis", "non"));

        var refused = await scene.Facilitator.PostFormAsync(
            $"/personnes/{scene.People[3].Id}/eligibilite/validation", ("marche", $"{scene.Market}"), ("base", "avis"), ("avis", "Sans emploi ni droits depuis trois ans."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Ce marché n’admet pas d’avis motivé : sa liste de publics est fermée.", refused.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Empty(await EligibilityRecords.HistoryAsync(db, scene.People[3].Id, scene.Market, Cancel));
    }

    [Fact]
    [Trait("règle", "regles.nouvelle-version")]
    public async Task A_version_edited_in_place_decides_nothing_until_a_new_one_is_written()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.Facilitator.PostAndFollowAsync($"/marches/{scene.Market}/publics", ("version", "1"), ("publics", "RSA"));
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update public_list set categories = 'RSA|SENIOR' where market_id = @Market and version = 2", new { scene.Market }, tx), Cancel);

        var market = await scene.Facilitator.GetAsync($"/marches/{scene.Market}");
        var refused = await scene.ValidateAsync(scene.People[0]);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var written = await EligibilityRecords.HistoryAsync(db, scene.People[0].Id, scene.Market, Cancel);
        await scene.Facilitator.PostAndFollowAsync($"/marches/{scene.Market}/publics", ("version", "2"), ("publics", "RSA"), ("publics", "SENIOR"));

        Assert.Contains("Cette version a été modifiée après son enregistrement.", market.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(RuleSetSeal.OnlyNewVersions.Sentence, refused.Words, StringComparison.Ordinal);
        Assert.Empty(written);
        Assert.NotNull((await scene.ValidateAsync(scene.People[0])).RedirectsTo);
    }

    [Fact]
    public async Task A_form_of_an_old_version_is_refused_on_its_own_page_with_what_was_ticked()
    {
        var scene = await Scene.MakeAsync(Web);
        var url = $"/marches/{scene.Market}/publics";
        await scene.Facilitator.PostAndFollowAsync(url, ("version", "1"), ("publics", "RSA"));

        var late = await scene.Facilitator.PostFormAsync(url, ("version", "1"), ("publics", "SENIOR"), ("seuil_senior", "55"));
        var wrong = await scene.Facilitator.PostFormAsync(url, ("version", "2"), ("publics", "SENIOR"), ("seuil_senior", "99"));
        var other = await Web.SignInAsync(Matching.Web.Platform.Roles.Facilitator);
        var foreign = await other.PostFormAsync(url, ("version", "2"), ("publics", "SENIOR"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (late.Status, wrong.Status, foreign.Status));
        Assert.Contains("La version 2 a été enregistrée entre-temps.", late.Words, StringComparison.Ordinal);
        Assert.Equal(["SENIOR"], late.All("input[name=publics][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal("55", late.ValueOf("seuil_senior"));
        Assert.Contains("écrire un nombre entre 40 et 65", wrong.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(2, (await MarketRecords.FindAsync(db, scene.Market, Cancel))!.Publics.Version);
    }

    [Fact]
    public async Task A_marche_opened_from_a_template_has_its_thresholds_and_its_starts()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Matching.Web.Platform.Roles.Facilitator);
        var form = PostingWorld.Market("ECO-1", ("modele_publics", "R543-219")).Where(field => field.Name != "publics")
            .Concat(RuleSetTemplates.ByCode("R543-219").Categories.Select(code => (Name: "publics", Value: code)));

        var page = await facilitator.PostAndFollowAsync(
            "/marches/nouveau", [.. form, ("credit_depart", "VALIDATION"), ("cdi_depart", "PREMIER_CONTRAT"), ("ai_heures", "600"), ("ai_depart", "GLISSANT")]);

        Assert.Contains("La liste est fermée", page.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = new MarketId(await db.QuerySingleAsync<Guid>("select id from market where reference = 'ECO-1'"));
        var market = (await MarketRecords.FindAsync(db, id, Cancel))!;
        Assert.Equal(RuleSetTemplates.ByCode("R543-219").Categories, market.Publics.Categories);
        Assert.False(market.Publics.Terms.AcceptsOpinion);
        Assert.True(market.Publics.IsIntact);
        Assert.Equal(
            (CreditStart.Validation, CreditStart.FirstContract, 600, 24, AiCapStart.Rolling),
            (market.Counting.CreditStart, market.Counting.CdiStart, market.Counting.AiCapHours, market.Counting.AiCapMonths, market.Counting.AiStart));
    }

    [Fact]
    public async Task A_start_that_does_not_exist_is_refused()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Matching.Web.Platform.Roles.Facilitator);

        var refused = await facilitator.PostFormAsync("/marches/nouveau", [.. PostingWorld.Market("X-1"), ("credit_depart", "HIER")]);

        Assert.Contains("Départ de la durée : choisir une réponse dans la liste.", refused.Words, StringComparison.Ordinal);
    }
}

public sealed class RuleSetsOnSqlite(SqliteWeb web) : RuleSetTests(web), IClassFixture<SqliteWeb>;

public sealed class RuleSetsOnPostgreSql(PostgreSqlWeb web) : RuleSetTests(web), IClassFixture<PostgreSqlWeb>;
