using Matching.Features;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>
/// What employers kept and what people wanted, learned apart by the same means, then summed: ranking by the chances of a hire alone is known to be
/// worse for people. Where the lists do not tell what people wanted, the first stands alone.
/// <para>
/// What too few answers cannot say is taken from the first head, as if it were worth so many postings with answers: with no answer the two are
/// one, and each answer moves the sum a little. Drawn to the points of experts instead, the very first answer would hand its share of the model to
/// them, however much the choices of employers had taught. The second head learns no pair: answers are few, and the ten pairs of a model are the
/// first one's.
/// </para>
/// </summary>
/// <param name="Mean">The sum, before it is rounded.</param>
/// <param name="Bags">The same sum of each bag, whose spread is the error bar.</param>
/// <param name="OutOfBag">The same sum of the bags that have not seen the list.</param>
/// <param name="KeptOutOfBag">The first head alone.</param>
/// <param name="Published">What the model file says of both; null when there is one.</param>
public sealed record Heads(
    FloatModel Mean, IReadOnlyList<FloatModel> Bags, OutOfBag OutOfBag, OutOfBag KeptOutOfBag, double MeanRounds, double PriorWeight, IReadOnlyList<ModelHead>? Published = null)
{
    public static Heads Learn(RankedLists lists, TrainingOptions options, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return LearnApart(lists, options, progress)(options.WishWeight);
    }

    /// <summary>Learns each once; answers their sum for any weight of what people wanted, 0 being the first alone.</summary>
    public static Func<double, Heads> LearnApart(RankedLists lists, TrainingOptions options, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        var wishes = options.WishWeight > 0 ? WishRows.Of(lists) : null;
        var parts = wishes is null ? 1 : 2;
        var (learned, outOfBag) = Blend.Learn(lists, Propensity.Weights(lists, options), options, (done, of) => progress?.Invoke(done, parts * of));
        var (mean, priorWeight) = PriorShrinkage.Of(learned.Mean, lists, options);
        var kept = new Heads(mean, learned.Bags, outOfBag, outOfBag, learned.MeanRounds, priorWeight);
        if (wishes is null)
        {
            return _ => kept;
        }

        var weights = wishes.Pick(Propensity.Weights(lists, options, row => lists.Wanted![row] is not null));
        var wanted = LambdaTrainer.Learn(
            wishes.Lists, weights, wishes.Lists.Count > options.FewLists ? options with { Pairs = 0 } : options.Plain(), (done, of) => progress?.Invoke(of + done, 2 * of));
        return PriorShrinkage.SpreadInLists(wanted.Mean.Score(lists), lists) > 0 ? weight => weight > 0 ? kept.And(wanted, wishes.Lists, weight, lists, options) : kept : _ => kept;
    }

    /// <summary>
    /// How much of the tables of each head is in the sum, once what was borrowed is in the second and both have the spread of the first in the lists.
    /// </summary>
    /// <param name="kept">By row, the scores of the first head.</param>
    /// <param name="wanted">By row, the scores of the second, by itself.</param>
    /// <param name="borrowed">What the second takes from the first, from 0 to 1.</param>
    /// <param name="weight">Of the second in the sum, see <see cref="TrainingOptions.WishWeight"/>.</param>
    public static (double OfKept, double OfWanted) Parts(double[] kept, double[] wanted, RankedLists lists, double borrowed, double weight)
    {
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(wanted);
        var (spread, own) = (PriorShrinkage.SpreadInLists(kept, lists), PriorShrinkage.SpreadInLists(wanted, lists));
        var unit = spread > 0 ? spread / own : 1;
        var mixed = wanted.Select((score, row) => ((1 - borrowed) * unit * score) + (borrowed * kept[row])).ToArray();
        var level = spread > 0 && PriorShrinkage.SpreadInLists(mixed, lists) is > 0 and var left ? spread / left : 1;
        return (1 - weight + (weight * level * borrowed), weight * level * (1 - borrowed) * unit);
    }

    /// <summary>
    /// Of two people of a list of whom one went along and the other did not want to, how often the first is before the second: by both heads, and by
    /// the first alone. Nothing when there is one head.
    /// </summary>
    public IReadOnlyList<ModelMeasure> WishMeasures(RankedLists lists, int seed) => Published is null ? [] :
    [
        WishMeasure("voulu_hors_sac", OutOfBag, lists, seed),
        WishMeasure("voulu_hors_sac_sans_la_seconde_tete", KeptOutOfBag with { IsScored = OutOfBag.IsScored }, lists, seed),
    ];

    private static ModelMeasure WishMeasure(string name, OutOfBag scored, RankedLists lists, int seed) => scored.Measure(
        name, WishOrder.OfLists(lists, scored.Scores), count => $"les listes apprises où l’une est partante et l’autre non : part des fois où la première est devant ({FrenchCount.Of(count, "liste")})", lists, seed);

    private Heads And(LearnedBags wanted, RankedLists wishes, double weight, RankedLists lists, TrainingOptions options)
    {
        var borrowed = PriorShrinkage.WeightBeside(wishes, options.BorrowedPostings);
        var (ofKept, ofWanted) = Parts(Mean.Score(lists), wanted.Mean.Score(lists), lists, borrowed, weight);
        var useful = Enumerable.Range(0, lists.Count).Where(lists.HasOrder).ToList();
        return this with
        {
            Mean = FloatModel.Sum(Mean, ofKept, wanted.Mean, ofWanted),
            Bags = [.. Bags.Zip(wanted.Bags, (one, other) => FloatModel.Sum(one, ofKept, other, ofWanted))],
            OutOfBag = OutOfBag.Sum(OutOfBag, ofKept, OutOfBag.Of(lists, wanted.Bags, Unseen(lists, wishes, wanted)), ofWanted),
            Published =
            [
                new ModelHead(ModelHead.Kept, Math.Round(1 - weight, 9), useful.Count, useful.Sum(lists.Length)),
                new ModelHead(ModelHead.Wanted, weight, wishes.Count, wishes.Rows, Math.Round(borrowed, 3)),
            ],
        };
    }

    // By bag, those of all lists whose employer taught it nothing of what people wanted.
    private static List<IReadOnlyList<int>> Unseen(RankedLists lists, RankedLists wishes, LearnedBags learned)
    {
        var drawn = Bag.DrawnBy(wishes);
        var all = ReferenceEquals(drawn, wishes.Employer) ? lists.Employer : lists.Posting;
        return [.. learned.Seen.Select(seen =>
        {
            var known = seen.Select(list => drawn[list]).ToHashSet();
            return (IReadOnlyList<int>)[.. Enumerable.Range(0, lists.Count).Where(list => !known.Contains(all[list]))];
        })];
    }
}
