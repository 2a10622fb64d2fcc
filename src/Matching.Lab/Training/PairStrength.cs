using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>How much two features explain together that each alone does not.</summary>
public static class PairStrength
{
    /// <summary>Every two features that have a scale.</summary>
    public static List<PairShape> Candidates(RankedLists lists, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        var coarse = lists.Features.Select((spec, feature) => CodeGroups.Of(spec, lists.Codes[feature], options.FewestRows, options.PairGroups)).ToArray();
        return [.. from first in Enumerable.Range(0, coarse.Length)
                   from second in Enumerable.Range(first + 1, coarse.Length - first - 1)
                   where coarse[first].OnScale > 1 && coarse[second].OnScale > 1
                   select new PairShape(first, second, coarse[first], coarse[second])];
    }

    /// <summary>
    /// The best contrast of four corners (high-high − high-low − low-high + low-low), squared over its variance. Asked for every two features, so
    /// that many features make it most of the learning: rows are read once, and every corner is three differences of sums over all that is above.
    /// </summary>
    /// <param name="first">By row, the group of the first feature; off its scale, as many as it has groups.</param>
    /// <param name="second">The same of the second.</param>
    public static double Of(
        PairShape pair, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<float> gradient, ReadOnlySpan<float> curvature, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(options);
        var (rows, columns, width) = (pair.Rows, pair.Columns, pair.Columns + 1);
        // The last row and the last column take what is off a scale, and are emptied: sums over all that is above begin there.
        var sums = new (double Pull, double Mass)[(rows + 1) * width];
        for (var row = 0; row < first.Length; row++)
        {
            ref var cell = ref sums[(first[row] * width) + second[row]];
            cell = (cell.Pull + gradient[row], cell.Mass + curvature[row]);
        }

        Array.Clear(sums, rows * width, width);
        for (var row = rows - 1; row >= 0; row--)
        {
            sums[(row * width) + columns] = default;
            for (var column = columns - 1; column >= 0; column--)
            {
                var (at, above) = ((row * width) + column, ((row + 1) * width) + column);
                sums[at] = (sums[at].Pull + sums[at + 1].Pull + sums[above].Pull - sums[above + 1].Pull, sums[at].Mass + sums[at + 1].Mass + sums[above].Mass - sums[above + 1].Mass);
            }
        }

        var (shrink, best) = ((options.Shrinkage * sums[0].Mass / 8) + 1e-9, 0.0);
        for (var row = 1; row < rows; row++)
        {
            for (var column = 1; column < columns; column++)
            {
                best = Math.Max(best, Contrast(sums[0], sums[row * width], sums[column], sums[(row * width) + column], shrink));
            }
        }

        return best;
    }

    // From what is in all, at or above a row, at or above a column, and at or above both.
    private static double Contrast((double Pull, double Mass) all, (double Pull, double Mass) high, (double Pull, double Mass) right, (double Pull, double Mass) both, double shrink)
    {
        var (highLeft, lowRight) = ((Pull: high.Pull - both.Pull, Mass: high.Mass - both.Mass + shrink), (Pull: right.Pull - both.Pull, Mass: right.Mass - both.Mass + shrink));
        var lowLeft = (Pull: all.Pull - high.Pull - right.Pull + both.Pull, Mass: all.Mass - high.Mass - right.Mass + both.Mass + shrink);
        var mass = both.Mass + shrink;
        var contrast = (-both.Pull / mass) + (highLeft.Pull / highLeft.Mass) + (lowRight.Pull / lowRight.Mass) - (lowLeft.Pull / lowLeft.Mass);
        return contrast * contrast / ((1 / lowLeft.Mass) + (1 / lowRight.Mass) + (1 / highLeft.Mass) + (1 / mass));
    }
}
