using System.Diagnostics;

namespace Matching.Benchmarks;

/// <summary>The running host over loopback: the board of a posting with many preselected people, as columns and as a list, and a batch step with its undo.</summary>
public static class BoardBenchmark
{
    private const int WarmUp = 20;
    private const int Steps = 10;

    public static async Task<int> RunAsync(Options options)
    {
        var (people, requests) = (options.Number("--people", 500), options.Number("--requests", 200));
        using var site = await LoadedSite.CreateAsync(people + 200);
        var posting = await PreselectedSite.FillAsync(site, people, ready: 0);
        using var host = HostProcess.Start(site.Folder);
        await host.WaitAsync();
        await host.SignInAsync("facilitatrice");
        var board = $"/offres/{posting}/preselections";
        var columns = await AskAsync(host, board, requests);
        var list = await AskAsync(host, $"{board}?vue=liste", requests);
        var today = await AskAsync(host, "/preselections", requests);
        var (step, undo) = await StepsAsync(host, board);
        Figures.Print(
            [
                Figures.Of($"board of {people} people, columns (ms)", columns, "p95 <= 100"),
                Figures.Of("the same as a list (ms)", list, "p95 <= 100"),
                Figures.Of("all preselections of the facilitator (ms)", today, "-"),
                Figures.Of("one step for everyone proposed (ms)", step, "-"),
                Figures.Of("that step taken back (ms)", undo, "-"),
            ],
            "none", "server GC as the web host runs by default", options.Has("--json"), people);
        return 0;
    }

    private static async Task<List<double>> AskAsync(HostProcess host, string address, int requests)
    {
        var times = new List<double>();
        for (var request = -WarmUp; request < requests; request++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await host.Client.GetAsync(new Uri(address, UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
            answer.EnsureSuccessStatusCode();
            if (request >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return times;
    }

    private static async Task<(List<double> Step, List<double> Undo)> StepsAsync(HostProcess host, string board)
    {
        var (steps, undos) = (new List<double>(), new List<double>());
        for (var run = 0; run < Steps; run++)
        {
            var page = await host.Client.GetStringAsync(new Uri($"{board}?etat=PROPOSEE", UriKind.Relative));
            var token = new KeyValuePair<string, string>("__RequestVerificationToken", HostProcess.ValueOf(page, "name=\"__RequestVerificationToken\""));
            var fields = HostProcess.ValuesOf(page, "name=\"preselection\"").SelectMany(id => new KeyValuePair<string, string>[] { new("preselection", id), new($"depuis_{id}", "PROPOSEE") });
            steps.Add(await PostAsync(host, $"{board}/etape", [token, new("vers", "CONTACTEE"), .. fields]));
            undos.Add(await PostAsync(host, $"{board}/annulation", [token]));
        }

        return (steps, undos);
    }

    private static async Task<double> PostAsync(HostProcess host, string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        var start = Stopwatch.GetTimestamp();
        using var answer = await host.Client.PostAsync(new Uri(address, UriKind.Relative), form);
        return (int)answer.StatusCode is >= 300 and < 400 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new InvalidOperationException($"The step was answered with {(int)answer.StatusCode}.");
    }
}
