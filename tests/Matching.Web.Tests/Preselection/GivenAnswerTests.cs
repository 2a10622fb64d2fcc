using System.Net;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Tests.Preselection;

/// <summary>After a no: the answer to the person and to the structure, and the count of the reasons.</summary>
public abstract class GivenAnswerTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task The_answer_is_read_before_it_is_given_then_the_structure_reads_it_and_prints_the_letter()
    {
        var (scene, path) = await DeclinedAsync();
        var address = $"suite-{scene.Posting}@structure.example";
        await scene.Structure.PostAndFollowAsync("/compte/courriels", ("courriel", address), ("recevoir_SUITE_DONNEE", "on"));
        var waiting = await scene.Structure.GetAsync(path);
        Assert.Contains("n’a pas encore écrit la réponse", waiting.Words, StringComparison.Ordinal);
        Assert.Empty(waiting.All(".letter"));
        Assert.Contains("Ana Roche Maçon : non retenue par l’entreprise", Folded((await scene.Facilitator.GetAsync("/aujourdhui")).One("[aria-labelledby=suites]").TextContent), StringComparison.Ordinal);

        var preview = await scene.Facilitator.PostFormAsync(path, ("mots", "Un chantier école ouvre en mars."), ("action", "apercu"));
        Assert.Contains("Bonjour Ana,", preview.One(".letter").TextContent, StringComparison.Ordinal);
        Assert.Contains("expérience plus proche de ce poste", preview.One(".letter").TextContent, StringComparison.Ordinal);
        Assert.Contains("Un chantier école ouvre en mars.", preview.One(".letter").TextContent, StringComparison.Ordinal);
        Assert.Empty(await MailsAsync(address));

        (string, string)[] form = [("mots", "Un chantier école ouvre en mars."), ("action", "envoyer")];
        await scene.Facilitator.PostAndFollowAsync(path, form);
        await scene.Facilitator.PostAndFollowAsync(path, form);

        var mail = Assert.Single(await MailsAsync(address));
        Assert.Contains(path, mail, StringComparison.Ordinal);
        Assert.All(["Ana", "Roche", "Maçon", "chantier"], hidden => Assert.DoesNotContain(hidden, mail, StringComparison.Ordinal));
        var read = await scene.Structure.GetAsync(path);
        Assert.Contains("Motif : Compétences ou expérience éloignées du poste", read.Words, StringComparison.Ordinal);
        Assert.Contains("Un chantier école ouvre en mars.", read.One(".letter").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("RSA", read.Words, StringComparison.Ordinal);
        Assert.Empty((await scene.Facilitator.GetAsync("/aujourdhui")).All("[aria-labelledby=suites]"));
    }

    [Fact]
    public async Task Nobody_is_answered_while_on_the_way_nor_by_another_organisation_nor_with_too_many_words()
    {
        var (scene, path) = await DeclinedAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await (await Web.SignInAsync(Roles.Facilitator)).GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Web.SignInAsync(Roles.Facilitator)).PostFormAsync(path, ("action", "envoyer"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await scene.Structure.PostFormAsync(path, ("action", "envoyer"))).Status);
        var tooLong = await scene.Facilitator.PostFormAsync(path, ("mots", new string('a', AnswerLetter.WordsLength + 1)), ("action", "envoyer"));
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.Status);
        Assert.Equal(AnswerLetter.WordsLength + 1, tooLong.ValueOf("mots")!.Length);

        await scene.StepAsync(scene.People[0], PreselectionState.Declined, PreselectionState.Preselected);
        var moved = await scene.Facilitator.PostFormAsync(path, ("action", "envoyer"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, moved.Status);
        Assert.Contains("avance encore vers ce poste", moved.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reasons_of_a_posting_are_counted_on_its_board_and_beside_the_why_not_of_its_list()
    {
        var (scene, _) = await DeclinedAsync();
        await scene.PreselectAsync(scene.People[1]);
        await scene.StepAsync(scene.People[1], PreselectionState.Proposed, PreselectionState.Withdrawn, ("motif", "TRAJET"));
        await scene.PreselectAsync(scene.People[3]);
        await scene.Structure.PostFormAsync($"/preselections/{(await scene.PathOfAsync(scene.People[3])).Id}/etape", ("depuis", "PROPOSEE"), ("vers", "RETIREE"), ("motif", "ACTION_EN_COURS"));
        await scene.Structure.PostAndFollowAsync($"/offres/{scene.Posting}/proposer", ("personne", scene.People[2].Id.ToString()));
        await scene.Facilitator.PostAndFollowAsync($"/offres/{scene.Posting}/proposees/{scene.People[2].Id}/refus", ("motif", "EXIGENCE_DU_POSTE"));

        string[] rows = ["L’entreprise ne retient pas Compétences ou expérience éloignées du poste 1", "La personne se retire Le trajet est trop difficile pour la personne 1", "La structure la retire La personne termine d’abord une action ou un contrat dans sa structure 1", "Vous n’avez pas gardé Une exigence du poste n’est pas remplie 1"];
        foreach (var url in new[] { scene.Board, $"/offres/{scene.Posting}/candidats" })
        {
            var page = await scene.Facilitator.GetAsync(url);
            Assert.Equal(rows, page.All("section[aria-labelledby=motifs] tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim()))));
        }
    }

    [Fact]
    public async Task A_no_about_the_person_and_the_post_is_a_known_label_of_the_lists_that_are_learned_from()
    {
        var scene = await Scene.MakeAsync(Web);
        var list = await scene.Facilitator.GetAsync($"/offres/{scene.Posting}/candidats");
        await scene.PreselectAsync(scene.People[0], scene.People[1]);
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Withdrawn, ("motif", "EXIGENCE_DU_POSTE"));
        await scene.StepAsync(scene.People[1], PreselectionState.Proposed, PreselectionState.Withdrawn, ("motif", "EMPLOI_TROUVE"));
        var administrator = await Web.SignInAsync(Roles.Administrator);
        var archive = await administrator.PostFormAsync("/administration/listes/export");
        using var zip = new System.IO.Compression.ZipArchive(await archive.Response.Content.ReadAsStreamAsync(Cancel));
        using var reader = new StreamReader(zip.GetEntry("lists.csv")!.Open());
        var lines = (await reader.ReadToEndAsync(Cancel)).Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).ToList();
        await using var db = await Web.Database.OpenAsync(Cancel);

        // People of the other stories of this class stand in the list too.
        var ranks = (await db.QueryAsync<(Guid Person, int Rank)>(
            "select r.person_id, r.rank from ranked_person r join ranked_list l on l.id = r.list_id where l.posting_id = @Posting order by r.rank limit 200", new { scene.Posting })).ToDictionary(row => row.Person, row => row.Rank);
        var ofPosting = lines.Where(line => line[1] == lines[^1][1]).ToList();
        string[] LineOf(int person) => ofPosting.Single(line => line[4] == $"{ranks[scene.People[person].Id.Value]}");
        Assert.Equal(("1", "0"), (LineOf(0)[5], LineOf(0)[6]));
        Assert.Equal(("1", "1"), (LineOf(1)[5], LineOf(1)[6]));
        Assert.Equal(("0", "0"), (LineOf(2)[5], LineOf(2)[6]));
        Assert.Equal(HttpStatusCode.OK, list.Status);
    }

    /// <summary>The first person, declined by the company for her skills; the address of the answer.</summary>
    private async Task<(Scene Scene, string Path)> DeclinedAsync()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        await Web.Visitor().PostAndFollowAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "decliner"), ("motif", "COMPETENCES"));
        return (scene, $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/suite");
    }

    private static string Folded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<IReadOnlyList<string>> MailsAsync(string address)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (await db.QueryAsync<string>("select subject || text_body || html_body from mail where kind = @Code and recipient = @address order by id limit 10", new { MailKind.DecisionGiven.Code, address })).AsList();
    }
}

public sealed class GivenAnswersOnSqlite(SqliteWeb web) : GivenAnswerTests(web), IClassFixture<SqliteWeb>;

public sealed class GivenAnswersOnPostgreSql(PostgreSqlWeb web) : GivenAnswerTests(web), IClassFixture<PostgreSqlWeb>;
