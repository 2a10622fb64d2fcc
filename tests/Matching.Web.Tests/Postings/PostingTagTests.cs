using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Postings;

/// <summary>Two programs that change the same posting: none undoes the other's change without having read it.</summary>
public abstract class PostingTagTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_posting_is_changed_with_the_tag_that_was_read_and_only_with_it()
    {
        var (client, url) = await StartAsync("E-1");
        using var read = await client.GetAsync(new Uri(url, UriKind.Relative), Cancel);
        var terms = JsonSerializer.Deserialize<Dictionary<string, object?>>(await read.Content.ReadAsStringAsync(Cancel))!;

        using var untagged = await PutAsync(client, url, terms, null);
        terms["intitule"] = "Maçon confirmé";
        using var first = await PutAsync(client, url, terms, read.Headers.ETag!.Tag);
        terms["intitule"] = "Autre";
        using var stale = await PutAsync(client, url, terms, read.Headers.ETag.Tag);
        using var now = await client.GetAsync(new Uri(url, UriKind.Relative), Cancel);

        Assert.Equal(((HttpStatusCode)428, HttpStatusCode.OK, HttpStatusCode.Conflict), (untagged.StatusCode, first.StatusCode, stale.StatusCode));
        var current = (await stale.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("etat_actuel");
        Assert.Equal(("Maçon confirmé", 2), (current.GetProperty("intitule").GetString(), current.GetProperty("version").GetInt32()));
        Assert.Equal((first.Headers.ETag, first.Headers.ETag), (stale.Headers.ETag, now.Headers.ETag));
    }

    [Fact]
    public async Task What_was_read_and_sent_back_unchanged_keeps_every_term()
    {
        var (client, url) = await StartAsync("E-2");
        using var read = await client.GetAsync(new Uri(url, UriKind.Relative), Cancel);
        var before = await read.Content.ReadAsStringAsync(Cancel);

        using var sent = await PutAsync(client, url, JsonSerializer.Deserialize<Dictionary<string, object?>>(before)!, read.Headers.ETag!.Tag);

        Assert.Equal(before.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal), await sent.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Another_facilitator_and_a_wrong_value_change_nothing()
    {
        var (client, url) = await StartAsync("E-3");
        var (other, _) = await StartAsync("E-4");
        using var read = await client.GetAsync(new Uri(url, UriKind.Relative), Cancel);
        var terms = JsonSerializer.Deserialize<Dictionary<string, object?>>(await read.Content.ReadAsStringAsync(Cancel))!;

        using var seen = await other.GetAsync(new Uri(url, UriKind.Relative), Cancel);
        using var theirs = await PutAsync(other, url, terms, read.Headers.ETag!.Tag);
        using var unknown = await PutAsync(other, $"/api/v1/offres/{Guid.CreateVersion7()}", terms, read.Headers.ETag.Tag);
        terms["code_rome"] = "Z9999";
        using var wrong = await PutAsync(client, url, terms, read.Headers.ETag.Tag);
        using var now = await client.GetAsync(new Uri(url, UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (seen.StatusCode, theirs.StatusCode, unknown.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(read.Headers.ETag, now.Headers.ETag);
    }

    [Fact]
    public async Task The_description_of_the_api_says_how_to_change_what_was_read()
    {
        using var client = (await StartAsync("E-5")).Client;
        var description = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative), Cancel)).RootElement;

        Assert.Contains("ETag", description.GetProperty("info").GetProperty("description").GetString(), StringComparison.Ordinal);
        var put = description.GetProperty("paths").GetProperty("/api/v1/offres/{id}").GetProperty("put").GetProperty("parameters").EnumerateArray();
        Assert.Contains(put, parameter => parameter.GetProperty("name").GetString() == "If-Match" && parameter.GetProperty("in").GetString() == "header");
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string url, Dictionary<string, object?> terms, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(url, UriKind.Relative)) { Content = JsonContent.Create(terms) };
        if (ifMatch is not null)
        {
            request.Headers.Add("If-Match", ifMatch);
        }

        return await client.SendAsync(request, Cancel);
    }

    /// <summary>A program of a facilitator and the address of a posting that it wrote.</summary>
    private async Task<(HttpClient Client, string Url)> StartAsync(string reference)
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var lot = await PostingWorld.OpenMarketAsync(facilitator, reference);
        var token = (await facilitator.PostFormAsync("/compte/jetons", ("nom", "essai"), ("jours", "30"), ("ecriture", "oui"))).One("code.secret").TextContent;
        var client = Web.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var made = await client.PostAsJsonAsync(
            "/api/v1/offres",
            new
            {
                lot_id = lot,
                intitule = "Maçon",
                code_rome = "F1703",
                commune = "00001",
                debut = "2026-12-07",
                heures_hebdo = 35,
                nombre_postes = 2,
                horaires = new[] { "jour" },
                certificats_exiges = new[] { "Permis B" },
                competences = new[] { "Lire un plan", "Monter un mur en parpaings" },
                description = "Chantier du gymnase",
            },
            Cancel);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();
        return (client, $"/api/v1/offres/{id}");
    }
}

public sealed class PostingTagsOnSqlite(SqliteWeb web) : PostingTagTests(web), IClassFixture<SqliteWeb>;

public sealed class PostingTagsOnPostgreSql(PostgreSqlWeb web) : PostingTagTests(web), IClassFixture<PostgreSqlWeb>;
