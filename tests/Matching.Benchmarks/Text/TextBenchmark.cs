using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Engine.Index;

namespace Matching.Benchmarks.Text;

/// <summary>
/// Filtered free text, the best hundred with exact counts: this engine and, in the same run and one after another, Lucene, SQLite
/// and PostgreSQL where they are installed. The same words, filter and number of texts found for all.
/// </summary>
public static class TextBenchmark
{
    private const int Top = 100;

    public static int Run(IReadOnlyList<string> options)
    {
        var corpus = TextCorpus.Of(Option(options, "--docs", 200_000), Option(options, "--queries", 500));
        var folder = Directory.CreateTempSubdirectory("text-").FullName;
        try
        {
            corpus.Write(folder);
            var own = RunOwn(corpus);
            object[] peers = options.Contains("--alone") ? [] : [Told(LucenePeer.Run(folder)), Told(SqlitePeer.Run(corpus)), Told(PostgreSqlPeer.Run(corpus))];
            Print(corpus, own, peers, options.Contains("--json"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    /// <summary>Says it at once: a run stopped half-way has still told what it measured.</summary>
    private static object Told(object peer)
    {
        if (peer is TextRun run)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Name}: with ids p50 {Figures.Of("", run.WithIdsMs, "").P50:0.00} ms, {run.Found} found"));
        }
        return peer;
    }

    private static TextRun RunOwn(TextCorpus corpus)
    {
        var rows = corpus.Texts.Select(text => new Row<CorpusText>(text.Id, [(byte)(text.Group + 1)], [], [], text.Text, text)).ToList();

        // The first store warms the code; the second is timed.
        new RowStore<CorpusText>(new RowSchema(["group"])).Apply(rows[..Math.Min(rows.Count, 5_000)], []);
        var store = new RowStore<CorpusText>(new RowSchema(["group"]));
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        const int Batch = 20_000;
        for (var at = 0; at < rows.Count; at += Batch)
        {
            store.Apply(rows[at..Math.Min(rows.Count, at + Batch)], []);
        }
        var indexSeconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time of indexing: {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.00} s of {indexSeconds:0.00} s"));
        var filters = Enumerable.Range(0, TextCorpus.Groups).Select(group => Filter.CodeIn("group", "group", 1UL << (group + 1))).ToArray();
        var times = new List<double>();
        long found = 0;
        for (var pass = 0; pass < 4; pass++)
        {
            processor = Environment.CpuUsage.TotalTime;
            foreach (var query in corpus.Queries)
            {
                clock.Restart();
                var best = new TextSearch<CorpusText>(store.Current, new TextQuery(query.Text)).Best(Top, filters[query.Group]);
                var elapsed = clock.Elapsed.TotalMilliseconds;
                if (pass == 3)
                {
                    times.Add(elapsed);
                    found += best.Found;
                }
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time of a query: {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / corpus.Queries.Count:0.000} ms on average"));
        return new TextRun("this engine", indexSeconds, times, times, found);
    }

    private static void Print(TextCorpus corpus, TextRun own, object[] peers, bool json)
    {
        Figure[] figures = [Figures.Of($"{own.Name}: search with ids", own.WithIdsMs, "<= 0.25")];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{corpus.Texts.Count} texts of 50 words from {corpus.Vocabulary}, a filter that 1 in {TextCorpus.Groups} passes, {corpus.Queries.Count} queries of 2 to 4 words, best {Top}, one thread"));
        foreach (var run in peers.OfType<TextRun>().Prepend(own))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{run.Name,-24} {corpus.Texts.Count / run.IndexSeconds,10:0} texts/s indexed, {run.Found} found in all{(run.Found == own.Found ? "" : " (DIFFERENT)")}"));
        }
        foreach (var missing in peers.OfType<MissingPeer>())
        {
            Console.WriteLine($"{missing.Name}: not measured ({missing.Install})");
        }
        Figures.Print(
            figures, "none", GCSettings.IsServerGC ? "server" : "workstation", json, corpus.Texts.Count, [.. peers.OfType<TextRun>().Select(run => PeerOf(corpus, run))],
            ("docs_per_s", corpus.Texts.Count / own.IndexSeconds), ("found", own.Found));
    }

    private static Peer PeerOf(TextCorpus corpus, TextRun run)
    {
        var withIds = Figures.Of("", run.WithIdsMs, "-");
        var values = new List<(string, double)> { ("docs_per_s", corpus.Texts.Count / run.IndexSeconds), ("with_ids_p50_ms", withIds.P50), ("with_ids_p95_ms", withIds.P95), ("found", run.Found) };
        if (run.SearchMs is not null)
        {
            values.Add(("search_p50_ms", Figures.Of("", run.SearchMs, "").P50));
        }
        return new Peer(run.Name, withIds, values);
    }

    internal static int Option(IReadOnlyList<string> options, string name, int otherwise)
    {
        var at = options.ToList().IndexOf(name);
        return at >= 0 && at + 1 < options.Count ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
