using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Preselection;

public abstract class PreselectionTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_path_that_is_over_does_not_keep_an_unpublished_person_open()
    {
        var scene = await Scene.MakeAsync(Web);
        var (over, goesOn, never) = (scene.People[0], scene.People[1], scene.People[2]);
        await scene.PreselectAsync(over, goesOn);
        await scene.StepAsync(over, PreselectionState.Proposed, PreselectionState.Withdrawn, ("motif", "EMPLOI_TROUVE"));
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update person set withdrawn_at = @Now where organization_id = @pool", new { Web.Clock.Now, pool = scene.Structure.Who!.OrganizationId }, tx), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, (await scene.Facilitator.GetAsync($"/personnes/{over.Id}/eligibilite")).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.Facilitator.GetAsync($"/personnes/{goesOn.Id}/eligibilite")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Facilitator.PostFormAsync(scene.Board, ("personne", $"{never.Id}"))).Status);
    }

    [Fact]
    public async Task Only_a_person_published_to_the_facilitator_begins_a_path_on_another_posting()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        var (_, _, posting) = await scene.AddPostingAsync(scene.Facilitator.Who!, (await Web.AddUserAsync(Roles.Buyer)).OrganizationId, "Peintre");
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update person set withdrawn_at = @Now where id = @Id", new { Web.Clock.Now, scene.People[0].Id }, tx), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, (await scene.Facilitator.PostFormAsync($"/offres/{posting}/preselections", ("personne", $"{scene.People[0].Id}"))).Status);
    }

    [Fact]
    public async Task People_of_a_ranked_list_are_preselected_together_and_never_doubled()
    {
        var scene = await Scene.MakeAsync(Web);

        var first = await scene.PreselectAsync(scene.People[0], scene.People[1]);
        var second = await scene.PreselectAsync(scene.People[0], scene.People[2]);

        Assert.Contains("2 personnes ajoutées à la présélection.", first.Words, StringComparison.Ordinal);
        Assert.Contains("1 personne ajoutée à la présélection. 1 personne y était déjà.", second.Words, StringComparison.Ordinal);
        Assert.Equal(3, second.All("input[name=preselection]").Count);
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[2])).State);
    }

    [Fact]
    public async Task Each_step_is_kept_with_who_when_from_and_to()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);

        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Contacted);
        await scene.StepAsync(scene.People[0], PreselectionState.Contacted, PreselectionState.Withdrawn, ("motif", "PLUS_DISPONIBLE"), ("note", "Rappeler en mars"));

        var page = await scene.Facilitator.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}");
        var lines = page.All(".timeline li").Select(li => string.Join(' ', li.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        var who = scene.Facilitator.Who!.DisplayName;
        Assert.Equal(3, lines.Count);
        Assert.Equal($"16/11/2026 à 10:00 · {who} Proposée", lines[0]);
        Assert.Equal($"16/11/2026 à 10:00 · {who} Proposée → Contactée", lines[1]);
        Assert.Equal($"16/11/2026 à 10:00 · {who} Contactée → Retirée : La personne n’est plus disponibleRappeler en mars", lines[2]);
        var (count, fault) = await new EventLog(Web.Database, new FrenchCalendar(Web.Clock)).VerifyAsync(Cancel);
        Assert.True(count >= 3);
        Assert.Null(fault);
    }

    [Fact]
    public async Task A_step_from_a_state_that_is_past_says_who_moved_the_person_and_changes_nothing()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        var id = (await scene.PathOfAsync(scene.People[0])).Id;
        await scene.Structure.PostFormAsync($"/preselections/{id}/etape", ("depuis", "PROPOSEE"), ("vers", "INTERESSEE"));

        var late = await scene.Facilitator.PostFormAsync($"/preselections/{id}/etape", ("depuis", "PROPOSEE"), ("vers", "CONTACTEE"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains(
            $"Cette personne n’est plus « Proposée » : {scene.Structure.Who!.DisplayName} l’a passée à « Intéressée » le 16/11/2026 à 10:00.", late.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Interested, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Theory]
    [InlineData("RETENUE", "ne peut pas passer à « Retenue par l’entreprise »")]
    [InlineData("TRANSMISE", "ne peut pas passer à « Transmise à l’entreprise »")]
    [InlineData("RETIREE", "Choisissez un motif dans la liste.")]
    public async Task A_step_that_is_not_foreseen_is_refused_with_a_sentence(string to, string sentence)
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        var id = (await scene.PathOfAsync(scene.People[0])).Id;

        var refused = await scene.Facilitator.PostFormAsync($"/preselections/{id}/etape", ("depuis", "PROPOSEE"), ("vers", to), ("note", "mots tapés"));

        Assert.Contains(sentence, refused.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Fact]
    public async Task A_batch_moves_everyone_or_nobody()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0], scene.People[1]);
        var (one, two) = ((await scene.PathOfAsync(scene.People[0])).Id, (await scene.PathOfAsync(scene.People[1])).Id);
        await scene.StepAsync(scene.People[1], PreselectionState.Proposed, PreselectionState.Interested);
        (string, string)[] seen = [("preselection", $"{one}"), ($"depuis_{one}", "PROPOSEE"), ("preselection", $"{two}"), ($"depuis_{two}", "INTERESSEE")];

        var refused = await scene.Facilitator.PostFormAsync($"{scene.Board}/etape", [.. seen, ("vers", "CONTACTEE")]);
        var afterRefusal = (await scene.PathOfAsync(scene.People[0])).State;
        var done = await scene.Facilitator.PostAndFollowAsync($"{scene.Board}/etape", [.. seen, ("vers", "PRESELECTIONNEE")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Boris Saule : Une personne « Intéressée » ne peut pas passer à « Contactée »", refused.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Proposed, afterRefusal);
        Assert.Contains("Étape enregistrée pour 2 personnes.", done.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Preselected, (await scene.PathOfAsync(scene.People[1])).State);
    }

    [Fact]
    public async Task Another_facilitators_ids_answer_exactly_like_unknown_ones()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        var id = (await scene.PathOfAsync(scene.People[0])).Id;
        var other = await Web.SignInAsync(Roles.Facilitator);
        var unknown = Guid.CreateVersion7();

        foreach (var path in (string[])["/preselections/{0}", "/offres/{0}/preselections", "/offres/{0}/transmettre", "/preselections/{0}/embauche", "/preselections/{0}/fin"])
        {
            object real = path.StartsWith("/offres", StringComparison.Ordinal) ? scene.Posting : id;
            var theirs = await other.GetAsync(string.Format(null, path, real));
            var nobodys = await other.GetAsync(string.Format(null, path, unknown));
            Assert.Equal((HttpStatusCode.NotFound, nobodys.Words), (theirs.Status, theirs.Words));
        }

        var posted = await other.PostFormAsync($"/preselections/{id}/etape", ("depuis", "PROPOSEE"), ("vers", "CONTACTEE"));
        Assert.Equal(HttpStatusCode.NotFound, posted.Status);
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Fact]
    public async Task Someone_whose_pool_is_not_published_here_cannot_be_preselected()
    {
        var scene = await Scene.MakeAsync(Web);
        var hidden = scene.People[1];
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update person set published_at = null where id = @Id", new { hidden.Id }, tx), Cancel);

        var answer = await scene.Facilitator.PostFormAsync(scene.Board, ("personne", $"{scene.People[0].Id}"), ("personne", $"{hidden.Id}"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Empty((await scene.Facilitator.GetAsync(scene.Board)).All("input[name=preselection]"));
    }

    [Fact]
    public async Task A_structure_follows_its_own_people_only_and_answers_for_them()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        var id = (await scene.PathOfAsync(scene.People[0])).Id;
        await scene.Facilitator.PostFormAsync($"/preselections/{id}/notes", ("note", "mot-du-facilitateur"), ("envoi", "un"));
        var stranger = await Web.SignInAsync(Roles.Structure);

        var list = await scene.Structure.GetAsync("/preselections");
        var page = await scene.Structure.PostAndFollowAsync($"/preselections/{id}/etape", ("depuis", "PROPOSEE"), ("vers", "INTERESSEE"));

        Assert.Contains("Votre réponse est attendue (1)", list.Words, StringComparison.Ordinal);
        Assert.Contains("Ana Roche", list.Words, StringComparison.Ordinal);
        Assert.Contains("Proposée → Intéressée", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("mot-du-facilitateur", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/preselections/{id}")).Status);
        Assert.DoesNotContain("Roche", (await stranger.GetAsync("/preselections")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buyer_never_reaches_a_name()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        var buyer = await Web.SignInAsync(Roles.Buyer);

        foreach (var path in (string[])["/preselections", $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}", scene.Board, scene.Transmission])
        {
            var page = await buyer.GetAsync(path);
            Assert.Contains(page.Status, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.NotFound]);
            Assert.DoesNotContain("Roche", page.Document.Source.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_counts_people_by_state_and_says_since_when()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0], scene.People[1], scene.People[2]);
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Contacted);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                "update preselection set updated_at = @past where posting_id = @Posting", new { past = Web.Clock.Now.AddDays(-4), scene.Posting }, tx),
            Cancel);

        var page = await scene.Facilitator.GetAsync("/preselections?etat=PROPOSEE");

        Assert.Contains("Proposée (2)", page.Words, StringComparison.Ordinal);
        Assert.Contains("Contactée (1)", page.Words, StringComparison.Ordinal);
        Assert.Equal(["4 jours", "4 jours"], page.All("tbody td:last-child").Select(td => td.TextContent));
    }

    [Fact]
    public async Task A_program_preselects_and_moves_people_through_the_api()
    {
        var scene = await Scene.MakeAsync(Web);
        var made = await scene.Facilitator.PostFormAsync("/compte/jetons", ("nom", "logiciel"), ("jours", "30"), ("ecriture", "on"));
        using var client = Web.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", made.One("code.secret").TextContent);
        var url = new Uri($"/api/v1/offres/{scene.Posting}/preselections", UriKind.Relative);

        var added = await client.PostAsJsonAsync(url, new { personnes = new[] { scene.People[0].Id.Value } }, Cancel);
        var id = (await scene.PathOfAsync(scene.People[0])).Id;
        var moved = await client.PostAsJsonAsync(new Uri($"/api/v1/preselections/{id}:contacter", UriKind.Relative), new { depuis = "PROPOSEE" }, Cancel);
        var refused = await client.PostAsJsonAsync(new Uri($"/api/v1/preselections/{id}:retenir", UriKind.Relative), new { depuis = "CONTACTEE" }, Cancel);

        Assert.Contains("\"etat\":\"PROPOSEE\"", await added.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("\"etat\":\"CONTACTEE\"", await moved.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Contains("ne peut pas passer", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Contacted, (await scene.PathOfAsync(scene.People[0])).State);
    }
}

public sealed class PreselectionOnSqlite(SqliteWeb web) : PreselectionTests(web), IClassFixture<SqliteWeb>;

public sealed class PreselectionOnPostgreSql(PostgreSqlWeb web) : PreselectionTests(web), IClassFixture<PostgreSqlWeb>;
