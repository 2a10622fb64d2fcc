extern alias lab;

using System.Globalization;
using System.IO.Compression;
using System.Net;
using Dapper;
using lab::Matching.Lab.Training;
using Matching.Features;
using Matching.Web.Accounts;

namespace Matching.Web.Tests.Ranking;

/// <summary>What the site exports is what the trainer reads, and what the trainer writes is what the site takes back.</summary>
public abstract class LearnFromExportTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_model_learned_from_the_lists_of_the_site_becomes_a_candidate()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var (facilitator, administrator) = (await SignInAsync("facilitatrice"), await SignInAsync("administration"));
        await DecideAsync(facilitator);
        var folder = Directory.CreateTempSubdirectory("matching-learn-").FullName;
        try
        {
            using (var zip = new ZipArchive(await (await administrator.PostFormAsync("/administration/listes/export")).Response.Content.ReadAsStreamAsync(Cancel)))
            {
                await zip.ExtractToDirectoryAsync(folder, Cancel);
            }

            var (output, errors) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
            var model = Path.Combine(folder, "model.json");
            var code = TrainModel.Run(
                ["--lists", Path.Combine(folder, "lists.csv"), "--features", Path.Combine(folder, "features.json"), "--out", model, "--bags", "2", "--pairs", "0", "--version", "appris-du-site"], output, errors);
            Assert.True(code == 0, $"{output} {errors}");

            var learned = RankerModel.Read(await File.ReadAllTextAsync(model, Cancel));
            Assert.Equal(FeatureCatalogue.All.Select(it => it.Name), learned.Features.Select(it => it.Name));
            Assert.True(learned.Training!.Rows > 100, $"{learned.Training.Rows} rows");
            Assert.Equal("/administration/modeles", (await administrator.PostFileAsync("/administration/modeles", "fichier", "model.json", await File.ReadAllBytesAsync(model, Cancel))).RedirectsTo);
            Assert.Contains("appris-du-site", (await administrator.GetAsync("/administration/modeles")).Words, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await administrator.PostFileAsync("/administration/modeles", "fichier", "model.json", await File.ReadAllBytesAsync(model, Cancel))).Status);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task DecideAsync(Browser facilitator)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        foreach (var posting in (await db.QueryAsync<Guid>("select id from posting where state = 'PUBLISHED' order by id limit 5")).AsList())
        {
            var list = await RankedApi.ListAsync(facilitator, posting, 100);
            var kept = list.GetProperty("candidats").EnumerateArray().Where((_, at) => at % 7 == 0).Select(it => ("personne", $"{it.GetProperty("personne")}"));
            await facilitator.PostFormAsync($"/offres/{posting}/preselections", [.. kept, ("liste", $"{list.GetProperty("liste")}")]);
        }
    }

    private async Task<Browser> SignInAsync(string login)
    {
        var browser = Web.Visitor();
        await browser.SignInAsync(login, DemoAccounts.Password);
        return browser;
    }
}

public sealed class LearnFromExportOnSqlite(SqliteWeb web) : LearnFromExportTests(web), IClassFixture<SqliteWeb>;

public sealed class LearnFromExportOnPostgreSql(PostgreSqlWeb web) : LearnFromExportTests(web), IClassFixture<PostgreSqlWeb>;
