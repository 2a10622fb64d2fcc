using System.Net;
using System.Text;
using Dapper;
using Matching.Rules.Markets;
using Matching.Web.Pools;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Pools;

/// <summary>What keeps a pool right between two files: the form, the confirmation, the expiry, the records that are there twice.</summary>
public abstract class PoolCareTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_pool_exported_and_imported_again_changes_nobody()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.OwnSiretAsync();
        await scene.ImportAsync(await File.ReadAllBytesAsync(Directory.GetFiles(PoolScene.Samples("viviers"), "aci-*.csv").Single(), Cancel));
        var people = (await scene.PeopleAsync()).Count;
        var changes = await scene.ChangesAsync();

        var exported = await scene.Structure.Client.GetByteArrayAsync(new Uri("/viviers/export.csv", UriKind.Relative), Cancel);
        var report = await scene.ImportAsync(exported);
        var asWorkbook = await scene.ImportAsync(SheetFile.OfCsv(Encoding.UTF8.GetString(exported).TrimStart('\ufeff').Replace("\r", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)));

        Assert.Contains($"0 ajoutée, 0 mise à jour, {people} inchangées, 0 refusée sur {people} lignes.", report.Words, StringComparison.Ordinal);
        Assert.Contains($"0 ajoutée, 0 mise à jour, {people} inchangées, 0 refusée sur {people} lignes.", asWorkbook.Words, StringComparison.Ordinal);
        Assert.Equal(changes, await scene.ChangesAsync());
    }

    [Fact]
    public async Task A_person_is_added_by_the_form_with_the_checks_of_a_file_and_changed_later()
    {
        var scene = await PoolScene.MakeAsync(Web, OrganizationKind.Aci);
        await scene.OwnSiretAsync();

        var wrong = await scene.Structure.PostFormAsync("/viviers/personnes/ajouter", Fields(("date_naissance", "31/02/1990")));
        var added = await scene.Structure.PostAndFollowAsync("/viviers/personnes/ajouter", Fields());
        var twice = await scene.Structure.PostFormAsync("/viviers/personnes/ajouter", Fields(("nom", "Autre")));
        var person = await PersonUrlAsync(scene, "P-1");
        var form = await scene.Structure.GetAsync(person + "/modifier");
        await scene.Structure.PostAndFollowAsync(person + "/modifier", Fields(("nom", "Changé")));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("février 1990 compte 28 jours", wrong.Words, StringComparison.Ordinal);
        Assert.Equal("Essai", wrong.ValueOf("nom"));
        Assert.Contains("Personne ajoutée", added.Words, StringComparison.Ordinal);
        Assert.Contains("déjà celle d’une autre personne", twice.Words, StringComparison.Ordinal);
        Assert.Equal("14/03/1992", form.ValueOf("date_naissance"));
        Assert.Equal([("P-1", "Changé", false)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task People_not_confirmed_for_sixty_days_are_listed_and_confirmed_in_one_click()
    {
        var scene = await SceneAsync("P-1", "P-2", "P-3");
        await CheckedAsync(scene, "P-1", 61);
        await CheckedAsync(scene, "P-2", 90);
        await CheckedAsync(scene, "P-3", 60);

        var page = await scene.Structure.GetAsync("/viviers/confirmer");
        var ids = page.All("input[name=personne]").Select(box => ("personne", box.GetAttribute("value")!)).ToArray();
        var other = await PoolScene.MakeAsync(Web);
        await other.Structure.PostFormAsync("/viviers/confirmer", ids);
        Assert.Equal(2, (await scene.Structure.GetAsync("/viviers/confirmer")).All("input[name=personne]").Count);
        var after = await scene.Structure.PostAndFollowAsync("/viviers/confirmer", ids);

        Assert.Equal(2, ids.Length);
        Assert.Contains("2 personnes confirmées aujourd’hui", after.Words, StringComparison.Ordinal);
        Assert.Contains("Tout votre vivier est à jour", after.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_structure_is_told_once_a_week_how_many_people_are_to_be_confirmed_and_no_name()
    {
        var scene = await SceneAsync("P-1", "P-2", "P-3");
        await scene.Structure.PostAndFollowAsync("/compte/courriels", ("courriel", "vivier@structure.example"), ("recevoir_VIVIER_A_ACTUALISER", "on"));
        await CheckedAsync(scene, "P-1", 61);
        await CheckedAsync(scene, "P-2", 90);
        await CheckedAsync(scene, "P-3", 60);
        var reminders = Web.Services.GetRequiredService<RemindPools>();

        await reminders.RunAsync(Cancel);
        await reminders.RunAsync(Cancel);

        await using var db = await Web.Database.OpenAsync(Cancel);
        var (subject, text) = Assert.Single(await db.QueryAsync<(string, string)>("select subject, text_body from mail where user_id = @UserId and kind = 'VIVIER_A_ACTUALISER'", new { scene.Structure.Who!.UserId }));
        Assert.Equal("2 personnes de votre vivier sont à confirmer", subject);
        Assert.Contains("/viviers/confirmer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Essai", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("règle", "vivier.expiration")]
    public async Task Who_is_not_confirmed_for_180_days_is_no_longer_published_until_confirmed()
    {
        var scene = await SceneAsync("P-1", "P-2");
        await scene.Structure.PostFormAsync("/viviers/publication", ("departements", "00"), ("communes", ""));
        await CheckedAsync(scene, "P-1", 181);
        await CheckedAsync(scene, "P-2", 180);

        await Web.Services.GetRequiredService<ExpirePeople>().RunAsync(Cancel);
        Assert.Equal([("P-1", "Essai", false), ("P-2", "Essai", true)], await scene.PeopleAsync());
        var page = await scene.Structure.GetAsync("/viviers/confirmer");
        await scene.Structure.PostFormAsync("/viviers/confirmer", [.. page.All("input[name=personne]").Select(box => ("personne", box.GetAttribute("value")!))]);

        Assert.Equal([("P-1", "Essai", true), ("P-2", "Essai", true)], await scene.PeopleAsync());
    }

    [Fact]
    [Trait("règle", "vivier.doublon-decide")]
    public async Task Two_records_of_one_person_are_merged_by_hand_and_the_merge_is_undone()
    {
        var scene = await SceneAsync("P-1", "P-2");
        await scene.Structure.PostFormAsync("/viviers/publication", ("departements", "00"), ("communes", ""));
        var page = await scene.Structure.GetAsync("/viviers/doublons");
        var (first, second) = (page.One("input[name=premiere]").GetAttribute("value")!, page.One("input[name=seconde]").GetAttribute("value")!);
        var kept = page.All("button[name=decision]").Single(button => button.TextContent.Contains("P-1", StringComparison.Ordinal)).GetAttribute("value")!;

        var other = await PoolScene.MakeAsync(Web);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Structure.PostFormAsync("/viviers/doublons", ("premiere", first), ("seconde", second), ("decision", kept))).Status);
        var merged = await scene.Structure.PostAndFollowAsync("/viviers/doublons", ("premiere", first), ("seconde", second), ("decision", kept));
        Assert.Equal([("P-1", "Essai", true), ("P-2", "Essai", false)], await scene.PeopleAsync());
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-2", name: "Encore")));
        var put = await scene.Structure.PostFormAsync(await PersonUrlAsync(scene, "P-2") + "/publier");
        Assert.Equal([("P-1", "Essai", true), ("P-2", "Encore", false)], await scene.PeopleAsync());
        await scene.Structure.PostFormAsync("/viviers/doublons", ("premiere", first), ("seconde", second), ("decision", "ANNULER"));

        Assert.Contains("Réunies : P-1 gardée", merged.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, put.Status);
        Assert.Equal([("P-1", "Essai", true), ("P-2", "Encore", true)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task Two_people_who_look_alike_are_kept_apart_and_not_asked_again()
    {
        var scene = await SceneAsync("P-1", "P-2");
        var page = await scene.Structure.GetAsync("/viviers/doublons");

        var after = await scene.Structure.PostAndFollowAsync(
            "/viviers/doublons", ("premiere", page.One("input[name=premiere]").GetAttribute("value")!), ("seconde", page.One("input[name=seconde]").GetAttribute("value")!), ("decision", "DISTINCTES"));

        Assert.Contains("Aucune fiche ne se ressemble", after.Words, StringComparison.Ordinal);
        Assert.Contains("Deux personnes", after.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await scene.PeopleAsync()).Count);
    }

    private async Task<PoolScene> SceneAsync(params string[] references)
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File([.. references.Select(reference => PoolScene.Row(reference))]));
        return scene;
    }

    private async Task CheckedAsync(PoolScene scene, string reference, int daysAgo)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        await db.ExecuteAsync(
            "update person set checked_on = @day where organization_id = @pool and reference = @reference",
            new { day = new DateOnly(2026, 11, 16).AddDays(-daysAgo), pool = scene.Structure.Who!.OrganizationId, reference });
    }

    private async Task<string> PersonUrlAsync(PoolScene scene, string reference)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = await db.QuerySingleAsync<Guid>(
            "select id from person where organization_id = @pool and reference = @reference", new { pool = scene.Structure.Who!.OrganizationId, reference });
        return $"/viviers/personnes/{id}";
    }

    private static (string, string)[] Fields(params (string Name, string Value)[] changed)
    {
        (string Name, string Value)[] right =
        [
            ("reference", "P-1"), ("nom", "Essai"), ("prenom", "Camille"), ("date_naissance", "14/03/1992"), ("telephone", "06 39 98 00 01"), ("code_postal", "00100"),
            ("commune", "Valmiron"), ("metiers_recherches", "F1703"), ("disponible_le", "01/12/2026"), ("mobilite_minutes", "45"), ("moyen_transport", "transports"),
            ("criteres", "RSA:01/09/2025"), ("information_donnee_le", "12/11/2026"),
        ];
        return [.. right.Select(field => changed.FirstOrDefault(other => other.Name == field.Name) is { Name: not null } other ? other : field)];
    }
}

public sealed class PoolCareOnSqlite(SqliteWeb web) : PoolCareTests(web), IClassFixture<SqliteWeb>;

public sealed class PoolCareOnPostgreSql(PostgreSqlWeb web) : PoolCareTests(web), IClassFixture<PostgreSqlWeb>;
