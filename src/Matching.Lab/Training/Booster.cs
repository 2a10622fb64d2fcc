namespace Matching.Lab.Training;

/// <summary>
/// Boosting on one bag. Each round takes fresh gradients, then moves the table of every feature, and of every pair, in turn, a part of the way
/// towards its own Newton step, projected on the tables that keep their direction; a table may thus go back on what it learned too soon. What one
/// moves is taken off the gradients before the next: features that say the same thing do not add up to a leap. A long scale is looked at through
/// a few cuts, drawn again each round, so that neighbours learn from each other.
/// </summary>
public sealed class Booster
{
    private readonly BagRows rows;
    private readonly CodeGroups[] groups;
    private readonly TrainingOptions options;
    private readonly LambdaGradients gradients;
    private readonly float[] gradient;
    private readonly float[] curvature;
    private readonly Random random;
    private readonly float usualLabel;

    public Booster(BagRows rows, CodeGroups[] groups, TrainingOptions options, Random random)
    {
        (this.rows, this.groups, this.options, this.random) = (rows, groups, options, random);
        usualLabel = rows.Rows == 0 ? 0 : (float)rows.Label.Average(label => label);
        gradients = new LambdaGradients(options.Truncation, options.Cutoff);
        (gradient, curvature, Scores) = (new float[rows.Rows], new float[rows.Rows], new float[rows.Rows]);
        Main = [.. groups.Select(it => new double[it.Count])];
    }

    /// <summary>By feature, then by group.</summary>
    public double[][] Main { get; }

    /// <summary>By pair, then by cell.</summary>
    public double[][] Tables { get; private set; } = [];

    public float[] Scores { get; }

    public PairShape[] Pairs { get; private set; } = [];

    private ushort[][] cells = [];

    public ReadOnlySpan<float> Gradient => gradient;

    public ReadOnlySpan<float> Curvature => curvature;

    public void Use(PairShape[] pairs, ushort[][] cellOfRow)
    {
        (Pairs, cells) = (pairs, cellOfRow);
        Tables = [.. pairs.Select(pair => new double[pair.Cells])];
    }

    /// <summary>Fresh gradients at the present scores; answers the loss.</summary>
    public double TakeGradients()
    {
        Array.Clear(gradient);
        Array.Clear(curvature);
        if (options.IsPointwise)
        {
            return TakePointwise();
        }

        var loss = 0.0;
        for (var list = 0; list < rows.Lists; list++)
        {
            var (from, length) = (rows.Start[list], rows.Start[list + 1] - rows.Start[list]);
            if (length > 1)
            {
                loss += gradients.Add(Scores.AsSpan(from, length), rows.Label.AsSpan(from, length), rows.Weight.AsSpan(from, length), 1, gradient.AsSpan(from, length), curvature.AsSpan(from, length));
            }
        }

        return loss;
    }

    // Squared error on the label, less its mean: no table has to learn it.
    private double TakePointwise()
    {
        var loss = 0.0;
        for (var row = 0; row < Scores.Length; row++)
        {
            gradient[row] = Scores[row] - (rows.Label[row] - usualLabel);
            curvature[row] = 1;
            loss += gradient[row] * gradient[row];
        }

        return loss;
    }

    public void Round()
    {
        TakeGradients();
        Span<float> change = stackalloc float[FeatureCodes];
        for (var feature = 0; feature < groups.Length; feature++)
        {
            var step = MainStep(feature);
            for (var group = 0; group < step.Length; group++)
            {
                Main[feature][group] += step[group];
                change[group] = (float)step[group];
            }

            Apply(rows.Codes[feature], change);
        }

        for (var pair = 0; pair < Pairs.Length; pair++)
        {
            var step = PairStep(pair);
            for (var cell = 0; cell < step.Length; cell++)
            {
                Tables[pair][cell] += step[cell];
            }

            Apply(cells[pair], step);
        }
    }

    private const int FeatureCodes = 256;

    private double[] MainStep(int feature)
    {
        var it = groups[feature];
        var (g, h) = (new double[it.Count], new double[it.Count]);
        var codes = rows.Codes[feature];
        for (var row = 0; row < codes.Length; row++)
        {
            g[codes[row]] += gradient[row];
            h[codes[row]] += curvature[row];
        }

        var curved = h.Sum();
        ShareSteps(g, h, it.OnScale, Blocks(it.OnScale, options.Cuts));
        var shrink = (options.Shrinkage * curved / it.Count) + 1e-9;
        var wanted = new double[it.Count];
        for (var group = 0; group < it.Count; group++)
        {
            h[group] += shrink;
            wanted[group] = Main[feature][group] - (g[group] / h[group]);
        }

        MonotoneFit.Project(wanted.AsSpan(0, it.OnScale), h.AsSpan(0, it.OnScale), it.Sign);
        for (var group = 0; group < it.Count; group++)
        {
            wanted[group] = options.LearningRate * (wanted[group] - Main[feature][group]);
        }

        return wanted;
    }

    private double[] PairStep(int pair)
    {
        var it = Pairs[pair];
        var (g, h) = (new double[it.Cells], new double[it.Cells]);
        var cellOf = cells[pair];
        for (var row = 0; row < cellOf.Length; row++)
        {
            var cell = cellOf[row];
            if (cell != PairShape.NoCell)
            {
                g[cell] += gradient[row];
                h[cell] += curvature[row];
            }
        }

        var (curved, blockOfRow, blockOfColumn) = (h.Sum(), Blocks(it.Rows, options.PairCuts), Blocks(it.Columns, options.PairCuts));
        ShareSteps(g, h, it.Cells, [.. Enumerable.Range(0, it.Cells).Select(cell => (blockOfRow[cell / it.Columns] * it.Columns) + blockOfColumn[cell % it.Columns])]);
        var shrink = (options.Shrinkage * curved / it.Cells) + 1e-9;
        var wanted = new double[it.Cells];
        for (var cell = 0; cell < it.Cells; cell++)
        {
            h[cell] += shrink;
            wanted[cell] = Tables[pair][cell] - (g[cell] / h[cell]);
        }

        MonotoneFit.Project(wanted, h, it.Rows, it.Columns, it.FirstGroups.Sign, it.SecondGroups.Sign);
        for (var cell = 0; cell < it.Cells; cell++)
        {
            wanted[cell] = options.PairLearningRate * (wanted[cell] - Tables[pair][cell]);
        }

        return wanted;
    }

    // For each place along a scale, the first of its block: a few cuts drawn at random, or every place its own where there are not more of them.
    private int[] Blocks(int count, int cuts)
    {
        var blocks = Enumerable.Range(0, count).ToArray();
        if (count <= cuts + 1)
        {
            return blocks;
        }

        var isCut = new bool[count];
        for (var cut = 0; cut < cuts; cut++)
        {
            isCut[1 + random.Next(count - 1)] = true;
        }

        for (var at = 1; at < count; at++)
        {
            blocks[at] = isCut[at] ? at : blocks[at - 1];
        }

        return blocks;
    }

    private static void ShareSteps(double[] g, double[] h, int count, int[] blockOf)
    {
        for (var at = 0; at < count; at++)
        {
            if (blockOf[at] != at)
            {
                g[blockOf[at]] += g[at];
                h[blockOf[at]] += h[at];
            }
        }

        for (var at = 0; at < count; at++)
        {
            (g[at], h[at]) = (g[blockOf[at]], h[blockOf[at]]);
        }
    }

    private void Apply(byte[] codes, ReadOnlySpan<float> change)
    {
        for (var row = 0; row < codes.Length; row++)
        {
            var moved = change[codes[row]];
            Scores[row] += moved;
            gradient[row] += curvature[row] * moved;
        }
    }

    private void Apply(ushort[] cellOf, double[] change)
    {
        for (var row = 0; row < cellOf.Length; row++)
        {
            var cell = cellOf[row];
            if (cell != PairShape.NoCell)
            {
                var moved = (float)change[cell];
                Scores[row] += moved;
                gradient[row] += curvature[row] * moved;
            }
        }
    }
}
