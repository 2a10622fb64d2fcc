using System.Text.Json;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.People;
using Matching.Rules.Reporting;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Ranking;
using Matching.Web.Ranking.Fairness;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>Before any ranking: whom the rules let pass, by group, counted when the first list of a posting is shown.</summary>
public abstract class DoorTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task The_first_list_of_a_posting_keeps_how_many_of_each_group_the_rules_let_pass()
    {
        var (facilitator, posting) = await ShownAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var lists = (await db.QueryAsync<(Guid Id, int InScope, int Passing, string? Door)>(
            "select id, in_scope, passing, door_json from ranked_list where posting_id = @posting order by shown_at, id", new { posting })).ToList();
        var door = RecordJson.Read<DoorCounts>(lists[0].Door!);
        Assert.Equal((posting, lists[0].Id), (door.Posting.Value, door.List.Value));
        Assert.Equal(["eligibilite", "certificat", "disponibilite", "en-poste"], door.Rules);
        Assert.All(FairnessGroups.Attributes, attribute =>
        {
            var all = door.Of(attribute.Code, null);
            Assert.Equal((lists[0].InScope, lists[0].Passing), (all[0], all[^1]));
        });

        // Counted one by one, from the people themselves: who is looked at, then who belongs to a public of the marché.
        var people = (await PeopleAsync(db)).Select(it => it.Person).ToList();
        var terms = (await PostingRecords.FindAsync(db, new PostingId(posting), Cancel))!;
        var market = (await MarketRecords.FindAsync(db, terms.MarketId, Cancel))!;
        var publics = market.Publics.For((await MarketRecords.FindLotAsync(db, terms.LotId, Cancel))!);
        var today = FrenchCalendar.DayOf(Web.Clock.Now);
        foreach (var (sex, code) in new[] { (Sex.F, "F"), (Sex.M, "M") })
        {
            var same = people.Where(person => person.Identity.Sex == sex).ToList();
            Assert.Equal(same.Count, door.Left["sexe"][code][0]);
            Assert.Equal(same.Count(person => EligibilityVerdict.Judge(person.Eligibility, publics, today).Status >= EligibilityStatus.ProofMissing), door.Left["sexe"][code][1]);
        }

        Assert.True(door.Left["sexe"]["F"][0] > door.Left["sexe"]["F"][1] && door.Left["sexe"]["F"][1] > 0);

        // Counts only, and only once: the next list of the same posting has none.
        Assert.DoesNotMatch("[0-9a-f]{8}-", lists[0].Door!.Replace($"{posting}", "", StringComparison.Ordinal).Replace($"{lists[0].Id}", "", StringComparison.Ordinal));
        await facilitator.GetAsync($"/offres/{posting}/candidats?limite=7");
        Assert.All(await db.QueryAsync<string?>("select door_json from ranked_list where posting_id = @posting and id <> @first", new { posting, first = lists[0].Id }), Assert.Null);
    }

    [Fact]
    public async Task The_audit_says_what_the_stored_counts_say_and_nothing_of_a_few_people()
    {
        await ShownAsync();
        var door = (await PublishedAsync()).GetProperty("door");
        await using var db = await Web.Database.OpenAsync(Cancel);
        var stored = (await db.QueryAsync<string>("select door_json from ranked_list where door_json is not null order by id")).Select(RecordJson.Read<DoorCounts>).ToList();
        Assert.Equal(stored.Count, door.GetProperty("postings").GetInt32());
        Assert.Equal(stored.Sum(it => it.Of("sexe", null)[^1]), door.GetProperty("all").EnumerateArray().Last().GetProperty("left").GetInt32());
        var (told, masked) = (0, 0);
        foreach (var attribute in door.GetProperty("attributes").EnumerateArray())
        {
            foreach (var group in attribute.GetProperty("groups").EnumerateArray())
            {
                var (name, steps) = (group.GetProperty("group").GetString()!, group.GetProperty("steps").EnumerateArray().ToList());
                var counts = stored.ConvertAll(it => it.Of(attribute.GetProperty("attribute").GetString()!, [name]));
                masked += steps.Count == 0 ? 1 : 0;
                var before = 0;
                foreach (var (left, after) in steps.Select(step => (step.GetProperty("left").GetInt32(), AfterHowManyRules(step))))
                {
                    told++;
                    Assert.Equal(counts.Sum(it => it[after]), left);
                    Assert.True(left == 0 || counts.Max(it => it[after]) >= 5, $"{name} {after}");
                    Assert.True(counts.Max(it => it[before] - it[after]) is 0 or >= 5, $"{name} {before} to {after}");
                    before = after;
                }
            }
        }

        Assert.True(told > 40 && masked > 0, $"{told} told, {masked} masked");
        var page = await Web.Visitor().GetAsync("/equite/1");
        Assert.Equal(door.GetProperty("all").GetArrayLength(), page.All("table[data-table=portes] tbody tr").Count);
        Assert.Contains("Relève d’un public du marché", page.One("table[data-door=sexe] tbody[data-group=F] tr[data-rule=eligibilite]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_counted_stays_when_people_change()
    {
        await ShownAsync();
        var administrator = await AdministratorAsync();
        var before = (await administrator.GetAsync("/administration/equite")).One("table[data-door=sexe]").TextContent;
        await using var db = await Web.Database.OpenAsync(Cancel);
        var women = (await db.QueryAsync<Guid>("select id from person where sex = 'F' order by id limit 60")).ToList();
        await db.ExecuteAsync("update person set sex = 'M' where id = @id", women.Select(id => new { id }));
        Assert.Equal(before, (await administrator.GetAsync("/administration/equite")).One("table[data-door=sexe]").TextContent);
        await db.ExecuteAsync("update person set sex = 'F' where id = @id", women.Select(id => new { id }));
    }

    [Fact]
    public async Task Lists_kept_before_the_counts_began_are_said_not_to_be_counted()
    {
        var (_, posting) = await ShownAsync();
        var administrator = await AdministratorAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var kept = (await db.QueryAsync<(Guid Id, string Door)>("select id, door_json from ranked_list where door_json is not null order by id")).ToList();
        await db.ExecuteAsync("update ranked_list set door_json = null where posting_id = @posting", new { posting });
        Assert.Contains($"{kept.Count - 1} offres sur {kept.Count} sont comptées", (await administrator.GetAsync("/administration/equite")).Words, StringComparison.Ordinal);
        await db.ExecuteAsync("update ranked_list set door_json = null");
        Assert.Contains("Non compté : les listes de cet audit ont été conservées avant", (await administrator.GetAsync("/administration/equite")).Words, StringComparison.Ordinal);
        await db.ExecuteAsync("update ranked_list set door_json = @Door where id = @Id", kept.Select(it => new { it.Id, it.Door }));
    }

    [Fact]
    public async Task A_list_whose_facts_are_lost_is_counted_later_from_those_of_that_moment_and_the_audit_says_so()
    {
        var (_, posting) = await ShownAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var (list, before) = await db.QuerySingleAsync<(Guid, string)>("select id, door_json from ranked_list where posting_id = @posting and door_json is not null", new { posting });

        // As a stop leaves it: queued, and its facts in nobody's memory.
        await db.ExecuteAsync("update ranked_list set door_json = null where id = @list", new { list });
        await db.ExecuteAsync(
            "insert into door_to_count (posting_id, list_id, facilitator_id, kept_at) select id, @list, facilitator_id, @now from posting where id = @posting", new { list, posting, now = Web.Clock.Now });
        var administrator = await AdministratorAsync();
        Assert.Equal(0, await Counter.RunAsync(Cancel));
        Assert.Contains("Une offre n’est pas encore comptée", (await administrator.GetAsync("/administration/equite")).One("[data-waiting]").TextContent, StringComparison.Ordinal);

        Web.Clock.Now += DoorCounter.LeftBehind;
        Assert.Equal(1, await Counter.RunAsync(Cancel));

        var door = RecordJson.Read<DoorCounts>(await db.QuerySingleAsync<string>("select door_json from ranked_list where id = @list", new { list }));
        Assert.NotNull(door.LaterAt);
        Assert.Equal(RecordJson.Read<DoorCounts>(before).Left["sexe"], door.Left["sexe"]);
        Assert.Equal(0, await db.QuerySingleAsync<int>("select cast(count(*) as integer) from door_to_count"));
        var page = await administrator.GetAsync("/administration/equite");
        Assert.Empty(page.All("[data-waiting]"));
        Assert.Contains("Pour 1 d’entre elles, le compte a été fait plus tard que la liste", page.Words, StringComparison.Ordinal);
        await db.ExecuteAsync("update ranked_list set door_json = @before where id = @list", new { before, list });
    }

    [Fact]
    public async Task A_list_is_counted_from_its_own_facts_though_people_changed_since()
    {
        var (made, found) = await QueuedDoor.MakeAsync(Web, ofLast: true, Cancel);
        var search = Web.Services.GetRequiredService<CandidateSearch>();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var gone = (await db.QueryAsync<Guid>("select id from person where published_at is not null order by id limit 40")).ToList();
        await PublishAsync(gone, null);
        Assert.Equal(found.Ranking.Counts.InScope - 40, (await search.RunAsync(db, found.Posting.Id, found.Posting.FacilitatorId, Cancel))!.Ranking.Counts.InScope);

        Counter.Remember(made, found);
        await Counter.RunAsync(Cancel);

        var door = RecordJson.Read<DoorCounts>(await db.QuerySingleAsync<string>("select door_json from ranked_list where id = @made", new { made }));
        Assert.Null(door.LaterAt);
        Assert.Equal((found.Ranking.Counts.InScope, found.Ranking.Counts.Passing), (door.Of("sexe", null)[0], door.Of("sexe", null)[^1]));
        Assert.True(door.Of("sexe", [Facets.Unknown])[0] >= 40);
        await PublishAsync(gone, Web.Clock.Now);
        await db.ExecuteAsync("delete from ranked_list where id = @made", new { made });
    }

    private Task PublishAsync(IReadOnlyList<Guid> people, DateTimeOffset? at) => Web.Database.WriteAsync(
        async (db, tx) =>
        {
            await db.ExecuteAsync("update person set published_at = @at where id = @id", people.Select(id => new { id, at }), tx);
            await Web.Services.GetRequiredService<ChangeFeed>().AppendAsync(db, tx, "person", people, Cancel);
        },
        Cancel);

    private static int AfterHowManyRules(JsonElement step) =>
        step.GetProperty("rules").EnumerateArray().Select(rule => Array.IndexOf(["eligibilite", "certificat", "disponibilite", "en-poste"], rule.GetString()) + 1).DefaultIfEmpty(0).Max();

    private async Task<(Browser Facilitator, Guid Posting)> ShownAsync()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var postings = (await db.QueryAsync<Guid>(
            "select id from posting where state = 'PUBLISHED' and facilitator_id = (select organization_id from app_user where normalized_user_name = 'FACILITATRICE') order by id limit 3")).ToList();
        foreach (var posting in postings)
        {
            await RankedApi.ListAsync(facilitator, posting, 40);
        }

        await Counter.RunAsync(Cancel);
        return (facilitator, postings[0]);
    }

    private DoorCounter Counter => Web.Services.GetRequiredService<DoorCounter>();

    private async Task<JsonElement> PublishedAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        if (await db.QuerySingleAsync<int>("select cast(count(*) as integer) from fairness_audit") == 0)
        {
            var signed = await (await AdministratorAsync()).PostFormAsync("/administration/equite", ("qualite", "responsable de l’essai"), ("remarques", "Rien à conclure."), ("lu", "oui"));
            Assert.Equal("/equite/1", signed.RedirectsTo);
        }

        return JsonDocument.Parse(await Web.Visitor().Client.GetStringOfAnyStatusAsync("/equite/1/chiffres")).RootElement.GetProperty("report");
    }

    private async Task<Browser> AdministratorAsync()
    {
        var administrator = Web.Visitor();
        await administrator.SignInAsync("administration", DemoAccounts.Password);
        return administrator;
    }

    private static async Task<IReadOnlyList<StoredPerson>> PeopleAsync(System.Data.Common.DbConnection db)
    {
        var ids = await db.QueryAsync<Guid>("select id from person where published_at is not null and withdrawn_at is null order by id limit 10000");
        return [.. await PersonRecords.ReadAsync(db, ids.Select(id => new PersonId(id)), Cancel)];
    }
}

public sealed class DoorOnSqlite(SqliteWeb web) : DoorTests(web), IClassFixture<SqliteWeb>;

public sealed class DoorOnPostgreSql(PostgreSqlWeb web) : DoorTests(web), IClassFixture<PostgreSqlWeb>;
