using System.Diagnostics;
using System.Globalization;
using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Engine.Scoring;

namespace Matching.Benchmarks;

/// <summary>
/// One exact pass over everyone: filters with their counts, the score of each row that passes, the best hundred with their
/// explanation. The rows are drawn, with few frequent codes and many rare ones, as declared facts are.
/// </summary>
public static class ScoringBenchmark
{
    private const int Best = 100;
    private const int WarmUp = 20;
    private const int Batch = 1 << 18;

    public static int Run(Options options)
    {
        var (rows, features, runs) = (options.Number("--rows", 1 << 20), options.Number("--features", 24), options.Number("--runs", 300));
        var kernel = Kernel.Named(options.Text("--kernel", "auto"));
        var store = StoreOf(rows, features);
        var (times, processor) = (new List<double>(), new List<double>());
        var passing = 0;
        for (var run = 0; run < WarmUp + runs; run++)
        {
            // Another posting each time: nothing of the answer before can serve.
            var query = QueryOf(features, seed: run);
            var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var ranking = Ranking.Of(store.Current, query, kernel);
            var top = ranking.Top(Best);
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (run >= WarmUp)
            {
                times.Add(took);
                processor.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
                passing += ranking.Counts.Passing / runs;
            }
            if (top.Any(row => row.Score != row.Points.Sum(one => one.Points)))
            {
                throw new InvalidOperationException("A score is not the sum of its explanation.");
            }
        }
        CheckAgreement(store, features);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows:#,0} rows in {store.Current.Segments.Count} segments, {passing:#,0} pass on average; kernels {string.Join(", ", Kernel.Available.Select(one => one.Name))} gave the same lists, counts and points"));
        Figures.Print(
            [
                Figures.Of($"filters + {features} features + top {Best}, {rows:#,0} rows (ms)", times, Goal(rows, kernel)),
                Figures.Of("the same, processor time of the whole process (ms)", processor, "what others on the machine do not change"),
            ],
            kernel.Name, "workstation GC, as a console runs by default", options.Has("--json"), rows);
        return 0;
    }

    private static string Goal(int rows, Kernel kernel) => rows switch
    {
        <= 1 << 20 => kernel.Name switch { "vbmi" => "p50 <= 4, p95 <= 10", "avx2" => "<= 20", _ => "<= 60" },
        _ => "p95 <= 80 with 10 M rows",
    };

    private static RowStore<byte> StoreOf(int rows, int features)
    {
        var random = new Random(1);
        var schema = new RowSchema(
            [.. Enumerable.Range(0, features).Select(at => $"f{at}"), "public", "certificate"], [new WideGroup("pool", 1), new WideGroup("available", 1)], ["needs"]);
        var store = new RowStore<byte>(schema);
        for (var done = 0; done < rows; done += Batch)
        {
            store.Apply([.. Enumerable.Range(0, Math.Min(Batch, rows - done)).Select(_ => RowOf(random, features))], []);
        }
        return store;
    }

    private static Row<byte> RowOf(Random random, int features)
    {
        var codes = new byte[features + 2];
        for (var at = 0; at < codes.Length; at++)
        {
            // One value in ten is missing; of the others, small codes are the frequent ones.
            var most = 4 + (at * 7 % 60);
            codes[at] = random.Next(10) == 0 ? (byte)0 : (byte)Math.Min(63, 1 + (int)(Math.Pow(random.NextDouble(), 3) * most));
        }
        return new Row<byte>(
            Guid.CreateVersion7(), codes, [(ushort)random.Next(1, 13), (ushort)random.Next(2_400, 2_600)], [(ulong)random.NextInt64() | (ulong)random.NextInt64()], "", 0);
    }

    private static Query QueryOf(int features, int seed)
    {
        var random = new Random(seed);
        return new Query(
            [Filter.WideAny("territory", "pool", [.. Enumerable.Range(0, 13).Select(pool => pool != 5)])],
            [
                Filter.CodeIn("public", "public", ~0b10UL),
                Filter.CodeIn("certificate", "certificate", ~0b1UL),
                Filter.WideAny("available", "available", [.. Enumerable.Range(0, 2_580).Select(_ => true)]),
                Filter.BitsAny("needs", "needs", (ulong)random.NextInt64()),
            ],
            [
                .. Enumerable.Range(0, features).Select(at => new Feature(
                    $"f{at}", CodeSource.Column($"f{at}"), [.. Enumerable.Range(0, 64).Select(_ => (short)random.Next(-130, 131))])),
            ],
            Query.SaltOf(Guid.CreateVersion7()));
    }

    private static void CheckAgreement(RowStore<byte> store, int features)
    {
        for (var seed = 1_000; seed < 1_010; seed++)
        {
            var query = QueryOf(features, seed);
            var answers = Kernel.Available.Select(kernel => Ranking.Of(store.Current, query, kernel)).Select(ranking => (
                ranking.Counts.Passing,
                string.Join(' ', ranking.Counts.Removed),
                string.Join(' ', ranking.Top(2_000).Select(row => $"{row.Id} {row.Score} {string.Join(',', row.Points.Select(one => one.Points))}")),
                ranking.Explain(store.Current.Segments[0].Segment.Ids[7])?.Rank));
            if (answers.Distinct().Count() != 1)
            {
                throw new InvalidOperationException("The kernels do not agree.");
            }
        }
    }
}
