using Matching.Lab.Evaluation;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>Where people who went along stand, and those who did not want to.</summary>
public static class WishOrder
{
    /// <summary>By list, the share of such twos that are in the right order, equal scores counting for half; null where there is none.</summary>
    public static double?[] OfLists(RankedLists lists, IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(scores);
        return [.. Enumerable.Range(0, lists.Count).Select(list => OfList(lists, scores, list))];
    }

    /// <summary>By list, of those of the first ten people whose wish is known, the share who went along; null where none is known.</summary>
    public static double?[] AmongFirst(RankedLists lists, IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(scores);
        return lists.Wanted is not { } wanted ? new double?[lists.Count]
            : [.. Enumerable.Range(0, lists.Count).Select(list => TopOfList.Of(lists, scores, list).Select(row => wanted[row]).OfType<bool>().Average(went => went ? 1.0 : (double?)0))];
    }

    private static double? OfList(RankedLists lists, IReadOnlyList<double> scores, int list)
    {
        var known = Enumerable.Range(lists.Start[list], lists.Length(list)).Where(row => lists.Wanted?[row] is not null).ToLookup(row => lists.Wanted![row]!.Value, row => scores[row]);
        var twos = from wanted in known[true] from refused in known[false] select wanted > refused ? 1 : wanted < refused ? 0 : 0.5;
        return known[true].Any() && known[false].Any() ? twos.Average() : null;
    }
}
