using System.Text;
using Matching.Web.Platform.Records;
using Matching.Web.Pools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Web.Tests.Pools;

public abstract class InterruptedImportTests(WebFixture web) : WebTests(web)
{
    private const int Rows = 2_500;

    [Fact]
    public async Task An_import_cut_anywhere_leaves_nothing_and_done_again_gives_the_report_of_one_that_was_not_cut()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var (order, header, file) = await OrderAsync(scene);
        var random = new Random(4);
        var before = await scene.CountsAsync();
        foreach (var row in Enumerable.Range(0, 6).Select(_ => random.Next(1, Rows)).Append(Rows))
        {
            using var stop = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Importer.ImportAsync(order, CutAt(PoolTable.Of(file, header), row, stop), null, stop.Token));
            Assert.Equal(before, await scene.CountsAsync());
        }

        var resumed = (await Importer.ImportAsync(order, PoolTable.Of(file, header), null, Cancel)).Value.Report;
        var other = await PoolScene.MakeAsync(Web);
        var (otherOrder, _, _) = await OrderAsync(other);
        var whole = (await Importer.ImportAsync(otherOrder, PoolTable.Of(file, header), null, Cancel)).Value.Report;

        Assert.Equal(whole.ToJson(), resumed.ToJson());
        Assert.Equal(await other.PeopleAsync(), await scene.PeopleAsync());
        Assert.Equal(Rows - 1, resumed.Ajoutees);
    }

    [Fact]
    public async Task A_file_received_before_a_stop_of_the_service_is_imported_at_its_next_start()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var uploads = Web.Services.GetRequiredService<PoolUploads>();
        await using var content = new MemoryStream(Encoding.UTF8.GetBytes(Csv()));
        var id = await uploads.ReceiveAsync(scene.Structure.Who!, "vivier.csv", null, content, Cancel);
        Assert.Contains("Rien n’est enregistré avant la fin", (await scene.Structure.GetAsync($"/viviers/imports/{id}")).Words, StringComparison.Ordinal);

        using var restarted = new PoolJobs(Web.Database, uploads, Importer, NullLogger<PoolJobs>.Instance);
        await restarted.StartAsync(Cancel);
        await restarted.Add(id);
        var report = await scene.ReportAsync($"/viviers/imports/{id}");
        await restarted.StopAsync(Cancel);

        Assert.Contains($"{Rows - 1} ajoutées, 0 mise à jour, 0 inchangée, 1 refusée sur {Rows} lignes.", report.Words, StringComparison.Ordinal);
        Assert.False(uploads.HasBytes(id));
    }

    [Fact]
    public async Task An_import_cancelled_on_its_page_stores_nothing()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var uploads = Web.Services.GetRequiredService<PoolUploads>();
        await using var content = new MemoryStream(Encoding.UTF8.GetBytes(Csv()));
        var id = await uploads.ReceiveAsync(scene.Structure.Who!, "vivier.csv", null, content, Cancel);
        var page = await scene.Structure.PostAndFollowAsync($"/viviers/imports/{id}/annuler");
        await Web.Services.GetRequiredService<PoolJobs>().Add(id);

        Assert.Contains("Import annulé", page.Words, StringComparison.Ordinal);
        Assert.Empty(await scene.PeopleAsync());
        Assert.False(uploads.HasBytes(id));
    }

    private PoolImporter Importer => Web.Services.GetRequiredService<PoolImporter>();

    private static string Csv() => PoolScene.File([.. Enumerable.Range(1, Rows).Select(i => PoolScene.Row($"P-{i:D5}", born: i == 1_234 ? "31/02/1990" : null))]);

    private async Task<(ImportOrder Order, PoolHeader Header, PoolFile File)> OrderAsync(PoolScene scene)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var pool = (await OrganizationRecords.FindAsync(db, scene.Structure.Who!.OrganizationId, Cancel))!;
        var file = PoolFile.Open(Encoding.UTF8.GetBytes(Csv()), "vivier.csv").Value;
        return (new ImportOrder(pool, scene.Structure.Who, null), PoolHeader.Read(file.Headings).Header!, file);
    }

    private static PoolTable CutAt(PoolTable table, int row, CancellationTokenSource stop) => table with
    {
        Lines = table.Lines.Select((line, i) =>
        {
            if (i + 1 == row)
            {
                stop.Cancel();
            }

            return line;
        }),
    };
}

public sealed class InterruptedImportsOnSqlite(SqliteWeb web) : InterruptedImportTests(web), IClassFixture<SqliteWeb>;

public sealed class InterruptedImportsOnPostgreSql(PostgreSqlWeb web) : InterruptedImportTests(web), IClassFixture<PostgreSqlWeb>;
