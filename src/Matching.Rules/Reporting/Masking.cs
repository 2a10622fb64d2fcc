namespace Matching.Rules.Reporting;

/// <summary>
/// The minimised form of a table for readers outside the facilitator. Hours by lot stay: they are what the company owes. What describes
/// few people goes: their number, their contracts and their hours, and whatever would let a reader find them by subtraction.
/// </summary>
public static class Masking
{
    /// <summary>The same table with numbers of people from 1 to <paramref name="below"/> − 1 masked, and enough others to protect them.</summary>
    public static MonthlyTable ForOutside(MonthlyTable table, int below)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (people, contracts) = (table.Whole.People.Shown!.Value, table.Whole.Contracts.Shown!.Value);
        if (people > 0 && people < below)
        {
            // So few people in all that any line of detail would describe one of them.
            return table with
            {
                Lots = [.. table.Lots.Select(line => line with { People = Veiled(line.People, below), Contracts = Hidden(line.Contracts) })],
                Whole = table.Whole with { People = Figure.Small, Contracts = Figure.Hidden },
                Breakdowns = [.. table.Breakdowns.Select(Withheld)],
                MaskedBelow = below,
            };
        }

        var lots = MaskingChoice.Of([.. table.Lots.Select(line => new Cell(line.People.Shown!.Value, line.Contracts.Shown!.Value))], people, contracts, below);
        return table with
        {
            Lots = [.. table.Lots.Select((line, i) => lots is null
                ? line with { People = Hidden(line.People), Contracts = Hidden(line.Contracts) }
                : lots[i] ? line with { People = Veiled(line.People, below), Contracts = Hidden(line.Contracts) } : line)],
            Breakdowns = [.. table.Breakdowns.Select(breakdown => Masked(breakdown, people, contracts, below))],
            MaskedBelow = below,
        };
    }

    private static Breakdown Masked(Breakdown breakdown, int people, int contracts, int below)
    {
        var cells = breakdown.Lines.Select(line => new Cell(line.People.Shown!.Value, line.Contracts.Shown!.Value)).ToList();
        var masked = MaskingChoice.Of(cells, people, contracts, below);
        if (masked is null)
        {
            return Withheld(breakdown);
        }

        // The order by hours would rank the masked lines: outside, lines come by their code.
        var lines = breakdown.Lines.Select((line, i) => !masked[i] ? line : line with
        {
            People = Veiled(line.People, below),
            Contracts = Figure.Hidden,
            MonthMinutes = Figure.Hidden,
            CumulativeMinutes = Figure.Hidden,
        });
        return breakdown with { Lines = [.. lines.OrderBy(line => line.Code, StringComparer.Ordinal)] };
    }

    private static Breakdown Withheld(Breakdown breakdown) =>
        breakdown.Lines.Count == 0 ? breakdown : breakdown with { Lines = [], IsWithheld = true };

    private static Figure Veiled(Figure people, int below) =>
        people.Shown is 0 ? 0 : people.Shown < below ? Figure.Small : Figure.Hidden;

    private static Figure Hidden(Figure figure) => figure.Shown is 0 ? 0 : Figure.Hidden;
}

/// <summary>People and contracts of one line.</summary>
public readonly record struct Cell(int People, int Contracts);

/// <summary>Which lines of one table to mask so that no masked number of people can be worked out from the totals.</summary>
public static class MaskingChoice
{
    /// <summary>True where a line is masked; null when no choice protects the small lines.</summary>
    public static IReadOnlyList<bool>? Of(IReadOnlyList<Cell> cells, int people, int contracts, int below)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var masked = cells.Select(cell => cell.People > 0 && cell.People < below).ToArray();
        var next = cells.Select((cell, i) => (cell, i)).Where(it => it.cell.People >= below)
            .OrderBy(it => it.cell.People).ThenBy(it => it.i).Select(it => it.i).ToList();
        for (var added = 0; ; added++)
        {
            if (IsSafe(cells, masked, people, contracts, below))
            {
                return masked;
            }

            if (added == next.Count)
            {
                return null;
            }

            masked[next[added]] = true;
        }
    }

    /// <summary>
    /// Whether a reader who knows the threshold, the totals and every shown line still hesitates between two numbers of people and two
    /// of contracts on each masked line. Lines that share no person add up to the total; when they share some, they only reach it.
    /// </summary>
    public static bool IsSafe(IReadOnlyList<Cell> cells, IReadOnlyList<bool> masked, int people, int contracts, int below)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(masked);
        var hidden = cells.Where((_, i) => masked[i]).ToList();
        if (hidden.Count == 0)
        {
            return true;
        }

        var isPartition = cells.Sum(cell => cell.People) == people;
        var peopleLeft = people - cells.Where((_, i) => !masked[i]).Sum(cell => cell.People);
        var contractsLeft = contracts - cells.Where((_, i) => !masked[i]).Sum(cell => cell.Contracts);
        var least = hidden.Sum(cell => Least(cell, below));
        var most = hidden.Sum(cell => (long)Most(cell, people, below));
        return hidden.TrueForAll(cell =>
        {
            var otherLeast = least - Least(cell, below);
            var high = Math.Min(Most(cell, people, below), contractsLeft - otherLeast);
            high = isPartition ? Math.Min(high, peopleLeft - otherLeast) : high;
            var low = Math.Max(Least(cell, below), peopleLeft - (most - Most(cell, people, below)));
            return hidden.Count > 1 && high > low;
        });
    }

    private static int Least(Cell cell, int below) => cell.People < below ? 1 : below;

    private static int Most(Cell cell, int people, int below) => cell.People < below ? below - 1 : people;
}
