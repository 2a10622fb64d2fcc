namespace Matching.Rules.Reporting;

/// <summary>One line of a breakdown at a release.</summary>
public sealed record ShownCell(string Code, int People, int Contracts, int Minutes, bool IsMasked);

/// <summary>What one breakdown shows outside, from one release.</summary>
public sealed class ShownCells
{
    private readonly SortedDictionary<string, Dictionary<ContractId, ReleasedContract>> cells;
    private readonly HashSet<string> masked;

    /// <summary>The number of people of each line that is not masked.</summary>
    private readonly Dictionary<string, int> seen;

    private ShownCells(Release release, SortedDictionary<string, Dictionary<ContractId, ReleasedContract>> cells, IReadOnlyList<ShownCell> lines)
    {
        (Release, this.cells, Lines) = (release, cells, lines);
        masked = [.. lines.Where(line => line.IsMasked).Select(line => line.Code)];
        seen = lines.Where(line => !line.IsMasked).ToDictionary(line => line.Code, line => line.People);
    }

    public Release Release { get; }

    /// <summary>By code: an order by size would rank the masked lines.</summary>
    public IReadOnlyList<ShownCell> Lines { get; }

    /// <summary>
    /// For each release, what the breakdown shows once it is out: its own cells when they can be shown, else those of the last release
    /// that could; null before the first.
    /// </summary>
    /// <param name="cellOf">The cell of a contract.</param>
    /// <param name="mayMask">Whether small cells may be masked; otherwise a release that has one is passed over.</param>
    /// <param name="mustMask">Whether the contracts of a line, among all, must be masked for another reason than their small number; null for none.</param>
    public static IReadOnlyList<ShownCells?> History(
        IReadOnlyList<Release> releases, Func<ReleasedContract, string> cellOf, int below, bool mayMask = true,
        Func<IReadOnlyCollection<ReleasedContract>, IReadOnlyCollection<ReleasedContract>, bool>? mustMask = null)
    {
        ArgumentNullException.ThrowIfNull(releases);
        var shown = new List<ShownCells>();
        var history = new List<ShownCells?>();
        foreach (var release in releases)
        {
            if (Choose(Of(release, cellOf), shown, below, mayMask, mustMask) is { } next)
            {
                shown.Add(next);
            }

            history.Add(shown.LastOrDefault());
        }

        return history;
    }

    private static ShownCells Of(Release release, Func<ReleasedContract, string> cellOf)
    {
        var cells = new SortedDictionary<string, Dictionary<ContractId, ReleasedContract>>(
            release.Contracts.GroupBy(cellOf).ToDictionary(group => group.Key, group => group.ToDictionary(it => it.Id)), StringComparer.Ordinal);
        return new ShownCells(release, cells, [.. cells.Select(cell => new ShownCell(
            cell.Key, cell.Value.Values.Select(it => it.PersonId).Distinct().Count(), cell.Value.Count, cell.Value.Values.Sum(it => it.Minutes), IsMasked: false))]);
    }

    private ShownCells Masked(IReadOnlyList<bool> mask) => new(Release, cells, [.. Lines.Select((line, i) => line with { IsMasked = mask[i] })]);

    private static ShownCells? Choose(
        ShownCells full, List<ShownCells> shown, int below, bool mayMask, Func<IReadOnlyCollection<ReleasedContract>, IReadOnlyCollection<ReleasedContract>, bool>? mustMask)
    {
        var people = full.Release.Contracts.Select(it => it.PersonId).Distinct().Count();
        var moved = shown.ConvertAll(earlier => (Earlier: earlier, Movers: MoversOf(earlier, full)));
        var forced = full.Lines.Select(line => mustMask?.Invoke(full.cells[line.Code].Values, full.Release.Contracts) == true).ToList();
        var chosen = MaskingChoice.Of([.. full.Lines.Select(line => new Cell(line.People, line.Contracts))], forced, below, mask => full.Masked(mask) is var candidate
            && moved.TrueForAll(it => TellsNobodyApart(it.Earlier, candidate, it.Movers, below)) && KeepsEverySecret([.. shown, candidate], people, below));

        // Once something has been shown, lines that are all masked would tell less than what the reader already has.
        return chosen is null || (!mayMask && chosen.Contains(true)) || (shown.Count > 0 && chosen.All(it => it)) ? null : full.Masked(chosen);
    }

    /// <summary>For each line, the people of whom something that it adds up has changed: a contract that came, left, or has other minutes.</summary>
    private static Dictionary<string, HashSet<PersonId>> MoversOf(ShownCells earlier, ShownCells later)
    {
        var movers = new Dictionary<string, HashSet<PersonId>>();
        foreach (var code in earlier.cells.Keys.Union(later.cells.Keys))
        {
            var (before, after) = (earlier.cells.GetValueOrDefault(code), later.cells.GetValueOrDefault(code));
            movers[code] = [.. Changed(before, after), .. Changed(after, before)];
        }

        return movers;

        static IEnumerable<PersonId> Changed(Dictionary<ContractId, ReleasedContract>? some, Dictionary<ContractId, ReleasedContract>? others) =>
            some is null ? [] : some.Values.Where(it => others?.GetValueOrDefault(it.Id) is not { } other || other.Minutes != it.Minutes || other.PersonId != it.PersonId)
                .Select(it => it.PersonId);
    }

    // The difference of two tables is, in each line shown by both and in all the others together, of nobody or of enough people.
    private static bool TellsNobodyApart(ShownCells earlier, ShownCells later, Dictionary<string, HashSet<PersonId>> moversByLine, int below)
    {
        var rest = new HashSet<PersonId>();
        foreach (var (code, movers) in moversByLine)
        {
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
    private static bool KeepsEverySecret(List<ShownCells> tables, int people, int below)
    {
        for (var at = 0; at < tables.Count; at++)
        {
            var table = tables[at];
            if (table.masked.Count == 0)
            {
                continue;
            }

            var all = at == tables.Count - 1 ? people : table.Release.Contracts.Select(it => it.PersonId).Distinct().Count();
            var bounds = table.Lines.Select(line => (
                Low: tables.Take(at).Select(other => other.seen.GetValueOrDefault(line.Code)).Append(MaskingChoice.Least(line.People, below)).Max(),
                High: tables.Skip(at + 1).Select(other => other.seen.GetValueOrDefault(line.Code, int.MaxValue)).Append(MaskingChoice.Most(line.People, all, below)).Min())).ToList();
            if (!MaskingChoice.IsSafe([.. table.Lines.Select(line => new Cell(line.People, line.Contracts))], [.. table.Lines.Select(line => line.IsMasked)],
                all, table.Release.Contracts.Count, bounds))
            {
                return false;
            }
        }

        return true;
    }
}
