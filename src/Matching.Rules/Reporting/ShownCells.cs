namespace Matching.Rules.Reporting;

/// <summary>One line of a breakdown at a release.</summary>
public sealed record ShownCell(string Code, int People, int Contracts, int Minutes, bool IsMasked);

/// <summary>What one breakdown shows outside, from one release.</summary>
public sealed class ShownCells
{
    private readonly Dictionary<string, List<ReleasedContract>> contracts;
    private readonly HashSet<string> masked;

    private ShownCells(Release release, Dictionary<string, List<ReleasedContract>> contracts, HashSet<string> masked)
    {
        (Release, this.contracts, this.masked) = (release, contracts, masked);
        People = PeopleOf(release.Contracts);
        Lines = [.. contracts.OrderBy(it => it.Key, StringComparer.Ordinal)
            .Select(it => new ShownCell(it.Key, PeopleOf(it.Value), it.Value.Count, it.Value.Sum(one => one.Minutes), masked.Contains(it.Key)))];
    }

    public Release Release { get; }

    /// <summary>By code: an order by size would rank the masked lines.</summary>
    public IReadOnlyList<ShownCell> Lines { get; }

    private int People { get; }

    /// <summary>
    /// For each release, what the breakdown shows once it is out: its own cells when they can be shown, else those of the last release
    /// that could; null before the first.
    /// </summary>
    /// <param name="cellOf">The cell of a contract.</param>
    /// <param name="mayMask">Whether small cells may be masked; otherwise a release that has one is passed over.</param>
    public static IReadOnlyList<ShownCells?> History(IReadOnlyList<Release> releases, Func<ReleasedContract, string> cellOf, int below, bool mayMask = true)
    {
        ArgumentNullException.ThrowIfNull(releases);
        var shown = new List<ShownCells>();
        var history = new List<ShownCells?>();
        foreach (var release in releases)
        {
            if (Choose(release, cellOf, shown, below, mayMask) is { } next)
            {
                shown.Add(next);
            }

            history.Add(shown.LastOrDefault());
        }

        return history;
    }

    private static ShownCells? Choose(Release release, Func<ReleasedContract, string> cellOf, List<ShownCells> shown, int below, bool mayMask)
    {
        var cells = release.Contracts.GroupBy(cellOf).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList());
        var counts = cells.Values.Select(contracts => new Cell(PeopleOf(contracts), contracts.Count)).ToList();
        ShownCells Masked(IReadOnlyList<bool> masked) => new(release, cells, [.. cells.Keys.Where((_, i) => masked[i])]);
        var chosen = MaskingChoice.Of(counts, below, masked => Masked(masked) is var candidate
            && shown.TrueForAll(earlier => TellsNobodyApart(earlier, candidate, below)) && KeepsEverySecret([.. shown, candidate], below));

        // Once something has been shown, lines that are all masked would tell less than what the reader already has.
        return chosen is null || (!mayMask && chosen.Contains(true)) || (shown.Count > 0 && chosen.All(it => it)) ? null : Masked(chosen);
    }

    /// <summary>Whether the difference of two tables is, in each line shown by both and in all the others together, of nobody or of enough people.</summary>
    internal static bool TellsNobodyApart(ShownCells earlier, ShownCells later, int below)
    {
        var rest = new HashSet<PersonId>();
        foreach (var code in earlier.contracts.Keys.Union(later.contracts.Keys))
        {
            var movers = Release.Movers(earlier.contracts.GetValueOrDefault(code, []), later.contracts.GetValueOrDefault(code, []));
            if (earlier.masked.Contains(code) || later.masked.Contains(code))
            {
                rest.UnionWith(movers);
            }
            else if (movers.Count > 0 && movers.Count < below)
            {
                return false;
            }
        }

        return rest.Count == 0 || rest.Count >= below;
    }

    // A line seen larger later, or smaller before, bounds the masked one: each must still have two readings in every table.
    private static bool KeepsEverySecret(List<ShownCells> tables, int below)
    {
        for (var at = 0; at < tables.Count; at++)
        {
            var table = tables[at];
            var (before, after) = (tables[..at], tables[(at + 1)..]);
            var bounds = table.Lines.Select(line => (
                Low: before.Select(other => other.Seen(line.Code)).Append(MaskingChoice.Least(line.People, below)).Max(seen => seen ?? 0),
                High: after.Select(other => other.Seen(line.Code)).Append(MaskingChoice.Most(line.People, table.People, below)).Min(seen => seen ?? int.MaxValue))).ToList();
            if (!MaskingChoice.IsSafe([.. table.Lines.Select(line => new Cell(line.People, line.Contracts))], [.. table.Lines.Select(line => line.IsMasked)],
                table.People, table.Release.Contracts.Count, bounds))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number of people that this table shows for a line; null when it is masked or absent.</summary>
    private int? Seen(string code) => Lines.FirstOrDefault(line => line.Code == code) is { IsMasked: false } line ? line.People : null;

    private static int PeopleOf(IEnumerable<ReleasedContract> contracts) => contracts.Select(it => it.PersonId).Distinct().Count();
}
