using System.Net;
using Dapper;
using Matching.Web.Pools;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Pools;

/// <summary>The rows that an import refused, mended in a page instead of in the file.</summary>
public abstract class MendRowTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_refused_row_is_shown_in_its_fields_with_what_is_wrong_beside_them_and_mended()
    {
        var (scene, report) = await SceneAsync(PoolScene.Row("P-1"), PoolScene.Row("P-2", name: "Martin", born: "31/02/1990", town: "Valmiro"));

        var page = await scene.Structure.GetAsync(report + "/lignes/3");
        var born = page.One("#date_naissance");
        Assert.Equal(("31/02/1990", "true"), (born.GetAttribute("value"), born.GetAttribute("aria-invalid")));
        Assert.Contains("février 1990 compte 28 jours", page.One("#" + born.GetAttribute("aria-describedby")!.Split(' ').Single(id => id.EndsWith("-erreur", StringComparison.Ordinal))).TextContent, StringComparison.Ordinal);
        Assert.Equal("Martin", page.ValueOf("nom"));

        var half = await scene.Structure.PostFormAsync(report + "/lignes/3", ("date_naissance", "28/02/1990"), ("commune", "Valmirou"));
        Assert.Equal(HttpStatusCode.BadRequest, half.Status);
        Assert.Equal(("28/02/1990", "Valmirou"), (half.ValueOf("date_naissance"), half.ValueOf("commune")));
        Assert.Single(await scene.PeopleAsync());

        var after = await scene.Structure.PostAndFollowAsync(report + "/lignes/3", ("date_naissance", "28/02/1990"), ("commune", "Valmiron"));

        Assert.Contains("Ligne 3 : personne ajoutée.", after.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 corrigée, 0 de côté, 0 à corriger", after.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Valmiro ", after.Words, StringComparison.Ordinal);
        Assert.Equal([("P-1", "Essai", false), ("P-2", "Martin", false)], await scene.PeopleAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.GetAsync(report + "/lignes-a-corriger.csv")).Status);
    }

    [Fact]
    public async Task A_double_click_changes_nothing_more_and_a_row_mended_already_is_mended_again()
    {
        var (scene, report) = await SceneAsync(PoolScene.Row("P-2", born: "31/02/1990"));
        await scene.OwnSiretAsync();
        (string, string)[] mended = [.. Fields(await scene.Structure.GetAsync(report + "/lignes/2")).Select(field => field.Item1 == "date_naissance" ? ("date_naissance", "28/02/1990") : field)];

        await scene.Structure.PostFormAsync(report + "/lignes/2", mended);
        var counts = await scene.CountsAsync();
        var again = await scene.Structure.PostAndFollowAsync(report + "/lignes/2", mended);
        Assert.Contains("déjà enregistrée ainsi", again.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(counts, await scene.CountsAsync());

        var page = await scene.Structure.GetAsync(report + "/lignes/2");
        Assert.Contains("Cette ligne a été corrigée", page.Words, StringComparison.Ordinal);
        Assert.Equal("28/02/1990", page.ValueOf("date_naissance"));
        await scene.Structure.PostAndFollowAsync(report + "/lignes/2", [.. Fields(page).Select(field => field.Item1 == "nom" ? ("nom", "Corrigé") : field)]);
        Assert.Equal([("P-2", "Corrigé", false)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task A_mended_row_never_falls_on_somebody_else()
    {
        var (scene, report) = await SceneAsync(PoolScene.Row("P-1"), PoolScene.Row("P-1", name: "Autre"), PoolScene.Row("P-3", born: "31/02/1990"), PoolScene.Row("P-3", born: "31/02/1991", name: "Encore"));

        var doubled = await scene.Structure.PostFormAsync(report + "/lignes/3", ("nom", "Autre"));
        var taken = await scene.Structure.PostFormAsync(report + "/lignes/4", ("reference", "P-1"), ("date_naissance", "28/02/1990"));
        await scene.Structure.PostAndFollowAsync(report + "/lignes/4", ("date_naissance", "28/02/1990"));
        var mendedBefore = await scene.Structure.PostFormAsync(report + "/lignes/5", ("date_naissance", "28/02/1991"));
        await scene.Structure.PostAndFollowAsync(report + "/lignes/3", ("reference", "P-2"));

        Assert.Contains("déjà à la ligne 2", doubled.Words, StringComparison.Ordinal);
        Assert.Contains("déjà celle d’une autre personne", taken.Words, StringComparison.Ordinal);
        Assert.Contains("déjà à la ligne 4", mendedBefore.Words, StringComparison.Ordinal);
        Assert.Equal([("P-1", "Essai", false), ("P-2", "Autre", false), ("P-3", "Essai", false)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task A_row_is_left_aside_taken_up_again_and_the_file_holds_only_what_is_still_to_mend()
    {
        var (scene, report) = await SceneAsync(PoolScene.Row("P-1", born: "31/02/1990"), PoolScene.Row("P-2", born: "31/02/1990"), PoolScene.Row("P-3", born: "31/02/1990"));

        await scene.Structure.PostFormAsync(report + "/lignes/2", ("date_naissance", "28/02/1990"));
        var next = await scene.Structure.PostFormAsync(report + "/lignes", ("ligne", "3"), ("etat", "DE_COTE"));
        Assert.Equal(report + "/lignes/4", next.RedirectsTo);
        var file = await scene.Structure.Client.GetStringAsync(new Uri(report + "/lignes-a-corriger.csv", UriKind.Relative), Cancel);
        var page = await scene.Structure.GetAsync(report);
        var list = await scene.Structure.GetAsync("/viviers");
        await scene.Structure.PostFormAsync(report + "/lignes", ("ligne", "toutes"), ("etat", "DE_COTE"));
        var aside = await scene.Structure.GetAsync(report);
        var back = await scene.Structure.PostAndFollowAsync(report + "/lignes", ("ligne", "toutes"), ("etat", "A_CORRIGER"));

        Assert.Contains("P-3", file, StringComparison.Ordinal);
        Assert.DoesNotContain("P-1", file, StringComparison.Ordinal);
        Assert.DoesNotContain("P-2", file, StringComparison.Ordinal);
        Assert.Contains("1 corrigée, 1 de côté, 1 à corriger", page.Words, StringComparison.Ordinal);
        Assert.Contains("1 à corriger", list.Words, StringComparison.Ordinal);
        Assert.Contains("1 corrigée, 2 de côté, 0 à corriger", aside.Words, StringComparison.Ordinal);
        Assert.Contains("1 corrigée, 0 de côté, 2 à corriger", back.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_with_too_few_values_is_said_so_and_can_be_filled()
    {
        var (scene, report) = await SceneAsync(PoolScene.Row("P-1"), "P-2;Martin;Lou");

        var page = await scene.Structure.GetAsync(report + "/lignes/3");
        await scene.Structure.PostAndFollowAsync(
            report + "/lignes/3", ("date_naissance", "14/03/1992"), ("telephone", "06 39 98 00 01"), ("code_postal", "00100"), ("commune", "Valmiron"), ("structure_siret", "00000705400018"),
            ("structure_type", "ACI"), ("metiers_recherches", "F1703"), ("disponible_le", "01/12/2026"), ("mobilite_minutes", "45"), ("moyen_transport", "transports"), ("criteres", "RSA:01/09/2025"));

        Assert.Contains("La ligne a 3 valeurs au lieu de 15", page.Words, StringComparison.Ordinal);
        Assert.Equal([("P-1", "Essai", false), ("P-2", "Martin", false)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task Another_structure_finds_neither_the_rows_nor_a_way_to_change_them()
    {
        var (scene, report) = await SceneAsync(PoolScene.Row("P-1", born: "31/02/1990"));
        var other = await PoolScene.MakeAsync(Web);
        var unknown = $"/viviers/imports/{Guid.CreateVersion7()}";

        foreach (var import in new[] { report, unknown })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Structure.GetAsync(import + "/lignes/2")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.Structure.PostFormAsync(import + "/lignes/2", ("date_naissance", "28/02/1990"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.Structure.PostFormAsync(import + "/lignes", ("ligne", "toutes"), ("etat", "DE_COTE"))).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.GetAsync(report + "/lignes/3")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.PostFormAsync(report + "/lignes", ("ligne", "2"), ("etat", "PERDUE"))).Status);
        Assert.Contains("Ce qui est à corriger", (await scene.Structure.GetAsync(report)).Words, StringComparison.Ordinal);
        Assert.Empty(await scene.PeopleAsync());
    }

    [Fact]
    [Trait("règle", "vivier.lignes-refusees")]
    public async Task Values_that_were_refused_go_once_mended_and_after_sixty_days_at_the_latest()
    {
        var (scene, report) = await SceneAsync(PoolScene.Row("P-1", name: "Durandale", born: "30/02/1990"), PoolScene.Row("P-2", name: "Lefevrier", born: "30/02/1990"));
        await scene.Structure.PostFormAsync(report + "/lignes/2", ("date_naissance", "28/02/1990"), ("nom", "Durand"));
        Assert.DoesNotContain("Durandale", await KeptAsync(), StringComparison.Ordinal);
        Assert.Contains("Lefevrier", await KeptAsync(), StringComparison.Ordinal);

        await AgeAsync(scene, 60);
        Assert.Equal(0, await Web.Services.GetRequiredService<ForgetRefusedRows>().RunAsync(Cancel));
        await AgeAsync(scene, 1);
        Assert.Equal(1, await Web.Services.GetRequiredService<ForgetRefusedRows>().RunAsync(Cancel));

        Assert.DoesNotContain("Lefevrier", await KeptAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("30/02/1990", await KeptAsync(), StringComparison.Ordinal);
        var page = await scene.Structure.GetAsync(report);
        Assert.Contains("0 ajoutée, 0 mise à jour, 0 inchangée, 2 refusées sur 2 lignes.", page.Words, StringComparison.Ordinal);
        Assert.Contains("Le détail a été effacé", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.GetAsync(report + "/lignes/3")).Status);
    }

    private async Task<(PoolScene Scene, string Report)> SceneAsync(params string[] rows)
    {
        var scene = await PoolScene.MakeAsync(Web);
        var sent = await scene.SendAsync(PoolScene.File(rows));
        await scene.ReportAsync(sent.RedirectsTo!);
        return (scene, sent.RedirectsTo!);
    }

    private static (string, string)[] Fields(PageSeen page) => [.. page.All("form.card input:not([type=hidden]), form.card textarea").Select(field => (field.GetAttribute("name")!, page.ValueOf(field.GetAttribute("name")!) ?? ""))];

    /// <summary>All that imports keep of what they refused.</summary>
    private async Task<string> KeptAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var texts = await db.QueryAsync<string>(
            """
            select coalesce(cells_json, '') || said from pool_refused_row
            union all select report_json || coalesce(refused_csv, '') || coalesce(refused_header_json, '') from pool_import
            union all select body_json from event
            """);
        return string.Join('\n', texts);
    }

    private async Task AgeAsync(PoolScene scene, int days)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var imports = (await db.QueryAsync<(Guid Id, DateTimeOffset At)>("select id, at from pool_import where organization_id = @pool", new { pool = scene.Structure.Who!.OrganizationId })).AsList();
        foreach (var (id, at) in imports)
        {
            await db.ExecuteAsync("update pool_import set at = @at where id = @id", new { id, at = at.AddDays(-days) });
        }
    }
}

public sealed class MendRowOnSqlite(SqliteWeb web) : MendRowTests(web), IClassFixture<SqliteWeb>;

public sealed class MendRowOnPostgreSql(PostgreSqlWeb web) : MendRowTests(web), IClassFixture<PostgreSqlWeb>;
