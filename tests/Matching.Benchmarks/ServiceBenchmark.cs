using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Matching.Web.Ranking;
using Microsoft.Extensions.Configuration;

namespace Matching.Benchmarks;

/// <summary>The running host over loopback: the ranked list of twenty people with their reasons, asked by one client, then by eight at once.</summary>
public static partial class ServiceBenchmark
{
    private const int WarmUp = 300;

    public static async Task<int> RunAsync(Options options)
    {
        var (people, requests) = (options.Number("--people", 1_000_000), options.Number("--requests", 400));
        using var site = await LoadedSite.CreateAsync(people, options.Folder);
        using var host = HostProcess.Start(site.Folder, "--Ranking:Kernel", options.Text("--kernel", "auto"));
        await host.WaitAsync();
        await host.SignInAsync("facilitatrice");
        var postings = await PostingsAsync(host);
        if (options.Has("--search-only"))
        {
            var only = await SearchAsync(site, postings, requests, options.Text("--kernel", "auto"));
            Figures.Print(
                [Figures.Of($"search alone, {people:N0} people, 20 explained (ms)", only.Times, "-"), Figures.Of("the same, processor time (ms)", [only.ProcessorMs], "-")],
                options.Text("--kernel", "auto"), "workstation GC, as a console runs by default", options.Has("--json"), people);
            return 0;
        }

        // The first list of each posting has its door counted behind the page, over everybody: asked meanwhile, and apart.
        var first = await AskAsync(host, postings, postings.Count, clients: 1);
        var counting = Stopwatch.StartNew();
        var meanwhile = await AskAsync(host, postings, WarmUp, clients: 1);
        await DoorsAsync(site);
        counting.Stop();
        var alone = await AskAsync(host, postings, requests, clients: 1);
        var eight = await AskAsync(host, postings, requests * 2, clients: 8);
        var search = await SearchAsync(site, postings, requests, options.Text("--kernel", "auto"));
        Figures.Print(
            [
                Figures.Of($"ranked list over HTTP, {people:N0} people, 20 explained, 1 client (ms)", alone.Times, "p95 <= 25"),
                Figures.Of("the same, processor time of the host for one (ms)", [alone.ProcessorMs], "what others on the machine do not change"),
                Figures.Of("of which searching: SQL, rules, scores, 20 explained (ms)", search.Times, "-"),
                Figures.Of("the same search, processor time (ms)", [search.ProcessorMs], "-"),
                Figures.Of("the same, 8 clients at once (ms)", eight.Times, "-"),
                Figures.Of("requests a second, 1 client", [alone.PerSecond], "-"),
                Figures.Of("requests a second, 8 clients", [eight.PerSecond], ">= 60"),
                Figures.Of($"the {postings.Count} postings asked for the first time, code not yet compiled for good (ms)", first.Times, "-"),
                Figures.Of("1 client meanwhile: their doors are counted, code is compiled for good (ms)", meanwhile.Times, "-"),
                Figures.Of("doors of these lists, all counted after (s)", [counting.Elapsed.TotalSeconds], "-"),
                Figures.Of("resident memory of the host (MB)", [host.ResidentMegabytes], "-"),
            ],
            options.Text("--kernel", "auto"), "server GC as the web host runs by default", options.Has("--json"), people);
        return 0;
    }

    private static async Task DoorsAsync(LoadedSite site)
    {
        await using var db = await site.Database.OpenAsync(default);
        while (await db.ExecuteScalarAsync<long>("select count(*) from door_to_count") > 0)
        {
            await Task.Delay(100);
        }
    }

    public static async Task<List<string>> PostingsAsync(HostProcess host)
    {
        var page = await host.Client.GetStringAsync(new Uri("/offres", UriKind.Relative));
        return [.. PostingLinks().Matches(page).Select(match => match.Groups[1].Value).Distinct()];
    }

    /// <summary>
    /// Each client is a thread that sleeps until its answer is there: on the processors that it shares with the host, one that looks
    /// out for answers, as asynchronous clients do, would take from the host what a client on another machine leaves it.
    /// </summary>
    private static async Task<(List<double> Times, double PerSecond, double ProcessorMs)> AskAsync(HostProcess host, List<string> postings, int requests, int clients)
    {
        var (times, asked) = (new ConcurrentBag<double>(), 0);
        var (clock, used) = (Stopwatch.StartNew(), host.ProcessorTime);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var number = Interlocked.Increment(ref asked); number <= requests; number = Interlocked.Increment(ref asked))
                {
                    var start = Stopwatch.GetTimestamp();
                    using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/offres/{postings[number % postings.Count]}/candidats");
                    using var answer = host.Client.Send(request);
                    using var body = answer.Content.ReadAsStream();
                    body.CopyTo(Stream.Null);
                    answer.EnsureSuccessStatusCode();
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        return ([.. times], requests / clock.Elapsed.TotalSeconds, (host.ProcessorTime - used).TotalMilliseconds / requests);
    }

    /// <summary>The search alone, in this process: what is left of a request when HTTP, the page and the person's own rows are taken away.</summary>
    private static async Task<(List<double> Times, double ProcessorMs)> SearchAsync(LoadedSite site, List<string> postings, int requests, string kernel)
    {
        using var index = await site.NewIndexAsync();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Ranking:Kernel", kernel)]).Build();
        var search = new CandidateSearch(index, new ActiveModel(new ModelShelf(settings)), new RankingKernel(settings), new OccupationTitles(), new FrenchCalendar(TimeProvider.System));
        await using var db = await site.Database.OpenAsync(default);
        var owners = (await db.QueryAsync<(PostingId Id, OrganizationId Owner)>("select id, facilitator_id from posting order by id limit 1000")).ToDictionary(it => it.Id.Value, it => it.Owner);
        var (times, used) = (new List<double>(), TimeSpan.Zero);
        for (var request = -WarmUp; request < requests; request++)
        {
            var id = Guid.Parse(postings[(request + WarmUp) % postings.Count]);
            var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var found = await search.RunAsync(db, new PostingId(id), owners[id], default);
            foreach (var row in found!.Ranking.Top(20))
            {
                found.Ranking.Changes(row.Id, CandidateQuery.Reachable);
            }

            if (request >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                used += Environment.CpuUsage.TotalTime - before;
            }
        }

        return (times, used.TotalMilliseconds / requests);
    }

    [GeneratedRegex("href=\"/offres/([0-9a-f]{8}-[0-9a-f-]{27})\"")]
    private static partial Regex PostingLinks();
}
