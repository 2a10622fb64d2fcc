using System.Net;
using System.Text;
using Dapper;

namespace Matching.Web.Tests.Pools;

public abstract class ColumnTests(WebFixture web) : WebTests(web)
{
    private const string OwnNames = "Matricule;Nom de famille;Prénom;DDN;Portable;CP;Ville;Métier recherché;Disponible à partir du;Temps de trajet;Moyen de locomotion;Publics;Informé le;Humeur\n";
    private const string OwnRow = ";Essai;Camille;14/03/1992;06 39 98 00 01;00100;Valmiron;F1703;01/12/2026;45;transports;RSA:01/09/2025;12/11/2026;bonne\n";

    [Fact]
    public async Task A_structures_own_columns_are_proposed_confirmed_once_and_remembered()
    {
        var scene = await SceneAsync("00000705400018");
        var page = await scene.Structure.GetAsync((await scene.SendAsync(OwnNames + "P-1" + OwnRow)).RedirectsTo!);
        Assert.Contains("Rien n’est encore enregistré", page.Words, StringComparison.Ordinal);
        Assert.Equal("reference", Chosen(page, 0));
        Assert.Equal("", Chosen(page, 13));

        var sent = await scene.Structure.PostFormAsync(page.One("form[action*=colonnes]").GetAttribute("action")!, [.. Fields(page), ("structure", "on")]);
        var report = await scene.ReportAsync(sent.RedirectsTo!);
        var second = await scene.ImportAsync(OwnNames + "P-2" + OwnRow);

        Assert.Contains("1 ajoutée", report.Words, StringComparison.Ordinal);
        Assert.Matches("Colonnes laissées de côté ?Humeur", report.Words);
        Assert.Contains("1 ajoutée", second.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await scene.PeopleAsync()).Count);
    }

    [Fact]
    public async Task Nothing_is_imported_while_a_needed_column_is_not_said()
    {
        var scene = await SceneAsync("00000705400018");
        var page = await scene.Structure.GetAsync((await scene.SendAsync(OwnNames + "P-1" + OwnRow)).RedirectsTo!);
        var fields = Fields(page).Select(field => field.Name == "colonne-3" ? (field.Name, "nom") : field).ToArray();

        var refused = await scene.Structure.PostFormAsync(page.One("form[action*=colonnes]").GetAttribute("action")!, fields);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("la colonne nom est déjà donnée par « Nom de famille »", refused.Words, StringComparison.Ordinal);
        Assert.Contains("Il manque date_naissance", refused.Words, StringComparison.Ordinal);
        Assert.Contains("Il manque structure_siret : cocher", refused.Words, StringComparison.Ordinal);
        Assert.Empty(await scene.PeopleAsync());
    }

    [Fact]
    public async Task A_file_given_up_leaves_nothing_and_another_structure_never_sees_it()
    {
        var scene = await SceneAsync(null);
        var other = await PoolScene.MakeAsync(Web);
        var url = (await scene.SendAsync(OwnNames + "P-1" + OwnRow)).RedirectsTo!;

        Assert.Equal(HttpStatusCode.NotFound, (await other.Structure.GetAsync(url)).Status);
        await other.Structure.PostFormAsync(url.Replace("colonnes", "annuler", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await scene.Structure.GetAsync(url)).Status);
        var given = await scene.Structure.PostAndFollowAsync(url.Replace("colonnes", "annuler", StringComparison.Ordinal));

        Assert.Contains("rien de « vivier.csv » n’a été enregistré", given.Words, StringComparison.Ordinal);
        Assert.Empty(await scene.PeopleAsync());
    }

    [Fact]
    public async Task A_program_is_never_given_a_guess()
    {
        var scene = await SceneAsync("00000705400018");
        var me = scene.Structure.Who!;
        var token = (await scene.Structure.GetAsync("/viviers/importer")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/viviers/{me.OrganizationId}/personnes:importer", UriKind.Relative))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(OwnNames + "P-1" + OwnRow)),
        };
        request.Headers.Add("RequestVerificationToken", token);
        using var answer = await scene.Structure.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Il manque des colonnes obligatoires", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<PoolScene> SceneAsync(string? siret)
    {
        var scene = await PoolScene.MakeAsync(Web, Rules.Markets.OrganizationKind.Aci);
        await using var db = await Web.Database.OpenAsync(Cancel);
        await db.ExecuteAsync("update organization set siret = null where siret = @siret", new { siret });
        await db.ExecuteAsync("update organization set siret = @siret where id = @id", new { siret, id = scene.Structure.Who!.OrganizationId });
        return scene;
    }

    private static string Chosen(PageSeen page, int column) =>
        page.All($"#colonne-{column} option[selected]") is [var option, ..] ? option.GetAttribute("value")! : "";

    private static IReadOnlyList<(string Name, string Value)> Fields(PageSeen page) =>
        [.. page.All("select").Select(select => (select.GetAttribute("name")!, Chosen(page, int.Parse(select.GetAttribute("name")![8..], System.Globalization.CultureInfo.InvariantCulture))))];
}

public sealed class ColumnsOnSqlite(SqliteWeb web) : ColumnTests(web), IClassFixture<SqliteWeb>;

public sealed class ColumnsOnPostgreSql(PostgreSqlWeb web) : ColumnTests(web), IClassFixture<PostgreSqlWeb>;
