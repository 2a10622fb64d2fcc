using Matching.Lab.Lists;

namespace Matching.Lab.Evaluation;

/// <summary>A mean over the lists that have a value, those of one posting drawn together.</summary>
/// <param name="Interval">Zeros when no list has a value.</param>
/// <param name="Lists">How many have one.</param>
public sealed record ListMean(Interval Interval, int Lists)
{
    /// <param name="byList">Null where there is nothing to measure.</param>
    /// <param name="among">Numbers of lists; without it, all.</param>
    public static ListMean Of(RankedLists lists, double?[] byList, int seed, IEnumerable<int>? among = null)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(byList);
        var measured = (among ?? Enumerable.Range(0, lists.Count)).Where(list => byList[list] is not null).ToList();
        return new ListMean(Bootstrap.MeanOf([.. measured.Select(list => byList[list]!.Value)], [.. measured.Select(list => lists.Posting[list])], seed), measured.Count);
    }
}
