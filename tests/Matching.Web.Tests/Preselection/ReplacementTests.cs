using System.Net;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Tests.Mails;

namespace Matching.Web.Tests.Preselection;

/// <summary>Someone leaves their post: the posting opens again with what is left, the next people are asked, everybody is told.</summary>
public abstract class ReplacementTests(WebFixture web) : DepartureTests(web)
{
    [Fact]
    public async Task After_a_departure_the_posting_reopens_with_the_hours_left_and_the_next_person_is_asked()
    {
        var (scene, page, address) = await LeftAfterTwoWeeksAsync();

        var view = await scene.Facilitator.GetAsync(page);
        Assert.Equal(("2", "470"), (view.ValueOf("nombre_postes"), view.ValueOf("heures_insertion")));
        Assert.Contains("Pourvue : elle sera rouverte", view.Words, StringComparison.Ordinal);
        Assert.Contains("30 h", view.Words, StringComparison.Ordinal);
        Assert.Equal(["Boris Saule, accompagnée par", "Chloé Tilleul, accompagnée par"], view.All("label.check").Select(it => it.TextContent.Trim()).Where(it => it.Contains(", accompagnée", StringComparison.Ordinal)).Select(it => it[..(it.IndexOf("par", StringComparison.Ordinal) + 3)]));

        var done = await scene.Facilitator.PostAndFollowAsync(page, Form(scene.People[1]));

        Assert.Contains("Offre ouverte avec ce qui reste à faire. 1 personne est demandée à sa structure. L’entreprise est prévenue par courriel.", done.Words, StringComparison.Ordinal);
        Assert.Contains("Remplacement lancé le 30/11/2026", done.Words, StringComparison.Ordinal);
        Assert.Empty(done.All("form[action$='/remplacement']"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(("PUBLISHED", 2, 2, 470), await db.QuerySingleAsync<(string, int, int, int)>(
            "select state, version, posts, insertion_hours from posting where id = @Posting", new { scene.Posting }));
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[1])).State);
        var asked = await scene.Structure.GetAsync("/preselections");
        Assert.Contains("Boris Saule", asked.One("section[aria-labelledby=a-repondre]").TextContent, StringComparison.Ordinal);

        var mail = (await SentMail.ToAsync(Web, address))[^1];
        Assert.Equal("Un remplacement est cherché", mail.Parts[0]);
        Assert.Equal(HttpStatusCode.OK, (await Web.Visitor().GetAsync(mail.Path)).Status);
        Assert.DoesNotContain("Ana", mail.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_structure_of_the_person_asked_and_the_other_partners_are_written_to_once_each()
    {
        var (scene, page, _) = await LeftAfterTwoWeeksAsync();
        var partner = await Web.SignInAsync(Roles.Structure);
        var (own, other) = await WithAddressesAsync(scene, partner);

        await scene.Facilitator.PostAndFollowAsync(page, Form(scene.People[1]));
        await scene.Facilitator.PostFormAsync(page, Form(scene.People[1]));

        var toOwn = Assert.Single(await SentMail.ToAsync(Web, own));
        var toPartner = Assert.Single(await SentMail.ToAsync(Web, other));
        Assert.Equal("/preselections", toOwn.Path);
        Assert.Equal($"/offres/{scene.Posting}", toPartner.Path);
        Assert.All([toOwn, toPartner], it => Assert.DoesNotContain("Saule", it.Everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Partners_are_not_said_to_be_told_when_none_can_be_written_to()
    {
        var (scene, page, _) = await LeftAfterTwoWeeksAsync();
        await ForgetAddressesAsync();

        var done = await scene.Facilitator.PostAndFollowAsync(page, Form(scene.People[1]));

        Assert.DoesNotContain("ont été prévenus", done.Words, StringComparison.Ordinal);
        Assert.Contains("Aucun courriel ne part vers les partenaires", done.Words, StringComparison.Ordinal);
        Assert.Contains("Aucun partenaire du territoire n’a été prévenu : aucun autre ne reçoit ces courriels.", (await scene.Facilitator.GetAsync(page)).Words, StringComparison.Ordinal);
    }

    // The other stories are of the same territory.
    private Task<int> ForgetAddressesAsync() => Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update app_user set email = null", transaction: tx), Cancel);

    [Fact]
    public async Task How_many_mails_left_to_partners_is_said()
    {
        var (scene, page, _) = await LeftAfterTwoWeeksAsync();
        await ForgetAddressesAsync();
        await WithAddressesAsync(scene, await Web.SignInAsync(Roles.Structure));

        await scene.Facilitator.PostAndFollowAsync(page, Form(scene.People[1]));

        Assert.Contains("Les partenaires du territoire ont été prévenus (1 courriel).", (await scene.Facilitator.GetAsync(page)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_after_the_last_day_are_refused_and_the_ledger_stops_there()
    {
        var (scene, page, _) = await LeftAfterTwoWeeksAsync();
        await LaterAsync(scene, TwoWeeksLater.AddMonths(1));
        var contract = (await scene.Facilitator.GetAsync(page)).All("a[href^='/heures/contrats/']").Select(a => a.GetAttribute("href")!).First();

        var next = await Declare(scene, contract, "2026-12", "7");
        var more = await Declare(scene, contract, "2026-11", "270");

        Assert.Contains("Le contrat ne court pas en décembre 2026", next.Words, StringComparison.Ordinal);
        Assert.Contains("le contrat compte 12 jours", more.Words, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (next.Status, more.Status));
    }

    [Fact]
    public async Task Who_cannot_be_asked_is_shown_with_the_reason_and_is_not_asked()
    {
        var (scene, page, _) = await LeftAfterTwoWeeksAsync();
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update person set withdrawn_at = @Now where id = @Id", new { Web.Clock.Now, scene.People[1].Id }, tx), Cancel);

        var view = await scene.Facilitator.GetAsync(page);
        var refused = await scene.Facilitator.PostFormAsync(page, [.. Form(scene.People[1])]);

        Assert.Contains("Boris Saule n’est plus publiée par sa structure.", view.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Boris Saule n’est plus publiée par sa structure. Décochez cette personne.", refused.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal("FILLED", await db.QuerySingleAsync<string>("select state from posting where id = @Posting", new { scene.Posting }));
    }

    [Fact]
    public async Task A_second_departure_does_not_take_the_same_hours_off_twice()
    {
        var (scene, page, _) = await LeftAfterTwoWeeksAsync();
        await scene.Facilitator.PostAndFollowAsync(page, Form(scene.People[1]));
        await scene.StepAsync(scene.People[1], PreselectionState.Proposed, PreselectionState.Preselected);
        await scene.SendAsync([.. await scene.TransmissionFormAsync(scene.People[1])]);
        await scene.StepAsync(scene.People[1], PreselectionState.Transmitted, PreselectionState.Chosen);
        await HireAsync(scene, scene.People[1], "2026-11-30");
        await EndAsync(scene, scene.People[1], "2026-11-30");

        var next = await scene.Facilitator.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[1])).Id}/remplacement");

        Assert.Equal(("1", "470"), (next.ValueOf("nombre_postes"), next.ValueOf("heures_insertion")));
    }

    [Fact]
    public async Task A_replacement_sent_twice_is_made_once_and_nobody_elses_is_an_unknown_one()
    {
        var (scene, page, _) = await LeftAfterTwoWeeksAsync();
        var other = await Web.SignInAsync(Roles.Facilitator);

        var bad = await scene.Facilitator.PostFormAsync(page, ("nombre_postes", "zéro"), ("heures_insertion", "70"));
        await scene.Facilitator.PostAndFollowAsync(page, Form(scene.People[1]));
        var twice = await scene.Facilitator.PostFormAsync(page, Form(scene.People[1]));
        var stranger = await other.PostFormAsync(page, Form(scene.People[1]));
        var unknownPerson = await scene.Facilitator.PostFormAsync(page, [("nombre_postes", "1"), ("heures_insertion", ""), ("personne", $"{Guid.CreateVersion7()}")]);

        Assert.Equal((HttpStatusCode.BadRequest, "70"), (bad.Status, bad.ValueOf("heures_insertion")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);
        Assert.Contains("Ce remplacement est déjà lancé", twice.Words, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (stranger.Status, unknownPerson.Status));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await scene.Structure.GetAsync(page)).Status);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select count(*) from replacement where posting_id = @Posting", new { scene.Posting }));
    }

    [Fact]
    public async Task Nobody_is_replaced_before_the_end_of_the_contract_is_noted_once()
    {
        var scene = await HiredAsync();
        var page = $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/remplacement";

        var early = await scene.Facilitator.GetAsync(page);
        var future = await EndAsync(scene, scene.People[0], "2026-11-17");
        await EndAsync(scene, scene.People[0], "2026-11-16");
        var twice = await EndAsync(scene, scene.People[0], "2026-11-16");

        Assert.Contains("Un remplacement se cherche quand la fin du contrat est enregistrée", early.Words, StringComparison.Ordinal);
        Assert.Contains("Le dernier jour va du début du contrat", future.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);
        Assert.Contains("« Contrat terminé »", twice.Words, StringComparison.Ordinal);
    }
}

public sealed class ReplacementOnSqlite(SqliteWeb web) : ReplacementTests(web), IClassFixture<SqliteWeb>;

public sealed class ReplacementOnPostgreSql(PostgreSqlWeb web) : ReplacementTests(web), IClassFixture<PostgreSqlWeb>;
