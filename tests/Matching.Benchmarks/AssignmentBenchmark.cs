using System.Diagnostics;
using System.Globalization;
using Matching.Engine.Assignments;

namespace Matching.Benchmarks;

/// <summary>
/// Sharing people out among postings, against giving every posting its own best: time, proof of optimality, and what becomes of the people.
/// The values are drawn (an appeal that all postings see, and a fit to each), not measured on anybody.
/// </summary>
public static class AssignmentBenchmark
{
    private const int Seed = 1;

    public static int Run(IReadOnlyList<string> options)
    {
        var postings = Option(options, "--postings", 2_000);
        var arcsEach = Option(options, "--arcs", 200);
        var people = Option(options, "--people", 20_000);
        var shown = Option(options, "--shown", 10);
        var most = Option(options, "--most", 3);
        var runs = Option(options, "--runs", 5);
        var problem = Crowded(postings, people, arcsEach, shown, most);
        var times = new List<double>();
        Assignment answer = Auction.Solve(problem);
        for (var run = 0; run < runs; run++)
        {
            var clock = Stopwatch.StartNew();
            answer = Auction.Solve(problem);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"proof: at most {answer.Gap * 100:0.0000} % below the best assignment there is"));
        var clockAlone = Stopwatch.StartNew();
        var alone = problem.Arcs.Select((arc, at) => (arc, at)).GroupBy(pair => pair.arc.Taker).SelectMany(own => own.Take(shown)).Select(pair => pair.at).ToList();
        var aloneMs = clockAlone.Elapsed.TotalMilliseconds;
        Figures.Print(
            [Figures.Of($"assignment, {postings:#,0} postings x {arcsEach} people (ms)", times, "<= 2,000")],
            "none", "workstation GC, as a console runs by default", options.Contains("--json"), problem.Arcs.Count,
            [
                new Peer("each posting its own best", Figures.Of("", [aloneMs], "-"), [.. Told("each posting its own best", problem, alone)]),
                new Peer("no assignment is worth more than", null, ("value", answer.Bound)),
            ],
            [.. Told("shared out", problem, answer.Arcs), ("gap", answer.Gap)]);
        return 0;
    }

    private static IReadOnlyList<(string, double)> Told(string what, AssignmentProblem problem, IReadOnlyList<int> chosen)
    {
        var offers = new int[problem.ItemCapacities.Count];
        foreach (var at in chosen)
        {
            offers[problem.Arcs[at].Item]++;
        }

        var (value, reached, most, gini) = (chosen.Sum(at => (long)problem.Arcs[at].Value), offers.Count(count => count > 0), offers.Max(), Gini(offers));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-28} value {value:#,0}, people with a proposition {reached:#,0}, most for one {most}, Gini {gini:0.000}"));
        return [("value", value), ("people_reached", reached), ("most_for_one", most), ("gini", gini)];
    }

    private static double Gini(IEnumerable<int> counts)
    {
        var sorted = counts.Order().ToList();
        var total = sorted.Sum();
        return sorted.Select((count, at) => ((2.0 * (at + 1)) - sorted.Count - 1) * count).Sum() / (sorted.Count * (double)total);
    }

    private static AssignmentProblem Crowded(int postings, int people, int arcsEach, int shown, int most)
    {
        var random = new Random(Seed);
        var appeal = Enumerable.Range(0, people).Select(_ => random.Next(0, 250)).ToArray();

        // Each posting knows a tenth of the people, and keeps its best: an arc a person of its list, best first.
        var arcs = Enumerable.Range(0, postings).SelectMany(posting => Enumerable.Range(0, people / 10)
            .Select(_ => random.Next(people)).Distinct()
            .Select(person => new Arc(posting, person, appeal[person] + random.Next(0, 250)))
            .OrderByDescending(arc => arc.Value).ThenBy(arc => arc.Item).Take(arcsEach));
        return new AssignmentProblem([.. Enumerable.Repeat(shown, postings)], [.. Enumerable.Repeat(most, people)], [.. arcs]);
    }

    private static int Option(IReadOnlyList<string> options, string name, int otherwise)
    {
        var at = options.ToList().IndexOf(name);
        return at >= 0 && at + 1 < options.Count ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
