using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Matching.Web.Tests.Pools;

public abstract class PoolApiTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_program_puts_a_person_once_and_the_same_values_again_change_nothing()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var url = $"/api/v1/viviers/{scene.Structure.Who!.OrganizationId}/personnes/P-1";

        var first = await SendAsync(scene, HttpMethod.Put, url, Values("P-1"));
        var again = await SendAsync(scene, HttpMethod.Put, url, Values("P-1"));
        var gone = await SendAsync(scene, HttpMethod.Delete, url, null);

        Assert.Equal("ajoutee", first.Body.GetProperty("etat").GetString());
        Assert.Equal("inchangee", again.Body.GetProperty("etat").GetString());
        Assert.Equal(HttpStatusCode.NoContent, gone.Status);
        Assert.Equal([("P-1", "Essai", false)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task A_program_that_read_an_old_state_of_a_person_is_told_the_current_one()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.OwnSiretAsync();
        var url = $"/api/v1/viviers/{scene.Structure.Who!.OrganizationId}/personnes/P-1";
        var values = Values("P-1");

        var before = await SendAsync(scene, HttpMethod.Put, url, values, "\"jamais-lu\"");
        await SendAsync(scene, HttpMethod.Put, url, values);
        var read = await SendAsync(scene, HttpMethod.Get, url, null);
        values["nom"] = "Premier";
        var first = await SendAsync(scene, HttpMethod.Put, url, values, read.Tag);
        values["nom"] = "Second";
        var stale = await SendAsync(scene, HttpMethod.Put, url, values, read.Tag);
        Assert.Equal([("P-1", "Premier", false)], await scene.PeopleAsync());
        var second = await SendAsync(scene, HttpMethod.Put, url, values, stale.Tag);
        var unsaid = await SendAsync(scene, HttpMethod.Put, url, values);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK), (before.Status, first.Status, stale.Status, second.Status));
        Assert.Equal(JsonValueKind.Null, before.Body.GetProperty("etat_actuel").ValueKind);
        Assert.Equal(first.Tag, stale.Tag);
        Assert.Equal("Premier", stale.Body.GetProperty("etat_actuel").GetProperty("nom").GetString());
        Assert.Equal("Essai", read.Body.GetProperty("nom").GetString());
        Assert.Equal((second.Tag, "inchangee"), (unsaid.Tag, unsaid.Body.GetProperty("etat").GetString()));
    }

    [Fact]
    public async Task A_wrong_person_is_refused_with_every_fault_by_column_and_nothing_is_kept()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var values = Values("P-1");
        values["date_naissance"] = "2026-02-31";
        values["metiers_recherches"] = new[] { "Z9999" };

        var answer = await SendAsync(scene, HttpMethod.Put, $"/api/v1/viviers/{scene.Structure.Who!.OrganizationId}/personnes/P-1", values);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["date_naissance", "metiers_recherches"], answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        Assert.Empty(await scene.PeopleAsync());
    }

    [Fact]
    public async Task Rows_sent_by_a_program_answer_the_same_report_as_a_file()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var wrong = Values("P-2");
        wrong["commune"] = "Nullepart";

        var answer = await SendAsync(scene, HttpMethod.Post, $"/api/v1/viviers/{scene.Structure.Who!.OrganizationId}/personnes:importer", new[] { Values("P-1"), wrong });

        Assert.Equal((1, 1), (answer.Body.GetProperty("ajoutees").GetInt32(), answer.Body.GetProperty("refusees").GetInt32()));
        Assert.Equal("commune", answer.Body.GetProperty("erreurs")[0].GetProperty("colonne").GetString());
        Assert.Equal([("P-1", "Essai", false)], await scene.PeopleAsync());
    }

    [Fact]
    public async Task Another_pool_answers_like_an_unknown_one()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var other = await PoolScene.MakeAsync(Web);

        var theirs = await SendAsync(scene, HttpMethod.Put, $"/api/v1/viviers/{other.Structure.Who!.OrganizationId}/personnes/P-1", Values("P-1"));
        var unknown = await SendAsync(scene, HttpMethod.Put, $"/api/v1/viviers/{Guid.CreateVersion7()}/personnes/P-1", Values("P-1"));

        Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        Assert.Equal(unknown.Body.GetProperty("detail").GetString(), theirs.Body.GetProperty("detail").GetString());
        Assert.Empty(await other.PeopleAsync());
    }

    private static Dictionary<string, object> Values(string reference) => new()
    {
        ["reference"] = reference,
        ["nom"] = "Essai",
        ["prenom"] = "Camille",
        ["date_naissance"] = "1992-03-14",
        ["courriel"] = "camille@exemple.example",
        ["code_postal"] = "00100",
        ["commune"] = "Valmiron",
        ["structure_siret"] = "00000705400018",
        ["structure_type"] = "ACI",
        ["metiers_recherches"] = new[] { "F1703" },
        ["disponible_le"] = "2026-12-01",
        ["mobilite_minutes"] = 45,
        ["moyen_transport"] = "voiture",
        ["criteres"] = new[] { "RSA:2025-09-01" },
        ["information_donnee_le"] = "2026-11-12",
    };

    // The session of the browser, with the header that a page of the site would send.
    private static async Task<(HttpStatusCode Status, JsonElement Body, string? Tag)> SendAsync(PoolScene scene, HttpMethod method, string url, object? body, string? ifMatch = null)
    {
        var token = (await scene.Structure.GetAsync("/viviers/importer")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value");
        using var request = new HttpRequestMessage(method, new Uri(url, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("RequestVerificationToken", token);
        if (ifMatch is not null)
        {
            request.Headers.Add("If-Match", ifMatch);
        }

        using var response = await scene.Structure.Client.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, response.Headers.ETag?.Tag);
    }
}

public sealed class PoolApiOnSqlite(SqliteWeb web) : PoolApiTests(web), IClassFixture<SqliteWeb>;

public sealed class PoolApiOnPostgreSql(PostgreSqlWeb web) : PoolApiTests(web), IClassFixture<PostgreSqlWeb>;
