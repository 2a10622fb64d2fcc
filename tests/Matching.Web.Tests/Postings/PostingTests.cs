using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Postings;

public abstract class PostingTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_pasted_text_becomes_a_draft_that_shows_the_words_of_each_value()
    {
        var (facilitator, lot) = await StartAsync("P-1");
        var page = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", PostingWorld.Sample("03-macon.txt")));
        Assert.Equal("Valmiron (00001)", page.ValueOf("commune"));
        Assert.Equal("11/01/2027", page.ValueOf("debut"));
        Assert.Equal("1820", page.ValueOf("heures_insertion"));
        Assert.Equal("Travail en hauteur", page.ValueOf("certificats_exiges"));
        Assert.Equal("F1703", page.All("input[name=code_rome]")[0].GetAttribute("value"));
        Assert.Empty(page.All("input[name=code_rome][checked]"));
        Assert.Contains(page.All("mark"), mark => mark.TextContent.Contains("35h/sem", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_with_two_posts_offers_the_choice_between_them()
    {
        var (facilitator, lot) = await StartAsync("P-2");
        var text = PostingWorld.Sample("04-peintre-et-manoeuvre.txt");
        var first = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", text));
        Assert.Contains("Ce texte décrit 2 postes", first.Words, StringComparison.Ordinal);
        var second = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", text), ("poste", "1"));
        Assert.Equal("23/11/2026", second.ValueOf("debut"));
        Assert.Equal("600", second.ValueOf("heures_insertion"));
    }

    [Fact]
    public async Task Publishing_needs_a_confirmed_occupation_and_is_written_once_with_its_change()
    {
        var (facilitator, lot) = await StartAsync("P-3");
        var page = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", PostingWorld.Sample("03-macon.txt")));
        var unconfirmed = await facilitator.PostFormAsync("/offres", PostingWorld.Fields(page, "/offres", ("action", "publier")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unconfirmed.Status);
        Assert.Contains("Le métier (code ROME) n’est pas confirmé", unconfirmed.Words, StringComparison.Ordinal);
        Assert.Equal("11/01/2027", unconfirmed.ValueOf("debut"));

        var fields = PostingWorld.Fields(page, "/offres", ("action", "publier"), ("code_rome", "F1703"));
        var posted = await facilitator.PostFormAsync("/offres", fields);
        var again = await facilitator.PostFormAsync("/offres", fields);
        Assert.Equal(posted.RedirectsTo, again.RedirectsTo);
        Assert.Contains("Publiée", (await facilitator.GetAsync(posted.RedirectsTo!)).Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = Guid.Parse(posted.RedirectsTo!.Split('/')[^1]);
        Assert.Equal(1, await db.ExecuteScalarAsync<int>("select count(*) from change where entity = 'posting' and entity_id = @id", new { id }));
    }

    [Fact]
    public async Task A_commune_that_does_not_exist_is_refused_with_near_names_and_nothing_is_written()
    {
        var (facilitator, lot) = await StartAsync("P-4");
        var page = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", ""));
        var refused = await facilitator.PostFormAsync("/offres", PostingWorld.Fields(
            page, "/offres", ("intitule", "Maçon"), ("commune", "Merole"), ("debut", "31/02/2027"), ("certificats_exiges", "permis volant")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Merolles (00004)", refused.Words, StringComparison.Ordinal);
        Assert.Contains("« permis volant » n’est pas dans le catalogue", refused.Words, StringComparison.Ordinal);
        Assert.Equal("Merole", refused.ValueOf("commune"));
        Assert.Contains("Aucune offre ici", (await facilitator.GetAsync("/offres")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_posting_lives_from_draft_to_closed_and_reopens_and_refuses_wrong_steps()
    {
        var (facilitator, lot) = await StartAsync("P-5");
        var url = await DraftAsync(facilitator, lot);
        Assert.Contains("Un brouillon ne se clôt pas", (await facilitator.PostFormAsync($"{url}/clore")).Words, StringComparison.Ordinal);
        Assert.Contains("Offre publiée.", (await facilitator.PostAndFollowAsync($"{url}/publier")).Words, StringComparison.Ordinal);
        Assert.Contains("déjà publiée", (await facilitator.PostFormAsync($"{url}/publier")).Words, StringComparison.Ordinal);
        await facilitator.PostAndFollowAsync($"{url}/pourvoir");
        var reopened = await facilitator.PostAndFollowAsync($"{url}/rouvrir");
        Assert.Contains("Publiée", reopened.Words, StringComparison.Ordinal);
        Assert.Contains("Close", (await facilitator.PostAndFollowAsync($"{url}/clore")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_is_a_new_version_and_a_stale_page_cannot_overwrite_it()
    {
        var (facilitator, lot) = await StartAsync("P-6");
        var url = await DraftAsync(facilitator, lot);
        var page = await facilitator.GetAsync($"{url}/modifier");
        var fields = PostingWorld.Fields(page, $"{url}/modifier", ("heures_hebdo", "28,5"));
        var changed = await facilitator.PostAndFollowAsync($"{url}/modifier", fields);
        Assert.Contains("28,5 h par semaine", changed.Words, StringComparison.Ordinal);
        Assert.Contains("Version 2", changed.Words, StringComparison.Ordinal);
        var stale = await facilitator.PostFormAsync($"{url}/modifier", fields);
        Assert.Contains("modifiée entre-temps", stale.Words, StringComparison.Ordinal);
        Assert.Equal("28,5", stale.ValueOf("heures_hebdo"));
    }

    [Fact]
    public async Task A_structure_reads_the_published_postings_of_its_territory_and_no_draft()
    {
        var (facilitator, lot) = await StartAsync("P-7");
        var url = await DraftAsync(facilitator, lot);
        var structure = await Web.SignInAsync(Roles.Structure);
        var draft = await structure.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, draft.Status);
        Assert.Equal((await structure.GetAsync($"/offres/{Guid.CreateVersion7()}")).Words, draft.Words);
        await facilitator.PostAndFollowAsync($"{url}/publier");
        var seen = await structure.GetAsync(url);
        Assert.Contains("Maçon", seen.Words, StringComparison.Ordinal);
        Assert.Empty(seen.All("main form"));
        Assert.Contains("Maçon", (await structure.GetAsync("/offres")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await structure.PostFormAsync($"{url}/clore")).Status);
    }

    [Fact]
    public async Task A_posting_of_another_facilitator_cannot_be_read_changed_nor_copied()
    {
        var (facilitator, lot) = await StartAsync("P-8");
        var url = await DraftAsync(facilitator, lot);
        await facilitator.PostAndFollowAsync($"{url}/publier");
        var other = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(url)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{url}/modifier")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync($"{url}/clore")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync($"{url}/dupliquer")).Status);
    }

    [Fact]
    public async Task A_copy_is_a_new_draft_made_once()
    {
        var (facilitator, lot) = await StartAsync("P-9");
        var url = await DraftAsync(facilitator, lot);
        var key = Guid.CreateVersion7().ToString();
        var copy = await facilitator.PostFormAsync($"{url}/dupliquer", ("cle", key));
        Assert.Equal(copy.RedirectsTo, (await facilitator.PostFormAsync($"{url}/dupliquer", ("cle", key))).RedirectsTo);
        Assert.Equal(2, (await facilitator.GetAsync("/offres?etat=brouillon")).All("tbody tr").Count);
    }

    [Fact]
    public async Task The_api_reads_a_text_writes_a_posting_once_and_publishes_it()
    {
        var (facilitator, lot) = await StartAsync("P-10");
        var token = (await facilitator.PostFormAsync("/compte/jetons", ("nom", "essai"), ("jours", "30"), ("ecriture", "oui"))).One("code.secret").TextContent;
        using var client = Web.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var read = await client.PostAsJsonAsync("/api/v1/offres:analyser", new { texte = PostingWorld.Sample("03-macon.txt") }, Cancel);
        var draft = (await read.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("postes")[0];
        Assert.Equal("00001", draft.GetProperty("commune").GetProperty("valeur").GetString());
        Assert.Equal("F1703", draft.GetProperty("metiers")[0].GetProperty("code_rome").GetString());

        client.DefaultRequestHeaders.Add("Idempotency-Key", "une-fois");
        var body = new { lot_id = lot, intitule = "Maçon", code_rome = "F1703", commune = "00001", nombre_postes = 2, horaires = new[] { "jour" } };
        using var first = await client.PostAsJsonAsync("/api/v1/offres", body, Cancel);
        using var second = await client.PostAsJsonAsync("/api/v1/offres", body, Cancel);
        var id = (await first.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();
        Assert.Equal(id, (await second.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString());
        using var published = await client.PostAsync(new Uri($"/api/v1/offres/{id}:publier", UriKind.Relative), null, Cancel);
        Assert.Equal("publiee", (await published.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("etat").GetString());
        using var wrong = await client.PostAsJsonAsync("/api/v1/offres", new { lot_id = lot, intitule = "Maçon", code_rome = "Z9999", nombre_postes = 1 }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("« Z9999 » n’existe pas", await wrong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_occupation_of_every_sample_text_is_among_the_five_proposed()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var reading = Web.Services.GetRequiredService<Matching.Web.Postings.ProfileReading>();
        var expected = JsonDocument.Parse(PostingWorld.Sample("attendus.json")).RootElement;
        foreach (var sample in expected.EnumerateArray())
        {
            var drafts = reading.Read(PostingWorld.Sample(sample.GetProperty("fichier").GetString()!));
            foreach (var (post, draft) in sample.GetProperty("postes").EnumerateArray().Zip(drafts))
            {
                Assert.Contains(post.GetProperty("code_rome").GetString(), draft.Occupations.Select(one => one.Rome.Value));
            }
        }
    }

    private async Task<(Browser Facilitator, string Lot)> StartAsync(string reference)
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        return (facilitator, await PostingWorld.OpenMarketAsync(facilitator, reference));
    }

    private static async Task<string> DraftAsync(Browser facilitator, string lot)
    {
        var page = await facilitator.PostFormAsync("/offres/nouvelle", ("lot", lot), ("texte", PostingWorld.Sample("03-macon.txt")));
        var posted = await facilitator.PostFormAsync("/offres", PostingWorld.Fields(page, "/offres", ("action", "enregistrer"), ("code_rome", "F1703")));
        return posted.RedirectsTo ?? throw new InvalidOperationException(posted.Words);
    }
}

public sealed class PostingsOnSqlite(SqliteWeb web) : PostingTests(web), IClassFixture<SqliteWeb>;

public sealed class PostingsOnPostgreSql(PostgreSqlWeb web) : PostingTests(web), IClassFixture<PostgreSqlWeb>;
