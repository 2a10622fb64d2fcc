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
    // The loops are compiled a second time after some dozens of calls and a pause: what is asked of a service that has run for a while comes after that.
    private const int WarmUp = 200;
    private const int Batch = 1 << 18;
    private const int PeerRuns = 40;
    private const int NaiveRuns = 5;

    public static int Run(Options options)
    {
        var (rows, features, runs) = (options.Number("--rows", 1 << 20), options.Number("--features", 24), options.Number("--runs", 300));
        var kernel = Kernel.Named(options.Text("--kernel", "auto"));
        var (store, kept) = StoreOf(rows, features);
        // First, so that its rows are gone when the engine is measured: ten million objects would have the collector at work all along.
        var naive = Naive(store, kept, features, Math.Min(runs, NaiveRuns));
        kept.Clear();
        kept.TrimExcess();
        GC.Collect();
        var (times, processor) = (new List<double>(), new List<double>());
        var passing = 0;
        for (var run = 0; run < WarmUp + runs; run++)
        {
            // Another posting each time: nothing of the answer before can serve.
            var query = QueryOf(Asked.Of(features, seed: run));
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
        var alone = OneCore.Run(() => Kernel.Available.Select(one => TimeOf(store, features, one, one == kernel ? runs : Math.Min(runs, PeerRuns)) with
        {
            Name = $"the same, all on one core, kernel {one.Name} (ms)",
            Goal = Goal(rows, one),
        }).ToList());
        List<Peer> peers = [.. Kernel.Available.Where(one => one != kernel).Select(one => new Peer($"the same with the kernel {one.Name}", TimeOf(store, features, one, Math.Min(runs, PeerRuns)))), naive];
        Figures.Print(
            [
                Figures.Of($"filters + {features} features + top {Best}, {rows:#,0} rows (ms)", times, Goal(rows, kernel)),
                Figures.Of("the same, processor time of the whole process (ms)", processor, "what others on the machine do not change"),
                .. alone ?? [],
            ],
            kernel.Name, "workstation GC, as a console runs by default", options.Has("--json"), rows, peers);
        return 0;
    }

    private static Figure TimeOf(RowStore<byte> store, int features, Kernel kernel, int runs)
    {
        var times = new List<double>();
        for (var run = -2; run < runs; run++)
        {
            var query = QueryOf(Asked.Of(features, seed: run));
            var start = Stopwatch.GetTimestamp();
            Ranking.Of(store.Current, query, kernel).Top(Best);
            if (run >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        return Figures.Of("", times, "-");
    }

    /// <summary>What a program would do first: row after row, its codes looked up one by one, the best kept in a heap.</summary>
    private static Peer Naive(RowStore<byte> store, List<Row<byte>> rows, int features, int runs)
    {
        var times = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var asked = Asked.Of(features, seed: run);
            var start = Stopwatch.GetTimestamp();
            var best = new PriorityQueue<Guid, int>();
            foreach (var row in rows.Where(row => asked.Passes(row)))
            {
                best.Enqueue(row.Id, asked.ScoreOf(row));
                if (best.Count > Best)
                {
                    best.Dequeue();
                }
            }
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            var scores = best.UnorderedItems.Select(one => one.Priority).OrderDescending();
            if (!scores.SequenceEqual(Ranking.Of(store.Current, QueryOf(asked)).Top(Best).Select(row => row.Score)))
            {
                throw new InvalidOperationException("Row after row, the best scores are others.");
            }
        }
        return new Peer("row after row, one thread", Figures.Of("", times, "-"));
    }

    private static string Goal(int rows, Kernel kernel) => rows switch
    {
        <= 1 << 20 => kernel.Name switch { "vbmi" => "p50 <= 4, p95 <= 10", "avx2" => "<= 20", _ => "<= 60" },
        _ => "p95 <= 80 with 10 M rows",
    };

    private static (RowStore<byte> Store, List<Row<byte>> Rows) StoreOf(int rows, int features)
    {
        var random = new Random(1);
        var schema = new RowSchema(
            [.. Enumerable.Range(0, features).Select(at => $"f{at}"), "public", "certificate"], [new WideGroup("pool", 1), new WideGroup("available", 1)], ["needs"]);
        var store = new RowStore<byte>(schema);
        var all = new List<Row<byte>>();
        for (var done = 0; done < rows; done += Batch)
        {
            List<Row<byte>> batch = [.. Enumerable.Range(0, Math.Min(Batch, rows - done)).Select(_ => RowOf(random, features))];
            store.Apply(batch, []);
            all.AddRange(batch);
        }
        return (store, all);
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

    private static Query QueryOf(Asked asked) => new(
        [Filter.WideAny("territory", "pool", [.. Enumerable.Range(0, 13).Select(pool => pool != Asked.OtherPool)])],
        [
            Filter.CodeIn("public", "public", ~0b10UL),
            Filter.CodeIn("certificate", "certificate", ~0b1UL),
            Filter.WideAny("available", "available", [.. Enumerable.Range(0, Asked.TooLate).Select(_ => true)]),
            Filter.BitsAny("needs", "needs", asked.Needs),
        ],
        [.. asked.Points.Select((points, at) => new Feature($"f{at}", CodeSource.Column($"f{at}"), points))],
        Query.SaltOf(Guid.CreateVersion7()));

    /// <summary>What a drawn posting asks, for the engine and for the naive peer alike.</summary>
    private sealed record Asked(ulong Needs, short[][] Points)
    {
        public const int OtherPool = 5;
        public const int TooLate = 2_580;

        public static Asked Of(int features, int seed)
        {
            var random = new Random(seed);
            return new((ulong)random.NextInt64(), [.. Enumerable.Range(0, features).Select(_ => Enumerable.Range(0, 64).Select(_ => (short)random.Next(-130, 131)).ToArray())]);
        }

        public bool Passes(Row<byte> row) =>
            row.Wide[0] != OtherPool && row.Codes[^2] != 1 && row.Codes[^1] != 0 && row.Wide[1] < TooLate && (row.Bits[0] & Needs) != 0;

        public int ScoreOf(Row<byte> row)
        {
            var score = 0;
            for (var feature = 0; feature < Points.Length; feature++)
            {
                score += Points[feature][row.Codes[feature]];
            }
            return score;
        }
    }

    private static void CheckAgreement(RowStore<byte> store, int features)
    {
        for (var seed = 1_000; seed < 1_010; seed++)
        {
            var query = QueryOf(Asked.Of(features, seed));
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
