using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Matching.Engine.Scoring;
using Matching.Web.Demonstrations;

namespace Matching.Benchmarks;

/// <summary>The figures of the whole thread: start, import, ranked list, memory. Each over the real host and SQLite.</summary>
public static partial class ThreadBenchmark
{
    private const int ImportRows = 10_000;
    private const int WarmUp = 10;

    public static async Task<int> RunAsync(string[] options)
    {
        var people = Option(options, "--people", 100_000);
        var requests = Option(options, "--requests", 200);
        var folder = Directory.CreateTempSubdirectory("matching-bench-").FullName;
        try
        {
            var figures = new List<Figure> { await FirstPageAsync(folder) };
            var files = WritePools(folder, people);
            figures.Add(ImportTenThousand(folder, files));
            foreach (var (siret, path) in files)
            {
                HostProcess.Time("import", "--organisation", siret, path, "--data", Path.Combine(folder, "site"));
            }

            figures.AddRange(await RankAsync(Path.Combine(folder, "site"), people, requests));
            Figures.Print(figures, Kernel.Auto.Name, "server GC as the web host runs by default", options.Contains("--json"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>From the start of the process in an empty folder to the first page, samples loaded.</summary>
    private static async Task<Figure> FirstPageAsync(string folder)
    {
        var runs = new List<double>();
        for (var run = 0; run < 3; run++)
        {
            var site = Path.Combine(folder, run == 0 ? "site" : $"start-{run}");
            var start = Stopwatch.GetTimestamp();
            using var host = HostProcess.Start(site);
            await host.WaitAsync();
            runs.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Figures.Of("first page, empty folder, samples loaded (ms)", runs, "<= 10,000");
    }

    private static Figure ImportTenThousand(string folder, List<(string Siret, string Path)> files)
    {
        var (siret, path) = files[0];
        var lines = File.ReadLines(path).Take(ImportRows + 1).ToList();
        var ten = Path.Combine(folder, "ten-thousand.csv");
        File.WriteAllLines(ten, lines, Encoding.UTF8);
        var runs = new List<double>();
        for (var run = 1; run <= 2; run++)
        {
            runs.Add(HostProcess.Time("import", "--organisation", siret, ten, "--data", Path.Combine(folder, $"start-{run}")) * 1000);
        }

        return Figures.Of($"import of {lines.Count - 1:N0} CSV rows, process start included (ms)", runs, "<= 5,000");
    }

    private static async Task<IReadOnlyList<Figure>> RankAsync(string site, int people, int requests)
    {
        using var host = HostProcess.Start(site);
        await host.WaitAsync();
        await host.SignInAsync("facilitatrice");
        var page = await host.Client.GetStringAsync(new Uri("/offres", UriKind.Relative));
        var postings = PostingLinks().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToList();
        var (api, html) = (new List<double>(), new List<double>());
        for (var request = 0; request < WarmUp + requests; request++)
        {
            var posting = postings[request % postings.Count];
            var apiMs = await TimeAsync(host.Client, $"/api/v1/offres/{posting}/candidats");
            var htmlMs = await TimeAsync(host.Client, $"/offres/{posting}/candidats");
            if (request >= WarmUp)
            {
                api.Add(apiMs);
                html.Add(htmlMs);
            }
        }

        return
        [
            Figures.Of($"ranked list, API, {people:N0} people, 20 explained (ms)", api, "p95 <= 50"),
            Figures.Of($"ranked list, page, {people:N0} people, 20 explained (ms)", html, "p95 <= 50"),
            Figures.Of($"resident memory, {people:N0} people (MB)", [host.ResidentMegabytes], "<= 600"),
        ];
    }

    private static async Task<double> TimeAsync(HttpClient client, string url)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>The sample people, repeated under new references until there are enough; shares of the structures are kept.</summary>
    private static List<(string Siret, string Path)> WritePools(string folder, int people)
    {
        var files = SampleFiles.Pools().Select(pool => (pool.Siret, Lines: ReadPool(pool.Path))).ToList();
        var copies = (int)Math.Ceiling(people / (double)files.Sum(file => file.Lines.Count - 1));
        return
        [
            .. files.OrderByDescending(file => file.Lines.Count).Select(file =>
            {
                var path = Path.Combine(folder, $"{file.Siret}.csv");
                using var writer = new StreamWriter(path, append: false, Encoding.UTF8);
                writer.WriteLine(file.Lines[0]);
                for (var copy = 0; copy < copies; copy++)
                {
                    foreach (var line in file.Lines.Skip(1))
                    {
                        writer.WriteLine($"B{copy}-{line}");
                    }
                }

                return (file.Siret, path);
            }),
        ];
    }

    private static List<string> ReadPool(string path)
    {
        // One of the samples is in Windows-1252 on purpose; its accents do not matter here.
        var bytes = File.ReadAllBytes(path);
        var utf8 = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);
        return [.. (utf8 ? Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') : Encoding.Latin1.GetString(bytes)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];
    }

    private static int Option(string[] options, string name, int otherwise)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length && int.TryParse(options[at + 1], out var value) ? value : otherwise;
    }

    [GeneratedRegex("href=\"/offres/([0-9a-f]{8}-[0-9a-f-]{27})\"")]
    private static partial Regex PostingLinks();
}
