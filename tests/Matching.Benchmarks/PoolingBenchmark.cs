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
            var (times, share, bound, left) = (new List<double>(), 0.0, 0.0, new Dictionary<LeftReason, double>());
            for (var run = 0; run < runs; run++)
            {
                var random = new Random((1000 * seed) + postings + run);
                var blocks = Enumerable.Range(0, postings).Select(_ => BlockOf(random)).ToList();
                var places = blocks.ConvertAll(_ => (X: random.NextDouble() * SideKm, Y: random.NextDouble() * SideKm, Trade: random.Next(Trades)));
                double? DistanceKm(int one, int other) => double.Hypot(places[one].X - places[other].X, places[one].Y - places[other].Y);
                bool IsNearTrade(int one, int other) => places[one].Trade == places[other].Trade;
                var clock = Stopwatch.StartNew();
                var plan = PooledJobSearch.Of(blocks, (one, other) => PooledJobs.MayFollow(blocks[one], blocks[other], DistanceKm(one, other), IsNearTrade(one, other)));
                times.Add(clock.Elapsed.TotalMilliseconds);
                share += (double)plan.Minutes / plan.AllMinutes / runs;
                bound += (double)plan.BoundMinutes / plan.AllMinutes / runs;
                foreach (var (reason, minutes) in LeftHours.Of(blocks, plan, DistanceKm, IsNearTrade))
                {
                    left[reason] = left.GetValueOrDefault(reason) + ((double)minutes / plan.AllMinutes / runs);
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{postings,4} postings: {plan.AllMinutes / 60:#,0} h, {100.0 * plan.Minutes / plan.AllMinutes:0.0} % in jobs, at most {100.0 * plan.BoundMinutes / plan.AllMinutes:0.0} %, at most {100 * plan.Gap:0.00} % below the best there is"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{postings,4} postings, where the hours go, on average:\n  {100 * share,5:0.0} % in jobs"));
            foreach (var (reason, part) in left.OrderByDescending(it => it.Value))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {100 * part,5:0.0} % {Missing(reason)}"));
            }

            figures.Add(Figures.Of($"pooling, {postings} postings (ms)", times, ""));
            shares.Add(($"share_of_hours_{postings}", share));
            bounds.Add(new Peer($"no plan of {postings} postings has more", null, ($"share_of_hours_{postings}", bound)));
        }

        Figures.Print(figures, "none", "workstation GC, as a console runs by default", options.Has("--json"), 0, bounds, [.. shares]);
        return 0;
    }

    private static string Missing(LeftReason reason) => reason switch
    {
        LeftReason.NoCarrier => "nobody may carry it (direct hire only)",
        LeftReason.Nearly => "a month more at most, and it would last by itself",
        LeftReason.Dates => "nothing ends shortly before or begins shortly after",
        LeftReason.Trade => "what does is of another trade",
        LeftReason.Travel => "what is of the trade is too far",
        LeftReason.OtherCarrier => "no structure may carry both, or together they pass a limit",
        LeftReason.TooShort => "end to end, still under 6 months",
        LeftReason.TooFewHours => "long enough, under 24 h a week",
        _ => "what would complete it has too few posts, or serves other jobs",
    };

    private static HourBlock BlockOf(Random random)
    {
        var start = new DateOnly(2027, 1, 4).AddDays(7 * random.Next(0, 40));
        Modality[] ways = random.Next(10) switch { < 5 => [Modality.MiseADisposition], < 7 => [Modality.MiseADisposition, Modality.SousTraitance], < 9 => [Modality.SousTraitance], _ => [Modality.EmbaucheDirecte] };
        return new HourBlock(
            PostingId.New(), LotId.New(), "", start, start.AddDays((7 * random.Next(4, 30)) - 4), 60 * random.Next(20, 36), random.Next(1, 4), ways, new CountingRules());
    }
}
