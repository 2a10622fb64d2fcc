using Dapper;
using Matching.Engine.Scoring;
using Matching.Features;
using Matching.Web.Demonstrations;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Ranking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Web.Tests.Ranking;

/// <summary>The file that makes a restart quick: never believed when it should not be, never missed when it is gone.</summary>
public abstract class PoolSnapshotTests(WebFixture web) : WebTests(web)
{
    private string FilePath => Path.Combine(Web.Database.DataFolder, "people.columns");

    [Fact]
    public async Task A_restart_reads_the_file_and_sees_what_changed_since()
    {
        await LoadAsync();
        using var first = NewIndex(out _);
        var before = await first.CurrentAsync(Cancel);
        await first.SaveAsync(Cancel);
        Assert.Contains((await RestartAsync()).Log, line => line.Contains($"snapshot of {before.People.Count} people read", StringComparison.Ordinal));

        var gone = before.People.Segments[0].Segment.Ids[5];
        await WithdrawAsync(gone);
        var (after, log) = await RestartAsync();
        Assert.Contains(log, line => line.Contains("people read", StringComparison.Ordinal));
        Assert.Equal(before.People.Count - 1, after.People.Count);
        Assert.Null(after.People.Find(gone));
        Assert.Equal(Scores(before).Where(it => it.Id != gone), Scores(after));
        Assert.All(Scores(after), it => Assert.Equal(Facts(before, it.Id), Facts(after, it.Id)));
        await PublishAgainAsync(gone);
    }

    [Fact]
    public async Task A_damaged_short_or_strange_file_is_made_again_from_the_database_with_a_line_in_the_log()
    {
        await LoadAsync();
        using var index = NewIndex(out _);
        var people = (await index.CurrentAsync(Cancel)).People.Count;
        await index.SaveAsync(Cancel);
        var whole = await File.ReadAllBytesAsync(FilePath, Cancel);
        var random = new Random(3);
        foreach (var bytes in (byte[][])
        [
            [], whole[..7], whole[..random.Next(whole.Length)], whole[..^1], [.. whole, 1], Changed(whole, 9), Changed(whole, whole.Length / 2), "nom;prénom"u8.ToArray(),
        ])
        {
            await File.WriteAllBytesAsync(FilePath, bytes, Cancel);
            var (view, log) = await RestartAsync();
            Assert.Equal(people, view.People.Count);
            Assert.Contains(log, line => line.Contains("snapshot not used", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_file_of_another_month_or_of_another_history_is_not_believed()
    {
        await LoadAsync();
        using var index = NewIndex(out _);
        var people = (await index.CurrentAsync(Cancel)).People.Count;
        await index.SaveAsync(Cancel);
        var now = Web.Clock.Now;
        Web.Clock.Now = now.AddDays(30);
        Assert.Contains((await RestartAsync()).Log, line => line.Contains("another month", StringComparison.Ordinal));
        Web.Clock.Now = now;

        await using var db = await Web.Database.OpenAsync(Cancel);
        await db.ExecuteAsync("update change set entity_id = @other where seq = (select max(seq) from change)", new { other = Guid.CreateVersion7() });
        var (view, log) = await RestartAsync();
        Assert.Equal(people, view.People.Count);
        Assert.Contains(log, line => line.Contains("another history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_small_pool_needs_no_file()
    {
        await LoadAsync();
        File.Delete(FilePath);
        using var index = NewIndex(out _, from: 5_000);
        await index.CurrentAsync(Cancel);
        await index.SaveAsync(Cancel);
        Assert.False(File.Exists(FilePath));
    }

    private async Task LoadAsync()
    {
        using var scope = Web.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(Cancel);
    }

    private PoolIndex NewIndex(out List<string> log, int from = 1)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Ranking:SnapshotFrom", $"{from}")]).Build();
        var reader = Web.Services.GetRequiredService<PoolReader>();
        log = [];
        return new PoolIndex(
            reader, new PoolSnapshots(Web.Database, reader, settings, new Lines(log)), Web.Services.GetRequiredService<FrenchCalendar>(), settings, NullLogger<PoolIndex>.Instance);
    }

    private async Task<(PoolView View, List<string> Log)> RestartAsync()
    {
        using var index = NewIndex(out var log);
        return (await index.CurrentAsync(Cancel), log);
    }

    // Every column takes part: what the file changed would show in a score.
    private static IEnumerable<(Guid Id, int Score)> Scores(PoolView view)
    {
        var points = Enumerable.Range(0, 64).Select(code => (short)code).ToArray();
        var features = PersonRows.Schema.CodeColumns.Select(column => new Feature(column, CodeSource.Column(column), points)).Concat(
            PersonRows.Schema.WideGroups.Select(group => new Feature(
                group.Name, CodeSource.Lookup(group.Name, [.. Enumerable.Range(0, 65_536).Select(value => (byte)(value % 61))], SlotMerge.Sum), points)));
        return Engine.Scoring.Ranking.Of(view.People, new Query([], [], [.. features], 1)).Top(int.MaxValue).Select(row => (row.Id, row.Score));
    }

    private static (string Eligibility, CertificateSet Certificates) Facts(PoolView view, Guid id)
    {
        var facts = view.People.Find(id)!.Facts;
        return (RecordJson.Write(facts.Eligibility), facts.Certificates);
    }

    private Task WithdrawAsync(Guid id) => TouchAsync(id, "withdrawn_at = published_at");

    private Task PublishAgainAsync(Guid id) => TouchAsync(id, "withdrawn_at = null");

    private Task TouchAsync(Guid id, string change) => Web.Database.WriteAsync(
        async (db, tx) =>
        {
            await db.ExecuteAsync($"update person set {change} where id = @id", new { id }, tx);
            await Web.Services.GetRequiredService<ChangeFeed>().AppendAsync(db, tx, "person", [id], Cancel);
        },
        Cancel);

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 1;
        return changed;
    }

    private sealed class Lines(List<string> lines) : ILogger<PoolSnapshots>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}

public sealed class PoolSnapshotOnSqlite(SqliteWeb web) : PoolSnapshotTests(web), IClassFixture<SqliteWeb>;

public sealed class PoolSnapshotOnPostgreSql(PostgreSqlWeb web) : PoolSnapshotTests(web), IClassFixture<PostgreSqlWeb>;
