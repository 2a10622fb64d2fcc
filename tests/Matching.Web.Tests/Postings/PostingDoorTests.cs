using System.Net;
using System.Text;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Postings;

public abstract class PostingDoorTests(WebFixture web) : WebTests(web)
{
    private const string Record = """
        {"marches": {"marche": [{"id": "2026VAL07", "acheteur": {"id": "00002349900015"}, "objet": "Entretien des espaces verts",
        "dateNotification": "2026-10-01", "dureeMois": 24, "lieuExecution": {"code": "00001", "typeCode": "Code commune"}}]}}
        """;

    [Fact]
    public async Task A_decp_record_fills_the_form_of_a_marche_and_leaves_the_obligation_to_be_typed()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var form = await facilitator.PostFormAsync("/marches/decp", ("donnees", Record));
        Assert.Equal("2026VAL07", form.ValueOf("reference"));
        Assert.Equal("00002349900015", form.ValueOf("acheteur_siret"));
        Assert.Equal(("01/10/2026", "30/09/2028"), (form.ValueOf("debut"), form.ValueOf("fin")));
        Assert.Equal("Valmiron (00001)", form.ValueOf("lot_commune"));
        Assert.Equal("", form.ValueOf("lot_heures"));
        Assert.DoesNotContain("2026VAL07", (await facilitator.GetAsync("/marches")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bonjour", "Ce texte n’est pas du JSON")]
    [InlineData("""{"id": "\ud800", "objet": "x"}""", "un caractère illisible")]
    [InlineData("[]", "Aucun marché dans ce texte")]
    [InlineData("""[{"id": "A", "objet": "x"}, {"id": "B", "objet": "y"}]""", "2 marchés dans ce texte")]
    public async Task A_text_that_is_no_single_record_is_refused_with_a_sentence_and_kept(string text, string sentence)
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var refused = await facilitator.PostFormAsync("/marches/decp", ("donnees", text));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(sentence, refused.Words, StringComparison.Ordinal);
        Assert.Equal(text, refused.ValueOf("donnees")!.Trim());
    }

    [Fact]
    public async Task A_job_profile_sent_as_a_file_reads_like_the_pasted_one()
    {
        var (facilitator, lot) = await StartAsync("D-1");
        var page = await facilitator.PostFileAsync("/offres/nouvelle", "fichier", "macon.txt", Encoding.UTF8.GetBytes(PostingWorld.Sample("03-macon.txt")), ("lot", lot));
        Assert.Equal("Valmiron (00001)", page.ValueOf("commune"));
        Assert.Equal("1820", page.ValueOf("heures_insertion"));
        var unread = await facilitator.PostFileAsync("/offres/nouvelle", "fichier", "fiche.docx", [1, 2, 3], ("lot", lot));
        Assert.Equal(HttpStatusCode.BadRequest, unread.Status);
        Assert.Contains("Fichier :", unread.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_text_leaves_out_is_asked_and_what_surrounds_the_work_is_kept_with_its_referentials()
    {
        var (facilitator, lot) = await StartAsync("D-3");
        const string Text = "Maçon à Valmiron, CDD, 35 h par semaine, 13 € brut de l'heure, casque fourni. Tuteur : M. Rolland. Contact : chantier@batisseurs.example";
        var draft = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", Text));
        Assert.Contains("À demander à l’entreprise", draft.Words, StringComparison.Ordinal);
        Assert.Contains("le premier jour", draft.Words, StringComparison.Ordinal);
        Assert.Equal("13 € brut de l'heure", draft.ValueOf("remuneration"));
        Assert.Contains(draft.All("mark"), mark => mark.TextContent.Contains("13 € brut de l'heure", StringComparison.Ordinal));

        var url = (await facilitator.PostFormAsync("/offres", PostingWorld.Fields(draft, "/offres", ("action", "publier"), ("code_rome", "F1703")))).RedirectsTo!;
        var own = (await facilitator.GetAsync(url)).Words;
        Assert.Contains("chantier@batisseurs.example", own, StringComparison.Ordinal);
        Assert.Contains("ROME ", own, StringComparison.Ordinal);
        var structure = await Web.SignInAsync(Roles.Structure);
        var shown = await structure.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Contains("13 € brut de l'heure", shown.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("chantier@", shown.Words, StringComparison.Ordinal);
        Assert.Contains("(contact : le facilitateur)", shown.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_description_sent_back_by_a_browser_as_it_was_does_not_look_changed()
    {
        var (facilitator, lot) = await StartAsync("D-9");
        var draft = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", PostingWorld.Sample("03-macon.txt")));
        var url = (await facilitator.PostFormAsync("/offres", PostingWorld.Fields(draft, "/offres", ("action", "publier"), ("code_rome", "F1703")))).RedirectsTo!;
        var form = await facilitator.GetAsync($"{url}/modifier");
        var description = form.ValueOf("description")!.ReplaceLineEndings("\r\n");
        Assert.Contains('\n', description);

        await facilitator.PostAndFollowAsync($"{url}/modifier", PostingWorld.Fields(form, $"{url}/modifier", ("intitule", "Maçon confirmé"), ("description", description)));

        var changes = await facilitator.GetAsync($"{url}/versions/2");
        Assert.Equal(["Intitulé"], changes.All("tbody th").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task A_posting_reopened_with_fewer_posts_keeps_both_versions_and_shows_what_changed()
    {
        var (facilitator, lot) = await StartAsync("D-2");
        var draft = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", PostingWorld.Sample("03-macon.txt")));
        var url = (await facilitator.PostFormAsync("/offres", PostingWorld.Fields(draft, "/offres", ("action", "publier"), ("code_rome", "F1703")))).RedirectsTo!;
        await facilitator.PostAndFollowAsync($"{url}/pourvoir");
        Assert.Equal("1820", (await facilitator.GetAsync($"{url}/rouvrir")).ValueOf("heures_insertion"));
        var refused = await facilitator.PostFormAsync($"{url}/rouvrir", ("nombre_postes", "zéro"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        await facilitator.PostAndFollowAsync($"{url}/rouvrir", ("nombre_postes", "1"), ("heures_insertion", "700"));

        var changes = (await facilitator.GetAsync($"{url}/versions/2")).Words;
        Assert.Contains("1 820", changes, StringComparison.Ordinal);
        Assert.Contains("700", changes, StringComparison.Ordinal);
        var other = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{url}/versions/2")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync($"{url}/rouvrir", ("nombre_postes", "1"))).Status);
    }

    private async Task<(Browser Facilitator, string Lot)> StartAsync(string reference)
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        return (facilitator, await PostingWorld.OpenMarketAsync(facilitator, reference));
    }
}

public sealed class PostingDoorsOnSqlite(SqliteWeb web) : PostingDoorTests(web), IClassFixture<SqliteWeb>;

public sealed class PostingDoorsOnPostgreSql(PostgreSqlWeb web) : PostingDoorTests(web), IClassFixture<PostgreSqlWeb>;
