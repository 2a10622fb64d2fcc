using Matching.Lab.Lists;

namespace Matching.Lab.Evaluation;

/// <summary>How well lists are ordered; each figure is a mean over the lists where it can be taken.</summary>
/// <param name="Recall5">Of the people kept (label 1 or more), the share among the first five.</param>
/// <param name="HiredRank">Mean of 1 / rank of the first person hired (label 3 or more).</param>
/// <param name="Precision5">Share of people kept among the first five.</param>
/// <param name="Wanted10">Of those of the first ten people whose wish is known, the share who went along.</param>
/// <param name="WishOrder">Of two people of whom one went along and the other did not want to, how often the first is before the second.</param>
/// <param name="ListsWithoutChoice">Lists without a positive label: they have no order to find and count in no figure.</param>
public sealed record ListMetrics(
    Interval Ndcg10, double Recall5, double Recall20, double HiredRank, double Precision5, int Lists, int Measured, int ListsWithoutChoice, int Rows, ListMean Wanted10, ListMean WishOrder)
{
    public const string NothingToMeasure = "Rien à mesurer : aucune liste ne contient de personne retenue (étiquette 1 ou plus).";

    private const int Hired = 3;

    /// <exception cref="InvalidDataException">No list holds a positive label.</exception>
    public static ListMetrics Of(RankedLists lists, IReadOnlyList<double> scores, int seed)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(scores);
        var values = Ndcg.OfLists(lists, scores, 10);
        var measured = Enumerable.Range(0, lists.Count).Where(list => values[list] is not null).ToList();
        if (measured.Count == 0)
        {
            throw new InvalidDataException(NothingToMeasure);
        }

        var orders = measured.ConvertAll(list => Order(lists, scores, list));
        var hired = orders.Where(labels => labels.Any(label => label >= Hired)).ToList();
        return new ListMetrics(
            ListMean.Of(lists, values, seed).Interval,
            orders.Average(labels => Recall(labels, 5)),
            orders.Average(labels => Recall(labels, 20)),
            hired.Count == 0 ? 0 : hired.Average(labels => 1.0 / (Array.FindIndex(labels, label => label >= Hired) + 1)),
            orders.Average(labels => labels.Take(5).Count(label => label > 0) / 5.0),
            lists.Count,
            measured.Count,
            lists.Count - measured.Count,
            lists.Rows,
            ListMean.Of(lists, Training.WishOrder.AmongFirst(lists, scores), seed),
            ListMean.Of(lists, Training.WishOrder.OfLists(lists, scores), seed));
    }

    private static double Recall(byte[] labels, int cut) => labels.Take(cut).Count(label => label > 0) / (double)labels.Count(label => label > 0);

    // Labels, best score first. Equal scores are taken in an order that has nothing to do with how they were shown.
    private static byte[] Order(RankedLists lists, IReadOnlyList<double> scores, int list) =>
        [.. Enumerable.Range(lists.Start[list], lists.Length(list)).OrderByDescending(row => scores[row]).ThenBy(row => (uint)row * 2654435761u).Select(row => lists.Label[row])];
}
