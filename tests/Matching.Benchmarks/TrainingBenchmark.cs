using System.Diagnostics;
using System.Globalization;
using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;
using Matching.Lab.Training;
using Matching.Lab.Worlds;

namespace Matching.Benchmarks;

/// <summary>How long a ranker takes to learn, on lists of an invented world with nameless features.</summary>
public static class TrainingBenchmark
{
    private const int Seed = 1;
    private const int RowsOfAList = 70;
    private const int KeptLists = 200;

    public static int Run(IReadOnlyList<string> options)
    {
        var (rows, bags, runs) = (Option(options, "--rows", 100_000), Option(options, "--bags", 14), Option(options, "--runs", 3));
        var prior = RankerModel.Read(File.ReadAllText(SimulateWorlds.DefaultPrior));
        var family = WorldFamilies.All.First(it => it.Scene == Scene.Nameless) with { Postings = rows / RowsOfAList, Shown = RowsOfAList };
        var world = new World(family, Seed, prior);
        var lists = world.Shown("apprise", Seed, family.Postings).Lists;
        var (trainer, times) = (new LambdaTrainer(), new List<double>());
        RankerModel? model = null;
        for (var run = 0; run < runs; run++)
        {
            var clock = Stopwatch.StartNew();
            model = trainer.Train(lists, new ModelTitle("mesure", "Mesure.", "sans date", null), new TrainingOptions { Bags = bags });
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rounds {model!.Training!.MeanRounds:0}, pairs {model.Pairs?.Count ?? 0}, out of bag {model.Measures![0].Value:0.0000}"));
        var kept = world.Judged("gardée", Seed + 1, KeptLists).Lists;
        (string, double) Ndcg(double[] scores) => ("ndcg10", ListMetrics.Of(kept, scores, Seed).Ndcg10.Value);
        Figures.Print(
            [Figures.Of(string.Create(CultureInfo.InvariantCulture, $"training, {lists.Rows:#,0} rows x {lists.Features.Count} x {bags} bags (ms)"), times, "<= 60,000")],
            "none", "workstation GC, as a console runs by default", options.Contains("--json"), lists.Rows,
            [
                new Peer("the same weight for each feature", null, Ndcg(Baselines.ByHand(kept))),
                new Peer("chance", null, Ndcg(Baselines.Chance(kept))),
            ],
            [Ndcg(Array.ConvertAll(ModelScores.Of(model, kept), score => (double)score))]);
        return 0;
    }

    private static int Option(IReadOnlyList<string> options, string name, int otherwise)
    {
        var at = options.ToList().IndexOf(name);
        return at >= 0 && at + 1 < options.Count && int.TryParse(options[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
    }
}
