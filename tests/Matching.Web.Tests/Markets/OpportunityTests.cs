using System.Net;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Tests.Postings;

namespace Matching.Web.Tests.Markets;

public abstract class OpportunityTests(WebFixture web) : WebTests(web)
{
    private const string New = "/marches/opportunites/nouvelle";

    [Fact]
    [Trait("règle", "opportunite.mentions")]
    [Trait("règle", "opportunite.part-reservee")]
    public async Task A_sheet_says_whether_a_coming_marche_can_carry_a_clause_on_which_lots_and_for_how_many_hours()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var page = await facilitator.PostAndFollowAsync(New, Filled("O-1"));
        Assert.Contains("Oui : 2 lots sur 3, 4 333 heures d’insertion, soit 2,7 équivalents temps plein", Plain(page), StringComparison.Ordinal);
        Assert.Contains("2 580 000 € hors taxes pour un seuil de 5 404 000 € (travaux et concessions) : une clause est possible", Plain(page), StringComparison.Ordinal);
        Assert.Contains("1 000 000 € × 50 % × 5 % ÷ 30 € de l’heure = 833 h", Plain(page), StringComparison.Ordinal);
        Assert.Contains("Réservé : structures d’insertion par l’activité économique", Plain(page), StringComparison.Ordinal);
        Assert.Contains("Oui, 15 % de la note", Plain(page), StringComparison.Ordinal);
        Assert.Contains("Version 1, du 16/11/2026", Plain(page), StringComparison.Ordinal);
        Assert.Contains("weka.fr", Plain(page), StringComparison.Ordinal);
        Assert.Contains(OpportunityRules.ReservedShare.Sentence, page.Words, StringComparison.Ordinal);
        Assert.Equal(["Périmètre", "Coordonnées du facilitateur", "Publics éligibles", "Volume horaire"],
            page.All("table[data-table='mentions'] tbody tr :first-child").Select(cell => cell.TextContent.Trim()).Where(words => words.Length > 0));
        var list = Plain(await facilitator.GetAsync("/marches/opportunites"));
        Assert.Contains("4 333 h", list, StringComparison.Ordinal);
        Assert.Contains("Faculté", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_threshold_a_sheet_without_clause_asks_for_one_of_the_four_exemptions_with_its_reasons()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        (string, string)[] bare = Filled("O-2", ("lot_1_montant", "6 000 000"), ("lot_1_suite", "SANS"), ("lot_1_motif", "Équipe de deux techniciens."), ("lot_2_intitule", ""), ("lot_2_montant", ""), ("critere", ""));
        var page = await facilitator.PostAndFollowAsync(New, bare);
        Assert.Contains("Non : aucun lot ne porte d’heures.", Plain(page), StringComparison.Ordinal);
        Assert.Contains("Prévoir une clause, ou motiver l’une des quatre exemptions", Plain(page), StringComparison.Ordinal);
        Assert.Equal(4, page.All("table[data-table='exemptions'] tbody tr").Count);
        var change = page.One("a[href$='/modifier']").GetAttribute("href")!;
        var short6 = await facilitator.PostFormAsync(change, [.. bare, ("version", "1"), ("exemption", "TRAVAUX_COURTS"), ("exemption_justification", "Le chantier tient en quatre mois.")]);
        Assert.Contains("laissent moins de six mois", short6.Words, StringComparison.Ordinal);
        var motivated = await facilitator.PostAndFollowAsync(change, [.. bare, ("version", "1"), ("exemption", "SANS_LIEN"), ("exemption_justification", "Deux techniciens certifiés suffisent, sans poste ouvert.")]);
        Assert.Contains("l’acheteur motive une exemption", Plain(motivated), StringComparison.Ordinal);
        Assert.Contains("Motivé par l’acheteur : Deux techniciens certifiés suffisent", Plain(motivated), StringComparison.Ordinal);
        Assert.Contains("aucun lot", (await AwardAsync(facilitator, motivated, "2")).Words, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("règle", "opportunite.datee")]
    public async Task A_change_is_a_new_dated_version_and_the_former_one_stays_readable()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var first = await facilitator.PostFormAsync(New, Filled("O-3"));
        var url = first.RedirectsTo!;
        var form = await facilitator.GetAsync($"{url}/modifier");
        Assert.Equal(("1", "1 000 000", "50"), (form.ValueOf("version"), form.ValueOf("lot_1_montant")!.Replace('\u202f', ' '), form.ValueOf("lot_1_part")));
        var fields = PostingWorld.Fields(form, $"{url}/modifier", ("lot_1_taux", "10"));
        var second = await facilitator.PostAndFollowAsync($"{url}/modifier", fields);
        Assert.Contains("5 166 heures", Plain(second), StringComparison.Ordinal);
        Assert.Contains("4 333 heures", Plain(await facilitator.GetAsync($"{url}?version=1")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await facilitator.GetAsync($"{url}?version=3")).Status);
        var stale = await facilitator.PostFormAsync($"{url}/modifier", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Contains("La version 2 de cette fiche a été enregistrée entre-temps", stale.Words, StringComparison.Ordinal);
        Assert.Equal("10", stale.ValueOf("lot_1_taux"));
    }

    [Fact]
    [Trait("règle", "opportunite.attribution")]
    public async Task The_awarded_contract_becomes_the_marche_in_one_click_and_once()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var sheet = await facilitator.PostAndFollowAsync(New, Filled("O-4"));
        var first = await AwardAsync(facilitator, sheet, "1");
        var again = await AwardAsync(facilitator, sheet, "1");
        Assert.Equal(first.RedirectsTo, again.RedirectsTo);
        var market = await facilitator.GetAsync(first.RedirectsTo!);
        Assert.Contains("0 h sur 4 333 h", Plain(market), StringComparison.Ordinal);
        Assert.Contains("du 01/03/2027 au 29/02/2028", Plain(market), StringComparison.Ordinal);
        Assert.Contains("copiée du modèle « Liste de la clause complète (CCAP, EPEC) »", Plain(market), StringComparison.Ordinal);
        var lots = market.All("a[href^='/heures/lots/']");
        Assert.Equal(2, lots.Count);
        var target = Plain(await facilitator.GetAsync(lots[0].GetAttribute("href")!));
        Assert.Contains("1 000 000 € × 50 % × 5 % ÷ 30 € de l’heure = 833 h", target, StringComparison.Ordinal);
        Assert.Contains("Fiche d’opportunité O-4, version 1 du 16/11/2026", target, StringComparison.Ordinal);
        var kept = await facilitator.GetAsync(SheetUrl(sheet));
        Assert.Contains("Ce marché est attribué", kept.Words, StringComparison.Ordinal);
        var late = await facilitator.PostFormAsync($"{SheetUrl(sheet)}/modifier", [.. Filled("O-4"), ("version", "1")]);
        Assert.Contains("sa fiche reste comme elle était", late.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_that_lacks_what_a_marche_needs_says_so_and_opens_nothing()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var sheet = await facilitator.PostAndFollowAsync(New, Filled("O-5", ("debut", ""), ("fin", ""), ("acheteur_siret", "")));
        var refused = await AwardAsync(facilitator, sheet, "1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Le début du marché manque", refused.Words, StringComparison.Ordinal);
        Assert.Contains("Le SIRET de l’acheteur manque", refused.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("O-5", (await facilitator.GetAsync("/marches")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lancement", "31/02/2027", "n’est pas une date qui existe")]
    [InlineData("lot_1_montant", "beaucoup", "n’est pas un nombre")]
    [InlineData("lot_1_montant", "-5", "écrire un nombre entre")]
    [InlineData("lot_1_part", "120", "écrire un nombre entre")]
    [InlineData("lot_1_cout", "", "qui donnent ensemble une heure au moins")]
    [InlineData("lot_2_reserve", "", "dire à qui il est réservé")]
    [InlineData("lot_2_reserve", "AUTRE", "choisir une réponse dans la liste")]
    [InlineData("lot_3_motif", "", "pourquoi il ne porte rien")]
    [InlineData("critere", "101", "écrire un nombre entre")]
    [InlineData("acheteur_siret", "12345678901234", "14 chiffres")]
    [InlineData("acheteur", "pas-un-id", "choisir une réponse dans la liste")]
    [InlineData("objet", "", "Objet : à remplir")]
    public async Task A_wrong_value_is_refused_beside_its_field_and_nothing_is_kept(string field, string value, string sentence)
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var refused = await facilitator.PostFormAsync(New, Filled("O-6", (field, value)));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(sentence, refused.Words, StringComparison.Ordinal);
        Assert.Equal("Gros œuvre", refused.ValueOf("lot_1_intitule"));
        Assert.DoesNotContain("O-6", (await facilitator.GetAsync("/marches/opportunites")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_reference_twice_keeps_one_sheet()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        await facilitator.PostAndFollowAsync(New, Filled("O-7"));
        Assert.Contains("vous avez déjà une fiche sous cette référence", (await facilitator.PostFormAsync(New, Filled("O-7"))).Words, StringComparison.Ordinal);
        Assert.Single((await facilitator.GetAsync("/marches/opportunites")).All("table[data-table='opportunites'] tbody tr"));
    }

    [Fact]
    public async Task The_workbook_holds_the_figures_of_the_page_as_numbers()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var sheet = await facilitator.PostAndFollowAsync(New, Filled("O-8"));
        var bytes = await facilitator.Client.GetByteArrayAsync(new Uri($"{SheetUrl(sheet)}.xlsx", UriKind.Relative), Cancel);
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(bytes), false);
        var sheets = workbook.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(one => one.Name!.Value).ToList();
        Assert.Equal(["Avis", "Lots et heures", "Seuils européens 2026-2027", "Exemptions", "À écrire dans les documents"], sheets);
        var lots = ((WorksheetPart)workbook.WorkbookPart.GetPartById(
            workbook.WorkbookPart.Workbook.Descendants<Sheet>().ElementAt(1).Id!)).Worksheet!;
        string Value(string cell) => lots.Descendants<Cell>().Single(one => one.CellReference == cell).InnerText;
        Assert.Equal(("1000000", "0.5", "0.05", "30", "833"), (Value("C2"), Value("D2"), Value("E2"), Value("F2"), Value("G2")));
        Assert.Equal(("2580000", "4333"), (Value("C5"), Value("G5")));
    }

    [Fact]
    public async Task A_program_reads_the_same_lots_and_hours_and_says_which_version()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var sheet = await facilitator.PostAndFollowAsync(New, Filled("O-10"));
        var api = ApiUrl(SheetUrl(sheet));
        await facilitator.PostFormAsync($"{SheetUrl(sheet)}/modifier", [.. Filled("O-10", ("lot_1_taux", "10")), ("version", "1")]);

        foreach (var (address, version, ofFirst, all) in new[] { (api, 2, 1_666, 5_166), ($"{api}?version=1", 1, 833, 4_333) })
        {
            var read = JsonDocument.Parse(await facilitator.Client.GetStringAsync(new Uri(address, UriKind.Relative), Cancel)).RootElement;
            Assert.Equal(("O-10", "Ville de Valmiron", version, 2, all), (read.GetProperty("reference").GetString(), read.GetProperty("acheteur").GetString(),
                read.GetProperty("version").GetInt32(), read.GetProperty("derniere_version").GetInt32(), read.GetProperty("heures").GetInt32()));
            var lots = read.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("code").GetString() == "lots").GetProperty("lignes");
            Assert.Equal([ofFirst, 3_500, 0, all], lots.EnumerateArray().Select(lot => lot.GetProperty("heures").GetInt32()));
        }

        var none = await facilitator.Client.GetAsync(new Uri($"{api}?version=3", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (none.StatusCode, none.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task The_sheets_of_another_facilitator_answer_like_unknown_ones()
    {
        var owner = await Web.SignInAsync(Roles.Facilitator);
        var url = (await owner.PostFormAsync(New, Filled("O-9"))).RedirectsTo!;
        var other = await Web.SignInAsync(Roles.Facilitator);
        var unknown = (await other.GetAsync($"/marches/opportunites/{Guid.CreateVersion7()}")).Words;
        Assert.Equal(HttpStatusCode.NotFound, (await other.Client.GetAsync(new Uri(ApiUrl(url), UriKind.Relative), Cancel)).StatusCode);
        foreach (var address in new[] { url, $"{url}.xlsx", $"{url}/modifier" })
        {
            var foreign = await other.GetAsync(address);
            Assert.Equal((HttpStatusCode.NotFound, unknown), (foreign.Status, foreign.Words));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync($"{url}/modifier", [.. Filled("O-9"), ("version", "1")])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync($"{url}/marche", Award("1"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Web.SignInAsync(Roles.Structure)).GetAsync("/marches/opportunites")).Status);
    }

    private static (string Name, string Value)[] Filled(string reference, params (string Name, string Value)[] changes)
    {
        (string Name, string Value)[] usual =
        [
            ("reference", reference), ("objet", "Groupe scolaire"), ("secteur", "TRAVAUX"), ("lancement", "01/12/2026"), ("debut", "01/03/2027"), ("fin", "29/02/2028"),
            ("acheteur_statut", "COLLECTIVITE"), ("acheteur_nom", "Ville de Valmiron"), ("acheteur_siret", "00002349900015"), ("critere", "15"), ("modele_publics", "K"),
            ("lot_1_intitule", "Gros œuvre"), ("lot_1_montant", "1 000 000"), ("lot_1_part", "50"), ("lot_1_taux", "5"), ("lot_1_cout", "30"), ("lot_1_suite", "CLAUSE"),
            ("lot_2_intitule", "Espaces verts"), ("lot_2_montant", "1 500 000"), ("lot_2_part", "70"), ("lot_2_taux", "10"), ("lot_2_cout", "30"),
            ("lot_2_suite", "RESERVE"), ("lot_2_reserve", "SIAE"), ("lot_3_intitule", "Ascenseur"), ("lot_3_montant", "80 000"), ("lot_3_suite", "SANS"),
            ("lot_3_motif", "Poste tenu par un technicien certifié."),
        ];
        return [.. usual.Where(field => changes.All(change => change.Name != field.Name)), .. changes];
    }

    private static (string, string)[] Award(string version) => [("version", version), ("cadence", "MENSUELLE"), ("credit_mois", "24"), ("cdi_jusqu_a_la_fin", "oui"), ("formation_comptee", "oui"), ("seuil_masque", "5")];

    // What the button of the page sends, nothing typed.
    private static Task<PageSeen> AwardAsync(Browser facilitator, PageSeen sheet, string version)
    {
        var action = $"{SheetUrl(sheet)}/marche";
        var fields = PostingWorld.Fields(sheet, action);
        Assert.Equal(version, fields.Single(field => field.Name == "version").Value);
        return facilitator.PostFormAsync(action, fields);
    }

    private static string ApiUrl(string page) => page.Replace("/marches/", "/api/v1/", StringComparison.Ordinal);

    private static string SheetUrl(PageSeen sheet) => sheet.One("a[href$='.xlsx']").GetAttribute("href")!.Replace(".xlsx", "", StringComparison.Ordinal);

    private static string Plain(PageSeen page) => page.Words.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}

public sealed class OpportunitiesOnSqlite(SqliteWeb web) : OpportunityTests(web), IClassFixture<SqliteWeb>;

public sealed class OpportunitiesOnPostgreSql(PostgreSqlWeb web) : OpportunityTests(web), IClassFixture<PostgreSqlWeb>;
