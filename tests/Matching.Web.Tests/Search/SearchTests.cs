using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Web.Accounts;
using Matching.Web.Demonstrations;
using Matching.Web.Platform;
using Matching.Web.Tests.Ranking;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Search;

/// <summary>The search boxes over the invented territory of the demonstration: 2,000 people, twelve structures, three marchés.</summary>
public abstract class SearchTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_trade_is_found_in_the_feminine_without_accents_and_with_a_typing_error()
    {
        var facilitator = await FacilitatorAsync();
        var right = await TotalAsync(facilitator, "/recherche/personnes?q=maçon");
        Assert.True(right > 0);
        foreach (var typed in new[] { "MACONNE", "maçons", "maconnes" })
        {
            Assert.Equal(right, await TotalAsync(facilitator, $"/recherche/personnes?q={typed}"));
        }

        Assert.True(await TotalAsync(facilitator, "/recherche/personnes?q=jardnier") > 0);
        var page = await facilitator.GetAsync("/recherche/personnes?q=maçonne");
        Assert.Contains(page.All("mark"), mark => mark.TextContent.StartsWith("Maçon", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_experience_that_was_typed_as_a_code_is_read_as_the_name_of_its_trade()
    {
        var page = await (await FacilitatorAsync()).GetAsync("/recherche/personnes?q=maçon");
        Assert.Contains("Maçon / Maçonne", page.Words, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b[A-N]\d{4}\b", page.Words);
    }

    [Fact]
    public async Task The_count_beside_a_filter_is_how_many_it_finds()
    {
        var facilitator = await FacilitatorAsync();
        var before = await AskAsync(facilitator, "/recherche/personnes?q=agent");
        foreach (var (key, code, count) in Values(before).Where(value => value.Count > 0).Take(8))
        {
            var after = await AskAsync(facilitator, $"/recherche/personnes?q=agent&{key}={code}");
            Assert.Equal(count, after.GetProperty("total").GetInt32());

            // What is chosen in a filter does not change the counts of that filter.
            Assert.Equal(Values(before).Where(value => value.Key == key), Values(after).Where(value => value.Key == key));
        }

        var all = await AskAsync(facilitator, "/recherche/personnes");
        foreach (var key in new[] { "disponible", "departement" })
        {
            Assert.Equal(all.GetProperty("total").GetInt32(), Values(all).Where(value => value.Key == key).Sum(value => value.Count));
        }
    }

    [Fact]
    public async Task A_facilitator_finds_only_people_published_to_it_and_reads_initials()
    {
        var facilitator = await FacilitatorAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var answer = await AskAsync(facilitator, "/recherche/personnes?limite=100");
        var published = await db.QuerySingleAsync<int>("select count(*) from person where published_at is not null and withdrawn_at is null");
        Assert.Equal(published, answer.GetProperty("total").GetInt32());
        var preselected = (await db.QueryAsync<Guid>("select person_id from preselection union select person_id from work_contract order by 1 limit 5000")).ToHashSet();
        var strangers = answer.GetProperty("personnes").EnumerateArray().Where(person => !preselected.Contains(person.GetProperty("id").GetGuid())).ToList();
        Assert.True(strangers.Count > 50);
        Assert.All(strangers, person => Assert.Matches(@"^\p{L}\. \p{L}\.$", person.GetProperty("affichage").GetString()!));

        var stranger = await Web.SignInAsync(Roles.Facilitator);
        await db.ExecuteAsync("delete from territory where organization_id = @id", new { id = stranger.Who!.OrganizationId });
        Assert.Equal(0, await TotalAsync(stranger, "/recherche/personnes"));
        Assert.Equal(0, await TotalAsync(stranger, "/recherche/personnes?q=maçon"));
    }

    [Fact]
    public async Task Nobody_is_found_by_name()
    {
        var facilitator = await FacilitatorAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = await db.QueryFirstAsync<Guid>("select id from person where published_at is not null and withdrawn_at is null order by id limit 1");
        await db.ExecuteAsync("update person set last_name = 'Zwyxabert' where id = @id", new { id });
        await Web.Services.GetRequiredService<Database>().WriteAsync(
            async (write, tx) =>
            {
                await Web.Services.GetRequiredService<ChangeFeed>().AppendAsync(write, tx, "person", [id], Cancel);
                return 0;
            },
            Cancel);
        Assert.Equal(0, await TotalAsync(facilitator, "/recherche/personnes?q=Zwyxabert"));
    }

    [Fact]
    public async Task A_person_withdrawn_or_unpublished_is_not_found_at_the_next_search()
    {
        var facilitator = await FacilitatorAsync();
        var structure = await StructureAsync();
        var before = await AskAsync(facilitator, "/recherche/personnes");
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = await db.QueryFirstAsync<Guid>(
            "select p.id from person p join app_user u on u.organization_id = p.organization_id where u.user_name = 'siae' and p.published_at is not null and p.withdrawn_at is null order by p.id limit 1");
        await structure.PostFormAsync($"/viviers/personnes/{id}/retirer");
        Assert.Equal(before.GetProperty("total").GetInt32() - 1, await TotalAsync(facilitator, "/recherche/personnes"));
    }

    [Fact]
    public async Task A_structure_searches_its_own_people_and_opens_them()
    {
        await FacilitatorAsync();
        var structure = await StructureAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var own = (await db.QueryAsync<string>(
            "select p.last_name from person p join app_user u on u.organization_id = p.organization_id where u.user_name = 'siae' and p.withdrawn_at is null order by p.id limit 5000")).ToList();
        Assert.Equal(own.Count, await TotalAsync(structure, "/recherche/personnes"));
        var page = await structure.GetAsync("/recherche/personnes");
        var links = page.All(".people h2 a").ToList();
        Assert.NotEmpty(links);
        Assert.Equal(HttpStatusCode.OK, (await structure.GetAsync(links[0].GetAttribute("href")!)).Status);
    }

    [Fact]
    public async Task Postings_are_found_by_their_words_by_those_who_may_read_them()
    {
        var facilitator = await FacilitatorAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var (id, title) = await db.QueryFirstAsync<(Guid, string)>(
            "select p.id, p.title from posting p where p.state = 'PUBLISHED' and not exists (select 1 from posting o where o.title = p.title and o.id <> p.id) order by p.id limit 1");
        var answer = await AskAsync(facilitator, $"/recherche/offres?q={Uri.EscapeDataString(title)}");
        Assert.Equal(id, answer.GetProperty("offres")[0].GetProperty("id").GetGuid());
        Assert.Contains((await facilitator.GetAsync($"/recherche/offres?q={Uri.EscapeDataString(title)}")).All("h2 a"), link => link.GetAttribute("href") == $"/offres/{id}");

        var stranger = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal(0, await TotalAsync(stranger, "/recherche/offres"));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Web.SignInAsync(Roles.Buyer)).GetAsync("/recherche/offres")).Status);
    }

    [Fact]
    public async Task Suggestions_complete_what_is_being_typed_among_what_one_may_see()
    {
        var facilitator = await FacilitatorAsync();
        var answer = JsonDocument.Parse(await facilitator.Client.GetStringOfAnyStatusAsync("/recherche/suggestions?quoi=personnes&q=maço")).RootElement;
        Assert.Contains(answer.GetProperty("suggestions").EnumerateArray(), one => one.GetProperty("texte").GetString()!.StartsWith("Maçon", StringComparison.Ordinal));
        Assert.Equal(answer.GetProperty("total").GetInt32() > 0, answer.GetProperty("suggestions").GetArrayLength() > 0);
        Assert.InRange(answer.GetProperty("suggestions").GetArrayLength(), 1, 8);
        Assert.Contains("personnes", await facilitator.Client.GetStringOfAnyStatusAsync("/recherche/suggestions?quoi=rien&q=a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_counted_while_typing_keeps_the_filters_already_chosen()
    {
        var facilitator = await FacilitatorAsync();
        var (key, code, count) = Values(await AskAsync(facilitator, "/recherche/personnes?q=maçon")).Where(value => value.Key == "disponible").MinBy(value => value.Count);
        Assert.True(count > 0);
        var all = await SuggestedAsync(facilitator, "quoi=personnes&q=maçonne");
        Assert.InRange(await SuggestedAsync(facilitator, $"quoi=personnes&q=maçonne&{key}={code}&rayon=20"), 1, all - 1);
        Assert.Contains("Commune inconnue", await facilitator.Client.GetStringOfAnyStatusAsync("/recherche/suggestions?quoi=personnes&q=maçon&autour=Nullep"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_counts_in_french_and_more_answers_are_a_link_away()
    {
        var facilitator = await FacilitatorAsync();
        var page = await facilitator.GetAsync("/recherche/personnes?q=agent&disponible=maintenant&limite=1");
        Assert.EndsWith("personnes, la première", page.One("p[role=status]:not(.hint)").TextContent, StringComparison.Ordinal);
        var more = page.All(".limits a").Select(link => link.GetAttribute("href")).ToList();
        Assert.Equal(["/recherche/personnes?q=agent&disponible=maintenant&limite=20", "/recherche/personnes?q=agent&disponible=maintenant&limite=50", "/recherche/personnes?q=agent&disponible=maintenant&limite=100"], more);
        Assert.Equal(100, (await facilitator.GetAsync(more[2]!)).All(".people > li").Count);

        var everyone = await facilitator.GetAsync("/recherche/personnes");
        Assert.DoesNotMatch(@"\(\d{4,}\)", everyone.Words);
        Assert.Contains("disponible depuis le", everyone.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limite=0", "de 1 à 100")]
    [InlineData("limite=1000000000", "de 1 à 100")]
    [InlineData("couleur=bleu", "Filtre inconnu")]
    [InlineData("domaine=Z9", "Valeur inconnue")]
    [InlineData("autour=Nullepart-sur-Rien", "Commune inconnue")]
    [InlineData("autour=00001&rayon=21", "5, 10, 20, 30, 50, 100")]
    public async Task What_makes_no_sense_is_refused_with_a_sentence(string query, string sentence)
    {
        var facilitator = await FacilitatorAsync();
        foreach (var what in new[] { "personnes", "offres" })
        {
            var page = await facilitator.GetAsync($"/recherche/{what}?{query}");
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains(sentence, page.Words, StringComparison.Ordinal);
            var problem = JsonDocument.Parse(await facilitator.Client.GetStringOfAnyStatusAsync($"/api/v1/recherche/{what}?{query}")).RootElement;
            Assert.Equal(400, problem.GetProperty("status").GetInt32());
            Assert.Contains(sentence, problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("le la les")]
    [InlineData("\"guillemets ouverts")]
    [InlineData("👷🏽‍♀️ 🚧")]
    [InlineData("%00%27%3B--")]
    [InlineData("LONG")]
    public async Task Odd_words_have_a_defined_answer(string typed)
    {
        var facilitator = await FacilitatorAsync();
        var q = typed == "LONG" ? new string('x', 10_000) : typed.Contains('%', StringComparison.Ordinal) ? typed : Uri.EscapeDataString(typed);
        Assert.Equal(0, await TotalAsync(facilitator, $"/recherche/personnes?q={q}"));
        Assert.Equal(HttpStatusCode.OK, (await facilitator.GetAsync($"/recherche/offres?q={q}")).Status);
        Assert.Equal(0, JsonDocument.Parse(await facilitator.Client.GetStringOfAnyStatusAsync($"/recherche/suggestions?quoi=personnes&q={q}")).RootElement.GetProperty("suggestions").GetArrayLength());
    }

    private static List<(string Key, string Code, int Count)> Values(JsonElement answer) =>
    [
        .. answer.GetProperty("filtres").EnumerateArray().SelectMany(facet => facet.GetProperty("valeurs").EnumerateArray(), (facet, value) =>
            (facet.GetProperty("cle").GetString()!, value.GetProperty("code").GetString()!, value.GetProperty("nombre").GetInt32())),
    ];

    private static async Task<int> SuggestedAsync(Browser browser, string query) =>
        JsonDocument.Parse(await browser.Client.GetStringOfAnyStatusAsync($"/recherche/suggestions?{query}")).RootElement.GetProperty("total").GetInt32();

    private static async Task<JsonElement> AskAsync(Browser browser, string address) =>
        JsonDocument.Parse(await browser.Client.GetStringOfAnyStatusAsync("/api/v1" + address)).RootElement;

    private static async Task<int> TotalAsync(Browser browser, string address) => (await AskAsync(browser, address)).GetProperty("total").GetInt32();

    private async Task<Browser> FacilitatorAsync()
    {
        await using (var scope = Web.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(Cancel);
        }

        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        return facilitator;
    }

    private async Task<Browser> StructureAsync()
    {
        var structure = Web.Visitor();
        await structure.SignInAsync("siae", DemoAccounts.Password);
        return structure;
    }
}

public sealed class SearchOnSqlite(SqliteWeb web) : SearchTests(web), IClassFixture<SqliteWeb>;

public sealed class SearchOnPostgreSql(PostgreSqlWeb web) : SearchTests(web), IClassFixture<PostgreSqlWeb>;
