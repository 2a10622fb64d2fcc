using System.Globalization;
using System.Text.Json;
using Matching.Lab.Evaluation;
using Matching.Lab.Training;
using Matching.Lab.Verbs;
using Matching.Lab.Worlds;
using Matching.Rules.Ranking;

namespace Matching.Lab.Comparison;

/// <summary>What a weight of what people wanted costs and brings.</summary>
/// <param name="Change">Of nDCG@10, against what employers kept alone.</param>
/// <param name="More">Of the first ten, the share more that would take the post.</param>
public sealed record WishWeight(double Weight, Interval Ndcg10, Interval Change, Interval Accepted10, Interval More)
{
    /// <summary>Whether a model that learned with it, in place of one without, would pass what the gate asks of nDCG.</summary>
    public bool IsWithinTheGate => Change.Low > ModelLife.LeastDifference;
}

/// <summary><c>lab weigh</c>: the curve of the weights on the tuning worlds, and the one to use: the largest that costs less than the gate lets a new model cost.</summary>
public static class WeighWish
{
    /// <summary>The first is what the others are compared to.</summary>
    public static IReadOnlyList<double> Weights { get; } = [0, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors) =>
        Verb.Run(typed, Help, ["--worlds", "--seed", "--bags", "--prior", "--table"], ["--json"], output, errors, options =>
        {
            var families = SimulateWorlds.Named(options.Text("--worlds", "tuning"));
            if (families.FirstOrDefault(family => family.IsUnseen) is { } unseen)
            {
                throw new InvalidDataException($"Le monde « {unseen.Name} » est gardé pour mesurer : rien ne se choisit sur lui. --worlds attend tuning ou des mondes de réglage.");
            }

            var defaults = new TrainingOptions();
            var training = defaults with { Seed = options.Number("--seed", defaults.Seed, 0, int.MaxValue - 1), Bags = options.Number("--bags", defaults.Bags, 1, 100) };
            var page = Verb.PageOf(options);
            var (prior, progress, results) = (SimulateWorlds.PriorOf(options), Progress.OnTerminal(errors, "Mondes pesés"), new List<WorldResult>());
            foreach (var family in families)
            {
                results.Add(RunWorld.Weighed(family, training, prior, Weights, NameOf));
                progress.Report(results.Count, families.Count);
            }

            var curve = Curve(results, training.Seed);
            if (page is not null)
            {
                var command = string.Join(' ', new[] { "--worlds", "--seed", "--bags" }.Where(options.Has).Select(name => $"{name} {options.Text(name)}").Prepend("lab weigh"));
                Verb.WriteWhole(page, WishPage.Write(results, curve, training.Seed, command));
            }

            output.WriteLine(options.Has("--json") ? Json(curve) : Text(curve));
        });

    /// <summary>By weight, over all the worlds together.</summary>
    /// <param name="results">Their orders are named by <see cref="NameOf"/>.</param>
    public static IReadOnlyList<WishWeight> Curve(IReadOnlyList<WorldResult> results, int seed)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. Weights.Select(weight => new WishWeight(
            weight,
            Summary.MeanOver(results, NameOf(weight), seed)!,
            Difference(results, weight, order => order.Ndcg10, seed),
            Summary.AcceptedOver(results, NameOf(weight), seed)!,
            Difference(results, weight, order => order.Accepted10!, seed)))];
    }

    /// <summary>The largest weight that is within the gate, as all the smaller ones are.</summary>
    public static double Chosen(IReadOnlyList<WishWeight> curve) => curve.TakeWhile(it => it.IsWithinTheGate).Last().Weight;

    public static string NameOf(double weight) => weight.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The mean over the worlds of what a weight changes; the same postings are drawn for both.</summary>
    internal static Interval Difference(IReadOnlyList<WorldResult> results, double weight, Func<OrderResult, double?[]> figure, int seed) => Sampled.MeanOf(
        [.. results.Select(it => Sampled.Of([figure(it.Order(NameOf(weight))!), figure(it.Order(NameOf(Weights[0]))!)], means => means[0] - means[1], seed))])!.Interval;

    private static string Text(IReadOnlyList<WishWeight> curve) =>
        string.Join('\n', curve.Select(it => $"{NameOf(it.Weight)} : nDCG@10 {WishPage.Change(it.Change)}, accord {ComparisonPage.InPoints(it.More)}"))
        + $"\nLe plus grand poids dans la limite : {NameOf(Chosen(curve))}.\n{Summary.Invented}";

    private static string Json(IReadOnlyList<WishWeight> curve)
    {
        return JsonSerializer.Serialize(
            new
            {
                note = Summary.Note,
                chosen = Chosen(curve),
                least_change = ModelLife.LeastDifference,
                weights = curve.Select(it => new { weight = it.Weight, ndcg10 = Summary.Rounded(it.Ndcg10), change = Summary.Rounded(it.Change), accepted10 = Summary.Rounded(it.Accepted10), accepted10_more = Summary.Rounded(it.More) }),
            },
            Readable);
    }

    private const string Help = """
        lab weigh : dit ce que coûte et apporte chaque poids de ce que les personnes ont voulu, et le plus grand qui reste dans la limite.

          --worlds CHOIX   tuning (par défaut) ou des mondes de réglage séparés par des virgules ; ceux gardés pour mesurer sont refusés
          --seed N         graine (1 par défaut)
          --bags N         comme pour lab train
          --prior FICHIER  modèle dont les points servent d’a priori (models/ranker-1.0.0-expert.json par défaut)
          --table FICHIER  écrit aussi la courbe en page Markdown, par exemple models/poids-des-souhaits.md
          --json           tout, en JSON
        """;
}
