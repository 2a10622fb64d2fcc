using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Features;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>What an administrator does with the lists kept: replay them, and export them to learn.</summary>
public abstract class StoredListTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Every_line_replays_to_what_was_shown_and_an_edited_one_is_told()
    {
        var (_, administrator, list) = await ListAsync();
        Assert.Contains("Toutes les lignes sont identiques", (await administrator.PostFormAsync("/administration/listes/rejouer")).Words, StringComparison.Ordinal);
        var edited = new { list = list.GetProperty("liste").GetGuid() };
        await using var db = await Web.Database.OpenAsync(Cancel);
        await db.ExecuteAsync("update ranked_person set score = score + 1 where list_id = @list and rank = 7", edited);
        var page = await administrator.PostFormAsync("/administration/listes/rejouer");
        Assert.Contains("ne peuvent pas être retrouvées", page.Words, StringComparison.Ordinal);
        Assert.Equal("1", page.All("tbody tr td.number")[2].TextContent);
        await db.ExecuteAsync("update ranked_person set score = score - 1 where list_id = @list and rank = 7", edited);
    }

    [Fact]
    public async Task The_export_holds_the_codes_shown_what_was_opened_and_how_far_people_went()
    {
        var (facilitator, administrator, list) = await ListAsync();
        var (opened, kept) = (list.GetProperty("candidats")[1].GetProperty("personne").GetGuid(), list.GetProperty("candidats")[2].GetProperty("personne").GetGuid());
        await facilitator.GetAsync($"/offres/{list.GetProperty("offre")}/candidats/{opened}?liste={list.GetProperty("liste")}");
        await facilitator.PostFormAsync($"/offres/{list.GetProperty("offre")}/preselections", ("personne", $"{kept}"), ("liste", $"{list.GetProperty("liste")}"));
        var (csv, features) = await ExportAsync(administrator);
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        Assert.Equal(["list_id", "posting_id", "employer_id", "day", "rank_shown", "opened", "label", .. FeatureCatalogue.All.Select(it => it.Name), "territory_id", "wanted"], lines[0]);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var number = await db.QuerySingleAsync<int>(
            "select cast(count(*) as integer) from ranked_list l where l.id <= @list and exists (select 1 from ranked_person r where r.list_id = l.id)", new { list = list.GetProperty("liste").GetGuid() });
        var shown = lines.Skip(1).Where(line => line[0] == $"{number}").ToList();
        Assert.Equal(list.GetProperty("candidats").GetArrayLength(), shown.Count);
        Assert.Equal(("1", "0"), (shown[1][5], shown[1][6]));
        Assert.Equal("1", shown[2][6]);
        Assert.All(shown.Skip(3), line => Assert.Equal("0", line[6]));
        var codes = (await db.QueryAsync<string>("select codes_json from ranked_person where list_id = @list order by rank", new { list = list.GetProperty("liste").GetGuid() })).ToList();
        Assert.Equal(codes, shown.Select(line => $"[{string.Join(',', line[7..^2])}]"));
        Assert.Matches("^[1-9][0-9]*$", Assert.Single(shown.Select(line => line[^2]).Distinct()));
        Assert.Equal(FeatureCatalogue.All.Select(it => it.Name), JsonDocument.Parse(features).RootElement.EnumerateArray().Select(it => it.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_export_holds_what_people_wanted_apart_from_how_far_they_went()
    {
        var (facilitator, administrator, list) = await ListAsync(posting: 1);
        var people = list.GetProperty("candidats").EnumerateArray().Select(it => it.GetProperty("personne").GetGuid()).Skip(5).Take(4).ToList();
        await facilitator.PostFormAsync($"/offres/{list.GetProperty("offre")}/preselections", [.. people.Select(person => ("personne", $"{person}")), ("liste", $"{list.GetProperty("liste")}")]);
        async Task StepAsync(Guid person, string to, string? reason = null)
        {
            await using var db = await Web.Database.OpenAsync(Cancel);
            var id = await db.QuerySingleAsync<Guid>("select id from preselection where posting_id = @posting and person_id = @person", new { posting = list.GetProperty("offre").GetGuid(), person });
            Assert.Equal(HttpStatusCode.SeeOther, (await facilitator.PostFormAsync($"/preselections/{id}/etape", ("depuis", "PROPOSEE"), ("vers", to), ("motif", reason ?? ""))).Status);
        }

        await StepAsync(people[0], "INTERESSEE");
        await StepAsync(people[1], "RETIREE", "PAS_INTERESSEE");
        await StepAsync(people[2], "RETIREE", "EXIGENCE_DU_POSTE");
        var (csv, _) = await ExportAsync(administrator);
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        await using var read = await Web.Database.OpenAsync(Cancel);
        var number = await read.QuerySingleAsync<int>(
            "select cast(count(*) as integer) from ranked_list l where l.id <= @list and exists (select 1 from ranked_person r where r.list_id = l.id)", new { list = list.GetProperty("liste").GetGuid() });
        var shown = lines.Skip(1).Where(line => line[0] == $"{number}").ToList();

        // Interested, not interested, not kept by the facilitator, taken but not asked yet, and never taken.
        Assert.Equal([("1", "1"), ("0", "0"), ("0", ""), ("1", ""), ("0", "")], shown.Skip(5).Take(5).Select(line => (line[6], line[^1])));
    }

    [Fact]
    public async Task The_export_tells_nobody_apart_and_is_written_in_the_history()
    {
        var (_, administrator, list) = await ListAsync();
        var (csv, features) = await ExportAsync(administrator);
        Assert.DoesNotMatch("[0-9a-f]{8}-", csv + features);
        Assert.All(csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), line => Assert.Matches("^[0-9]*(,[0-9]*)+$", line));
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.True(await db.QuerySingleAsync<int>("select cast(count(*) as integer) from event where kind = 'listes.exportees' and actor_name = 'Luc Berthier'") > 0);
        Assert.Null((await Web.Services.GetRequiredService<EventLog>().VerifyAsync(Cancel)).Fault);
        Assert.True(list.GetProperty("candidats").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Only_an_administrator_replays_or_exports()
    {
        var (facilitator, _, _) = await ListAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await facilitator.GetAsync("/administration/listes")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await facilitator.PostFormAsync("/administration/listes/export")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await facilitator.PostFormAsync("/administration/listes/rejouer")).Status);
    }

    private static async Task<(string Csv, string Features)> ExportAsync(Browser administrator)
    {
        var page = await administrator.PostFormAsync("/administration/listes/export");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        using var zip = new ZipArchive(await page.Response.Content.ReadAsStreamAsync(Cancel));
        async Task<string> ReadAsync(string name)
        {
            using var reader = new StreamReader(zip.GetEntry(name)!.Open());
            return await reader.ReadToEndAsync(Cancel);
        }

        return (await ReadAsync("lists.csv"), await ReadAsync("features.json"));
    }

    private async Task<(Browser Facilitator, Browser Administrator, JsonElement List)> ListAsync(int posting = 0)
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var (facilitator, administrator) = (Web.Visitor(), Web.Visitor());
        await facilitator.SignInAsync("facilitatrice", DemoAccounts.Password);
        await administrator.SignInAsync("administration", DemoAccounts.Password);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = await db.QueryFirstAsync<Guid>("select id from posting where state = 'PUBLISHED' order by id limit 1 offset @posting", new { posting });
        return (facilitator, administrator, await RankedApi.ListAsync(facilitator, id));
    }
}

public sealed class StoredListsOnSqlite(SqliteWeb web) : StoredListTests(web), IClassFixture<SqliteWeb>;

public sealed class StoredListsOnPostgreSql(PostgreSqlWeb web) : StoredListTests(web), IClassFixture<PostgreSqlWeb>;
