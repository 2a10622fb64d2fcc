using Matching.Rules.Markets;
using System.Net;
using System.Text;

namespace Matching.Web.Tests.Pools;

public abstract class ImportTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_sample_pool_is_imported_whole_and_sending_it_again_touches_nobody()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var file = await File.ReadAllBytesAsync(Directory.GetFiles(PoolScene.Samples("viviers"), "aci-*.csv").Single(), Cancel);

        var first = await scene.ImportAsync(file);
        var changes = await scene.ChangesAsync();
        var again = await scene.ImportAsync(file);

        var people = (await scene.PeopleAsync()).Count;
        Assert.Contains($"{people} ajoutées, 0 mise à jour, 0 inchangée, 0 refusée sur {people} lignes.", first.Words, StringComparison.Ordinal);
        Assert.Contains($"0 ajoutée, 0 mise à jour, {people} inchangées, 0 refusée sur {people} lignes.", again.Words, StringComparison.Ordinal);
        Assert.Equal(changes, await scene.ChangesAsync());
    }

    [Fact]
    public async Task A_later_import_updates_who_changed_by_reference_and_adds_who_is_new()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1"), PoolScene.Row("P-2")));

        var report = await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1"), PoolScene.Row("P-2", name: "Autre"), PoolScene.Row("P-3")));

        Assert.Contains("1 ajoutée, 1 mise à jour, 1 inchangée, 0 refusée sur 3 lignes.", report.Words, StringComparison.Ordinal);
        Assert.Equal([("P-1", "Essai", false), ("P-2", "Autre", false), ("P-3", "Essai", false)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task The_broken_sample_is_reported_row_by_row_and_only_its_right_rows_are_kept()
    {
        var scene = await PoolScene.MakeAsync(Web, OrganizationKind.Ai);
        var file = await File.ReadAllBytesAsync(PoolScene.Samples("viviers/fichier-abime.csv"), Cancel);
        var expected = (await File.ReadAllLinesAsync(PoolScene.Samples("viviers-attendus/fichier-abime.csv"), Cancel)).Skip(1).Select(line => line.Split(';')).ToList();

        var report = await scene.ImportAsync(file);

        var said = report.All("table").First(table => table.TextContent.Contains("Ce qui est à corriger", StringComparison.Ordinal))
            .QuerySelectorAll("tbody tr").Select(row => (Line: row.Children[0].TextContent.Trim(), Column: row.Children[2].TextContent.Trim())).ToList();
        foreach (var row in expected.Where(row => row[2].Length > 0 && row[2] != "information_donnee_le"))
        {
            Assert.Contains((row[0], row[2]), said);
        }

        var broken = expected.Where(row => row[3] != "aucune" && row[2] != "information_donnee_le").Select(row => row[0]).ToHashSet();
        Assert.Equal(broken.Order(), said.Select(row => row.Line).Distinct().Order());
        Assert.Equal(expected.Count - broken.Count, (await scene.PeopleAsync()).Count);
    }

    [Fact]
    public async Task Refused_rows_come_back_as_a_file_that_is_mended_and_imported_as_it_is()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var sent = await scene.SendAsync(PoolScene.File(PoolScene.Row("P-1"), PoolScene.Row("P-2", born: "31/02/1990"), PoolScene.Row("P-3", town: "Valmiro")));

        var returned = await scene.Structure.Client.GetStringAsync(new Uri(sent.RedirectsTo + "/lignes-a-corriger.csv", UriKind.Relative), Cancel);
        Assert.StartsWith("erreur;reference;", returned.TrimStart('\ufeff'), StringComparison.Ordinal);
        Assert.Contains("février 1990 compte 28 jours", returned, StringComparison.Ordinal);
        Assert.DoesNotContain("P-1;", returned, StringComparison.Ordinal);
        var report = await scene.ImportAsync(returned.Replace("31/02/1990", "28/02/1990", StringComparison.Ordinal).Replace("Valmiro;", "Valmiron;", StringComparison.Ordinal));

        Assert.Contains("2 ajoutées, 0 mise à jour, 0 inchangée, 0 refusée sur 2 lignes.", report.Words, StringComparison.Ordinal);
        Assert.Equal(3, (await scene.PeopleAsync()).Count);
    }

    [Theory]
    [InlineData("utf-8", ";")]
    [InlineData("utf-8-mark", ",")]
    [InlineData("windows-1252", ";")]
    [InlineData("utf-16", "\t")]
    public async Task Accents_and_separators_are_read_as_spreadsheets_write_them(string encoding, string separator)
    {
        var scene = await PoolScene.MakeAsync(Web);
        var text = PoolScene.File(PoolScene.Row("P-1", name: "Hénaff-Noël")).Replace(";", separator, StringComparison.Ordinal);
        byte[] bytes = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            _ => Encoding.Latin1.GetBytes(text),
        };

        await scene.ImportAsync(bytes);

        Assert.Equal([("P-1", "Hénaff-Noël", false)], await scene.PeopleAsync());
    }

    [Theory]
    [InlineData("", "manque ou est vide")]
    [InlineData("\n\n", "Le fichier est vide")]
    [InlineData("bonjour\nP-1\n", "aucun nom de colonne connu")]
    [InlineData("reference;nom\nP-1;Essai\n", "Il manque des colonnes obligatoires : prenom, date_naissance")]
    [InlineData("reference;nom;Nom\nP-1;Essai;Essai\n", "« nom » est deux fois")]
    [InlineData("PK\u0003\u0004", "classeur de tableur")]
    [InlineData("reference;nom\n\"P-1;Essai\n", "n’est jamais refermé")]
    public async Task A_file_that_cannot_be_read_is_refused_with_one_sentence_and_nothing_is_kept(string file, string sentence)
    {
        var scene = await PoolScene.MakeAsync(Web);

        var answer = await scene.SendAsync(file);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(sentence, answer.Words, StringComparison.Ordinal);
        Assert.Empty(await scene.PeopleAsync());
        Assert.Contains("Aucun import", (await scene.Structure.GetAsync("/viviers")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_import()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var file = Encoding.UTF8.GetBytes(PoolScene.File(PoolScene.Row("P-1")));
        var key = Guid.CreateVersion7().ToString();

        var first = await scene.SendAsync(file, key);
        var second = await scene.SendAsync(file, key);

        Assert.Equal(first.RedirectsTo, second.RedirectsTo);
        Assert.Single((await scene.Structure.GetAsync("/viviers")).All("tbody tr"));
    }

    [Fact]
    public async Task A_social_security_number_is_neither_stored_nor_returned()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var file = PoolScene.File(PoolScene.Row("P-1", name: "185057800608436"), PoolScene.Row("P-2")).Replace("information_donnee_le\n", "information_donnee_le;NIR\n", StringComparison.Ordinal)
            .Replace("12/11/2026\n", "12/11/2026;285057800608491\n", StringComparison.Ordinal);

        var sent = await scene.SendAsync(file);
        var report = await scene.Structure.GetAsync(sent.RedirectsTo!);
        var returned = await scene.Structure.Client.GetStringAsync(new Uri(sent.RedirectsTo + "/lignes-a-corriger.csv", UriKind.Relative), Cancel);

        Assert.Contains(report.All("dd"), cell => cell.TextContent.StartsWith("NIR :", StringComparison.Ordinal));
        Assert.Contains("Un numéro de sécurité sociale a été retiré", report.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("5057800608", report.Words + returned, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubled_reference_and_a_row_of_another_length_are_refused_alone()
    {
        var scene = await PoolScene.MakeAsync(Web);

        var report = await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1"), PoolScene.Row("P-1", name: "Autre"), "P-2;Trop;Court", PoolScene.Row("P-3") + ";;"));

        Assert.Contains("déjà à la ligne 2", report.Words, StringComparison.Ordinal);
        Assert.Contains("La ligne a 3 valeurs au lieu de 15", report.Words, StringComparison.Ordinal);
        Assert.Equal([("P-1", "Essai", false), ("P-3", "Essai", false)], await scene.PeopleAsync());
    }
}

public sealed class ImportsOnSqlite(SqliteWeb web) : ImportTests(web), IClassFixture<SqliteWeb>;

public sealed class ImportsOnPostgreSql(PostgreSqlWeb web) : ImportTests(web), IClassFixture<PostgreSqlWeb>;
