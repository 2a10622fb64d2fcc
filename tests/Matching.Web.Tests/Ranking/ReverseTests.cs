using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Web.Accounts;
using Matching.Web.Tests.Platform;

namespace Matching.Web.Tests.Ranking;

/// <summary>The other way round: from a person, or a whole pool, to the open postings of the demonstration.</summary>
public abstract class ReverseTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_posting_gives_a_person_the_same_points_and_rank_as_the_facilitator_reads()
    {
        var (structure, facilitator, people) = await PoolAsync();
        var compared = 0;
        var lists = new Dictionary<Guid, List<JsonElement>>();
        foreach (var person in people.Take(12))
        {
            foreach (var offer in (await JsonAsync(structure, $"/api/v1/personnes/{person}/offres")).GetProperty("offres").EnumerateArray())
            {
                var posting = offer.GetProperty("offre").GetGuid();
                if (!lists.TryGetValue(posting, out var list))
                {
                    lists[posting] = list = [.. (await JsonAsync(facilitator, $"/api/v1/offres/{posting}/candidats?limite=200")).GetProperty("candidats").EnumerateArray()];
                }

                var forward = list.FirstOrDefault(it => it.GetProperty("personne").GetGuid() == person);
                if (forward.ValueKind == JsonValueKind.Object)
                {
                    compared++;
                    foreach (var same in new[] { "points", "rang", "raisons_pour", "raisons_contre", "autres_points", "ce_qui_changerait" })
                    {
                        Assert.Equal(forward.GetProperty(same).GetRawText(), offer.GetProperty(same).GetRawText());
                    }
                }
            }
        }

        Assert.True(compared >= 5, $"Only {compared} pairs stand in both lists.");
    }

    [Fact]
    public async Task The_best_postings_come_first_and_the_shut_ones_name_the_rule_that_the_facilitator_reads()
    {
        var (structure, facilitator, people) = await PoolAsync();
        var shut = 0;
        foreach (var person in await LeastServedAsync(structure, people.Count))
        {
            var answer = await JsonAsync(structure, $"/api/v1/personnes/{person}/offres");
            var points = answer.GetProperty("offres").EnumerateArray().Select(it => it.GetProperty("points").GetInt32()).ToList();
            Assert.Equal(points.OrderDescending(), points);
            var closed = answer.GetProperty("fermees").EnumerateArray().ToList();
            Assert.Equal(answer.GetProperty("offres_comparees").GetInt32(), points.Count + closed.Count);
            foreach (var one in closed.Take(1))
            {
                shut++;
                var page = await facilitator.GetAsync($"/offres/{one.GetProperty("offre").GetGuid()}/candidats/{person}");
                Assert.Equal(page.All(".notice.warn li").Select(it => it.TextContent), one.GetProperty("regles").EnumerateArray().Select(it => it.GetProperty("phrase").GetString()));
            }
        }

        Assert.True(shut > 0);
    }

    [Fact]
    public async Task The_page_tells_what_the_api_tells()
    {
        var (structure, _, people) = await PoolAsync();
        var negative = 0;
        foreach (var person in people.Take(6))
        {
            var answer = await JsonAsync(structure, $"/api/v1/personnes/{person}/offres");
            var page = await structure.GetAsync($"/personnes/{person}/offres");

            // A sum of points is written with the same minus sign as the points.
            var points = answer.GetProperty("offres").EnumerateArray().Select(it => it.GetProperty("points").GetInt32()).ToList();
            Assert.Equal(points.Select(it => it < 0 ? $"−{-it}" : $"{it}"), page.All(".ranked .score b").Select(it => it.TextContent));
            Assert.Equal(answer.GetProperty("offres").EnumerateArray().Select(it => it.GetProperty("intitule").GetString()), page.All(".ranked h2 a").Select(it => it.TextContent));
            Assert.DoesNotMatch(@"\d{4,}e sur|rang \d{4}", page.Words);
            negative += points.Count(it => it < 0);
        }

        Assert.True(negative > 0);
        var pool = (await structure.GetAsync("/viviers/correspondances")).Words;
        Assert.Matches(@"rang \d \d{3}\)", pool);
        Assert.DoesNotMatch(@"rang \d{4}", pool);
    }

    [Fact]
    public async Task A_person_of_another_structure_answers_as_an_unknown_one()
    {
        var (structure, facilitator, _) = await PoolAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var stranger = await db.QueryFirstAsync<Guid>(
            "select p.id from person p where p.organization_id <> (select u.organization_id from app_user u where u.normalized_user_name = 'SIAE') order by p.id limit 1");
        var (foreign, unknown) = (await structure.GetAsync($"/personnes/{stranger}/offres"), await structure.GetAsync($"/personnes/{Guid.CreateVersion7()}/offres"));
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal((unknown.Status, unknown.Words), (foreign.Status, foreign.Words));
        Assert.Equal(HttpStatusCode.Forbidden, (await facilitator.GetAsync($"/personnes/{stranger}/offres")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await facilitator.GetAsync("/viviers/correspondances")).Status);
    }

    [Fact]
    public async Task Each_posting_counts_the_people_of_the_pool_that_no_rule_removes()
    {
        var (structure, _, people) = await PoolAsync();
        var pool = await JsonAsync(structure, "/api/v1/viviers/correspondances");
        Assert.Equal(people.Count, pool.GetProperty("personnes_publiees").GetInt32());
        var possible = new Dictionary<Guid, int>();
        var best = new Dictionary<Guid, string>();
        for (var page = 1; page <= pool.GetProperty("pages").GetInt32(); page++)
        {
            foreach (var line in (await JsonAsync(structure, $"/api/v1/viviers/correspondances?page={page}")).GetProperty("personnes").EnumerateArray())
            {
                possible.Add(line.GetProperty("personne").GetGuid(), line.GetProperty("offres_possibles").GetInt32());
                best.Add(line.GetProperty("personne").GetGuid(), string.Join(' ', line.GetProperty("meilleures").EnumerateArray().Select(it => $"{it.GetProperty("offre")} {it.GetProperty("points")}")));
            }
        }

        Assert.Equal(people.Order(), possible.Keys.Order());
        Assert.Equal(possible.Values.Sum(), pool.GetProperty("offres").EnumerateArray().Sum(it => it.GetProperty("personnes_possibles").GetInt32()));
        Assert.True(possible.Values.Sum() > 0);
        foreach (var person in people.Take(8))
        {
            var alone = (await JsonAsync(structure, $"/api/v1/personnes/{person}/offres")).GetProperty("offres").EnumerateArray().Take(3);
            Assert.Equal(string.Join(' ', alone.Select(it => $"{it.GetProperty("offre")} {it.GetProperty("points")}")), best[person]);
        }
    }

    [Fact]
    public async Task Someone_withdrawn_is_compared_with_nothing_and_the_page_says_why()
    {
        var (structure, _, people) = await PoolAsync();
        var person = people[^1];
        await structure.PostFormAsync($"/viviers/personnes/{person}/retirer");
        var page = await structure.GetAsync($"/personnes/{person}/offres");
        Assert.Contains("n’est pas publiée", page.Words, StringComparison.Ordinal);
        Assert.Empty(page.All(".ranked li"));
        await structure.PostFormAsync($"/viviers/personnes/{person}/publier");
    }

    // The people of the first pages for whom the fewest postings are possible.
    private static async Task<IEnumerable<Guid>> LeastServedAsync(Browser structure, int people)
    {
        var lines = new List<JsonElement>();
        for (var page = 1; page <= Math.Min(10, 1 + (people / 20)); page++)
        {
            lines.AddRange((await JsonAsync(structure, $"/api/v1/viviers/correspondances?page={page}")).GetProperty("personnes").EnumerateArray());
        }

        return lines.OrderBy(line => line.GetProperty("offres_possibles").GetInt32()).Take(6).Select(line => line.GetProperty("personne").GetGuid());
    }

    protected async Task<(Browser Structure, Browser Facilitator, IReadOnlyList<Guid> People)> PoolAsync()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var (structure, facilitator) = (Web.Visitor(), Web.Visitor());
        await structure.SignInAsync("siae", DemoAccounts.Password);
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var people = await db.QueryAsync<Guid>(
            """
            select p.id from person p join app_user u on u.organization_id = p.organization_id
            where u.normalized_user_name = 'SIAE' and p.published_at is not null and p.withdrawn_at is null order by p.last_name, p.first_name, p.id limit 1000
            """);
        return (structure, facilitator, [.. people]);
    }

    protected static async Task<JsonElement> JsonAsync(Browser browser, string url) =>
        JsonDocument.Parse(await browser.Client.GetStringOfAnyStatusAsync(url)).RootElement;
}

public sealed class ReverseOnSqlite(SqliteWeb web) : ReverseTests(web), IClassFixture<SqliteWeb>;

public sealed class ReverseOnPostgreSql(PostgreSqlWeb web) : ReverseTests(web), IClassFixture<PostgreSqlWeb>
{
    [Fact]
    public async Task The_trainings_of_a_facilitator_are_read_once_for_all_its_postings()
    {
        var (structure, facilitator, people) = await PoolAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        using var asked = new AskedQueries(await db.QuerySingleAsync<string>("select current_database()"));

        var answer = await JsonAsync(structure, $"/api/v1/personnes/{people[0]}/offres");
        var reverse = asked.Texts.Count(text => text.Contains("training_participant", StringComparison.Ordinal));
        await facilitator.PostFormAsync("/propositions");
        var both = asked.Texts.Count(text => text.Contains("training_participant", StringComparison.Ordinal));

        Assert.True(answer.GetProperty("offres_comparees").GetInt32() > 1);
        Assert.Equal((1, 2), (reverse, both));
    }
}
