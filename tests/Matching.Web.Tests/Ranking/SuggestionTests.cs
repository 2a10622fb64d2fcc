using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Tests.Platform;
using Matching.Web.Tests.Preselection;

namespace Matching.Web.Tests.Ranking;

/// <summary>A structure suggests its people for a posting; the facilitator reads them beside the list and answers each.</summary>
public abstract class SuggestionTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_structure_suggests_two_of_its_people_with_a_word_and_the_facilitator_reads_them_beside_the_list()
    {
        var scene = await Scene.MakeAsync(Web);
        var page = await scene.Structure.GetAsync($"{Propose(scene)}?personne={scene.People[3].Id}");
        var shown = page.All(".ranked h2 a").Select(name => name.TextContent).ToList();
        Assert.Equal(scene.People.Select(person => person.Identity.FullName).Order(), shown.Order());
        Assert.Equal([scene.People[3].Id.ToString()], page.All("input[name=personne][checked]").Select(box => box.GetAttribute("value")!));
        Assert.Contains("Justificatif à voir", page.Words, StringComparison.Ordinal);
        Assert.Contains("À réunir avant l’embauche", page.Words, StringComparison.Ordinal);

        var sent = await SuggestAsync(scene, (scene.People[0], "A monté des murs en chantier école."), (scene.People[1], ""));
        Assert.Contains("À l’étude par le facilitateur", sent.Words, StringComparison.Ordinal);
        Assert.Equal(2, sent.All(".ranked h2 a").Count);

        var list = await scene.Facilitator.GetAsync($"/offres/{scene.Posting}/candidats");
        var suggested = list.All(".suggested li");
        Assert.Equal(2, suggested.Count);
        Assert.All(suggested, one => Assert.Contains($"Proposée par {scene.Structure.Who!.OrganizationName}", one.TextContent, StringComparison.Ordinal));
        Assert.Contains("A monté des murs en chantier école.", list.One(".suggested").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Roche", list.Words, StringComparison.Ordinal);
        var json = JsonDocument.Parse(await (await scene.Facilitator.Client.GetAsync(new Uri($"/api/v1/offres/{scene.Posting}/candidats", UriKind.Relative), Cancel)).Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal(["A monté des murs en chantier école.", null], json.GetProperty("propositions").EnumerateArray().OrderBy(it => it.GetProperty("mot").GetString() is null).Select(it => it.GetProperty("mot").GetString()));
    }

    [Fact]
    public async Task The_facilitator_preselects_one_and_says_no_to_the_other_with_a_reason_that_the_structure_reads()
    {
        var scene = await Scene.MakeAsync(Web);
        await SuggestAsync(scene, (scene.People[0], ""), (scene.People[1], ""));
        await scene.PreselectAsync(scene.People[0]);
        var answer = $"/offres/{scene.Posting}/proposees/{scene.People[1].Id}/refus";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await scene.Facilitator.PostFormAsync(answer)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await scene.Facilitator.PostFormAsync(answer, ("motif", "COMPETENCES"))).Status);
        await scene.Facilitator.PostAndFollowAsync(answer, ("motif", "EXIGENCE_DU_POSTE"));
        await scene.Facilitator.PostAndFollowAsync(answer, ("motif", "EXIGENCE_DU_POSTE"));

        var list = await scene.Facilitator.GetAsync($"/offres/{scene.Posting}/candidats");
        Assert.Empty(list.All(".suggested"));
        var read = await scene.Structure.GetAsync(Propose(scene));
        Assert.Contains("Dans la présélection", read.Words, StringComparison.Ordinal);
        Assert.Contains("Pas retenue pour cette offre Une exigence du poste n’est pas remplie", read.Words, StringComparison.Ordinal);
        var late = await scene.Facilitator.PostFormAsync($"/offres/{scene.Posting}/proposees/{scene.People[0].Id}/refus", ("motif", "EXIGENCE_DU_POSTE"));
        Assert.Contains("déjà dans la présélection", late.Words, StringComparison.Ordinal);
        var again = await scene.Structure.PostFormAsync(Propose(scene), ("personne", scene.People[1].Id.ToString()));
        Assert.Contains("a déjà répondu", again.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_suggests_once_and_writes_one_mail_without_a_name()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"proposees-{scene.Posting}@facilitateur.example";
        await scene.Facilitator.PostAndFollowAsync("/compte/courriels", ("courriel", address), ("recevoir_PERSONNES_PROPOSEES", "on"));
        await SuggestAsync(scene, (scene.People[0], "mot-secret"));
        var twice = await SuggestAsync(scene, (scene.People[0], "autre mot"));
        Assert.Contains("mot-secret", twice.Words, StringComparison.Ordinal);
        await SuggestAsync(scene, (scene.People[1], ""));

        var mail = Assert.Single(await MailsAsync(MailKind.PeopleProposed, address));
        Assert.Contains($"/offres/{scene.Posting}/candidats#proposees", mail, StringComparison.Ordinal);
        Assert.All(["Ana", "Roche", "mot-secret", "Maçon"], hidden => Assert.DoesNotContain(hidden, mail, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("règle", "proposition.personnes-de-la-structure")]
    public async Task Nobody_is_suggested_by_another_structure_nor_when_withdrawn_nor_for_a_closed_posting()
    {
        var scene = await Scene.MakeAsync(Web);
        var stranger = await Web.SignInAsync(Roles.Structure, OrganizationKind.Ei);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync(Propose(scene), ("personne", scene.People[0].Id.ToString()))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.PostFormAsync($"/offres/{Guid.CreateVersion7()}/proposer", ("personne", scene.People[0].Id.ToString()))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.PostFormAsync(Propose(scene), ("personne", Guid.CreateVersion7().ToString()))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync($"{Propose(scene)}/{scene.People[0].Id}/reprise")).Status);
        Assert.Contains("Aucune personne n’est cochée", (await scene.Structure.PostFormAsync(Propose(scene), ("personne", "n’importe quoi"))).Words, StringComparison.Ordinal);
        var other = await Web.SignInAsync(Roles.Facilitator);
        await SuggestAsync(scene, (scene.People[1], ""));
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync($"/offres/{scene.Posting}/proposees/{scene.People[1].Id}/refus", ("motif", "DOUBLON"))).Status);

        await scene.Structure.PostAndFollowAsync($"/viviers/personnes/{scene.People[0].Id}/retirer");
        var withdrawn = await scene.Structure.PostFormAsync(Propose(scene), ("personne", scene.People[0].Id.ToString()), ($"mot_{scene.People[0].Id}", "gardé"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, withdrawn.Status);
        Assert.Contains("n’est plus publiée", withdrawn.Words, StringComparison.Ordinal);

        await scene.Structure.PostAndFollowAsync($"/viviers/personnes/{scene.People[1].Id}/retirer");
        Assert.Empty((await scene.Facilitator.GetAsync($"/offres/{scene.Posting}/candidats")).All(".suggested"));

        await scene.Facilitator.PostAndFollowAsync($"/offres/{scene.Posting}/pourvoir");
        var closed = await scene.Structure.PostFormAsync(Propose(scene), ("personne", scene.People[2].Id.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, closed.Status);
        Assert.Contains("vient d’être pourvue", closed.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_structure_takes_back_what_nobody_answered_and_may_suggest_again()
    {
        var scene = await Scene.MakeAsync(Web);
        await SuggestAsync(scene, (scene.People[0], "premier mot"));
        var back = await scene.Structure.PostAndFollowAsync($"{Propose(scene)}/{scene.People[0].Id}/reprise");
        Assert.Contains("Proposition reprise", back.Words, StringComparison.Ordinal);
        Assert.Empty((await scene.Facilitator.GetAsync($"/offres/{scene.Posting}/candidats")).All(".suggested"));
        await SuggestAsync(scene, (scene.People[0], "second mot"));
        Assert.Contains("second mot", (await scene.Facilitator.GetAsync($"/offres/{scene.Posting}/candidats")).One(".suggested").TextContent, StringComparison.Ordinal);
        await scene.PreselectAsync(scene.People[0]);
        var late = await scene.Structure.PostFormAsync($"{Propose(scene)}/{scene.People[0].Id}/reprise");
        Assert.Contains("a déjà répondu", late.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Structures_of_the_territory_are_told_of_a_published_posting_unless_they_switched_it_off()
    {
        var scene = await Scene.MakeAsync(Web);
        var (address, silent) = ($"territoire-{scene.Posting}@structure.example", $"silence-{scene.Posting}@structure.example");
        await scene.Structure.PostAndFollowAsync("/compte/courriels", ("courriel", address), ("recevoir_OFFRE_PUBLIEE", "on"));
        var other = await Web.SignInAsync(Roles.Structure, OrganizationKind.Aci);
        await other.PostAndFollowAsync("/compte/courriels", ("courriel", silent));
        await using (var db = await Web.Database.OpenAsync(Cancel))
        {
            await db.ExecuteAsync("update posting set state = 'DRAFT' where id = @Posting", new { scene.Posting });
        }

        await scene.Facilitator.PostAndFollowAsync($"/offres/{scene.Posting}/publier");
        var refused = await scene.Facilitator.PostFormAsync($"/offres/{scene.Posting}/publier");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);

        var mail = Assert.Single(await MailsAsync(MailKind.PostingPublished, address));
        Assert.Contains($"/offres/{scene.Posting}", mail, StringComparison.Ordinal);
        Assert.Empty(await MailsAsync(MailKind.PostingPublished, silent));
        Assert.Contains($"/offres/{scene.Posting}/proposer", (await scene.Structure.GetAsync($"/offres/{scene.Posting}")).All("a").Select(a => a.GetAttribute("href")));
    }

    private static string Propose(Scene scene) => $"/offres/{scene.Posting}/proposer";

    private static Task<PageSeen> SuggestAsync(Scene scene, params (Person Person, string Word)[] people) => scene.Structure.PostAndFollowAsync(
        Propose(scene), [.. people.SelectMany(it => new[] { ("personne", it.Person.Id.ToString()), ($"mot_{it.Person.Id}", it.Word) })]);

    private async Task<IReadOnlyList<string>> MailsAsync(MailKind kind, string address)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (await db.QueryAsync<string>("select subject || text_body || html_body from mail where kind = @Code and recipient = @address order by id limit 10", new { kind.Code, address })).AsList();
    }
}

public sealed class SuggestionsOnSqlite(SqliteWeb web) : SuggestionTests(web), IClassFixture<SqliteWeb>;

public sealed class SuggestionsOnPostgreSql(PostgreSqlWeb web) : SuggestionTests(web), IClassFixture<PostgreSqlWeb>
{
    [Fact]
    public async Task The_people_suggested_together_are_read_together()
    {
        var scene = await Scene.MakeAsync(Web);
        await using var db = await Web.Database.OpenAsync(Cancel);
        using var asked = new AskedQueries(await db.QuerySingleAsync<string>("select current_database()"));

        var sent = await scene.Structure.PostFormAsync($"/offres/{scene.Posting}/proposer", [.. scene.People.Take(3).Select(person => ("personne", $"{person.Id}"))]);

        Assert.NotNull(sent.RedirectsTo);
        Assert.Single(asked.Texts, text => text.Contains("p.work_json", StringComparison.Ordinal) && text.Contains("p.id", StringComparison.Ordinal) && text.Contains("p.first_name", StringComparison.Ordinal));
    }
}
