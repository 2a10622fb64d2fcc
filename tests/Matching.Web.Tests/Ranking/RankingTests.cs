using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Web.Accounts;
using Matching.Web.Demonstrations;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>The ranked list over the invented territory of the demonstration: 2,000 people, twelve structures.</summary>
public abstract class RankingTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task People_come_best_first_and_the_points_told_sum_to_the_score()
    {
        var (_, list) = await FirstListAsync();
        var people = list.GetProperty("candidats").EnumerateArray().ToList();
        Assert.Equal(20, people.Count);
        Assert.Equal(Enumerable.Range(1, 20), people.Select(p => p.GetProperty("rang").GetInt32()));
        Assert.Equal(people.Select(Points).OrderDescending(), people.Select(Points));
        Assert.All(people, person =>
        {
            var (pour, contre) = (ReasonsOf(person, "raisons_pour"), ReasonsOf(person, "raisons_contre"));
            Assert.True(pour.Count is > 0 and <= 4 && contre.Count <= 3);
            Assert.Equal(Points(person), pour.Sum() + contre.Sum() + person.GetProperty("autres_points").GetInt32());
        });
        Assert.True(people.Select(p => ReasonsOf(p, "raisons_pour").Count + ReasonsOf(p, "raisons_contre").Count).Distinct().Count() > 1);
    }

    [Fact]
    public async Task The_page_and_the_api_tell_the_same_list()
    {
        var (facilitator, list) = await FirstListAsync();
        var page = await facilitator.GetAsync($"/offres/{Id(list)}/candidats");
        Assert.Equal(list.GetProperty("candidats").EnumerateArray().Select(p => $"{Points(p)}"), page.All(".ranked .score b").Select(e => e.TextContent));
        Assert.Equal(list.GetProperty("candidats").EnumerateArray().Select(p => p.GetProperty("affichage").GetString()), page.All(".ranked h2 a").Select(e => e.TextContent));
        Assert.Contains(list.GetProperty("modele").GetString()!, page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("encore en cours de lecture", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_stored_once_as_it_was_shown()
    {
        var (facilitator, list) = await FirstListAsync();
        var again = await RankedApi.ListAsync(facilitator, Id(list));
        Assert.Equal(list.GetProperty("liste").GetString(), again.GetProperty("liste").GetString());
        await using var db = await Web.Database.OpenAsync(Cancel);
        var stored = (await db.QueryAsync<(Guid Person, int Score, string Points)>(
            "select person_id, score, points_json from ranked_person where list_id = @id order by rank", new { id = list.GetProperty("liste").GetGuid() })).ToList();
        Assert.Equal(
            list.GetProperty("candidats").EnumerateArray().Select(p => (p.GetProperty("personne").GetGuid(), Points(p))),
            stored.Select(row => (row.Person, row.Score)));
        Assert.All(stored, row => Assert.Equal(row.Score, JsonSerializer.Deserialize<int[]>(row.Points)!.Sum()));
        Assert.Equal("1.4.0-expert", await db.QuerySingleAsync<string>("select model_version from ranked_list where id = @id", new { id = list.GetProperty("liste").GetGuid() }));
    }

    [Fact]
    public async Task Everyone_published_is_either_ranked_or_counted_under_a_rule()
    {
        var (facilitator, list) = await FirstListAsync();
        var (inScope, passing) = (list.GetProperty("personnes_publiees").GetInt32(), list.GetProperty("personnes_classees").GetInt32());
        var removed = list.GetProperty("ecartees").EnumerateArray().ToList();
        Assert.True(removed.Sum(r => r.GetProperty("dont_par_cette_seule_regle").GetInt32()) <= inScope - passing);
        Assert.True(removed.Sum(r => r.GetProperty("personnes").GetInt32()) >= inScope - passing);
        var ranked = await PublishedOutsideAsync(facilitator, list, inScope);
        Assert.Contains("une règle l’écarte", ranked.Words, StringComparison.Ordinal);
        Assert.NotEmpty(ranked.All(".notice.warn li"));
    }

    [Fact]
    public async Task Another_facilitator_gets_the_same_answer_as_for_an_unknown_posting()
    {
        var (_, list) = await FirstListAsync();
        var stranger = await Web.SignInAsync(Roles.Facilitator);
        var foreign = await stranger.GetAsync($"/offres/{Id(list)}/candidats");
        var unknown = await stranger.GetAsync($"/offres/{Guid.CreateVersion7()}/candidats");
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal((unknown.Status, unknown.Words), (foreign.Status, foreign.Words));
        var siae = await Web.SignInAsync(Roles.Structure);
        Assert.Equal(HttpStatusCode.Forbidden, (await siae.GetAsync($"/offres/{Id(list)}/candidats")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Web.NewClient().GetAsync(new Uri($"/api/v1/offres/{Id(list)}/candidats", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Someone_withdrawn_leaves_the_list_at_the_next_look()
    {
        var (facilitator, list) = await FirstListAsync();
        var person = list.GetProperty("candidats")[3].GetProperty("personne").GetGuid();
        await using (var scope = Web.Services.CreateAsyncScope())
        {
            await Web.Database.WriteAsync(
                async (db, tx) =>
                {
                    await db.ExecuteAsync("update person set withdrawn_at = @now where id = @person", new { now = Web.Clock.Now, person }, tx);
                    await scope.ServiceProvider.GetRequiredService<ChangeFeed>().AppendAsync(db, tx, "person", [person], Cancel);
                },
                Cancel);
        }

        var after = await RankedApi.ListAsync(facilitator, Id(list));
        Assert.DoesNotContain(after.GetProperty("candidats").EnumerateArray(), p => p.GetProperty("personne").GetGuid() == person);
        Assert.Equal(HttpStatusCode.NotFound, (await facilitator.GetAsync($"/offres/{Id(list)}/candidats/{person}")).Status);
    }

    [Fact]
    public async Task The_name_is_shown_only_once_the_person_is_preselected()
    {
        var (facilitator, list) = await FirstListAsync();
        var person = list.GetProperty("candidats")[0];
        var id = person.GetProperty("personne").GetGuid();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var name = await db.QuerySingleAsync<string>("select last_name from person where id = @id", new { id });
        var before = await facilitator.GetAsync($"/offres/{Id(list)}/candidats?limite=1");
        Assert.DoesNotContain(name, before.Words, StringComparison.Ordinal);
        await facilitator.PostFormAsync($"/offres/{Id(list)}/preselections", ("personne", $"{id}"), ("liste", list.GetProperty("liste").GetString()!));
        var after = await facilitator.GetAsync($"/offres/{Id(list)}/candidats?limite=1");
        Assert.Contains(name, after.Words, StringComparison.Ordinal);
        Assert.Contains("Proposée", after.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_an_explanation_is_noted_on_the_list_and_tells_every_point()
    {
        var (facilitator, list) = await FirstListAsync();
        var person = list.GetProperty("candidats")[1];
        var page = await facilitator.GetAsync($"/offres/{Id(list)}/candidats/{person.GetProperty("personne").GetGuid()}?liste={list.GetProperty("liste").GetString()}");
        var points = page.All("tbody td.number").Select(cell => int.Parse(cell.TextContent.Replace('−', '-').TrimStart('+'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Features.FeatureCatalogue.All.Count, points.Count);
        Assert.Equal(Points(person), points.Sum());
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.NotNull(await db.QuerySingleAsync<DateTimeOffset?>(
            "select opened_at from ranked_person where list_id = @list and person_id = @person",
            new { list = list.GetProperty("liste").GetGuid(), person = person.GetProperty("personne").GetGuid() }));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("-3")]
    [InlineData("beaucoup")]
    public async Task A_limit_that_makes_no_sense_is_refused_with_a_sentence(string limit)
    {
        var (facilitator, list) = await FirstListAsync();
        var page = await facilitator.GetAsync($"/offres/{Id(list)}/candidats?limite={limit}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("de 1 à 200", page.Words, StringComparison.Ordinal);
        var problem = JsonDocument.Parse(await facilitator.Client.GetStringOfAnyStatusAsync($"/api/v1/offres/{Id(list)}/candidats?limite={limit}")).RootElement;
        Assert.Contains("de 1 à 200", problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_terminal_shows_ten_people_each_on_a_line_that_begins_with_the_rank()
    {
        await FirstListAsync();
        await using var scope = Web.Services.CreateAsyncScope();
        var lines = await scope.ServiceProvider.GetRequiredService<FirstShortlist>().LinesAsync(Cancel);
        var people = lines.Skip(2).ToList();
        Assert.Equal(10, people.Count);
        Assert.All(people.Select((line, at) => (line, at)), it => Assert.Matches($@"^{it.at + 1}\. .+ \d+ points  \S", it.line));
    }

    [Fact]
    public async Task The_page_says_how_many_people_it_shows_and_which_number_was_asked()
    {
        var (facilitator, list) = await FirstListAsync();
        var page = await facilitator.GetAsync($"/offres/{Id(list)}/candidats?limite=1");
        Assert.Contains("Toutes ont reçu un score exact ; la première est montrée.", page.Words, StringComparison.Ordinal);
        page = await facilitator.GetAsync($"/offres/{Id(list)}/candidats?limite=50");
        Assert.Contains("les 50 premières sont montrées.", page.Words, StringComparison.Ordinal);
        Assert.Equal("50", page.One(".limits [aria-current]").TextContent);
    }

    [Fact]
    public async Task Anyone_may_read_the_points_of_the_model()
    {
        var page = await Web.Visitor().GetAsync("/modele");
        Assert.Matches(@"établie le \d\d/\d\d/\d{4}\.", page.Words);
        Assert.Matches(@"il y a \d \d{3} points", page.Words);
        Assert.Contains("n’a appris d’aucune embauche réelle", page.Words, StringComparison.Ordinal);
        Assert.Equal(Features.FeatureCatalogue.All.Count, page.All("section.card[data-criterion]").Count);
        Assert.Empty(page.All("[data-unread]"));
    }

    private static int Points(JsonElement person) => person.GetProperty("points").GetInt32();

    private static Guid Id(JsonElement list) => list.GetProperty("offre").GetGuid();

    private static List<int> ReasonsOf(JsonElement person, string name) => [.. person.GetProperty(name).EnumerateArray().Select(Points)];

    private async Task<(Browser Facilitator, JsonElement List)> FirstListAsync()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var posting = await db.QueryFirstAsync<Guid>("select id from posting where state = 'PUBLISHED' order by id limit 1");
        return (facilitator, await RankedApi.ListAsync(facilitator, posting));
    }

    // Someone published whom a rule removes: the first one that the whole list does not hold.
    private async Task<PageSeen> PublishedOutsideAsync(Browser facilitator, JsonElement list, int inScope)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var published = await db.QueryAsync<Guid>("select id from person where published_at is not null and withdrawn_at is null order by id limit 3000");
        Assert.True(inScope <= 3000);
        foreach (var person in published)
        {
            var page = await facilitator.GetAsync($"/offres/{Id(list)}/candidats/{person}");
            if (page.Status == HttpStatusCode.OK && page.Words.Contains("N’est pas dans le classement", StringComparison.Ordinal))
            {
                return page;
            }
        }

        throw new InvalidOperationException("Nobody is removed by a rule.");
    }
}

public sealed class RankingOnSqlite(SqliteWeb web) : RankingTests(web), IClassFixture<SqliteWeb>;

public sealed class RankingOnPostgreSql(PostgreSqlWeb web) : RankingTests(web), IClassFixture<PostgreSqlWeb>;

internal static class Reading
{
    public static async Task<string> GetStringOfAnyStatusAsync(this HttpClient client, string url) =>
        await (await client.GetAsync(new Uri(url, UriKind.Relative))).Content.ReadAsStringAsync();
}
