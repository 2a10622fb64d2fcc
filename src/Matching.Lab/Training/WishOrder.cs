using Matching.Features;
using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>Whether people who went along stand before those who did not want to.</summary>
public static class WishOrder
{
    /// <summary>By list, the share of such twos that are in the right order, equal scores counting for half; null where there is none.</summary>
    public static double?[] OfLists(RankedLists lists, IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(scores);
        return [.. Enumerable.Range(0, lists.Count).Select(list => OfList(lists, scores, list))];
    }

    internal static ModelMeasure Measure(string name, OutOfBag scored, RankedLists lists, int seed)
    {
        var values = OfLists(lists, scored.Scores);
        var seen = Enumerable.Range(0, lists.Count).Where(list => scored.IsScored[list] && values[list] is not null).ToList();
        var it = Bootstrap.MeanOf([.. seen.Select(list => values[list]!.Value)], [.. seen.Select(list => lists.Posting[list])], seed);
        return new ModelMeasure(name, Math.Round(it.Value, 4), Math.Round(it.Low, 4), Math.Round(it.High, 4), $"les listes apprises où l’une est partante et l’autre non : part des fois où la première est devant ({seen.Count} listes)");
    }

    private static double? OfList(RankedLists lists, IReadOnlyList<double> scores, int list)
    {
        var known = Enumerable.Range(lists.Start[list], lists.Length(list)).Where(row => lists.Wanted?[row] is not null).ToLookup(row => lists.Wanted![row]!.Value, row => scores[row]);
        var twos = from wanted in known[true] from refused in known[false] select wanted > refused ? 1 : wanted < refused ? 0 : 0.5;
        return known[true].Any() && known[false].Any() ? twos.Average() : null;
    }
}
