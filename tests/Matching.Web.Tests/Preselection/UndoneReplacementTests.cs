using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Tests.Mails;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Preselection;

/// <summary>A replacement launched by mistake is taken back: everyone and everything is as before, and who was told is told.</summary>
public abstract class UndoneReplacementTests(WebFixture web) : DepartureTests(web)
{
    [Fact]
    public async Task A_replacement_taken_back_closes_the_posting_as_before_and_puts_each_person_back_in_place()
    {
        var (scene, page, _) = await LaunchedAsync(withRanked: true);
        Assert.Equal(
            (PreselectionState.Proposed, PreselectionState.Proposed, PreselectionState.Proposed),
            ((await scene.PathOfAsync(scene.People[1])).State, (await scene.PathOfAsync(scene.People[2])).State, (await scene.PathOfAsync(scene.People[3])).State));

        var undone = await UndoAsync(scene, page);

        Assert.Contains("Remplacement annulé : l’offre est de nouveau « Pourvue » et chacun a repris sa place.", undone.Words, StringComparison.Ordinal);
        Assert.Contains("Le remplacement lancé le 30/11/2026 à 10:00", undone.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Preselected, (await scene.PathOfAsync(scene.People[1])).State);
        var (_, declined, reason) = await scene.PathOfAsync(scene.People[2]);
        Assert.Equal((PreselectionState.Declined, "POSTE_POURVU"), (declined, reason));
        var (_, begun, why) = await scene.PathOfAsync(scene.People[3]);
        Assert.Equal((PreselectionState.Withdrawn, "REMPLACEMENT_ANNULE"), (begun, why));
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(("FILLED", 2, 500, 0, 0), await db.QuerySingleAsync<(string, int, int, int, int)>(
            "select state, posts, insertion_hours, reopened_working, reopened_minutes from posting where id = @Posting", new { scene.Posting }));
        Assert.DoesNotContain("Boris Saule", (await scene.Structure.GetAsync("/preselections")).All("section[aria-labelledby=a-repondre]").Select(it => it.TextContent).FirstOrDefault() ?? "", StringComparison.Ordinal);
        Assert.Contains("Étape annulée : Proposée", (await scene.Structure.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[1])).Id}")).Words, StringComparison.Ordinal);
        Assert.Contains("Le remplacement est annulé", (await scene.Structure.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[3])).Id}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_replacement_is_launched_after_one_taken_back_and_asks_the_same_people()
    {
        var (scene, page, _) = await LaunchedAsync(withRanked: true);
        await UndoAsync(scene, page);

        var again = await scene.Facilitator.PostAndFollowAsync(page, Form(scene.People[1], scene.People[3]));

        Assert.Contains("2 personnes sont demandées à leur structure.", again.Words, StringComparison.Ordinal);
        Assert.Equal(
            (PreselectionState.Proposed, PreselectionState.Proposed), ((await scene.PathOfAsync(scene.People[1])).State, (await scene.PathOfAsync(scene.People[3])).State));
    }

    [Fact]
    public async Task Mails_that_did_not_leave_are_withdrawn()
    {
        var partner = await Web.SignInAsync(Roles.Structure);
        var (scene, page, contact) = await LaunchedAsync(partner);

        var undone = await UndoAsync(scene, page);

        Assert.Contains("courriels qui n’étaient pas partis sont retirés.", undone.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(await SentMail.ToAsync(Web, $"{scene.Posting}@structure.example"), it => it.Parts[0].Contains("remplacement", StringComparison.Ordinal));
        Assert.DoesNotContain(await SentMail.ToAsync(Web, contact), it => it.Parts[0].Contains("remplacement", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_mails_are_leaving_nothing_is_taken_back_and_the_facilitator_is_asked_to_wait()
    {
        var (scene, page, _) = await LaunchedAsync();
        var elsewhere = new JobLock(Web.Database, Web.Services.GetRequiredService<FrenchCalendar>());
        await elsewhere.RunAloneAsync(
            MailSender.Turn,
            async _ =>
            {
                var asked = await scene.Facilitator.PostFormAsync($"{page}/annulation");
                Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
                Assert.Contains("recommencez dans quelques secondes", asked.Words, StringComparison.Ordinal);
                return 1;
            },
            Cancel);
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[1])).State);

        Assert.Contains("Remplacement annulé", (await UndoAsync(scene, page)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_told_of_the_replacement_is_told_once_that_it_is_taken_back()
    {
        var partner = await Web.SignInAsync(Roles.Structure);
        var (scene, page, contact) = await LaunchedAsync(partner);
        var (own, other) = await WithAddressesAsync(scene, partner);
        Assert.Single(await SentMail.ToAsync(Web, own));

        var undone = await UndoAsync(scene, page);

        Assert.Contains("courriels préviennent de l’annulation.", undone.Words, StringComparison.Ordinal);
        foreach (var address in (string[])[own, other])
        {
            var mails = await SentMail.ToAsync(Web, address);
            Assert.Equal(2, mails.Count);
            Assert.Equal(("Un remplacement est annulé", "/preselections"), (mails[^1].Parts[0], mails[^1].Path));
            Assert.DoesNotContain("Saule", mails[^1].Everything, StringComparison.Ordinal);
        }

        var toCompany = (await SentMail.ToAsync(Web, contact))[^1];
        Assert.Equal("Le remplacement est annulé", toCompany.Parts[0]);
        Assert.Equal(HttpStatusCode.OK, (await Web.Visitor().GetAsync(toCompany.Path)).Status);
    }

    [Fact]
    public async Task A_company_whose_link_ended_meanwhile_is_said_once_to_be_called_apart_from_what_went_well()
    {
        var (scene, page, contact) = await LaunchedAsync();
        var before = (await SentMail.ToAsync(Web, contact)).Count;
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update company_link set revoked_at = @Now where posting_id = @Posting", new { Web.Clock.Now, scene.Posting }, tx), Cancel);

        var undone = await UndoAsync(scene, page);

        Assert.Equal(before, (await SentMail.ToAsync(Web, contact)).Count);
        Assert.Contains("Remplacement annulé", undone.One(".notice.ok").TextContent, StringComparison.Ordinal);
        foreach (var shown in new[] { undone, await scene.Facilitator.GetAsync(page) })
        {
            Assert.Single(Regex.Matches(shown.Words, "Prévenez l’entreprise par téléphone"));
            Assert.Contains("son lien n’est plus en cours", shown.One(".notice.warn").TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_company_that_is_told_by_mail_is_not_said_to_be_called()
    {
        var (scene, page, contact) = await LaunchedAsync();
        await SentMail.ToAsync(Web, contact);

        Assert.DoesNotContain("par téléphone", (await UndoAsync(scene, page)).Words.Split("Qui est prévenu")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_switched_this_kind_of_mail_off_is_not_written_to()
    {
        var partner = await Web.SignInAsync(Roles.Structure);
        var (scene, page, _) = await LaunchedAsync(partner);
        var (own, other) = await WithAddressesAsync(scene, partner);
        Assert.Single(await SentMail.ToAsync(Web, other));
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("insert into mail_switched_off (user_id, kind) values (@UserId, 'REMPLACEMENT')", new { partner.Who!.UserId }, tx), Cancel);

        await UndoAsync(scene, page);

        Assert.Single(await SentMail.ToAsync(Web, other));
        Assert.Equal(2, (await SentMail.ToAsync(Web, own)).Count);
    }

    [Fact]
    public async Task A_replacement_is_taken_back_once_by_who_launched_it_and_is_an_unknown_one_elsewhere()
    {
        var (scene, page, _) = await LaunchedAsync();
        var colleague = await Web.SignInAsync(Roles.Facilitator, organization: scene.Facilitator.Who!.OrganizationName);
        var stranger = await Web.SignInAsync(Roles.Facilitator);

        var byColleague = await colleague.PostFormAsync($"{page}/annulation");
        var byStranger = await stranger.PostFormAsync($"{page}/annulation");
        var byStructure = await scene.Structure.PostFormAsync($"{page}/annulation");
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[1])).State);
        await UndoAsync(scene, page);
        var twice = await scene.Facilitator.PostFormAsync($"{page}/annulation");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, byColleague.Status);
        Assert.Contains("Un remplacement s’annule par la personne qui l’a lancé.", byColleague.Words, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (byStranger.Status, byStructure.Status));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);
        Assert.Contains("il est déjà annulé, ou n’a pas été lancé", twice.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_an_answer_of_the_structure_a_replacement_stands()
    {
        var (scene, page, _) = await LaunchedAsync();
        var path = (await scene.PathOfAsync(scene.People[1])).Id;
        await scene.Structure.PostFormAsync($"/preselections/{path}/etape", ("depuis", PreselectionState.Proposed.Code()), ("vers", PreselectionState.Interested.Code()));

        var refused = await scene.Facilitator.PostFormAsync($"{page}/annulation");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Quelqu’un a déjà répondu", refused.Words, StringComparison.Ordinal);
        Assert.Empty((await scene.Facilitator.GetAsync(page)).All("form[action$='/annulation']"));
        Assert.Equal(PreselectionState.Interested, (await scene.PathOfAsync(scene.People[1])).State);
    }

    [Fact]
    public async Task After_a_change_of_the_posting_a_replacement_stands()
    {
        var (scene, page, _) = await LaunchedAsync();
        await scene.Facilitator.PostAndFollowAsync($"/offres/{scene.Posting}/pourvoir");

        var refused = await scene.Facilitator.PostFormAsync($"{page}/annulation");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("L’offre a été modifiée depuis", refused.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[1])).State);
    }

    /// <summary>Boris, preselected, and Chloé, told that the post was taken, are asked; a minute later the facilitator sees the mistake.</summary>
    /// <param name="withRanked">Whether a person who was only on the last ranked list is asked too.</param>
    private async Task<(Scene Scene, string Page, string Contact)> LaunchedAsync(Browser? partner = null, bool withRanked = false)
    {
        var (scene, page, contact) = await LeftAfterTwoWeeksAsync();
        if (partner is not null)
        {
            await WithAddressesAsync(scene, partner);
        }

        if (withRanked)
        {
            await RankAsync(scene);
        }

        await scene.Facilitator.PostAndFollowAsync(page, Form(withRanked ? scene.People.Skip(1) : scene.People.Skip(1).Take(2)));
        Web.Clock.Now = Web.Clock.Now.AddMinutes(1);
        return (scene, page, contact);
    }

    private static async Task<PageSeen> UndoAsync(Scene scene, string page)
    {
        var form = (await scene.Facilitator.GetAsync(page)).One("form[action$='/remplacement/annulation']");
        return await scene.Facilitator.PostAndFollowAsync(form.GetAttribute("action")!);
    }

    private Task RankAsync(Scene scene) => Web.Database.WriteAsync(
        async (db, tx) =>
        {
            var list = Guid.CreateVersion7();
            await db.ExecuteAsync(
                """
                insert into ranked_list (id, posting_id, posting_version, model_version, shown_at, shown_to_id, shown_to, in_scope, passing, why_not_json)
                values (@list, @Posting, 1, 'essai', @Now, @UserId, 'Essai', 1, 1, '[]')
                """,
                new { list, scene.Posting, Web.Clock.Now, scene.Facilitator.Who!.UserId }, tx);
            await db.ExecuteAsync(
                "insert into ranked_person (list_id, rank, person_id, score, codes_json, points_json) values (@list, 1, @Id, 0, '[]', '[]')", new { list, scene.People[3].Id }, tx);
        },
        Cancel);
}

public sealed class UndoneReplacementOnSqlite(SqliteWeb web) : UndoneReplacementTests(web), IClassFixture<SqliteWeb>;

public sealed class UndoneReplacementOnPostgreSql(PostgreSqlWeb web) : UndoneReplacementTests(web), IClassFixture<PostgreSqlWeb>;
