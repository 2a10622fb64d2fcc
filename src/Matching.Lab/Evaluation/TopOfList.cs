using Matching.Lab.Lists;

namespace Matching.Lab.Evaluation;

/// <summary>Who is seen first of a list.</summary>
public static class TopOfList
{
    public const int Rows = 10;

    /// <summary>The first rows of a list, best first; equal scores in an order that has nothing to do with how they were shown.</summary>
    public static IEnumerable<int> Of(RankedLists lists, IReadOnlyList<double> scores, int list)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(scores);
        return Enumerable.Range(lists.Start[list], lists.Length(list)).OrderByDescending(row => scores[row]).ThenBy(row => (uint)row * 2654435761u).Take(Rows);
    }
}
