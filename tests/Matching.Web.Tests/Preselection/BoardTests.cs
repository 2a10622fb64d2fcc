using System.Net;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Preselection;

public abstract class BoardTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_step_for_several_people_is_taken_back_in_one_click_and_both_stay_in_the_history()
    {
        var scene = await ProposedAsync();
        Web.Clock.Pace = TimeSpan.FromMilliseconds(1);
        await BatchAsync(scene, scene.People[0], scene.People[1]);
        Web.Clock.Pace = TimeSpan.Zero;

        var board = await scene.Facilitator.PostAndFollowAsync($"{scene.Board}/annulation");

        Assert.Contains("Étape annulée pour 2 personnes.", board.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[0])).State);
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[1])).State);
        var history = await scene.Facilitator.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}");
        Assert.Contains("Proposée → Contactée", history.Words, StringComparison.Ordinal);
        Assert.Contains("Étape annulée : Contactée → Proposée", history.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await db.QuerySingleAsync<int>(
            "select count(*) from event where kind = 'annulation' and stream_id = @Id", new { Id = (await scene.PathOfAsync(scene.People[0])).Id.Value }));
    }

    [Fact]
    public async Task Taking_back_gives_the_reason_and_the_interview_as_they_were()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.TransmitAsync(scene.People[0]);
        Later();
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Interview, ("entretien_jour", "2026-11-20"), ("entretien_heure", "09:30"));
        Later();
        await scene.StepAsync(scene.People[0], PreselectionState.Interview, PreselectionState.Declined, ("motif", "MOBILITE"));
        Later();

        await UndoAsync(scene.Facilitator, scene, 0);

        var path = await scene.PathOfAsync(scene.People[0]);
        Assert.Equal((PreselectionState.Interview, null), (path.State, path.Reason));
        Assert.Contains("entretien le 20/11/2026 à 09:30", (await scene.Facilitator.GetAsync($"/preselections/{path.Id}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_is_taken_back_once_by_its_author_and_not_after_something_followed()
    {
        var scene = await ProposedAsync();
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Contacted);
        Later();
        var byAnother = await UndoAsync(scene.Structure, scene, 0);
        await UndoAsync(scene.Facilitator, scene, 0);
        Later();
        var twice = await UndoAsync(scene.Facilitator, scene, 0);
        await BatchAsync(scene, scene.People[1], scene.People[2]);
        await scene.Structure.PostFormAsync(
            $"/preselections/{(await scene.PathOfAsync(scene.People[2])).Id}/etape", ("depuis", "CONTACTEE"), ("vers", "INTERESSEE"));
        var overtaken = await scene.Facilitator.PostFormAsync($"{scene.Board}/annulation");

        Assert.Contains("Une étape s’annule par la personne qui l’a notée.", byAnother.Words, StringComparison.Ordinal);
        Assert.Contains("Votre dernière étape est déjà annulée.", twice.Words, StringComparison.Ordinal);
        Assert.Contains("Cette étape a eu une suite", overtaken.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, overtaken.Status);
        Assert.Equal(PreselectionState.Contacted, (await scene.PathOfAsync(scene.People[1])).State);
        Assert.DoesNotContain("Annuler ma dernière étape", (await scene.Facilitator.GetAsync(scene.Board)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_organisation_takes_nothing_back()
    {
        var scene = await ProposedAsync();
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Contacted);
        var other = await Web.SignInAsync(Roles.Facilitator);

        Assert.Equal(HttpStatusCode.NotFound, (await UndoAsync(other, scene, 0)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await UndoAsync(await Web.SignInAsync(Roles.Structure), scene, 0)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync($"{scene.Board}/annulation")).Status);
        Assert.Equal(PreselectionState.Contacted, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Fact]
    public async Task The_board_is_read_as_columns_or_as_a_list_and_says_who_is_awaited_and_since_when()
    {
        var scene = await ProposedAsync();
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Interested);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update preselection set updated_at = @before where posting_id = @Posting", new { before = Web.Clock.Now.AddDays(-3), scene.Posting }, tx), Cancel);

        var columns = await scene.Facilitator.GetAsync(scene.Board);
        var list = await scene.Facilitator.GetAsync($"{scene.Board}?vue=liste");

        Assert.Contains("On attend la structure : prévenir la personne. Au plus long : 3 jours.", columns.Words, StringComparison.Ordinal);
        var row = list.All("tbody tr").Single(tr => tr.TextContent.Contains("Ana Roche", StringComparison.Ordinal));
        Assert.Contains("le facilitateur : présélectionner la personne ou non", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("3 jours", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_board_shows_stays_in_the_address_after_a_step_and_after_a_refusal()
    {
        var scene = await ProposedAsync();
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Interested);
        var address = $"{scene.Board}?vue=liste&etat=PROPOSEE&attend=structure";

        var shown = await scene.Facilitator.GetAsync(address);
        var fields = shown.All("input[type=hidden][name^=filtre_]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!)).Distinct().ToList();
        var refused = await scene.Facilitator.PostFormAsync($"{scene.Board}/etape", [.. fields, ("vers", "CONTACTEE")]);
        var done = await scene.Facilitator.PostFormAsync($"{scene.Board}/etape", [.. fields, .. await TickedAsync(scene, scene.People[1]), ("vers", "CONTACTEE")]);

        Assert.DoesNotContain("Ana Roche", shown.Words, StringComparison.Ordinal);
        Assert.Equal(2, shown.All("tbody tr").Count);
        Assert.Equal((HttpStatusCode.BadRequest, 2), (refused.Status, refused.All("tbody tr").Count));
        Assert.Equal(address, done.RedirectsTo);
    }

    [Fact]
    public async Task A_choice_that_cannot_be_read_filters_nothing()
    {
        var scene = await ProposedAsync();

        var page = await scene.Facilitator.GetAsync($"{scene.Board}?etat=INCONNU&attend=%00&structure=%27%3B--&vue=tableau");

        Assert.Equal((HttpStatusCode.OK, 3), (page.Status, page.All("input[name=preselection]").Count));
    }

    private async Task<Scene> ProposedAsync()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People.Take(3));
        Later();
        return scene;
    }

    private void Later() => Web.Clock.Now = Web.Clock.Now.AddMinutes(1);

    private static async Task<(string, string)[]> TickedAsync(Scene scene, params IEnumerable<Rules.People.Person> people)
    {
        var fields = new List<(string, string)>();
        foreach (var person in people)
        {
            var path = await scene.PathOfAsync(person);
            fields.AddRange([("preselection", $"{path.Id}"), ($"depuis_{path.Id}", path.State.Code())]);
        }

        return [.. fields];
    }

    private async Task BatchAsync(Scene scene, params IEnumerable<Rules.People.Person> people)
    {
        Later();
        Assert.NotNull((await scene.Facilitator.PostFormAsync($"{scene.Board}/etape", [.. await TickedAsync(scene, people), ("vers", "CONTACTEE")])).RedirectsTo);
        Later();
    }

    private static async Task<PageSeen> UndoAsync(Browser browser, Scene scene, int person) =>
        await browser.PostFormAsync($"/preselections/{(await scene.PathOfAsync(scene.People[person])).Id}/annulation");
}

public sealed class BoardOnSqlite(SqliteWeb web) : BoardTests(web), IClassFixture<SqliteWeb>;

public sealed class BoardOnPostgreSql(PostgreSqlWeb web) : BoardTests(web), IClassFixture<PostgreSqlWeb>;
