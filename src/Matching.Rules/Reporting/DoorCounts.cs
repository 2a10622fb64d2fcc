namespace Matching.Rules.Reporting;

/// <summary>
/// For one posting, of what its first list was made of: of each group, how many people were looked at and how many were left after each rule. Counts only:
/// nobody can be found again in them, and an audit can be made again from them.
/// </summary>
/// <param name="Rules">Codes, in the order in which the doors are passed: who fails several is counted at the first.</param>
/// <param name="Left">By attribute, then by group: those looked at, then those left after each rule in turn.</param>
/// <param name="LaterAt">When it could not be counted from the facts of the list any more, the instant of those it was counted from; null otherwise.</param>
public sealed record DoorCounts(
    PostingId Posting, RankedListId List, IReadOnlyList<string> Rules, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int[]>> Left, DateTimeOffset? LaterAt = null)
{
    /// <summary>Of some groups together, or of everybody; zeros where there is none of them.</summary>
    public int[] Of(string attribute, IReadOnlyCollection<string>? groups)
    {
        var counts = Left.GetValueOrDefault(attribute)?.Where(it => groups is null || groups.Contains(it.Key)).Select(it => it.Value).ToList() ?? [];
        return [.. Enumerable.Range(0, Rules.Count + 1).Select(step => counts.Sum(it => it[step]))];
    }
}

/// <summary>What may be printed of the groups of one attribute.</summary>
/// <param name="Steps">After how many rules counts are printed, the same for all groups: rules that shut out a few people are joined with the next.</param>
/// <param name="Masked">Groups of which nothing is printed.</param>
public sealed record DoorMask(IReadOnlyList<int> Steps, IReadOnlyList<string> Masked);

/// <summary>What an audit prints of the doors.</summary>
/// <param name="All">All groups together; null when nothing is printed.</param>
/// <param name="Attributes">Those of which something is printed.</param>
public sealed record PublishedDoors(IReadOnlyList<DoorCounts> Doors, DoorMask? All, IReadOnlyDictionary<string, DoorMask> Attributes)
{
    public static PublishedDoors None { get; } = new([], null, new Dictionary<string, DoorMask>());
}
