namespace Matching.Lab.Training;

/// <summary>
/// The table of a pair in whole points, with one more row and column for what is off the scales. What it gives to one criterion whatever the other
/// is moved to that criterion, for every group, so that no row's score changes.
/// </summary>
public sealed class WholeTable
{
    private readonly PairShape pair;
    private readonly int width;
    private readonly int[] cells;

    public WholeTable(PairShape pair, double[] table, double scale)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(table);
        (this.pair, width) = (pair, pair.Columns + 1);
        cells = new int[(pair.Rows + 1) * width];
        for (var cell = 0; cell < table.Length; cell++)
        {
            cells[(cell / pair.Columns * width) + (cell % pair.Columns)] = (int)Math.Round(table[cell] * scale);
        }
    }

    public bool HasPoints => cells.Any(points => points != 0);

    /// <summary>By code, the missing value last.</summary>
    public IReadOnlyList<int> FirstGroups => [.. pair.FirstGroups.GroupOf.Select(group => Math.Min((int)group, pair.Rows))];

    /// <summary>By code, the missing value last.</summary>
    public IReadOnlyList<int> SecondGroups => [.. pair.SecondGroups.GroupOf.Select(group => Math.Min((int)group, pair.Columns))];

    public IEnumerable<IReadOnlyList<short>> Points => Enumerable.Range(0, pair.Rows + 1).Select(row => Enumerable.Range(0, width).Select(column => checked((short)cells[(row * width) + column])).ToList());

    /// <param name="first">Points of the first criterion by code, which take what is moved.</param>
    /// <param name="firstCodes">The rows that were learned from: means are taken over them.</param>
    public void Purify(int[] first, int[] second, byte[] firstCodes, byte[] secondCodes)
    {
        ArgumentNullException.ThrowIfNull(firstCodes);
        ArgumentNullException.ThrowIfNull(secondCodes);
        var (firstGroups, secondGroups) = (FirstGroups, SecondGroups);
        var counts = new double[cells.Length];
        for (var row = 0; row < firstCodes.Length; row++)
        {
            counts[(firstGroups[firstCodes[row]] * width) + secondGroups[secondCodes[row]]]++;
        }

        // Each sweep leaves less to move; whole points end it.
        const int Sweeps = 30;
        var moved = true;
        for (var sweep = 0; moved && sweep < Sweeps; sweep++)
        {
            moved = false;
            for (var row = 0; row <= pair.Rows; row++)
            {
                var line = Enumerable.Range(0, width).Select(column => (row * width) + column).ToArray();
                moved |= Move(line, counts, first, firstGroups, row);
            }

            for (var column = 0; column < width; column++)
            {
                var line = Enumerable.Range(0, pair.Rows + 1).Select(row => (row * width) + column).ToArray();
                moved |= Move(line, counts, second, secondGroups, column);
            }
        }
    }

    private bool Move(int[] line, double[] counts, int[] points, IReadOnlyList<int> groups, int group)
    {
        var total = line.Sum(cell => counts[cell]);
        var mean = total == 0 ? 0 : (int)Math.Round(line.Sum(cell => counts[cell] * cells[cell]) / total);
        foreach (var cell in line)
        {
            cells[cell] -= mean;
        }

        for (var code = 0; mean != 0 && code < points.Length; code++)
        {
            points[code] += groups[code] == group ? mean : 0;
        }

        return mean != 0;
    }
}
