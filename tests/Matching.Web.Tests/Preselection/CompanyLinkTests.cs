using System.Net;
using Dapper;
using Matching.Rules.Preselection;

namespace Matching.Web.Tests.Preselection;

public abstract class CompanyLinkTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_company_reads_the_files_without_account_and_learns_nothing_it_may_not_know()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1]);

        var page = await Web.Visitor().GetAsync(link);

        Assert.Contains("Ana Roche", page.Words, StringComparison.Ordinal);
        Assert.Contains("Éligible à la clause : oui (vérifié le 16/11/2026)", page.Words, StringComparison.Ordinal);
        Assert.Contains("Quelques mots sur Ana", page.Words, StringComparison.Ordinal);
        var source = page.Document.DocumentElement.OuterHtml;
        foreach (var hidden in (string[])["RSA", "1990", "02/03", "Valmont", "00100", "00001", "port de charges", "mot-personnel", "0600000000", "Ana-1", scene.Structure.Who!.OrganizationName, $"{scene.People[0].Id}"])
        {
            Assert.DoesNotContain(hidden, source, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("noindex", page.Response.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.True(page.Response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_companys_answers_are_kept_shown_back_and_can_be_changed()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1]);
        var company = Web.Visitor();

        var met = await company.PostAndFollowAsync(
            link, ("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "rencontrer"), ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30"), ("motif", ""));
        await company.PostAndFollowAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "2"), ("depuis", "TRANSMISE"), ("reponse", "decliner"), ("motif", "POSTE_POURVU"), ("commentaire", "Merci"));
        var changed = await company.PostAndFollowAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "2"), ("depuis", "NON_RETENUE"), ("reponse", "retenir"), ("motif", "POSTE_POURVU"));

        Assert.Contains("Votre réponse : rencontrer, le 20/11/2026 à 14:30.", met.Words, StringComparison.Ordinal);
        Assert.Contains("Votre réponse : retenue.", changed.Words, StringComparison.Ordinal);
        Assert.Equal((PreselectionState.Chosen, null), ((await scene.PathOfAsync(scene.People[1])).State, (await scene.PathOfAsync(scene.People[1])).Reason));
        var history = await scene.Facilitator.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[1])).Id}");
        Assert.Contains("Camille Chef (entreprise, par son lien) Transmise à l’entreprise → Non retenue par l’entreprise : Poste déjà pourvuMerci", history.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_without_reason_is_not_taken_and_the_comment_stays()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);

        var page = await Web.Visitor().PostFormAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "decliner"), ("motif", ""), ("commentaire", "mots tapés"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Choisissez un motif dans la liste.", page.Words, StringComparison.Ordinal);
        Assert.Equal("mots tapés", page.ValueOf("commentaire"));
        Assert.Equal(PreselectionState.Transmitted, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Fact]
    public async Task A_lost_an_altered_a_revoked_and_an_expired_link_all_read_the_same()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        var company = Web.Visitor();
        var altered = await company.GetAsync(link[..^1] + (link[^1] == 'A' ? 'B' : 'A'));
        var before = Web.Clock.Now;
        Web.Clock.Now = before.AddDays(31);
        var expired = await company.GetAsync(link);
        Web.Clock.Now = before;
        var revoke = (await scene.Facilitator.GetAsync(scene.Transmission)).All("form").Select(f => f.GetAttribute("action")!).Single(a => a.EndsWith("/revocation", StringComparison.Ordinal));
        await scene.Facilitator.PostAndFollowAsync(revoke);
        var revoked = await company.GetAsync(link);
        var late = await company.PostFormAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "retenir"));

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.Gone, HttpStatusCode.Gone, HttpStatusCode.Gone],
            [altered.Status, expired.Status, revoked.Status, late.Status]);
        Assert.StartsWith("Ce lien n’est plus valable ou n’existe pas", altered.Words, StringComparison.Ordinal);
        var guessed = await company.PostFormAsync(link[..^1] + (link[^1] == 'A' ? 'B' : 'A'), ("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "retenir"));
        Assert.Equal([altered.Words, altered.Words, guessed.Words], [expired.Words, revoked.Words, late.Words]);
        Assert.Equal(PreselectionState.Transmitted, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Fact]
    public async Task A_link_opens_on_its_last_day()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        var before = Web.Clock.Now;
        Web.Clock.Now = before.AddDays(30);
        try
        {
            Assert.Equal(HttpStatusCode.OK, (await Web.Visitor().GetAsync(link)).Status);
        }
        finally
        {
            Web.Clock.Now = before;
        }
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_never_stored()
    {
        var scene = await Scene.MakeAsync(Web);
        var secret = (await scene.TransmitAsync(scene.People[0]))["/e/".Length..];
        await Web.Visitor().GetAsync($"/e/{secret}");
        await Web.Visitor().GetAsync($"/e/{secret}");

        var page = await scene.Facilitator.GetAsync(scene.Transmission);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var stored = await db.QuerySingleAsync<string>("select secret_hash from company_link where posting_id = @Posting", new { scene.Posting });

        Assert.Equal(43, secret.Length);
        Assert.DoesNotContain(secret, page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.Contains("Ouvert 2 fois, la première le 16/11/2026 à 10:00, la dernière le 16/11/2026 à 10:00.", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_transmission_form_sent_twice_makes_one_link()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Preselected);
        await scene.ValidateAsync(scene.People[0]);
        var form = await scene.TransmissionFormAsync(scene.People[0]);

        var first = await scene.Facilitator.PostFormAsync(scene.Transmission, form);
        var second = await scene.Facilitator.PostFormAsync(scene.Transmission, form);

        Assert.NotNull(first.ValueOfId("lien"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Contains("Ce formulaire a déjà été envoyé", second.Words, StringComparison.Ordinal);
        Assert.Equal("Camille Chef", second.One("tbody th").TextContent);
    }

    [Fact]
    public async Task Nobody_is_transmitted_before_their_eligibility_is_validated()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0], scene.People[1]);
        foreach (var person in scene.People.Take(2))
        {
            await scene.StepAsync(person, PreselectionState.Proposed, PreselectionState.Preselected);
        }

        await scene.ValidateAsync(scene.People[0]);
        var refused = await scene.Facilitator.PostFormAsync(scene.Transmission, await scene.TransmissionFormAsync(scene.People[0], scene.People[1]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Boris Saule : son éligibilité n’est pas validée pour ce marché.", refused.Words, StringComparison.Ordinal);
        Assert.Equal("Camille Chef", refused.ValueOf("contact_nom"));
        Assert.Contains(refused.All("a"), a => a.GetAttribute("href") == $"/personnes/{scene.People[1].Id}/eligibilite?marche={scene.Market}");
        Assert.Equal(PreselectionState.Preselected, (await scene.PathOfAsync(scene.People[0])).State);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await db.QuerySingleAsync<int>("select count(*) from company_link where posting_id = @Posting", new { scene.Posting }));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task A_company_is_told_of_an_eligibility_until_its_last_day_included(int daysLater, bool isShown)
    {
        var scene = await Scene.MakeAsync(Web);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update market set ends_on = @end where id = @Market", new { end = new DateOnly(2026, 11, 20), scene.Market }, tx), Cancel);
        var link = await scene.TransmitAsync(scene.People[0]);
        var before = Web.Clock.Now;
        Web.Clock.Now = before.AddDays(daysLater);
        try
        {
            var page = await Web.Visitor().GetAsync(link);

            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(isShown, page.Words.Contains("Éligible à la clause : oui", StringComparison.Ordinal));
            Assert.Equal(isShown, page.Words.Contains("Roche", StringComparison.Ordinal));
        }
        finally
        {
            Web.Clock.Now = before;
        }
    }

    [Fact]
    public async Task A_person_who_withdrew_disappears_from_the_companys_page()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1]);
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Withdrawn, ("motif", "EMPLOI_TROUVE"));

        var page = await Web.Visitor().GetAsync(link);

        Assert.Contains("Cette personne n’est plus proposée pour ce poste.", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Roche", page.Words, StringComparison.Ordinal);
        Assert.Contains("Boris Saule", page.Words, StringComparison.Ordinal);
    }
}

public sealed class CompanyLinkOnSqlite(SqliteWeb web) : CompanyLinkTests(web), IClassFixture<SqliteWeb>;

public sealed class CompanyLinkOnPostgreSql(PostgreSqlWeb web) : CompanyLinkTests(web), IClassFixture<PostgreSqlWeb>;
