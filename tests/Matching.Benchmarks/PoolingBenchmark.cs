using System.Diagnostics;
using System.Globalization;
using Matching.Rules;
using Matching.Rules.Markets;

namespace Matching.Benchmarks;

/// <summary>
/// Joining open postings into jobs that last: how many of the hours, how far from the best at most, how long. Postings, places and trades are drawn; the
/// share depends on the draw, the distance to the bound and the time do not much.
/// </summary>
public static class PoolingBenchmark
{
    private const double SideKm = 60;
    private const int Trades = 5;

    public static int Run(Options options)
    {
        var (runs, seed) = (options.Number("--runs", 5), options.Number("--seed", 1));
        var (figures, shares, bounds) = (new List<Figure>(), new List<(string, double)>(), new List<Peer>());
        foreach (var postings in options.Text("--postings", "20,80,150,300").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            var (times, share, bound) = (new List<double>(), 0.0, 0.0);
            for (var run = 0; run < runs; run++)
            {
                var random = new Random((1000 * seed) + postings + run);
                var blocks = Enumerable.Range(0, postings).Select(_ => BlockOf(random)).ToList();
                var places = blocks.ConvertAll(_ => (X: random.NextDouble() * SideKm, Y: random.NextDouble() * SideKm, Trade: random.Next(Trades)));
                var clock = Stopwatch.StartNew();
                var plan = PooledJobSearch.Of(blocks, (one, other) => PooledJobs.MayFollow(
                    blocks[one], blocks[other], double.Hypot(places[one].X - places[other].X, places[one].Y - places[other].Y), places[one].Trade == places[other].Trade));
                times.Add(clock.Elapsed.TotalMilliseconds);
                share += (double)plan.Minutes / plan.AllMinutes / runs;
                bound += (double)plan.BoundMinutes / plan.AllMinutes / runs;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{postings,4} postings: {plan.AllMinutes / 60:#,0} h, {100.0 * plan.Minutes / plan.AllMinutes:0.0} % in jobs, at most {100.0 * plan.BoundMinutes / plan.AllMinutes:0.0} %, at most {100 * plan.Gap:0.00} % below the best there is"));
            }

            figures.Add(Figures.Of($"pooling, {postings} postings (ms)", times, ""));
            shares.Add(($"share_of_hours_{postings}", share));
            bounds.Add(new Peer($"no plan of {postings} postings has more", null, ($"share_of_hours_{postings}", bound)));
        }

        Figures.Print(figures, "none", "workstation GC, as a console runs by default", options.Has("--json"), 0, bounds, [.. shares]);
        return 0;
    }

    private static HourBlock BlockOf(Random random)
    {
        var start = new DateOnly(2027, 1, 4).AddDays(7 * random.Next(0, 40));
        Modality[] ways = random.Next(10) switch { < 5 => [Modality.MiseADisposition], < 7 => [Modality.MiseADisposition, Modality.SousTraitance], < 9 => [Modality.SousTraitance], _ => [Modality.EmbaucheDirecte] };
        return new HourBlock(
            PostingId.New(), LotId.New(), "", start, start.AddDays((7 * random.Next(4, 30)) - 4), 60 * random.Next(20, 36), random.Next(1, 4), ways, new CountingRules());
    }
}
