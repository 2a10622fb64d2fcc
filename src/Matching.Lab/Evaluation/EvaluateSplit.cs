using System.Globalization;
using Matching.Features;
using Matching.Lab.Lists;
using Matching.Lab.Training;

namespace Matching.Lab.Evaluation;

/// <summary>One part left out.</summary>
/// <param name="Ndcg10">Null where no list of the part has somebody kept.</param>
public sealed record FoldMeasure(string Name, int ListsLearned, int ListsMeasured, Interval? Ndcg10);

/// <summary>An order beside ours, on the same lists.</summary>
/// <param name="Ahead">How far ours is ahead, relative to it.</param>
/// <param name="Wanted10">See <see cref="ListMetrics.Wanted10"/>.</param>
public sealed record SplitPeer(string Name, Interval Ndcg10, Interval Ahead, ListMean Wanted10);

/// <summary>What learning from one side of a cut is worth on the other: each list is ranked by a model that has seen nothing of what it is left out for.</summary>
public sealed record SplitMeasure(string Split, Interval Ndcg10, ListMean Wanted10, IReadOnlyList<FoldMeasure> Folds, IReadOnlyList<SplitPeer> Peers, int ListsMeasured, int ListsLeftAside)
{
    /// <exception cref="InvalidDataException">The lists cannot be cut that way, one side teaches nothing, or the other has nobody kept.</exception>
    public static SplitMeasure Of(RankedLists lists, string split, TrainingOptions options, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        var folds = ListSplits.Of(lists, split);
        var scores = new double[lists.Rows];
        for (var at = 0; at < folds.Count; at++)
        {
            var measured = lists.Only(folds[at].Measured);
            var model = new LambdaTrainer().Train(lists.Only(folds[at].Learned), new ModelTitle(split, split, "sans date", null), options);
            var given = ModelScores.Of(model, measured);
            for (var list = 0; list < measured.Count; list++)
            {
                for (var row = 0; row < measured.Length(list); row++)
                {
                    scores[lists.Start[folds[at].Measured[list]] + row] = given[measured.Start[list] + row];
                }
            }

            progress?.Invoke(at + 1, folds.Count);
        }

        return Measured(lists, split, folds, scores, options.Seed);
    }

    private static SplitMeasure Measured(RankedLists lists, string split, IReadOnlyList<Fold> folds, double[] scores, int seed)
    {
        var all = folds.SelectMany(fold => fold.Measured).ToHashSet();
        double?[] Values(double[] order) => [.. Ndcg.OfLists(lists, order, 10).Select((value, list) => all.Contains(list) ? value : null)];
        var ours = Values(scores);
        if (ours.All(value => value is null))
        {
            throw new InvalidDataException("Rien à mesurer : aucune des listes gardées pour mesurer ne contient de personne retenue (étiquette 1 ou plus).");
        }

        Interval Mean(double?[] values, IEnumerable<int> numbers) => ListMean.Of(lists, values, seed, numbers).Interval;
        ListMean Wanted(double[] order) => ListMean.Of(lists, WishOrder.AmongFirst(lists, order), seed, all.Order());

        SplitPeer Peer(string name, double[] order)
        {
            var values = Values(order);
            return new SplitPeer(name, Mean(values, all.Order()), Sampled.Of([ours, values], means => means[1] > 0 ? (means[0] / means[1]) - 1 : 0, seed, lists.Posting).Interval, Wanted(order));
        }

        return new SplitMeasure(
            split,
            Mean(ours, all.Order()),
            Wanted(scores),
            [.. folds.Select(fold => new FoldMeasure(fold.Name, fold.Learned.Count, fold.Measured.Count, fold.Measured.Any(list => ours[list] is not null) ? Mean(ours, fold.Measured) : null))],
            [Peer(Baselines.HandWeighted, Baselines.ByHand(lists)), Peer(Baselines.Shown, Baselines.AsShown(lists)), Peer(Baselines.ByChance, Baselines.Chance(lists))],
            all.Count,
            lists.Count - all.Count);
    }

    /// <summary>As people read it, in French.</summary>
    public string Words()
    {
        var french = CultureInfo.GetCultureInfo("fr-FR");
        string Spread(Interval? it, string format) => it is null ? "personne de retenu" : $"{it.Value.ToString(format, french)} ({it.Low.ToString(format, french)} à {it.High.ToString(format, french)})";
        var folds = Folds.Select(it => $"  {it.Name} : {Spread(it.Ndcg10, "0.0000")}, {FrenchCount.Of(it.ListsLearned, "liste apprise")}, {FrenchCount.Of(it.ListsMeasured, "mesurée")}");
        string Wanted(ListMean it) => it.Lists == 0 ? "" : $" ; partantes {Spread(it.Interval, "0.0 %")}";
        var peers = Peers.Select(it => $"  {Baselines.Labels[it.Name]} : {Spread(it.Ndcg10, "0.0000")} ; écart {Spread(it.Ahead, "+0.0 %;−0.0 %;0.0 %")}{Wanted(it.Wanted10)}");
        var known = Wanted10.Lists == 0 ? "" : $"\nPartantes : parmi les 10 premières, de celles dont la réponse est connue, la part qui a donné suite ({FrenchCount.Of(Wanted10.Lists, "liste")}).";
        return $"""
            nDCG@10 sur ce qui n’a pas été appris : {Spread(Ndcg10, "0.0000")}, {FrenchCount.Of(ListsMeasured, "liste mesurée")}, {ListsLeftAside} non {(ListsLeftAside < 2 ? "mesurée" : "mesurées")}{Wanted(Wanted10)}
            {string.Join('\n', folds)}
            Sur les mêmes listes :
            {string.Join('\n', peers)}
            Étiquettes telles que recueillies : seules les personnes dont la fiche a été ouverte ont pu être retenues, ce qui avantage l’ordre déjà montré.{known}
            """;
    }
}
