using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Rules.People;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>The sheet that a person may ask for, from the list as it was shown.</summary>
public abstract class ExplanationSheetTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task The_four_items_of_the_decree_are_told_and_the_points_sum_to_the_score_shown()
    {
        var (facilitator, list) = await ListAsync();
        var person = list.GetProperty("candidats")[2];
        var page = await facilitator.GetAsync(Sheet(list, person));
        Assert.Equal(["1", "2", "3", "4"], page.All("section.card h2").Select(it => it.TextContent[..1]).Where(it => char.IsDigit(it[0])));
        var points = page.All("section[aria-labelledby=poids] tbody tr").Select(row => Number(row.QuerySelector("td.number")!.TextContent)).ToList();
        Assert.Equal(person.GetProperty("points").GetInt32(), points.Sum());
        Assert.Equal($"{person.GetProperty("points").GetInt32()}", page.One("[data-total]").TextContent);
        Assert.Contains("au rang 3,", page.Words, StringComparison.Ordinal);
        Assert.Contains("personne n’a décidé de suite", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sheet_tells_the_list_as_shown_even_after_the_person_has_changed()
    {
        var (facilitator, list) = await ListAsync();
        var person = list.GetProperty("candidats")[4];
        var before = await facilitator.GetAsync(Sheet(list, person));
        var id = person.GetProperty("personne").GetGuid();
        await Web.Database.WriteAsync(
            async (db, tx) =>
            {
                var work = RecordJson.Read<WorkProfile>(await db.QuerySingleAsync<string>("select work_json from person where id = @id", new { id }, tx));
                await db.ExecuteAsync("update person set work_json = @work where id = @id", new { work = RecordJson.Write(work with { Wanted = [], Skills = [], Experiences = [] }), id }, tx);
                await Web.Services.GetRequiredService<ChangeFeed>().AppendAsync(db, tx, "person", [id], Cancel);
            },
            Cancel);
        var after = (await RankedApi.ListAsync(facilitator, list.GetProperty("offre").GetGuid(), 200)).GetProperty("candidats").EnumerateArray()
            .Where(it => it.GetProperty("personne").GetGuid() == id).Select(it => it.GetProperty("points").GetInt32());
        Assert.DoesNotContain(person.GetProperty("points").GetInt32(), after);
        Assert.Equal(before.Words, (await facilitator.GetAsync(Sheet(list, person))).Words);
    }

    [Fact]
    public async Task What_people_decided_afterwards_is_on_the_sheet_with_their_name()
    {
        var (facilitator, list) = await ListAsync();
        var person = list.GetProperty("candidats")[1];
        await facilitator.PostFormAsync($"/offres/{list.GetProperty("offre")}/preselections", ("personne", $"{person.GetProperty("personne")}"), ("liste", $"{list.GetProperty("liste")}"));
        var page = await facilitator.GetAsync(Sheet(list, person));
        Assert.Contains("Proposée, par Claire Aubin", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_facilitator_of_the_posting_and_the_structure_of_the_person_read_the_sheet()
    {
        var (_, list) = await ListAsync();
        var person = list.GetProperty("candidats")[0];
        var (other, stranger) = (await Web.SignInAsync(Roles.Facilitator), await Web.SignInAsync(Roles.Structure));
        var unknown = await other.GetAsync($"/listes/{Guid.CreateVersion7()}/personnes/{person.GetProperty("personne")}/fiche");
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(unknown.Words, (await other.GetAsync(Sheet(list, person))).Words);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Sheet(list, person))).Status);
        var siae = Web.Visitor();
        await siae.SignInAsync("siae", DemoAccounts.Password);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var mine = (await db.QueryAsync<Guid>(
            "select p.id from person p join app_user u on u.organization_id = p.organization_id where u.normalized_user_name = 'SIAE' order by p.id limit 2000")).ToHashSet();
        foreach (var line in list.GetProperty("candidats").EnumerateArray().DistinctBy(it => mine.Contains(it.GetProperty("personne").GetGuid())))
        {
            var expected = mine.Contains(line.GetProperty("personne").GetGuid()) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            Assert.Equal(expected, (await siae.GetAsync(Sheet(list, line))).Status);
        }
    }

    private static string Sheet(JsonElement list, JsonElement person) => $"/listes/{list.GetProperty("liste")}/personnes/{person.GetProperty("personne")}/fiche";

    private static int Number(string text) => int.Parse(text.Replace('−', '-').TrimStart('+'), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<(Browser Facilitator, JsonElement List)> ListAsync()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var facilitator = Web.Visitor();
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var posting = await db.QueryFirstAsync<Guid>("select id from posting where state = 'PUBLISHED' order by id limit 1");
        return (facilitator, await RankedApi.ListAsync(facilitator, posting, 200));
    }
}

public sealed class ExplanationSheetOnSqlite(SqliteWeb web) : ExplanationSheetTests(web), IClassFixture<SqliteWeb>;

public sealed class ExplanationSheetOnPostgreSql(PostgreSqlWeb web) : ExplanationSheetTests(web), IClassFixture<PostgreSqlWeb>;
