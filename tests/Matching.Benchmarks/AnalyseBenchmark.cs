using System.Diagnostics;
using Matching.Web.Demonstrations;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Matching.Web.Postings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Benchmarks;

/// <summary>
/// The time to read one job profile, in process: the sample texts as companies write them, with the referentials of an official folder
/// (<c>--reference DIR</c>) or with what is built in.
/// </summary>
public static class AnalyseBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = Directory.CreateTempSubdirectory("matching-analyse-").FullName;
        try
        {
            var official = options.Text("--reference", "");
            var reading = await ReaderAsync(folder, official);
            var texts = new List<string>();
            foreach (var profile in await SampleFiles.ProfilesAsync(default))
            {
                texts.Add(await SampleFiles.ProfileTextAsync(profile, default));
            }

            var runs = options.Number("--runs", 50);
            var (first, times) = (new List<double>(), new List<double>());
            for (var run = 0; run <= runs; run++)
            {
                foreach (var text in texts)
                {
                    var start = Stopwatch.GetTimestamp();
                    reading.Read(text);
                    (run == 0 ? first : times).Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            Figures.Print(
                [
                    Figures.Of($"one job profile, {(official.Length > 0 ? "official referentials" : "what is built in")} (ms)", times, "<= 50"),
                    Figures.Of("the same, each text for the first time (ms)", first, "<= 50"),
                ],
                "none", "workstation GC, in process", options.Has("--json"), texts.Count);
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ProfileReading> ReaderAsync(string folder, string official)
    {
        var (communes, titles) = (new Communes(), new OccupationTitles());
        var skills = new Skills(titles);
        if (official.Length > 0)
        {
            HostProcess.Time("reference", "import", official, "--data", folder);
            using var database = new Database(new ConfigurationBuilder().AddInMemoryCollection([new("data", folder)]).Build());
            using var shelf = new ReferenceShelf(database, communes, titles, skills, new Zones(), NullLogger<ReferenceShelf>.Instance);
            await shelf.ReloadAsync(default);
        }

        communes.Complete();
        titles.Complete();
        skills.Complete();
        return new ProfileReading(new FrenchCalendar(TimeProvider.System), titles, communes, skills);
    }
}
