using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using Matching.Engine.Text;
using Matching.Features;

namespace Matching.Benchmarks.Text;

/// <summary>How often the right label comes first, or among the first ten, and how honest the confidence is.</summary>
public static class TitlesBenchmark
{
    private const int Top = 10;

    public static int Run(IReadOnlyList<string> options)
    {
        if (RomeTitles.Read() is not { } sets)
        {
            Console.WriteLine("The open files of the ROME are not beside this repository (../shared/reference/rome): nothing to measure.");
            return 1;
        }
        var results = sets.Select(Measure).ToList();
        Console.WriteLine("A development set made from official titles: not what people really type.");
        Console.WriteLine($"{"set",-42}{"queries",8}{"labels",8}{"MRR",8}{"A@1",8}{"A@10",8}");
        foreach (var one in results)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-42}{one.Queries,8}{one.Labels,8}{one.Mrr,8:0.000}{one.First,8:0.000}{one.Ten,8:0.000}"));
        }
        var times = Figures.Of("a title among some 13,000 labels (ms)", [.. results.SelectMany(one => one.Times)], "<= 1");
        Figures.Print([times], "none", GCSettings.IsServerGC ? "server" : "workstation", json: false);
        // Where each label is an answer of its own, several are right and share the confidence: only answers by occupation can be honest.
        Honesty([.. results.Zip(sets).Where(pair => !pair.Second.OwnIds).SelectMany(pair => pair.First.Answers)]);
        if (options.Contains("--json"))
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                p50_ms = times.P50,
                p95_ms = times.P95,
                p99_ms = times.P99,
                kernel = "none",
                gc = GCSettings.IsServerGC ? "server" : "workstation",
                sets = results.Select(one => new { name = one.Name, queries = one.Queries, labels = one.Labels, mrr = one.Mrr, a1 = one.First, a10 = one.Ten }),
            }));
        }
        return 0;
    }

    private static Result Measure(TitleSet set)
    {
        var matcher = new TitleMatcher(set.Labels, TradeWords.Abbreviations, TradeWords.Related, set.WithSame ? TradeWords.Same : null);
        var clock = new Stopwatch();
        var times = new List<double>();
        var ranks = new List<int>();
        var answers = new List<(double, bool)>();
        foreach (var (text, right) in set.Queries.Take(200).Concat(set.Queries))
        {
            clock.Restart();
            var matches = matcher.Match(text, Top, varied: set.OwnIds).Matches;
            times.Add(clock.Elapsed.TotalMilliseconds);
            ranks.Add(matches.Select(match => right.Contains(match.Id)).ToList().IndexOf(true) + 1);
            answers.Add((matches.Count > 0 ? matches[0].Confidence : 0, ranks[^1] == 1));
        }
        // The first queries only warm the code.
        var warm = Math.Min(200, set.Queries.Count);
        var counted = ranks.Skip(warm).ToList();
        return new Result(
            set.Name, counted.Count, set.Labels.Count, counted.Average(rank => rank == 0 ? 0 : 1.0 / rank),
            counted.Average(rank => rank == 1 ? 1 : 0), counted.Average(rank => rank > 0 ? 1 : 0), times.Skip(warm).ToList(), answers.Skip(warm).ToList());
    }

    /// <summary>Of the first answers given with this confidence, the share that is right; any distance between both is dishonest.</summary>
    private static void Honesty(List<(double Confidence, bool Right)> answers)
    {
        var distance = 0.0;
        foreach (var bin in answers.GroupBy(one => Math.Min(9, (int)(one.Confidence * 10))).OrderBy(group => group.Key))
        {
            var (said, right) = (bin.Average(one => one.Confidence), bin.Average(one => one.Right ? 1 : 0));
            distance += Math.Abs(said - right) * bin.Count() / answers.Count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"confidence {said:0.00}: right {right:0.00} of {bin.Count()}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean distance between confidence and truth: {distance:0.000}"));
        var known = answers.Where(one => one.Confidence >= TitleMatcher.KnownFrom).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"known from {TitleMatcher.KnownFrom:0.0}: {(double)known.Count / answers.Count:0.000} of the titles, right {known.Average(one => one.Right ? 1 : 0):0.000}"));
    }

    private sealed record Result(
        string Name, int Queries, int Labels, double Mrr, double First, double Ten, IReadOnlyList<double> Times, IReadOnlyList<(double Confidence, bool Right)> Answers);
}
