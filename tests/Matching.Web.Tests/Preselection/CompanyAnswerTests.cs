using System.Net;
using Dapper;
using Matching.Rules.Hours;
using Matching.Rules.Preselection;

namespace Matching.Web.Tests.Preselection;

/// <summary>What a company answers, by one or several of its people, in time or not.</summary>
public abstract class CompanyAnswerTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Whoever_answers_says_their_name_and_types_it_once()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1]);
        var company = Web.Visitor();

        var refused = await company.PostFormAsync(link, [.. Answer("", 1, "TRANSMISE", "retenir"), ("commentaire", "mots tapés")]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Votre nom : à remplir.", refused.Words, StringComparison.Ordinal);
        Assert.Equal("mots tapés", refused.ValueOf("commentaire"));
        Assert.Equal(PreselectionState.Transmitted, (await scene.PathOfAsync(scene.People[0])).State);

        var answered = await company.PostAndFollowAsync(link, Answer("Zoé Martin", 1, "TRANSMISE", "retenir"));
        Assert.Contains("Votre réponse : retenue. Dit par Zoé Martin le 16/11/2026 à 10:00.", answered.Words, StringComparison.Ordinal);
        Assert.All(answered.All("[name=votre_nom]"), it => Assert.Equal("Zoé Martin", it.GetAttribute("value")));
        Assert.All((await Web.Visitor().GetAsync(link)).All("[name=votre_nom]"), it => Assert.Equal("", it.GetAttribute("value") ?? ""));
    }

    [Fact]
    public async Task Two_people_answer_from_the_same_page_and_neither_answer_is_lost()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);

        await Web.Visitor().PostAndFollowAsync(link, Answer("Zoé Martin", 1, "TRANSMISE", "retenir"));
        var last = await Web.Visitor().PostAndFollowAsync(link, [.. Answer("Yann Petit", 1, "TRANSMISE", "decliner"), ("motif", "POSTE_POURVU")]);

        Assert.Contains("Votre réponse : non retenue (Poste déjà pourvu). Dit par Yann Petit", last.Words, StringComparison.Ordinal);
        Assert.Contains("Réponses précédentes retenue, Zoé Martin, le 16/11/2026 à 10:00", last.Words, StringComparison.Ordinal);
        var history = (await scene.Facilitator.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}")).Words;
        Assert.Contains("Zoé Martin (entreprise, par son lien) Transmise à l’entreprise → Retenue par l’entreprise", history, StringComparison.Ordinal);
        Assert.Contains("Yann Petit (entreprise, par son lien) Retenue par l’entreprise → Non retenue par l’entreprise", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_arrive_at_the_same_instant_are_all_kept()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        (string Name, string Reply)[] all = [("Zoé Martin", "retenir"), ("Yann Petit", "rencontrer"), ("Xavier Roux", "retenir"), ("Wendy Blin", "rencontrer")];
        var visitors = all.Select(_ => Web.Visitor()).ToList();
        foreach (var visitor in visitors)
        {
            await visitor.GetAsync("/connexion");
        }

        var pages = await Task.WhenAll(all.Select((it, i) => visitors[i].PostFormAsync(link, Answer(it.Name, 1, "TRANSMISE", it.Reply))));

        Assert.All(pages, page => Assert.True(page.RedirectsTo is not null, page.Words));
        var history = (await scene.Facilitator.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}")).Words;
        Assert.All(all, it => Assert.Contains(it.Name, history, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_colleague_who_says_the_same_does_not_wipe_out_the_date_already_given()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        await Web.Visitor().PostAndFollowAsync(link, [.. Answer("Zoé Martin", 1, "TRANSMISE", "rencontrer"), ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30")]);

        var page = await Web.Visitor().PostAndFollowAsync(link, Answer("Yann Petit", 1, "TRANSMISE", "rencontrer"));

        Assert.Contains("Votre réponse : rencontrer, le 20/11/2026 à 14:30. Dit par Yann Petit", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_answer()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        var company = Web.Visitor();
        (string, string)[] form = [.. Answer("Zoé Martin", 1, "TRANSMISE", "rencontrer"), ("envoi", (await company.GetAsync(link)).ValueOf("envoi")!)];

        await company.PostAndFollowAsync(link, form);
        await company.PostAndFollowAsync(link, form);

        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await db.QuerySingleAsync<int>(
            "select count(*) from preselection_step where preselection_id = @Id and by_name like 'Zoé%'", new { (await scene.PathOfAsync(scene.People[0])).Id }));
    }

    [Fact]
    public async Task An_answer_after_the_day_asked_is_kept_and_says_so_and_after_the_link_ended_it_is_given_back()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        var before = Web.Clock.Now;
        try
        {
            Web.Clock.Now = before.AddDays(16);
            var late = await Web.Visitor().PostAndFollowAsync(link, Answer("Zoé Martin", 1, "TRANSMISE", "retenir"));
            Assert.Contains("après la date demandée : votre contact a pu avancer entre-temps", late.Words, StringComparison.Ordinal);
            Assert.Contains("Votre réponse : retenue.", late.Words, StringComparison.Ordinal);

            Web.Clock.Now = before.AddDays(31);
            var over = await Web.Visitor().PostFormAsync(link, [.. Answer("Zoé Martin", 1, "RETENUE", "decliner"), ("motif", "POSTE_POURVU"), ("commentaire", "Le chantier est reporté.")]);
            Assert.Equal(HttpStatusCode.Gone, over.Status);
            Assert.Contains("Votre réponse n’a pas été enregistrée.", over.Words, StringComparison.Ordinal);
            Assert.Contains("Ne pas retenir", over.Words, StringComparison.Ordinal);
            Assert.Contains("Poste déjà pourvu", over.Words, StringComparison.Ordinal);
            Assert.Contains("Le chantier est reporté.", over.Words, StringComparison.Ordinal);
        }
        finally
        {
            Web.Clock.Now = before;
        }
    }

    [Fact]
    public async Task Someone_who_left_while_the_page_was_open_is_no_longer_answered_about_and_what_was_typed_stays()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1]);
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Withdrawn, ("motif", "EMPLOI_TROUVE"));

        var page = await Web.Visitor().PostFormAsync(
            link, [.. Answer("Zoé Martin", 1, "TRANSMISE", "rencontrer"), ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30"), ("commentaire", "Le chantier ouvre à sept heures.")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.All(["Zoé Martin", "Rencontrer", "2026-11-20 14:30", "Le chantier ouvre à sept heures."], typed => Assert.Contains(typed, page.One("#fiche-1").TextContent, StringComparison.Ordinal));
        Assert.Contains(DossierText.Gone, page.One("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Roche", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("emploi", page.One("#fiche-1").TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(PreselectionState.Withdrawn, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Fact]
    public async Task The_company_reads_the_same_hours_as_the_facilitator_and_what_it_must_hand_over()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        var contract = await HireAsync(scene);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                """
                insert into hour_entry (id, contract_id, month, kind, minutes, declared_at, declared_by) values (@id, @contract, @month, 'WORK', 2130, @now, 'Test');
                insert into hour_decision (entry_id, status, decided_at, decided_by_id, decided_by) values (@id, 'VALIDATED', @now, @by, 'Test');
                """,
                new { id = Guid.CreateVersion7(), contract, month = new DateOnly(2026, 11, 1), by = scene.Facilitator.Who!.UserId, now = Web.Clock.Now }, tx),
            Cancel);

        var page = await Web.Visitor().GetAsync(link);
        var elsewhere = await scene.Facilitator.GetAsync($"/heures/marches/{scene.Market}");

        var done = Shown(2_130);
        Assert.Contains($"{done} faites sur {Shown(60_000)} dues ; il reste {Shown(57_870)}.", page.Words, StringComparison.Ordinal);
        Assert.Contains(done, elsewhere.Words, StringComparison.Ordinal);
        Assert.Contains("Copie du contrat de travail, fiche 1 : au plus tard le 16/11/2026", page.Words, StringComparison.Ordinal);
        Assert.Contains("Heures de novembre 2026 : au plus tard le 14/12/2026", page.Words, StringComparison.Ordinal);
    }

    // The words of a page have their spaces folded.
    private static string Shown(int minutes) => string.Join(' ', HoursText.Show(minutes).Split((char[]?)null));

    private async Task<Guid> HireAsync(Scene scene)
    {
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Chosen);
        var id = (await scene.PathOfAsync(scene.People[0])).Id;
        await scene.Facilitator.PostAndFollowAsync(
            $"/preselections/{id}/embauche", ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("employeur", scene.Company.ToString()), ("debut", "2026-11-16"), ("fin", "2027-05-15"), ("heures", "35"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QuerySingleAsync<Guid>("select id from work_contract where preselection_id = @id", new { id });
    }

    private static (string, string)[] Answer(string name, int position, string from, string reply) =>
        [("votre_nom", name), ("fiche", $"{position}"), ("depuis", from), ("reponse", reply)];
}

public sealed class CompanyAnswersOnSqlite(SqliteWeb web) : CompanyAnswerTests(web), IClassFixture<SqliteWeb>;

public sealed class CompanyAnswersOnPostgreSql(PostgreSqlWeb web) : CompanyAnswerTests(web), IClassFixture<PostgreSqlWeb>;
