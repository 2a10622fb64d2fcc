using System.Net;
using System.Text;
using Dapper;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Tests.Dashboards;

namespace Matching.Web.Tests.Preselection;

public abstract class DossierTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task The_preview_shows_what_the_company_will_read_and_sends_nothing()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.MakeReadyAsync(scene.People[0], scene.People[1]);

        var page = await scene.Facilitator.PostFormAsync(scene.Transmission + "/apercu", await scene.TransmissionFormAsync(scene.People[0], scene.People[1]));

        Assert.Equal(["Présentation", "1. Ana Roche", "2. Boris Saule"], page.All(".dossier h2").Select(it => it.TextContent));
        Assert.Contains("Pour Camille Chef, le 16/11/2026", page.Words, StringComparison.Ordinal);
        Assert.Contains("Quelques mots sur Boris", page.Words, StringComparison.Ordinal);
        Assert.Contains($"Votre contact : {scene.Facilitator.Who!.DisplayName}, {scene.Facilitator.Who.OrganizationName}", page.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Preselected, (await scene.PathOfAsync(scene.People[0])).State);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await db.QuerySingleAsync<int>("select count(*) from company_link where posting_id = @Posting", new { scene.Posting }));

        // What the preview holds is what the button sends.
        (string, string)[] kept = [.. page.All("form input[type=hidden]").Select(it => (it.GetAttribute("name")!, it.GetAttribute("value") ?? "")).Where(it => it.Item1[0] != '_')];
        var company = await Web.Visitor().GetAsync(await scene.SendAsync(kept));
        Assert.Equal(["Ana Roche", "Boris Saule"], company.All("section.file h2").Select(it => it.TextContent));
    }

    [Fact]
    public async Task The_order_is_chosen_with_buttons_and_nothing_typed_is_lost()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.MakeReadyAsync(scene.People[0], scene.People[1], scene.People[2]);
        (string Name, string Value)[] form = [.. await scene.TransmissionFormAsync(scene.People[0], scene.People[1])];
        var shown = (await scene.Facilitator.GetAsync(scene.Transmission)).All("[name=ordre]").Select(it => ("ordre", it.GetAttribute("value")!));
        var boris = (await scene.PathOfAsync(scene.People[1])).Id.ToString();

        var moved = await scene.Facilitator.PostFormAsync(scene.Transmission + "/apercu", [.. form, .. shown, ("monter", boris)]);

        Assert.Equal(HttpStatusCode.OK, moved.Status);
        Assert.Equal(["Boris Saule", "Ana Roche", "Chloé Tilleul"], moved.All("input[name=preselection]").Select(it => it.ParentElement!.TextContent.Trim()));
        Assert.Equal([true, true, false], moved.All("input[name=preselection]").Select(it => it.HasAttribute("checked")));
        Assert.Equal("Camille Chef", moved.ValueOf("contact_nom"));
        Assert.Equal("Quelques mots sur Boris", moved.ValueOf($"mots_{boris}"));
        Assert.Contains("Boris Saule", moved.One("[autofocus]").TextContent, StringComparison.Ordinal);

        var order = moved.All("[name=ordre]").Select(it => ("ordre", it.GetAttribute("value")!));
        var preview = await scene.Facilitator.PostFormAsync(scene.Transmission + "/apercu", [.. form, .. order]);
        Assert.Equal(["Présentation", "1. Boris Saule", "2. Ana Roche"], preview.All(".dossier h2").Select(it => it.TextContent));
        var back = await scene.Facilitator.PostFormAsync(scene.Transmission + "/apercu", [.. form, .. order, ("etape", "modifier")]);
        Assert.Equal("Bonjour", back.ValueOf("mots"));
        var company = await Web.Visitor().GetAsync(await scene.SendAsync([.. form, .. order]));
        Assert.Equal(["Boris Saule", "Ana Roche"], company.All("section.file h2").Select(it => it.TextContent));
    }

    [Fact]
    public async Task The_preview_the_pdf_and_the_docx_say_the_same()
    {
        Forms.NeedPdf(Web);
        var scene = await Scene.MakeAsync(Web);
        await scene.MakeReadyAsync(scene.People[0], scene.People[1]);
        var form = await scene.TransmissionFormAsync(scene.People[0], scene.People[1]);
        var preview = await scene.Facilitator.PostFormAsync(scene.Transmission + "/apercu", form);
        await scene.SendAsync(form);
        var sent = await SentAsync(scene);

        var document = DossierForms.InDocument(await DossierForms.BytesAsync(scene.Facilitator, sent + ".docx"));
        var pdf = Forms.InPdf(await DossierForms.BytesAsync(scene.Facilitator, sent + ".pdf"));

        var words = Forms.Plain(preview.One(".dossier").TextContent);
        Assert.True(document.Count > 30);
        Assert.All(document, text => Assert.Contains(Forms.Plain(text), words, StringComparison.Ordinal));
        Assert.All(document, text => Assert.Contains(Forms.Plain(text), pdf, StringComparison.Ordinal));
        Assert.Equal(string.Concat(document.Select(Forms.Plain)).Length, words.Length);
    }

    [Fact]
    public async Task The_pdf_and_the_docx_are_french_titled_and_follow_with_a_screen_reader()
    {
        Forms.NeedPdf(Web);
        var scene = await Scene.MakeAsync(Web);
        await scene.TransmitAsync(scene.People[0], scene.People[1]);
        var sent = await SentAsync(scene);

        var pdf = await DossierForms.BytesAsync(scene.Facilitator, sent + ".pdf");
        var source = Encoding.Latin1.GetString(pdf);
        Assert.All(["/Lang (fr)", "/StructTreeRoot", "/S /H1", "/S /H2", "/S /TH", "/S /Caption"], it => Assert.Contains(it, source, StringComparison.Ordinal));
        Assert.Equal("Dossier de candidatures : Maçon", DossierForms.TitleOfPdf(pdf));

        using var stream = new MemoryStream(await DossierForms.BytesAsync(scene.Facilitator, sent + ".docx"));
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        var main = document.MainDocumentPart!;
        Assert.Equal(("Dossier de candidatures : Maçon", "fr-FR"), (document.PackageProperties.Title, document.PackageProperties.Language));
        Assert.Equal("fr-FR", main.StyleDefinitionsPart!.Styles!.DocDefaults!.Descendants<Languages>().Single().Val!.Value);
        Assert.Equal(["Présentation", "1. Ana Roche", "2. Boris Saule"], main.Document.Body!.Elements<Paragraph>().Where(it => it.ParagraphProperties?.ParagraphStyleId?.Val == "Heading1").Select(it => it.InnerText));
        Assert.All(main.Document.Body.Elements<Table>(), table => Assert.NotNull(table.Elements<TableRow>().First().TableRowProperties!.GetFirstChild<TableHeader>()));
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2013).Validate(document, Cancel).Select(it => $"{it.Path?.XPath} {it.Description}"));
    }

    [Fact]
    public async Task What_was_sent_is_shown_again_as_it_was_even_after_the_person_left()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1]);
        var sent = await SentAsync(scene);
        var before = (await scene.Facilitator.GetAsync(sent)).One(".dossier").TextContent;
        Assert.Contains("Pas encore ouvert.", (await scene.Facilitator.GetAsync(sent)).Words, StringComparison.Ordinal);

        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Withdrawn, ("motif", "EMPLOI_TROUVE"));
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update person set last_name = 'Autrement' where id = @Id", new { scene.People[1].Id }, tx), Cancel);
        await Web.Visitor().GetAsync(link);

        var after = await scene.Facilitator.GetAsync(sent);
        Assert.Equal(before, after.One(".dossier").TextContent);
        Assert.Contains("Ouvert 1 fois, le 16/11/2026 à 10:00.", after.Words, StringComparison.Ordinal);

        // The company takes away the same, without whoever left and without a word on why.
        var taken = DossierForms.InDocument(await DossierForms.BytesAsync(Web.Visitor(), link + "/dossier.docx"));
        Assert.DoesNotContain(taken, text => text.Contains("Roche", StringComparison.Ordinal) || text.Contains("emploi", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Fiche 1", taken);
        Assert.Contains(DossierText.Gone, taken);
        Assert.Contains("2. Boris Saule", taken);
    }

    [Fact]
    public async Task Initials_stand_for_names_in_the_anonymous_dossier()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.MakeReadyAsync(scene.People[0]);
        (string, string)[] form = [.. await scene.TransmissionFormAsync(scene.People[0]), ("anonyme", "on")];

        var link = await scene.SendAsync([.. form.Where(it => !it.Item1.StartsWith("mots_", StringComparison.Ordinal))]);

        var document = DossierForms.AllParts(await DossierForms.BytesAsync(Web.Visitor(), link + "/dossier.docx"));
        Assert.Contains("1. A. R.", document, StringComparison.Ordinal);
        Assert.DoesNotContain("Roche", document, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_facilitators_dossier_reads_as_an_unknown_one()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.TransmitAsync(scene.People[0]);
        var sent = await SentAsync(scene);
        var stranger = await Web.SignInAsync(Roles.Facilitator);
        var other = await Scene.MakeAsync(Web);

        foreach (var end in (string[])["", ".pdf", ".docx"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(sent + end)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.Facilitator.GetAsync(sent.Replace($"{scene.Posting}", $"{other.Posting}", StringComparison.Ordinal) + end)).Status);
        }

        var foreign = await other.Facilitator.PostFormAsync(scene.Transmission + "/apercu", await scene.TransmissionFormAsync(scene.People[0]));
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
    }

    [Fact]
    public async Task Nobody_is_previewed_before_their_eligibility_is_validated()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Preselected);

        var refused = await scene.Facilitator.PostFormAsync(scene.Transmission + "/apercu", await scene.TransmissionFormAsync(scene.People[0]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Ana Roche : son éligibilité n’est pas validée pour ce marché.", refused.Words, StringComparison.Ordinal);
        Assert.Equal("Camille Chef", refused.ValueOf("contact_nom"));
    }

    private static async Task<string> SentAsync(Scene scene) =>
        (await scene.Facilitator.GetAsync(scene.Transmission)).All("a").Select(it => it.GetAttribute("href")!).First(it => it.EndsWith("/dossier", StringComparison.Ordinal));
}

public sealed class DossiersOnSqlite(SqliteWeb web) : DossierTests(web), IClassFixture<SqliteWeb>;

public sealed class DossiersOnPostgreSql(PostgreSqlWeb web) : DossierTests(web), IClassFixture<PostgreSqlWeb>;

/// <summary>A server where nothing makes PDF files.</summary>
public sealed class WithoutPdfWeb : WebFixture
{
    protected override Task<IReadOnlyDictionary<string, string>> SettingsAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["Pdf:Program"] = "/nowhere/chromium" });
}

public sealed class WithoutPdfTests(WithoutPdfWeb web) : WebTests(web), IClassFixture<WithoutPdfWeb>
{
    [Fact]
    public async Task Without_a_program_for_pdf_a_sentence_says_so_and_the_docx_is_still_offered()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        var sent = (await scene.Facilitator.GetAsync(scene.Transmission)).All("a").Select(it => it.GetAttribute("href")!).First(it => it.EndsWith("/dossier", StringComparison.Ordinal));

        var page = await scene.Facilitator.GetAsync(sent);
        Assert.Contains("Le PDF n’est pas disponible", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(page.All("a"), it => it.GetAttribute("href")!.EndsWith(".pdf", StringComparison.Ordinal));
        var asked = await scene.Facilitator.GetAsync(sent + ".pdf");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, asked.Status);
        Assert.Contains("Prenez le fichier DOCX", asked.Words, StringComparison.Ordinal);
        var company = await Web.Visitor().GetAsync(link);
        Assert.Equal(["DOCX"], company.All("a").Where(it => it.GetAttribute("href")!.Contains("/dossier", StringComparison.Ordinal)).Select(it => it.TextContent));
        Assert.Contains("1. Ana Roche", DossierForms.InDocument(await DossierForms.BytesAsync(Web.Visitor(), link + "/dossier.docx")));
    }
}
