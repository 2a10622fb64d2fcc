using System.Diagnostics;
using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;
using Matching.Lab.Training;
using Matching.Lab.Worlds;

namespace Matching.Lab.Comparison;

/// <summary>Draws a world, lets every order learn from the lists as they were logged, measures all of them on the same lists that everybody looked at.</summary>
public static class RunWorld
{
    public static WorldResult Of(WorldFamily family, int seed, TrainingOptions options, RankerModel prior, string scratch)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(options);
        var world = new World(family, seed, prior);
        var learned = world.Shown("apprise", seed, family.Postings).Lists;
        var judged = world.Judged("jugee", seed + 1, SimulateWorlds.JudgedLists);
        var orders = new List<OrderResult>();
        void Add(string name, double[]? scores, double? seconds = null, string? chosen = null)
        {
            if (scores is not null)
            {
                orders.Add(new OrderResult(name, Ndcg.OfLists(judged.Lists, scores, 10), seconds, Congestion.Of(judged.Lists, scores, judged.People), chosen));
            }
        }

        AddTrained(Add, WorldResult.Ours, new LambdaTrainer(), learned, judged.Lists, options);
        AddTrained(Add, "pointwise_additive", new PointwiseTrainer(), learned, judged.Lists, options);
        if (XgboostPeer.IsInstalled)
        {
            AddPeer(Add, WorldResult.Free, new XgboostPeer(false, scratch, options.Seed), learned, judged.Lists);
            AddPeer(Add, WorldResult.Monotone, new XgboostPeer(true, scratch, options.Seed), learned, judged.Lists);
        }

        Add("hand_weighted", Baselines.ByHand(judged.Lists));
        Add("bm25", Baselines.Words(judged.Lists));
        Add("same_rome_distance", Baselines.SameOccupationThenDistance(judged.Lists));
        Add("as_shown", Baselines.AsShown(judged.Lists));
        Add(WorldResult.Chance, Baselines.Chance(judged.Lists));
        Add(WorldResult.Oracle, judged.ExpectedGain);
        return new WorldResult(family.Name, WorldWords.Of(family), seed, options.Bags, learned.Count, learned.Rows, orders);
    }

    private static void AddTrained(Action<string, double[]?, double?, string?> add, string name, IRankerTrainer trainer, RankedLists learned, RankedLists judged, TrainingOptions options)
    {
        var watch = Stopwatch.StartNew();
        var model = trainer.Train(learned, new ModelTitle(name, name, "sans date", null), options);
        // The integers that would be published, not the numbers they come from.
        var scores = Array.ConvertAll(ModelScores.Of(model, judged), score => (double)score);
        add(name, scores, watch.Elapsed.TotalSeconds, null);
    }

    private static void AddPeer(Action<string, double[]?, double?, string?> add, string name, XgboostPeer peer, RankedLists learned, RankedLists judged)
    {
        var watch = Stopwatch.StartNew();
        var scores = peer.LearnAndScore(learned, judged);
        add(name, scores, watch.Elapsed.TotalSeconds, peer.Chosen);
    }
}
