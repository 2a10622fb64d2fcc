using Dapper;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using Matching.Web.Ranking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Benchmarks;

/// <summary>
/// A site with many invented people: those of the demonstration, and then mixtures of them (the trades of one, the skills of another, the home, the
/// days, the words of others), written into the database as the service writes them. It disappears with its folder.
/// </summary>
public sealed class LoadedSite : IDisposable
{
    private const int Batch = 20_000;

    private readonly bool isKept;

    private LoadedSite(string folder, Database database, bool isKept) => (Folder, Database, this.isKept) = (folder, database, isKept);

    public string Folder { get; }

    public Database Database { get; }

    /// <param name="kept">A folder that stays, so that the next run finds the people there; null for one that disappears.</param>
    public static async Task<LoadedSite> CreateAsync(int people, string? kept = null)
    {
        var folder = kept is null ? Directory.CreateTempSubdirectory("matching-bench-").FullName : Path.Combine(Directory.CreateDirectory(kept).FullName, $"{people}");
        var done = Path.Combine(folder, "people.done");
        if (File.Exists(done))
        {
            return new LoadedSite(folder, new Database(Settings(folder)), isKept: true);
        }

        using (var host = HostProcess.Start(folder))
        {
            await host.WaitAsync();
        }

        var site = new LoadedSite(folder, new Database(Settings(folder)), isKept: kept is not null);
        await site.MultiplyAsync(people);
        await File.WriteAllTextAsync(done, "");
        return site;
    }

    /// <summary>The index of this site as a node of the service makes it, in this process.</summary>
    public async Task<PoolIndex> NewIndexAsync()
    {
        var (communes, titles) = (new Communes(), new OccupationTitles());
        using (var shelf = new ReferenceShelf(Database, communes, titles, new Skills(titles), new Zones(), NullLogger<ReferenceShelf>.Instance))
        {
            await shelf.ReloadAsync(default);
        }

        var calendar = new FrenchCalendar(TimeProvider.System);
        var reader = new PoolReader(Database, new ChangeFeed(Database, calendar), communes, titles);
        var settings = Settings(Folder);
        return new PoolIndex(reader, new PoolSnapshots(Database, reader, settings, NullLogger<PoolSnapshots>.Instance), calendar, settings, NullLogger<PoolIndex>.Instance);
    }

    public void Dispose()
    {
        Database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (!isKept)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static IConfiguration Settings(string folder) => new ConfigurationBuilder().AddInMemoryCollection([new("data", folder), new("Ranking:SnapshotFrom", "1")]).Build();

    private async Task MultiplyAsync(int people)
    {
        List<StoredPerson> known;
        await using (var db = await Database.OpenAsync(default))
        {
            known = [.. (await PersonRecords.PageAsync(db, null, 10_000, default)).Where(person => person.IsPublished)];
        }

        var random = new Random(1);
        for (var made = known.Count; made < people; made += Batch)
        {
            var mixed = Enumerable.Range(made, Math.Min(Batch, people - made)).Select(number => Mixed(known, random, number)).ToList();
            await Database.WriteAsync(
                async (db, tx) =>
                {
                    await PersonRecords.UpsertAsync(db, tx, mixed, DateTimeOffset.UnixEpoch, default);
                    await db.ExecuteAsync("update person set published_at = @at where published_at is null and reference like 'B-%'", new { at = DateTimeOffset.UnixEpoch }, tx);
                },
                default);
        }
    }

    private static Person Mixed(List<StoredPerson> known, Random random, int number)
    {
        Person One() => known[random.Next(known.Count)].Person;
        var (one, home) = (One(), One().Work);
        return one with
        {
            Id = Rules.PersonId.New(),
            Reference = $"B-{number}",
            Eligibility = One().Eligibility,
            Work = one.Work with
            {
                InseeCode = home.InseeCode,
                Mobility = home.Mobility,
                Skills = One().Work.Skills,
                Certificates = One().Work.Certificates,
                AvailableFrom = one.Work.AvailableFrom.AddDays(random.Next(-20, 40)),
                WeeklyHours = One().Work.WeeklyHours,
                Shifts = One().Work.Shifts,
                OwnWords = One().Work.OwnWords,
            },
        };
    }
}
