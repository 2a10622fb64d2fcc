using System.Net;
using Dapper;
using Matching.Rules.Postings;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Tests.Ranking;

/// <summary>Open postings of several lots joined into jobs that last, as a facilitator reads them.</summary>
public abstract class PoolingTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Two_short_postings_of_two_lots_make_a_job_with_its_weeks_its_hours_and_who_may_carry_it()
    {
        var facilitator = await FacilitatorAsync();
        var (first, second) = await TwoLotsAsync(gapDays: 10);
        var page = await facilitator.GetAsync("/mutualisation");
        var job = page.All("section[data-job]").Single(it => it.QuerySelectorAll("tbody tr").Length == 2);
        Assert.Equal([$"/offres/{first}", $"/offres/{second}"], job.QuerySelectorAll("tbody a").Select(it => it.GetAttribute("href")));
        Assert.Contains("Du 04/01/2027 au 12/07/2027", job.TextContent, StringComparison.Ordinal);
        Assert.Contains("sur 2 lots", job.TextContent, StringComparison.Ordinal);
        Assert.Contains("10 jours", job.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.All("[data-left]"));
        Assert.Contains("semaines 1 à 13", job.TextContent, StringComparison.Ordinal);

        // 90 days, then 90 days, at 35 hours: 450 hours each.
        Assert.Contains("900 h par personne", job.TextContent, StringComparison.Ordinal);
        Assert.Contains("900 h tiennent dans des emplois d’au moins 6 mois (100 %)", page.One("[data-total]").TextContent.Replace('\u202f', ' '), StringComparison.Ordinal);
        var carriers = job.QuerySelectorAll("ul li strong").Select(it => it.TextContent).ToList();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var able = await db.QueryAsync<string>("select name from organization where kind in ('GEIQ', 'ETTI') and exists (select 1 from pool_publication p where p.organization_id = organization.id) order by name limit 100");
        Assert.Equal(able.Order(StringComparer.Ordinal), carriers.Order(StringComparer.Ordinal));
        Assert.Contains("@", job.QuerySelector("ul")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gap_too_long_makes_no_job_and_a_posting_without_dates_is_asked_for()
    {
        var facilitator = await FacilitatorAsync();
        var (first, _) = await TwoLotsAsync(gapDays: 60);
        var page = await facilitator.GetAsync("/mutualisation");
        Assert.Contains("Aucun emploi durable ne se forme", page.Words, StringComparison.Ordinal);
        Assert.Equal("900 h ne trouvent pas de suite : aucune offre ne finit dans les 42 jours avant, ni ne commence dans les 42 jours après.", page.One("[data-left]").TextContent);
        await ChangeAsync(first, terms => terms with { EndsOn = null });
        Assert.Contains("début, fin ou heures par semaine manquent", (await facilitator.GetAsync("/mutualisation")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_posting_that_misses_a_few_days_to_last_by_itself_is_pointed_out()
    {
        var facilitator = await FacilitatorAsync();
        var (first, second) = await TwoLotsAsync(gapDays: 60);
        await ChangeAsync(first, terms => terms with { EndsOn = new DateOnly(2027, 6, 30) });
        var page = await facilitator.GetAsync("/mutualisation");
        Assert.Contains("surtout 890 h : il manque 31 jours ou moins à leurs offres pour durer 6 mois", page.One("[data-left]").TextContent, StringComparison.Ordinal);
        var nearly = page.One("[data-nearly]").TextContent;
        Assert.Contains("jusqu’au 03/07/2027 au lieu du 30/06/2027 (3 jours de plus)", nearly, StringComparison.Ordinal);
        Assert.DoesNotContain($"{second}", page.One("#presque + p + ul").InnerHtml, StringComparison.Ordinal);
        await ChangeAsync(first, terms => terms with { EndsOn = new DateOnly(2027, 7, 3) });
        Assert.Empty((await facilitator.GetAsync("/mutualisation")).All("[data-nearly]"));
    }

    [Fact]
    public async Task Only_a_facilitator_reads_it_and_only_its_own_lots()
    {
        await FacilitatorAsync();
        await TwoLotsAsync(gapDays: 10);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Web.SignInAsync(Roles.Structure)).GetAsync("/mutualisation")).Status);
        Assert.Empty((await (await Web.SignInAsync(Roles.Facilitator)).GetAsync("/mutualisation")).All("section[data-job]"));
    }

    // All of the demonstration closed but two postings of two lots, of the same trade and place, for one person each.
    private async Task<(Guid First, Guid Second)> TwoLotsAsync(int gapDays)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var lots = (await db.QueryAsync<Guid>("select l.id from lot l join posting o on o.lot_id = l.id where l.modalities like '%MISE_A_DISPOSITION%' group by l.id order by l.id limit 2")).ToList();
        Assert.Equal(2, lots.Count);
        Guid[] chosen = [await OfLotAsync(lots[0]), await OfLotAsync(lots[1])];
        await db.ExecuteAsync("update posting set state = 'CLOSED'");
        await db.ExecuteAsync("update posting set state = 'PUBLISHED' where id = @id", chosen.Select(id => new { id }));
        var rome = RecordJson.Read<PostingTerms>(await db.QuerySingleAsync<string>("select terms_json from posting where id = @id", new { id = chosen[0] })).Rome;
        var start = new DateOnly(2027, 1, 4);
        await ChangeAsync(chosen[0], terms => Terms(terms, rome, start));
        await ChangeAsync(chosen[1], terms => Terms(terms, rome, start.AddDays(90 + gapDays)));
        return (chosen[0], chosen[1]);

        async Task<Guid> OfLotAsync(Guid lot) => await db.QueryFirstAsync<Guid>(
            "select o.id from posting o where o.lot_id = @lot order by exists (select 1 from preselection p where p.posting_id = o.id and p.state = 'EMBAUCHEE'), o.id limit 1", new { lot });
    }

    private static PostingTerms Terms(PostingTerms terms, RomeCode rome, DateOnly start) =>
        terms with { Rome = rome, InseeCode = "00001", StartsOn = start, EndsOn = start.AddDays(89), WeeklyMinutes = 35 * 60, Posts = 1 };

    private async Task ChangeAsync(Guid posting, Func<PostingTerms, PostingTerms> change)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var terms = change(RecordJson.Read<PostingTerms>(await db.QuerySingleAsync<string>("select terms_json from posting where id = @posting", new { posting })));
        await db.ExecuteAsync("update posting set terms_json = @json, starts_on = @StartsOn, posts = @Posts where id = @posting", new { json = RecordJson.Write(terms), terms.StartsOn, terms.Posts, posting });
    }

    private async Task<Browser> FacilitatorAsync()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        return facilitator;
    }
}

public sealed class PoolingOnSqlite(SqliteWeb web) : PoolingTests(web), IClassFixture<SqliteWeb>;

public sealed class PoolingOnPostgreSql(PostgreSqlWeb web) : PoolingTests(web), IClassFixture<PostgreSqlWeb>;
