using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Matching.Web.Platform;

namespace Matching.Benchmarks;

/// <summary>
/// How soon a committed change shows in a ranked list, while others read lists without pause and hundreds of people a second are written.
/// </summary>
public static class UpdateBenchmark
{
    private const int Readers = 2;
    private const int StormPeople = 100;
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMilliseconds(250);

    public static async Task<int> RunAsync(Options options)
    {
        var (people, changes) = (options.Number("--people", 100_000), options.Number("--changes", 100));
        using var site = await LoadedSite.CreateAsync(people, options.Folder);
        using var host = HostProcess.Start(site.Folder);
        await host.WaitAsync();
        await host.SignInAsync("facilitatrice");
        var postings = await ServiceBenchmark.PostingsAsync(host);
        var feed = new ChangeFeed(site.Database, new FrenchCalendar(TimeProvider.System));
        using var stop = new CancellationTokenSource();
        var reads = new ConcurrentBag<double>();
        var storm = StormAsync(site, feed, stop.Token);
        var readers = Enumerable.Range(0, Readers).Select(_ => ReadAsync(host, postings, reads, stop.Token)).ToList();
        var delays = new List<double>();
        for (var change = 0; change < changes; change++)
        {
            delays.Add(await DelayAsync(site, feed, host, postings[change % postings.Count]));
        }

        await stop.CancelAsync();
        var written = await storm;
        await Task.WhenAll(readers);
        Figures.Print(
            [
                Figures.Of($"from commit to the list without the person, {people:N0} people (ms)", delays, "p99 <= 1,000"),
                Figures.Of($"lists read meanwhile by {Readers} others (ms)", [.. reads], "none refused"),
                Figures.Of("people written meanwhile", [written], "-"),
            ],
            "auto", "server GC as the web host runs by default", options.Has("--json"), people);
        return 0;
    }

    /// <summary>Withdraws the first of the list, and asks for the list until another one is first.</summary>
    private static async Task<double> DelayAsync(LoadedSite site, ChangeFeed feed, HostProcess host, string posting)
    {
        var first = await FirstAsync(host, posting);
        await TouchAsync(site, feed, [first], "withdrawn_at = published_at");
        var start = Stopwatch.GetTimestamp();
        while (await FirstAsync(host, posting) == first)
        {
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<Guid> FirstAsync(HostProcess host, string posting)
    {
        await using var answer = await host.Client.GetStreamAsync(new Uri($"/api/v1/offres/{posting}/candidats?limite=1", UriKind.Relative));
        using var list = await JsonDocument.ParseAsync(answer);
        return list.RootElement.GetProperty("candidats")[0].GetProperty("personne").GetGuid();
    }

    private static async Task ReadAsync(HostProcess host, List<string> postings, ConcurrentBag<double> times, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await host.Client.GetAsync(new Uri($"/api/v1/offres/{postings[number % postings.Count]}/candidats", UriKind.Relative), CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private static async Task<double> StormAsync(LoadedSite site, ChangeFeed feed, CancellationToken stop)
    {
        List<Guid> ids;
        await using (var db = await site.Database.OpenAsync(default))
        {
            ids = [.. await db.QueryAsync<Guid>("select id from person where reference like 'B-%' order by id limit 20000")];
        }

        var (random, written) = (new Random(2), 0);
        using var timer = new PeriodicTimer(BetweenWrites);
        while (!stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            await TouchAsync(site, feed, [.. Enumerable.Range(0, StormPeople).Select(_ => ids[random.Next(ids.Count)]).Distinct()], "updated_at = updated_at");
            written += StormPeople;
        }

        return written;
    }

    private static Task TouchAsync(LoadedSite site, ChangeFeed feed, Guid[] ids, string change) => site.Database.WriteAsync(
        async (db, tx) =>
        {
            foreach (var id in ids)
            {
                await db.ExecuteAsync($"update person set {change} where id = @id", new { id }, tx);
            }

            await feed.AppendAsync(db, tx, "person", ids);
        },
        default);
}
