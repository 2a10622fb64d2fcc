using System.Net;
using Dapper;
using Matching.Rules.Postings;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Ranking;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>People shared out between the open postings of a facilitator, beside lists that it never changes.</summary>
public abstract class ProposalTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Nobody_is_proposed_twice_no_posting_beyond_its_posts_and_the_proof_is_that_of_the_points()
    {
        var facilitator = await FacilitatorAsync();
        var page = await facilitator.PostAndFollowAsync("/propositions");
        await using var db = await Web.Database.OpenAsync(Cancel);
        var people = await ProposedAsync();
        Assert.NotEmpty(people);
        Assert.Equal(people.Count, people.Select(it => it.Person).Distinct().Count());
        foreach (var same in people.GroupBy(it => it.Posting))
        {
            var terms = RecordJson.Read<PostingTerms>(await db.QuerySingleAsync<string>("select terms_json from posting where id = @Key", new { same.Key }));
            Assert.True(same.Count() <= terms.Posts);
            var list = await ListAsync(facilitator, same.Key);
            Assert.All(same, it => Assert.Equal(it.Score, list.GetValueOrDefault(it.Person).Points));
            Assert.All(same, it => Assert.Equal(it.Rank, list.GetValueOrDefault(it.Person).Rank));
        }

        var (value, bound) = await db.QuerySingleAsync<(long Value, double Bound)>("select value, bound from proposal_run r join app_user u on u.organization_id = r.facilitator_id where u.normalized_user_name = 'FACILITATRICE'");
        Assert.True(bound >= value && (bound - value) / bound < 0.001, $"{value} of {bound}");
        Assert.Contains("aucune autre répartition ne peut dépasser", page.One("[data-proof]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("@", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_two_postings_of_one_post_it_is_the_best_of_all_pairs_of_people()
    {
        var facilitator = await FacilitatorAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var open = (await db.QueryAsync<Guid>("select o.id from posting o join app_user u on u.organization_id = o.facilitator_id where u.normalized_user_name = 'FACILITATRICE' and o.state = 'PUBLISHED' order by exists (select 1 from preselection h where h.posting_id = o.id and h.state = 'EMBAUCHEE'), o.id limit 100")).ToList();
        var before = (await db.QueryAsync<(Guid Id, string Terms, int Posts)>("select id, terms_json, posts from posting order by id limit 1000")).ToList();
        await db.ExecuteAsync("update posting set state = 'CLOSED' where id = @id", open.Skip(2).Select(id => new { id }));
        await db.ExecuteAsync("update posting set posts = 1 where id = @id", open.Take(2).Select(id => new { id }));
        await facilitator.PostAndFollowAsync("/propositions");
        var aside = (await db.QueryAsync<(Guid, Guid)>("select posting_id, person_id from preselection where state = 'RETIREE' order by posting_id, person_id limit 1000")).ToHashSet();
        async Task<List<KeyValuePair<Guid, (int Rank, int Points)>>> PossibleAsync(Guid posting) => [.. (await ListAsync(facilitator, posting)).Where(it => !aside.Contains((posting, it.Key)))];
        var (first, second) = (await PossibleAsync(open[0]), await PossibleAsync(open[1]));
        var best = first.SelectMany(one => second.Where(other => other.Key != one.Key).Select(other => one.Value.Points + other.Value.Points)).Max();
        Assert.Equal(best, (await ProposedAsync()).Sum(it => it.Score));
        await db.ExecuteAsync("update posting set state = 'PUBLISHED' where id = @id", open.Select(id => new { id }));
        await db.ExecuteAsync("update posting set posts = @Posts where id = @Id", before.Select(it => new { it.Id, it.Posts }));
    }

    [Fact]
    public async Task It_stands_beside_the_list_as_a_column_and_a_line_and_leaves_the_order_as_it_was()
    {
        var facilitator = await FacilitatorAsync();
        await facilitator.PostAndFollowAsync("/propositions");
        var mine = (await ProposedAsync()).First(it => it.Rank <= 200);
        var before = await ListAsync(facilitator, mine.Posting);
        var page = await facilitator.GetAsync($"/offres/{mine.Posting}/candidats?limite=200");
        Assert.Equal(before.OrderBy(it => it.Value.Rank).Select(it => ReasonList.Total(it.Value.Points)), page.All(".score b").Select(it => it.TextContent));
        var here = page.All("ol.ranked > li").Where(it => it.QuerySelector(".proposal b")!.TextContent == "ici").ToList();
        Assert.Equal((await ProposedAsync()).Count(it => it.Posting == mine.Posting), here.Count);
        Assert.Contains("Proposée ici quand on considère toutes vos offres ensemble", here[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Proposée ici", (await facilitator.GetAsync($"/offres/{mine.Posting}/candidats/{mine.Person}")).Words, StringComparison.Ordinal);
        var elsewhere = (await ProposedAsync()).Where(it => it.Posting != mine.Posting && before.ContainsKey(it.Person)).Select(it => it.Person).ToList();
        Assert.NotEmpty(elsewhere);
        Assert.Contains("Proposée plutôt pour", (await facilitator.GetAsync($"/offres/{mine.Posting}/candidats/{elsewhere[0]}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_computed_again_when_someone_is_set_aside_or_leaves_and_only_then()
    {
        var facilitator = await FacilitatorAsync();
        await facilitator.GetAsync("/propositions");
        Web.Clock.Now = Web.Clock.Now.AddMinutes(1);
        var first = await ComputedAtAsync();
        await facilitator.GetAsync("/propositions");
        Assert.Equal(first, await ComputedAtAsync());
        var gone = (await ProposedAsync())[0];
        await WithdrawAsync(gone.Person);
        await facilitator.GetAsync("/propositions");
        Assert.NotEqual(first, await ComputedAtAsync());
        Assert.DoesNotContain(gone.Person, (await ProposedAsync()).Select(it => it.Person));
        var aside = (await ProposedAsync())[0];
        await facilitator.PostFormAsync($"/offres/{aside.Posting}/preselections", ("personne", $"{aside.Person}"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        await db.ExecuteAsync("update preselection set state = 'RETIREE', updated_at = @now where posting_id = @Posting and person_id = @Person", new { now = Web.Clock.Now.AddSeconds(1), aside.Posting, aside.Person });
        await facilitator.GetAsync("/propositions");
        Assert.DoesNotContain((aside.Posting, aside.Person), (await ProposedAsync()).Select(it => (it.Posting, it.Person)));
    }

    [Fact]
    public async Task Each_facilitator_reads_its_own_and_nobody_else_reads_any()
    {
        await (await FacilitatorAsync()).GetAsync("/propositions");
        var other = await Web.SignInAsync(Roles.Facilitator);
        Assert.Contains("Personne à répartir", (await other.GetAsync("/propositions")).Words, StringComparison.Ordinal);
        var structure = await Web.SignInAsync(Roles.Structure);
        Assert.Equal(HttpStatusCode.Forbidden, (await structure.GetAsync("/propositions")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await structure.PostFormAsync("/propositions")).Status);
    }

    protected Task WithdrawAsync(Guid person) => Web.Database.WriteAsync(
        async (db, tx) =>
        {
            await db.ExecuteAsync("update person set withdrawn_at = @now where id = @person", new { now = Web.Clock.Now, person }, tx);
            await Web.Services.GetRequiredService<ChangeFeed>().AppendAsync(db, tx, "person", [person], Cancel);
        },
        Cancel);

    protected async Task<IReadOnlyList<(Guid Posting, Guid Person, int Rank, int Score)>> ProposedAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return [.. await db.QueryAsync<(Guid, Guid, int, int)>("select posting_id, person_id, rank, score from proposal order by posting_id, rank limit 10000")];
    }

    private async Task<DateTimeOffset> ComputedAtAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QuerySingleAsync<DateTimeOffset>("select computed_at from proposal_run r join app_user u on u.organization_id = r.facilitator_id where u.normalized_user_name = 'FACILITATRICE'");
    }

    private static async Task<IReadOnlyDictionary<Guid, (int Rank, int Points)>> ListAsync(Browser facilitator, Guid posting) =>
        (await RankedApi.ListAsync(facilitator, posting, 200)).GetProperty("candidats").EnumerateArray()
            .ToDictionary(it => it.GetProperty("personne").GetGuid(), it => (it.GetProperty("rang").GetInt32(), it.GetProperty("points").GetInt32()));

    protected async Task<Browser> FacilitatorAsync()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        return facilitator;
    }
}

public sealed class ProposalsOnSqlite(SqliteWeb web) : ProposalTests(web), IClassFixture<SqliteWeb>;

public sealed class ProposalsOnPostgreSql(PostgreSqlWeb web) : ProposalTests(web), IClassFixture<PostgreSqlWeb>
{
    [Fact]
    public async Task It_is_computed_again_at_once_though_an_older_work_on_the_server_is_not_over()
    {
        await using var longDb = await Web.Database.OpenAsync(Cancel);
        await using var longTx = await longDb.BeginTransactionAsync(Cancel);
        await longDb.ExecuteAsync("select pg_current_xact_id()", transaction: longTx);
        var facilitator = await FacilitatorAsync();
        await facilitator.GetAsync("/propositions");

        var gone = (await ProposedAsync())[0].Person;
        await WithdrawAsync(gone);
        await facilitator.GetAsync("/propositions");
        Assert.DoesNotContain(gone, (await ProposedAsync()).Select(it => it.Person));

        var next = (await ProposedAsync())[0].Person;
        await WithdrawAsync(next);
        await facilitator.GetAsync("/propositions");
        Assert.DoesNotContain(next, (await ProposedAsync()).Select(it => it.Person));
    }
}
