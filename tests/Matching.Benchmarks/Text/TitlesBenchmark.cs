using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Matching.Engine.Text;
using Matching.Features;

namespace Matching.Benchmarks.Text;

/// <summary>How often the right label comes first, or among the first ten, and how honest the confidence is.</summary>
public static class TitlesBenchmark
{
    private const int Top = 10;

    public static int Run(IReadOnlyList<string> options)
    {
        var most = TextBenchmark.Option(options, "--queries", int.MaxValue);
        if (RomeTitles.Read()?.Select(set => set with { Queries = [.. set.Queries.Take(most)] }).ToList() is not { } sets)
        {
            Console.WriteLine("The open files of the ROME are not beside this repository (../shared/reference/rome): nothing to measure.");
            return 1;
        }
        var results = sets.Select(Own).ToList();
        Console.WriteLine("A development set made from official titles: not what people really type.");
        Console.WriteLine($"{"set",-42}{"queries",8}{"labels",8}{"MRR",8}{"A@1",8}{"A@10",8}");
        results.ForEach(Tell);
        // Where each label is an answer of its own, several are right and share the confidence: only answers by occupation can be honest.
        Honesty([.. results.Zip(sets).Where(pair => !pair.Second.OwnIds).SelectMany(pair => pair.First.Answers)]);
        var peers = TitlePeer.All.Select(peer => PeerOf(peer.Name, sets, peer.Of)).ToList();
        Figures.Print(
            [Times("a title among some 13,000 labels (ms)", results)], "none", GCSettings.IsServerGC ? "server" : "workstation", options.Contains("--json"),
            results.Sum(one => one.Queries), peers, [.. Means(results), .. results.Select((one, at) => ($"mrr_set_{at + 1}", one.Mrr))]);
        return 0;
    }

    private static void Tell(Result one) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-42}{one.Queries,8}{one.Labels,8}{one.Mrr,8:0.000}{one.First,8:0.000}{one.Ten,8:0.000}"));

    private static Figure Times(string name, IReadOnlyList<Result> results) => Figures.Of(name, [.. results.SelectMany(one => one.Times)], "<= 1");

    /// <summary>Each set weighs the same.</summary>
    private static (string, double)[] Means(IReadOnlyList<Result> results) =>
        [("mrr", results.Average(one => one.Mrr)), ("a1", results.Average(one => one.First)), ("a10", results.Average(one => one.Ten))];

    private static Peer PeerOf(string name, IReadOnlyList<TitleSet> sets, Func<IReadOnlyList<TitleLabel>, TitlePeer> of)
    {
        Console.WriteLine(name);
        var results = sets.Where(set => set.WithSame).Select(set =>
        {
            var peer = of(set.Labels);
            return Measure(set, text => [.. peer.Match(text, Top).Select(id => (id, 0.0))]);
        }).ToList();
        results.ForEach(Tell);
        return new Peer(name, Times(name, results) with { Goal = "-" }, Means(results));
    }

    private static Result Own(TitleSet set)
    {
        var matcher = new TitleMatcher(set.Labels, TradeWords.Abbreviations, TradeWords.Related, set.WithSame ? TradeWords.Same : null);
        return Measure(set, text => [.. matcher.Match(text, Top, varied: set.OwnIds).Matches.Select(match => (match.Id, match.Confidence))]);
    }

    private static Result Measure(TitleSet set, Func<string, IReadOnlyList<(string Id, double Confidence)>> match)
    {
        var clock = new Stopwatch();
        var times = new List<double>();
        var ranks = new List<int>();
        var answers = new List<(double, bool)>();
        foreach (var (text, right) in set.Queries.Take(200).Concat(set.Queries))
        {
            clock.Restart();
            var matches = match(text);
            times.Add(clock.Elapsed.TotalMilliseconds);
            ranks.Add(matches.Select(one => right.Contains(one.Id)).ToList().IndexOf(true) + 1);
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
