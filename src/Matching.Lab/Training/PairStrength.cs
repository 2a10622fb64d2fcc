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

    /// <summary>The best contrast of four corners (high-high − high-low − low-high + low-low), squared over its variance.</summary>
    public static double Of(PairShape pair, ushort[] cellOf, ReadOnlySpan<float> gradient, ReadOnlySpan<float> curvature, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(cellOf);
        ArgumentNullException.ThrowIfNull(options);
        var (g, h) = (new double[pair.Cells], new double[pair.Cells]);
        for (var row = 0; row < cellOf.Length; row++)
        {
            if (cellOf[row] != PairShape.NoCell)
            {
                g[cellOf[row]] += gradient[row];
                h[cellOf[row]] += curvature[row];
            }
        }

        var shrink = (options.Shrinkage * h.Sum() / 8) + 1e-9;
        var best = 0.0;
        Span<double> pull = stackalloc double[4];
        Span<double> mass = stackalloc double[4];
        for (var row = 1; row < pair.Rows; row++)
        {
            for (var column = 1; column < pair.Columns; column++)
            {
                pull.Clear();
                mass.Fill(shrink);
                for (var cell = 0; cell < g.Length; cell++)
                {
                    var corner = (cell / pair.Columns >= row ? 2 : 0) + (cell % pair.Columns >= column ? 1 : 0);
                    pull[corner] += g[cell];
                    mass[corner] += h[cell];
                }

                var contrast = (-pull[3] / mass[3]) + (pull[2] / mass[2]) + (pull[1] / mass[1]) - (pull[0] / mass[0]);
                best = Math.Max(best, contrast * contrast / ((1 / mass[0]) + (1 / mass[1]) + (1 / mass[2]) + (1 / mass[3])));
            }
        }

        return best;
    }
}
