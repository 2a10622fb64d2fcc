namespace Matching.Lab.Training;

/// <summary>The nearest tables that keep a direction, in weighted least squares.</summary>
public static class MonotoneFit
{
    /// <summary>Isotonic regression in place by pooling adjacent violators; <paramref name="sign"/> +1 rising, −1 falling, 0 as it is.</summary>
    public static void Project(Span<double> values, ReadOnlySpan<double> weights, int sign)
    {
        if (sign == 0 || values.Length < 2)
        {
            return;
        }

        Span<double> means = stackalloc double[values.Length];
        Span<double> totals = stackalloc double[values.Length];
        Span<int> ends = stackalloc int[values.Length];
        var blocks = 0;
        for (var at = 0; at < values.Length; at++)
        {
            (means[blocks], totals[blocks], ends[blocks]) = (values[at], weights[at], at + 1);
            blocks++;
            while (blocks > 1 && (means[blocks - 1] - means[blocks - 2]) * sign < 0)
            {
                var total = totals[blocks - 2] + totals[blocks - 1];
                means[blocks - 2] = ((means[blocks - 2] * totals[blocks - 2]) + (means[blocks - 1] * totals[blocks - 1])) / total;
                (totals[blocks - 2], ends[blocks - 2]) = (total, ends[blocks - 1]);
                blocks--;
            }
        }

        for (int block = 0, at = 0; block < blocks; block++)
        {
            for (; at < ends[block]; at++)
            {
                values[at] = means[block];
            }
        }
    }

    /// <summary>
    /// The same over a table, rising or falling along rows and along columns (Dykstra's alternating projections). What rounding leaves is mended
    /// by running maxima, so that the answer keeps both directions exactly.
    /// </summary>
    public static void Project(double[] table, double[] weights, int rows, int columns, int rowSign, int columnSign, int sweeps = 12)
    {
        var (alongRows, alongColumns) = (new double[table.Length], new double[table.Length]);
        Span<double> line = stackalloc double[Math.Max(rows, columns)];
        Span<double> mass = stackalloc double[Math.Max(rows, columns)];
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            for (var row = 0; row < rows; row++)
            {
                Sweep(table, weights, alongRows, row * columns, 1, line[..columns], mass[..columns], columnSign);
            }

            for (var column = 0; column < columns; column++)
            {
                Sweep(table, weights, alongColumns, column, columns, line[..rows], mass[..rows], rowSign);
            }
        }

        Mend(table, rows, columns, rowSign, columnSign);
    }

    private static void Sweep(double[] table, double[] weights, double[] correction, int from, int step, Span<double> line, Span<double> mass, int sign)
    {
        for (var at = 0; at < line.Length; at++)
        {
            var cell = from + (at * step);
            line[at] = table[cell] + correction[cell];
            mass[at] = weights[cell];
            correction[cell] = line[at];
        }

        Project(line, mass, sign);
        for (var at = 0; at < line.Length; at++)
        {
            var cell = from + (at * step);
            correction[cell] -= line[at];
            table[cell] = line[at];
        }
    }

    // The mean of the smallest table above and the largest below that keep both directions keeps them too.
    private static void Mend(double[] table, int rows, int columns, int rowSign, int columnSign)
    {
        var above = Running(table, rows, columns, rowSign, columnSign, upwards: true);
        var below = Running(table, rows, columns, rowSign, columnSign, upwards: false);
        for (var cell = 0; cell < table.Length; cell++)
        {
            table[cell] = (above[cell] + below[cell]) / 2;
        }
    }

    private static double[] Running(double[] table, int rows, int columns, int rowSign, int columnSign, bool upwards)
    {
        var result = (double[])table.Clone();
        // Upwards, a cell is at least those before it; otherwise it is at most those after it.
        var (rowStep, columnStep) = upwards ? (rowSign, columnSign) : (-rowSign, -columnSign);
        foreach (var row in Walk(rows, rowStep))
        {
            foreach (var column in Walk(columns, columnStep))
            {
                var cell = (row * columns) + column;
                if (rowStep != 0 && row - rowStep >= 0 && row - rowStep < rows)
                {
                    var before = result[((row - rowStep) * columns) + column];
                    result[cell] = upwards ? Math.Max(result[cell], before) : Math.Min(result[cell], before);
                }

                if (columnStep != 0 && column - columnStep >= 0 && column - columnStep < columns)
                {
                    var before = result[cell - columnStep];
                    result[cell] = upwards ? Math.Max(result[cell], before) : Math.Min(result[cell], before);
                }
            }
        }

        return result;
    }

    private static IEnumerable<int> Walk(int count, int step) => step < 0 ? Enumerable.Range(0, count).Reverse() : Enumerable.Range(0, count);
}
