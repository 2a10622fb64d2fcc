using System.Diagnostics;
using System.Globalization;
using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;
using Matching.Lab.Training;
using Matching.Lab.Worlds;

namespace Matching.Lab.Comparison;

/// <summary>Draws a world, lets every order learn from the lists as they were logged, measures all of them on the same lists that everybody looked at.</summary>
public sealed class RunWorld
{
    private readonly WorldFamily family;
    private readonly TrainingOptions options;
    private readonly string scratch;
    private readonly World world;
    private readonly RankedLists learned;
    private readonly DrawnLists judged;

    // One employer in so many, which nobody learns from when the measure is on employers never seen.
    private const int LeftOutEvery = 5;

    private RunWorld(WorldFamily family, TrainingOptions options, RankerModel prior, string scratch, bool onNewEmployers)
    {
        (this.family, this.options, this.scratch) = (family, options, scratch);
        world = new World(family, options.Seed, prior);
        learned = world.Shown("apprise", options.Seed, family.Postings).Lists;
        judged = world.Judged("jugee", options.Seed + 1, onNewEmployers ? LeftOutEvery * SimulateWorlds.JudgedLists : SimulateWorlds.JudgedLists);
        if (onNewEmployers)
        {
            learned = learned.Only([.. Enumerable.Range(0, learned.Count).Where(list => learned.Employer[list] % LeftOutEvery != 0)]);
            judged = judged.Only([.. Enumerable.Range(0, judged.Lists.Count).Where(list => judged.Lists.Employer[list] % LeftOutEvery == 0)]);
        }
    }

    /// <param name="options">Their seed draws the world too.</param>
    /// <param name="scratch">A folder for the files of XGBoost.</param>
    /// <param name="onNewEmployers">Whether a fifth of the employers are left out of what is learned, and only their lists are judged.</param>
    /// <param name="ceilingLists">See <see cref="NoiseCeiling.UsualLists"/>; 0 for no ceiling.</param>
    /// <param name="keep">Told of each order that takes long its name, what it depends on beside the world, and how to measure it: may give what an earlier run measured.</param>
    public static WorldResult Of(
        WorldFamily family, TrainingOptions options, RankerModel prior, string scratch, bool onNewEmployers = false, int ceilingLists = NoiseCeiling.UsualLists, Func<string, string, Func<OrderResult>, OrderResult>? keep = null)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(options);
        var run = new RunWorld(family, options, prior, scratch, onNewEmployers);
        var orders = run.Learned(ceilingLists).Select(it => keep is null ? it.Measure() : keep(it.Name, it.DependsOn, it.Measure)).Concat(run.Plain()).ToList();
        return new WorldResult(family.Name, WorldWords.Of(family), options.Seed, options.Bags, run.learned.Count, run.learned.Rows, orders);
    }

    /// <summary>Ours in one world, with each of these weights of what people wanted; what is summed is learned once.</summary>
    /// <param name="nameOf">The name of the order, from the weight.</param>
    public static WorldResult Weighed(WorldFamily family, TrainingOptions options, RankerModel prior, IReadOnlyList<double> weights, Func<double, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(nameOf);
        var run = new RunWorld(family, options, prior, "", onNewEmployers: false);
        var heads = Heads.LearnApart(run.learned, options);
        OrderResult At(double weight) => run.Measured(nameOf(weight), run.PointsOf(LambdaTrainer.Written(heads(weight), run.learned, TitleOf(family.Name), options)));
        return new WorldResult(family.Name, WorldWords.Of(family), options.Seed, options.Bags, run.learned.Count, run.learned.Rows, [.. weights.Select(At)]);
    }

    private IEnumerable<(string Name, string DependsOn, Func<OrderResult> Measure)> Learned(int ceilingLists)
    {
        yield return (WorldResult.Ours, $"{options}", () => Trained(WorldResult.Ours, new LambdaTrainer()));
        yield return (WorldResult.OneHead, $"{options}", () => Trained(WorldResult.OneHead, new LambdaTrainer(), oneHead: true));
        yield return (WorldResult.Pointwise, $"{options}", () => Trained(WorldResult.Pointwise, new PointwiseTrainer()));
        if (!XgboostFiles.IsInstalled)
        {
            yield break;
        }

        yield return (WorldResult.Free, $"{options.Seed}", () => Peer(WorldResult.Free, new XgboostPeer(false, scratch, options.Seed)));
        yield return (WorldResult.Monotone, $"{options.Seed}", () => Peer(WorldResult.Monotone, new XgboostPeer(true, scratch, options.Seed)));
        if (ceilingLists > 0)
        {
            yield return (WorldResult.CeilingFromFewer, $"{options.Seed} {ceilingLists}", () => Ceiling(WorldResult.CeilingFromFewer, Math.Max(1, ceilingLists / 4)));
            yield return (WorldResult.Ceiling, $"{options.Seed} {ceilingLists}", () => Ceiling(WorldResult.Ceiling, ceilingLists));
        }
    }

    private IEnumerable<OrderResult> Plain()
    {
        var lists = judged.Lists;
        (string Name, double[]? Scores)[] all =
        [
            (Baselines.HandWeighted, Baselines.ByHand(lists)),
            (Baselines.WordsAlone, Baselines.Words(lists)),
            (Baselines.OccupationThenDistance, Baselines.SameOccupationThenDistance(lists)),
            (Baselines.Shown, Baselines.AsShown(lists)),
            (WorldResult.Chance, Baselines.Chance(lists)),
            (WorldResult.Oracle, judged.ExpectedGain),
        ];
        return all.Where(it => it.Scores is not null).Select(it => Measured(it.Name, it.Scores!));
    }

    private OrderResult Trained(string name, IRankerTrainer trainer, bool oneHead = false)
    {
        var watch = Stopwatch.StartNew();
        var model = trainer.Train(learned, TitleOf(name), oneHead ? options with { WishWeight = 0 } : options);
        var scores = PointsOf(model);
        return Measured(name, scores, watch.Elapsed.TotalSeconds, HeadsOf(model));
    }

    private static ModelTitle TitleOf(string name) => new(name, name, "sans date", null);

    // The integers that would be published, not the numbers they come from.
    private double[] PointsOf(RankerModel model) => Array.ConvertAll(ModelScores.Of(model, judged.Lists), score => (double)score);

    private static string? HeadsOf(RankerModel model) => model.Training?.Heads is { } heads
        ? string.Join("; ", heads.Select(head => $"{head.Name} {head.Lists} lists, {head.Rows} rows{(head.Borrowed is { } part ? string.Create(CultureInfo.InvariantCulture, $", {part} borrowed") : "")}"))
        : null;

    private OrderResult Peer(string name, XgboostPeer peer)
    {
        var watch = Stopwatch.StartNew();
        var scores = peer.LearnAndScore(learned, judged.Lists);
        return Measured(name, scores, watch.Elapsed.TotalSeconds, peer.Chosen);
    }

    // From other lists of the same world than those that are shown or judged, the first ones whatever their number.
    private OrderResult Ceiling(string name, int lists)
    {
        var drawn = world.Judged("plafond", options.Seed + 2, lists);
        return Measured(name, new NoiseCeiling(scratch, options.Seed).LearnAndScore(drawn.Lists, drawn.ExpectedGain, judged.Lists), chosen: $"{lists} lists, {drawn.Lists.Rows} rows");
    }

    private OrderResult Measured(string name, double[] scores, double? seconds = null, string? chosen = null) =>
        new(name, Ndcg.OfLists(judged.Lists, scores, 10), seconds, Congestion.Of(judged.Lists, scores, judged.People), chosen, Accepted(scores));

    private double?[] Accepted(double[] scores) =>
        [.. Enumerable.Range(0, judged.Lists.Count).Select(list => (double?)TopOfList.Of(judged.Lists, scores, list).Average(row => judged.Accepts[row]))];
}
