using System.Text.Json;
using Dapper;
using Matching.Web.Accounts;

namespace Matching.Web.Tests.Ranking;

/// <summary>A training that someone finishes soon, in the list of a posting that it leads to.</summary>
public abstract class TrainingSyncTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Finishing_a_training_that_leads_to_the_occupation_adds_its_points_and_earlier_lists_still_replay()
    {
        var (facilitator, posting, market, occupation) = await StartAsync();
        var before = await RankedApi.ListAsync(facilitator, posting, 200);
        var person = before.GetProperty("candidats")[40];
        var (id, points) = (person.GetProperty("personne").GetGuid(), person.GetProperty("points").GetInt32());
        Assert.Equal(0, await CodeAsync(before, id));

        var training = await TrainAsync(facilitator, occupation, market, endsIn: 30);
        await AttendAsync(facilitator, training, id, "EN_COURS");
        var after = await RankedApi.ListAsync(facilitator, posting, 200);
        Assert.Equal(2, await CodeAsync(after, id));
        Assert.Equal(points + 20, PointsOf(after, id));
        Assert.All(before.GetProperty("candidats").EnumerateArray().Where(it => it.GetProperty("personne").GetGuid() != id), other =>
            Assert.Equal(other.GetProperty("points").GetInt32(), PointsOf(after, other.GetProperty("personne").GetGuid())));
        var page = await facilitator.GetAsync($"/offres/{posting}/candidats/{id}?liste={after.GetProperty("liste").GetString()}");
        Assert.Contains("termine dans les 60 jours une formation qui mène à ce métier", page.Words, StringComparison.Ordinal);

        await AttendAsync(facilitator, training, id, "ABANDON");
        var stopped = await RankedApi.ListAsync(facilitator, posting, 200);
        Assert.Equal((0, points), (await CodeAsync(stopped, id), PointsOf(stopped, id)));
        Assert.Equal(2, await CodeAsync(after, id));
        var administrator = Web.Visitor();
        await administrator.SignInAsync("administration", DemoAccounts.Password);
        Assert.Contains("Toutes les lignes sont identiques", (await administrator.PostFormAsync("/administration/listes/rejouer")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_of_this_market_counts_less_and_what_another_facilitator_noted_or_what_ends_later_does_not_count()
    {
        var (facilitator, posting, market, occupation) = await StartAsync();
        var people = (await RankedApi.ListAsync(facilitator, posting, 200)).GetProperty("candidats").EnumerateArray().Select(it => it.GetProperty("personne").GetGuid()).ToList();
        await AttendAsync(facilitator, await TrainAsync(facilitator, "Gestes et postures", market, endsIn: 60), people[6], "EN_COURS");
        await AttendAsync(facilitator, await TrainAsync(facilitator, "Gestes et postures", null, endsIn: 60), people[7], "EN_COURS");
        await AttendAsync(facilitator, await TrainAsync(facilitator, occupation, market, endsIn: 61), people[8], "EN_COURS");
        var foreign = await TrainAsync(facilitator, occupation, null, endsIn: 30);
        await AttendAsync(facilitator, foreign, people[9], "EN_COURS");
        var other = await Web.SignInAsync(Matching.Web.Platform.Roles.Facilitator);
        await using var db = await Web.Database.OpenAsync(Cancel);
        await db.ExecuteAsync("update training_session set facilitator_id = @OrganizationId where id = @id", new { other.Who!.OrganizationId, id = Guid.Parse(foreign[(foreign.LastIndexOf('/') + 1)..]) });

        var list = await RankedApi.ListAsync(facilitator, posting, 200);
        Assert.Equal(1, await CodeAsync(list, people[6]));
        foreach (var at in new[] { 7, 8, 9 })
        {
            Assert.Equal(0, await CodeAsync(list, people[at]));
        }
    }

    private async Task<(Browser Facilitator, Guid Posting, Guid Market, string Occupation)> StartAsync()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var (posting, market, rome) = await db.QueryFirstAsync<(Guid, Guid, string)>("select id, market_id, rome_code from posting where state = 'PUBLISHED' order by id limit 1");
        return (facilitator, posting, market, await db.QuerySingleAsync<string>("select label from rome where code = @rome", new { rome }));
    }

    private static int PointsOf(JsonElement list, Guid person) =>
        list.GetProperty("candidats").EnumerateArray().Single(it => it.GetProperty("personne").GetGuid() == person).GetProperty("points").GetInt32();

    // As it was stored with the list.
    private async Task<int> CodeAsync(JsonElement list, Guid person)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var (criteria, codes) = await db.QuerySingleAsync<(string, string)>(
            "select l.criteria, r.codes_json from ranked_person r join ranked_list l on l.id = r.list_id where l.id = @list and r.person_id = @person",
            new { list = list.GetProperty("liste").GetGuid(), person });
        return JsonSerializer.Deserialize<int[]>(codes)![Array.IndexOf(criteria.Split(','), "training_sync")];
    }

    private async Task<string> TrainAsync(Browser facilitator, string title, Guid? market, int endsIn)
    {
        var today = Matching.Web.Platform.FrenchCalendar.DayOf(Web.Clock.Now);
        var list = await facilitator.PostAndFollowAsync(
            "/formations", ("intitule", $"Formation {title}"), ("organisme", $"Centre {Guid.CreateVersion7()}"), ("debut", $"{today.AddDays(-10):dd/MM/yyyy}"), ("fin", $"{today.AddDays(endsIn):dd/MM/yyyy}"),
            ("duree", "70"), ("marche", $"{market}"), ("envoi", $"{Guid.CreateVersion7()}"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.NotEmpty(list.All("tbody th a"));
        return $"/formations/{await db.QueryFirstAsync<Guid>("select id from training_session order by created_at desc, id desc limit 1")}";
    }

    private async Task AttendAsync(Browser facilitator, string training, Guid person, string outcome)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var (pool, reference) = await db.QuerySingleAsync<(Guid, string)>("select organization_id, reference from person where id = @person", new { person });
        var posted = await facilitator.PostFormAsync($"{training}/participants", ("structure", $"{pool}"), ("reference", reference), ("heures", "7"), ("issue", outcome));
        Assert.True(posted.RedirectsTo is not null, posted.Words);
    }
}

public sealed class TrainingSyncOnSqlite(SqliteWeb web) : TrainingSyncTests(web), IClassFixture<SqliteWeb>;

public sealed class TrainingSyncOnPostgreSql(PostgreSqlWeb web) : TrainingSyncTests(web), IClassFixture<PostgreSqlWeb>;
