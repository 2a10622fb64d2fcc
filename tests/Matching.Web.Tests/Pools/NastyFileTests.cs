using Matching.Web.Pools;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Pools;

/// <summary>
/// A folder of files as they really come, each with the report it must get beside it (<c>.attendu</c>): the same on either database, and the
/// people that are kept.
/// </summary>
public abstract class NastyFileTests(WebFixture web) : WebTests(web)
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.csv").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Pools", "Nasty");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_nasty_file_gets_exactly_its_report(string file)
    {
        var scene = await PoolScene.MakeAsync(Web);
        var before = await scene.CountsAsync();
        var path = Path.Combine(Folder, file);

        var said = await SendAsync(scene, await File.ReadAllBytesAsync(path, Cancel), file);

        Assert.Equal(await File.ReadAllTextAsync(Path.ChangeExtension(path, ".attendu"), Cancel), said);
        if (said.StartsWith("refus", StringComparison.Ordinal))
        {
            Assert.Equal(before, await scene.CountsAsync());
        }
    }

    [Fact]
    public async Task A_file_with_a_long_name_is_never_named_by_half_a_character()
    {
        var scene = await PoolScene.MakeAsync(Web);
        var file = await File.ReadAllBytesAsync(Path.Combine(Folder, "dates.csv"), Cancel);
        Assert.StartsWith("UTF-8", await SendAsync(scene, file, new string('a', 119) + "👷.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_is_without_its_report() =>
        Assert.Equal(Files.Count, Directory.GetFiles(Folder, "*.attendu").Length);

    private async Task<string> SendAsync(PoolScene scene, byte[] bytes, string name)
    {
        using var scope = Web.Services.CreateScope();
        var me = scene.Structure.Who!;
        var done = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ImportPool.Command(me.OrganizationId, bytes, name, me, null), Cancel);
        return await done.Match(
            async import => Written(import.Report, await scene.PeopleAsync()),
            () => Task.FromResult("absent"),
            reasons => Task.FromResult($"refus : {reasons[0].Sentence}\n"));
    }

    private static string Written(PoolReport report, IReadOnlyList<(string Reference, string LastName, bool IsPublished)> people) => string.Join('\n', (IEnumerable<string>)
    [
        report.Format,
        report.Summary,
        .. report.ColonnesRetirees.Select(column => $"retirée : {column}"),
        .. report.Erreurs.Select(issue => $"erreur, {Said(issue)}"),
        .. report.Avertissements.Select(issue => $"remarque, {Said(issue)}"),
        $"gardées : {string.Join(", ", people.Select(person => $"{person.Reference} {person.LastName}"))}\n",
    ]);

    private static string Said(ReportedIssue issue) => $"ligne {issue.Ligne}, {issue.Colonne} « {issue.Valeur} » : {issue.Anomalie} {issue.Correction}";
}

public sealed class NastyFilesOnSqlite(SqliteWeb web) : NastyFileTests(web), IClassFixture<SqliteWeb>;

public sealed class NastyFilesOnPostgreSql(PostgreSqlWeb web) : NastyFileTests(web), IClassFixture<PostgreSqlWeb>;
