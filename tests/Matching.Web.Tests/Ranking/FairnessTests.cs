using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Rules.Reporting;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>The audit of what lists and decisions did to groups of people: its figures, its masks, who signs it.</summary>
public abstract class FairnessTests(WebFixture web) : WebTests(web)
{
    /// <summary>Who decides after the first audit: left out of the hand count.</summary>
    private const string Later = "Plus tard";
    private static readonly string[] Path = ["PROPOSEE", "TRANSMISE", "ENTRETIEN", "EMBAUCHEE"];

    [Fact]
    public async Task The_published_figures_are_those_of_counting_people_one_by_one()
    {
        var figures = await PublishedAsync();
        var cases = await CountedByHandAsync();
        var report = figures.GetProperty("report");
        Assert.Equal(cases.Count, report.GetProperty("cases").GetInt32());
        Assert.Equal(cases.Select(it => it.Person).Distinct().Count(), report.GetProperty("people").GetInt32());
        var compared = 0;
        foreach (var attribute in new[] { "sexe", "age", "rsa" })
        {
            foreach (var group in GroupsOf(report, attribute).Where(it => it.GetProperty("count").ValueKind == JsonValueKind.Number))
            {
                var inside = cases.Where(it => it.Groups[attribute] == Name(group)).ToList();
                var outside = cases.Where(it => it.Groups[attribute] != Name(group) && it.Groups[attribute] != "NON_RENSEIGNE").ToList();
                Assert.Equal(inside.Count, group.GetProperty("count").GetInt32());
                foreach (var stage in group.GetProperty("stages").EnumerateArray().Where(it => it.TryGetProperty("ratio", out _)))
                {
                    var name = stage.GetProperty("stage").GetString()!;
                    var (rate, others) = (inside.Count(it => it.Reached(name)) / (double)inside.Count, outside.Count(it => it.Reached(name)) / (double)outside.Count);
                    Assert.Equal(inside.Count(it => it.Reached(name)), stage.GetProperty("taken").GetInt32());
                    Assert.Equal(rate / others, stage.GetProperty("ratio").GetDouble(), 9);
                    Assert.InRange(rate / others, stage.GetProperty("low").GetDouble(), stage.TryGetProperty("high", out var high) ? high.GetDouble() : double.MaxValue);
                    compared++;
                }
            }
        }

        Assert.True(compared > 12, $"{compared} rates");
    }

    [Fact]
    public async Task The_gap_of_a_group_is_that_of_its_scores_and_the_sum_of_its_criteria()
    {
        var women = GroupsOf((await PublishedAsync()).GetProperty("report"), "sexe").Single(it => Name(it) == "F");
        var (sum, members) = (0.0, 0);
        foreach (var list in (await CountedByHandAsync()).Where(it => it.Groups["sexe"] != "NON_RENSEIGNE").GroupBy(it => it.Posting))
        {
            var (inside, outside) = (list.Where(it => it.Groups["sexe"] == "F").ToList(), list.Where(it => it.Groups["sexe"] == "M").ToList());
            if (inside.Count > 0 && outside.Count > 0)
            {
                (sum, members) = (sum + inside.Sum(it => it.Score - outside.Average(other => (double)other.Score)), members + inside.Count);
            }
        }

        Assert.Equal(sum / members, women.GetProperty("gap").GetDouble(), 6);
        Assert.Equal(women.GetProperty("gap").GetDouble(), women.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("points").GetDouble()), 6);
    }

    [Fact]
    public async Task No_figure_nor_difference_of_figures_stands_for_one_to_four_people()
    {
        var report = (await PublishedAsync()).GetProperty("report");
        var cases = await CountedByHandAsync();
        int People(string attribute, string group, string? stage) => cases.Where(it => it.Groups[attribute] == group && (stage is null || it.Reached(stage))).Select(it => it.Person).Distinct().Count();
        var (masked, told) = (0, 0);
        foreach (var attribute in FairnessGroups.Attributes.Select(it => it.Code).Where(it => it != "distance"))
        {
            foreach (var group in GroupsOf(report, attribute))
            {
                if (group.GetProperty("stages").GetArrayLength() == 0)
                {
                    masked++;
                    Assert.False(group.TryGetProperty("count", out var hidden) && hidden.ValueKind == JsonValueKind.Number);
                    continue;
                }

                Assert.True(People(attribute, Name(group), null) >= 5);
                foreach (var stage in group.GetProperty("stages").EnumerateArray())
                {
                    var people = People(attribute, Name(group), stage.GetProperty("stage").GetString());
                    Assert.True(!stage.TryGetProperty("taken", out _) || people is 0 or >= 5, $"{attribute} {Name(group)} {stage.GetProperty("stage")}: {people}");
                    masked += stage.TryGetProperty("taken", out _) ? 0 : 1;
                    told += stage.TryGetProperty("taken", out _) ? 1 : 0;
                }
            }
        }

        Assert.True(masked > 0 && told > 20, $"{masked} masked, {told} told");
    }

    [Fact]
    [Trait("règle", "equite.publication-par-groupe")]
    public async Task An_audit_is_signed_by_an_administrator_kept_as_it_was_and_published_once()
    {
        await PublishedAsync();
        var administrator = await AdministratorAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        // Another story may have moved people since: then this one is published, and the next is not.
        await SignAsync(administrator);
        var published = await db.QuerySingleAsync<int>("select cast(count(*) as integer) from fairness_audit");
        var again = await SignAsync(administrator);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("au moins 5 personnes", again.Words, StringComparison.Ordinal);
        Assert.Equal(published, await db.QuerySingleAsync<int>("select cast(count(*) as integer) from fairness_audit"));
        var page = await Web.Visitor().GetAsync("/equite");
        Assert.Contains("Signé : Luc Berthier, responsable de l’essai", page.Words, StringComparison.Ordinal);
        Assert.Contains("ne permettent pas de dire", page.Words, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{8}-[0-9a-f]{4}-", page.Words);
        var before = (await Web.Visitor().GetAsync("/equite/1")).One("table[data-table=sexe]").TextContent;
        await DecideAsync(from: 60, people: 30, steps: 1, Later);
        Assert.Equal(before, (await Web.Visitor().GetAsync("/equite/1")).One("table[data-table=sexe]").TextContent);
        Assert.Null((await Web.Services.GetRequiredService<EventLog>().VerifyAsync(Cancel)).Fault);
    }

    [Fact]
    public async Task An_audit_edited_in_the_database_is_told()
    {
        await PublishedAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.DoesNotContain("plus tel qu’il a été signé", (await Web.Visitor().GetAsync("/equite/1")).Words, StringComparison.Ordinal);
        await db.ExecuteAsync("update fairness_audit set remarks = 'Tout va bien.' where number = 1");
        Assert.Contains("plus tel qu’il a été signé", (await Web.Visitor().GetAsync("/equite/1")).Words, StringComparison.Ordinal);
        await db.ExecuteAsync("update fairness_audit set remarks = 'Rien à conclure.' where number = 1");
    }

    [Fact]
    public async Task Only_an_administrator_prepares_and_a_form_without_its_answers_is_given_back()
    {
        await PublishedAsync();
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        Assert.Equal(HttpStatusCode.Forbidden, (await facilitator.GetAsync("/administration/equite")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignAsync(facilitator)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Web.Visitor().GetAsync("/equite/99999")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Web.Visitor().GetAsync("/equite/99999/chiffres")).Status);
        var administrator = await AdministratorAsync();
        await DecideAsync(from: 100, people: 20, steps: 1, Later);
        var page = await administrator.PostFormAsync("/administration/equite", ("qualite", ""), ("remarques", "Rien."));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Rien.", page.ValueOf("remarques"));
        Assert.Contains("un audit se lit avant de se signer", page.Words, StringComparison.Ordinal);
    }

    private static List<JsonElement> GroupsOf(JsonElement report, string attribute) =>
        [.. report.GetProperty("attributes").EnumerateArray().Single(it => it.GetProperty("attribute").GetString() == attribute).GetProperty("groups").EnumerateArray()];

    private static string Name(JsonElement group) => group.GetProperty("group").GetString()!;

    private static Task<PageSeen> SignAsync(Browser who) =>
        who.PostFormAsync("/administration/equite", ("qualite", "responsable de l’essai"), ("remarques", "Rien à conclure."), ("lu", "oui"));

    private async Task<Browser> AdministratorAsync()
    {
        var administrator = Web.Visitor();
        await administrator.SignInAsync("administration", DemoAccounts.Password);
        return administrator;
    }

    // The first audit of this database, published once for all these stories. Later decisions change nothing in it.
    private async Task<JsonElement> PublishedAsync()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        await using var db = await Web.Database.OpenAsync(Cancel);
        if (await db.QuerySingleAsync<int>("select cast(count(*) as integer) from fairness_audit") == 0)
        {
            await DecideAsync(from: 0, people: 60, steps: 4, "Claire Aubin");
            var administrator = await AdministratorAsync();
            Assert.Equal("/equite/1", (await SignAsync(administrator)).RedirectsTo);
        }

        return JsonDocument.Parse(await Web.Visitor().Client.GetStringOfAnyStatusAsync("/equite/1/chiffres")).RootElement;
    }

    // Of the list of each posting, people are taken further and further: one in two stops at each step.
    private async Task DecideAsync(int from, int people, int steps, string by)
    {
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var facilitatorId = await db.QueryFirstAsync<Guid>("select organization_id from app_user where normalized_user_name = 'FACILITATRICE'");
        foreach (var posting in await db.QueryAsync<Guid>("select id from posting where state = 'PUBLISHED' and facilitator_id = @facilitatorId order by id limit 3", new { facilitatorId }))
        {
            var list = (await RankedApi.ListAsync(facilitator, posting, 200)).GetProperty("candidats").EnumerateArray().ToList();
            foreach (var (person, at) in list.Skip(from).Take(people).Select((it, at) => (it.GetProperty("personne").GetGuid(), at)))
            {
                var (id, reached) = (Guid.CreateVersion7(), Path[..Math.Max(1, steps - (at / 12))]);
                var values = new { id, posting, person, facilitatorId, state = reached[^1], now = Web.Clock.Now };
                if (await db.ExecuteAsync(
                    "insert into preselection (id, posting_id, person_id, facilitator_id, state, created_at, updated_at) values (@id, @posting, @person, @facilitatorId, @state, @now, @now) on conflict do nothing", values) == 1)
                {
                    await db.ExecuteAsync(
                        "insert into preselection_step (id, preselection_id, at, by_name, to_state) values (@step, @id, @at, @by, @state)",
                        reached.Select((state, order) => new { step = Guid.CreateVersion7(), id, at = Web.Clock.Now.AddSeconds(order), by, state }));
                }
            }
        }
    }

    private async Task<IReadOnlyList<CountedByHand>> CountedByHandAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await CountedByHand.OfFirstAuditAsync(db, FrenchCalendar.DayOf(Web.Clock.Now), Later);
    }
}

public sealed class FairnessOnSqlite(SqliteWeb web) : FairnessTests(web), IClassFixture<SqliteWeb>;

public sealed class FairnessOnPostgreSql(PostgreSqlWeb web) : FairnessTests(web), IClassFixture<PostgreSqlWeb>;
