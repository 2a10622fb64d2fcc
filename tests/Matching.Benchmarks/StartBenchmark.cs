using System.Diagnostics;

namespace Matching.Benchmarks;

/// <summary>How long a node takes to hold everyone, from the database and from its snapshot file, and to open as a whole process.</summary>
public static class StartBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        var (people, runs) = (options.Number("--people", 1_000_000), options.Number("--runs", 3));
        using var site = await LoadedSite.CreateAsync(people, options.Folder);
        var (fromDatabase, fromFile, save, host) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var file = Path.Combine(site.Folder, "people.columns");
        for (var run = 0; run < runs; run++)
        {
            File.Delete(file);
            using (var index = await site.NewIndexAsync())
            {
                fromDatabase.Add(await TimeAsync(() => index.CurrentAsync(default)));
                save.Add(await TimeAsync(() => index.SaveAsync(default)));
            }

            using (var index = await site.NewIndexAsync())
            {
                fromFile.Add(await TimeAsync(() => index.CurrentAsync(default)));
            }

            GC.Collect();
        }

        // The host reads the file, ranks a first list and then opens: the first page comes after both.
        for (var run = 0; run <= runs; run++)
        {
            var clock = Stopwatch.StartNew();
            using var process = HostProcess.Start(site.Folder);
            await process.WaitAsync();
            if (run > 0)
            {
                host.Add(clock.Elapsed.TotalMilliseconds);
            }

            await process.StopAsync();
        }

        Figures.Print(
            [
                Figures.Of($"everyone in memory from the snapshot, {people:N0} people (ms)", fromFile, "<= 5,000"),
                Figures.Of("the same from the database (ms)", fromDatabase, "<= 30,000"),
                Figures.Of("writing the snapshot (ms)", save, "-"),
                Figures.Of("whole process to its first page, a list ranked before (ms)", host, "-"),
                Figures.Of("snapshot file (MB)", [new FileInfo(file).Length / 1048576.0], "-"),
            ],
            "auto", "workstation GC for the readings, server GC for the process", options.Has("--json"), people);
        return 0;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
