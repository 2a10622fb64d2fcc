namespace Matching.Rules.Reporting;

/// <summary>People and contracts of one line.</summary>
public readonly record struct Cell(int People, int Contracts);

/// <summary>Which lines of one table to mask so that no masked number of people can be worked out from the totals.</summary>
public static class MaskingChoice
{
    /// <summary>True where a line is masked; null when no choice protects the small lines.</summary>
    public static IReadOnlyList<bool>? Of(IReadOnlyList<Cell> cells, int people, int contracts, int below) =>
        Of(cells, [], below, masked => IsSafe(cells, masked, people, contracts, below));

    /// <summary>The small lines, and of the others as few as <paramref name="isSafe"/> asks for, the smallest first: what it costs to the reader is least.</summary>
    /// <param name="forced">The lines masked whatever their number; empty for none.</param>
    public static IReadOnlyList<bool>? Of(IReadOnlyList<Cell> cells, IReadOnlyList<bool> forced, int below, Func<IReadOnlyList<bool>, bool> isSafe)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(forced);
        ArgumentNullException.ThrowIfNull(isSafe);
        var masked = cells.Select((cell, i) => (cell.People > 0 && cell.People < below) || (i < forced.Count && forced[i])).ToArray();
        var next = new Queue<int>(cells.Select((cell, i) => (cell, i)).Where(it => it.cell.People >= below && !masked[it.i]).OrderBy(it => it.cell.People).ThenBy(it => it.i).Select(it => it.i));
        while (!isSafe(masked))
        {
            if (!next.TryDequeue(out var added))
            {
                return null;
            }

            masked[added] = true;
        }

        return masked;
    }

    /// <summary>
    /// Whether a reader who knows the threshold, the totals and every shown line still hesitates between two numbers of people on each
    /// masked line. Lines that share no person add up to the total; when they share some, they only reach it.
    /// </summary>
    public static bool IsSafe(IReadOnlyList<Cell> cells, IReadOnlyList<bool> masked, int people, int contracts, int below) =>
        IsSafe(cells, masked, people, contracts, [.. cells.Select(cell => (Least(cell.People, below), Most(cell.People, people, below)))]);

    /// <inheritdoc cref="IsSafe(IReadOnlyList{Cell}, IReadOnlyList{bool}, int, int, int)"/>
    /// <param name="known">What the reader knows of each line before reading this table: both ends included.</param>
    public static bool IsSafe(IReadOnlyList<Cell> cells, IReadOnlyList<bool> masked, int people, int contracts, IReadOnlyList<(int Low, int High)> known)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(masked);
        var hidden = known.Where((_, i) => masked[i]).ToList();
        if (hidden.Count == 0)
        {
            return true;
        }

        var isPartition = cells.Sum(cell => cell.People) == people;
        var peopleLeft = people - cells.Where((_, i) => !masked[i]).Sum(cell => cell.People);
        var contractsLeft = contracts - cells.Where((_, i) => !masked[i]).Sum(cell => cell.Contracts);
        var least = hidden.Sum(it => it.Low);
        var most = hidden.Sum(it => (long)it.High);
        return hidden.TrueForAll(it =>
        {
            var otherLeast = least - it.Low;
            var high = Math.Min(it.High, contractsLeft - otherLeast);
            high = isPartition ? Math.Min(high, peopleLeft - otherLeast) : high;
            var low = Math.Max(it.Low, peopleLeft - (most - it.High));
            return hidden.Count > 1 && high > low;
        });
    }

    /// <summary>The fewest people a masked line can hold: the reader is told whether it is under the threshold.</summary>
    internal static int Least(int people, int below) => people < below ? 1 : below;

    internal static int Most(int people, int all, int below) => people < below ? below - 1 : all;
}
