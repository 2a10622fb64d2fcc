using System.Net;
using Dapper;
using Matching.Rules.Markets;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Pools;

public abstract class PoolTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task The_page_of_a_person_names_trades_and_says_what_contract_they_wish()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.OwnSiretAsync();
        var file = PoolScene.File(PoolScene.Row("P-METIER"))
            .Replace("information_donnee_le\n", "information_donnee_le;experiences;duree_contrat;missions_reussies;accord_missions_le\n", StringComparison.Ordinal)
            .Replace("12/11/2026\n", "12/11/2026;F1703:18:2024-06|Maçon chef:3;sans terme;F1703:2026-03;10/11/2026\n", StringComparison.Ordinal);
        await scene.ImportAsync(file);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = await db.QuerySingleAsync<Guid>("select id from person where organization_id = @pool and reference = 'P-METIER'", new { pool = scene.Structure.Who!.OrganizationId });
        var trade = await db.QuerySingleAsync<string>("select label from rome where code = 'F1703'");

        var page = await scene.Structure.GetAsync($"/viviers/personnes/{id}");

        Assert.Contains($"{trade}, 18 mois jusqu’en 06/2024 ; Maçon chef, 3 mois", page.Words, StringComparison.Ordinal);
        Assert.Contains("sans terme (CDI)", page.Words, StringComparison.Ordinal);
        Assert.Contains($"{trade}, terminée en 03/2026 (accord de la personne le 10/11/2026)", page.Words, StringComparison.Ordinal);
        var form = await scene.Structure.GetAsync($"/viviers/personnes/{id}/modifier");
        Assert.Equal(("sans terme", "F1703:2026-03", "10/11/2026"), (form.ValueOf("duree_contrat"), form.ValueOf("missions_reussies"), form.ValueOf("accord_missions_le")));
    }

    [Fact]
    [Trait("règle", "vivier.personne-informee")]
    public async Task Only_people_who_were_informed_are_published_and_a_later_import_publishes_new_ones()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1"), PoolScene.Row("P-2", informed: "")));

        var after = await scene.Structure.PostAndFollowAsync("/viviers/publication", ("departements", "00"), ("communes", ""));
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-3"), PoolScene.Row("P-4", informed: "")));

        Assert.Contains("1 personnes visibles", after.Words, StringComparison.Ordinal);
        Assert.Contains("1 non publiées faute de date", after.Words, StringComparison.Ordinal);
        Assert.Equal([true, false, true, false], (await scene.PeopleAsync()).Select(person => person.IsPublished));
    }

    [Fact]
    public async Task A_facilitator_sees_figures_of_pools_published_to_its_territory_and_no_name()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1", name: "Nomsecret")));
        var name = scene.Structure.Who!.OrganizationName;

        var before = await facilitator.GetAsync("/viviers");
        await scene.Structure.PostFormAsync("/viviers/publication", ("departements", ""), ("communes", "Valmiron"));
        var after = await facilitator.GetAsync("/viviers");
        await scene.Structure.PostFormAsync("/viviers/publication", ("departements", ""), ("communes", ""));
        var last = await facilitator.GetAsync("/viviers");

        Assert.DoesNotContain(name + " ", before.Words + last.Words, StringComparison.Ordinal);
        Assert.Contains(name + " ", after.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Nomsecret", after.Words, StringComparison.Ordinal);
        Assert.Equal([false], (await scene.PeopleAsync()).Select(person => person.IsPublished));
    }

    [Fact]
    public async Task A_territory_that_does_not_exist_is_refused_and_what_was_typed_stays()
    {
        var scene = await PoolScene.MakeAsync(Web);

        var page = await scene.Structure.PostFormAsync("/viviers/publication", ("departements", "99"), ("communes", "Nullepart"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Département inconnu : « 99 »", page.Words, StringComparison.Ordinal);
        Assert.Contains("Commune inconnue : « Nullepart »", page.Words, StringComparison.Ordinal);
        Assert.Equal("Nullepart", page.ValueOf("communes")?.Trim());
    }

    [Fact]
    public async Task Another_structures_person_report_and_pool_answer_like_unknown_ones()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var report = (await scene.SendAsync(PoolScene.File(PoolScene.Row("P-1")))).RedirectsTo!;
        var person = await FirstPersonAsync(scene);
        var other = await Web.SignInAsync(Roles.Structure, OrganizationKind.Ei);

        var unknown = await other.GetAsync($"/viviers/personnes/{Guid.CreateVersion7()}");
        foreach (var url in new[] { person, report, report + "/lignes-a-corriger.csv" })
        {
            var answer = await other.GetAsync(url);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal(unknown.Words, answer.Words);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync(person + "/retirer")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync(person + "/disponibilite", ("disponible_le", "01/02/2027"))).Status);
        Assert.DoesNotContain("Essai", (await other.GetAsync("/viviers/personnes")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_person_stays_withdrawn_when_the_file_comes_again_until_put_back_by_hand()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1")));
        await scene.Structure.PostFormAsync("/viviers/publication", ("departements", "00"));
        var person = await FirstPersonAsync(scene);

        await scene.Structure.PostFormAsync(person + "/retirer");
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1", name: "Change")));
        Assert.Equal([("P-1", "Change", false)], await scene.PeopleAsync());

        await scene.Structure.PostFormAsync(person + "/publier");
        Assert.Equal([("P-1", "Change", true)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task A_persons_page_shows_the_facts_and_the_standing_and_its_availability_can_be_changed()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1")));
        var person = await FirstPersonAsync(scene);

        var wrong = await scene.Structure.PostFormAsync(person + "/disponibilite", ("disponible_le", "31/02/2027"));
        var changed = await scene.Structure.PostAndFollowAsync(person + "/disponibilite", ("disponible_le", "01/02/2027"));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("31/02/2027", wrong.ValueOf("disponible_le"));
        Assert.Equal("01/02/2027", changed.ValueOf("disponible_le"));
        Assert.Contains("(F1703)", changed.Words, StringComparison.Ordinal);
        Assert.Contains("Bénéficiaire du RSA Justificatif manquant attestation à voir", changed.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ones_people_are_found_by_name_or_reference_without_a_name_in_the_address()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1", name: "Martin"), PoolScene.Row("P-2", name: "Durand"), PoolScene.Row("Q%3", name: "Petit")));

        var byName = await scene.Structure.PostFormAsync("/viviers/personnes", ("mots", "mart"));
        var byReference = await scene.Structure.PostFormAsync("/viviers/personnes", ("mots", "%"));

        Assert.Equal(["Martin Camille"], byName.All("tbody th").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["Petit Camille"], byReference.All("tbody th").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task The_template_has_every_column_and_its_example_row_lacks_only_what_is_the_structures_own()
    {
        var scene = await PoolScene.MakeAsync(Web);

        var template = await scene.Structure.Client.GetStringAsync(new Uri("/viviers/modele.csv", UriKind.Relative), Cancel);

        var lines = template.TrimStart('\ufeff').Split("\r\n");
        Assert.Equal(37, lines[0].Split(';').Length);
        Assert.Equal(37, lines[1].Split(';').Length);
    }

    [Fact]
    public async Task A_buyer_has_no_way_into_pools()
    {
        var buyer = await Web.SignInAsync(Roles.Buyer);

        foreach (var url in new[] { "/viviers", "/viviers/personnes", "/viviers/importer", "/viviers/modele.csv" })
        {
            var answer = await buyer.GetAsync(url);
            Assert.True(answer.Status == HttpStatusCode.Forbidden || answer.RedirectsTo is not null, $"{url} {answer.Status}");
        }
    }

    private static async Task<string> FirstPersonAsync(PoolScene scene) =>
        (await scene.Structure.GetAsync("/viviers/personnes")).One("tbody th a").GetAttribute("href")!;
}

public sealed class PoolsOnSqlite(SqliteWeb web) : PoolTests(web), IClassFixture<SqliteWeb>;

public sealed class PoolsOnPostgreSql(PostgreSqlWeb web) : PoolTests(web), IClassFixture<PostgreSqlWeb>;
