namespace Matching.Lab.Training;

/// <summary>
/// Boosting on one bag. Each round takes fresh gradients, then moves the table of every feature, and of every pair, a part of the way towards its
/// own Newton step, projected on the tables that keep their direction; a table may thus go back on what it learned too soon.
/// </summary>
public sealed class Booster
{
    private readonly BagRows rows;
    private readonly CodeGroups[] groups;
    private readonly TrainingOptions options;
    private readonly LambdaGradients gradients;
    private readonly float[] gradient;
    private readonly float[] curvature;

    public Booster(BagRows rows, CodeGroups[] groups, TrainingOptions options)
    {
        (this.rows, this.groups, this.options) = (rows, groups, options);
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

    // Squared error on the label.
    private double TakePointwise()
    {
        var loss = 0.0;
        for (var row = 0; row < Scores.Length; row++)
        {
            gradient[row] = Scores[row] - rows.Label[row];
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

        var shrink = (options.Shrinkage * h.Sum() / it.Count) + 1e-9;
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

        var shrink = (options.Shrinkage * h.Sum() / it.Cells) + 1e-9;
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

    private void Apply(byte[] codes, ReadOnlySpan<float> change)
    {
        for (var row = 0; row < codes.Length; row++)
        {
            Scores[row] += change[codes[row]];
        }
    }

    private void Apply(ushort[] cellOf, double[] change)
    {
        for (var row = 0; row < cellOf.Length; row++)
        {
            var cell = cellOf[row];
            if (cell != PairShape.NoCell)
            {
                Scores[row] += (float)change[cell];
            }
        }
    }
}
