using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>
/// LambdaRank: for each two rows of a list with different labels, the logistic loss of their difference of scores, weighed by how much swapping
/// them would change nDCG. The weights are taken as they stand; the gradient is exact for the loss with these weights.
/// </summary>
public sealed class LambdaGradients
{
    private readonly double[] discounts;
    private readonly int truncation;
    private readonly int cutoff;
    private float[] keys = [];
    private int[] order = [];

    /// <param name="truncation">Pairs count when at least one row stands above this rank.</param>
    /// <param name="cutoff">The k of nDCG@k, for the ideal that weights are divided by.</param>
    public LambdaGradients(int truncation, int cutoff)
    {
        (this.truncation, this.cutoff) = (truncation, cutoff);
        discounts = [.. Enumerable.Range(0, 4096).Select(rank => 1 / Math.Log2(rank + 2))];
    }

    /// <summary>Adds the gradient and the curvature of one list; answers its loss.</summary>
    /// <param name="weights">By row: what a pair counts is the product of both.</param>
    public double Add(ReadOnlySpan<float> scores, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights, float listWeight, Span<float> gradient, Span<float> curvature)
    {
        var ideal = Ideal(labels);
        if (ideal <= 0)
        {
            return 0;
        }

        Sort(scores);
        var loss = 0.0;
        var scale = listWeight / ideal;
        var last = Math.Min(truncation, scores.Length);
        for (var above = 0; above < last; above++)
        {
            var one = order[above];
            for (var below = above + 1; below < scores.Length; below++)
            {
                var other = order[below];
                if (labels[one] == labels[other])
                {
                    continue;
                }

                var (better, worse) = labels[one] > labels[other] ? (one, other) : (other, one);
                var delta = (Ndcg.GainOf(labels[better]) - Ndcg.GainOf(labels[worse])) * (Discount(above) - Discount(below)) * scale * weights[one] * weights[other];
                var difference = scores[better] - scores[worse];
                var wrong = 1 / (1 + MathF.Exp(difference));
                var pull = (float)delta * wrong;
                gradient[better] -= pull;
                gradient[worse] += pull;
                var bend = pull * (1 - wrong);
                curvature[better] += bend;
                curvature[worse] += bend;
                loss += delta * (difference < -30 ? -difference : -Math.Log(1 - (double)wrong + 1e-30));
            }
        }

        return loss;
    }

    private double Discount(int rank) => rank < discounts.Length ? discounts[rank] : 0;

    private double Ideal(ReadOnlySpan<byte> labels)
    {
        Span<int> counts = stackalloc int[ListsFile.HighestLabel + 1];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        var (ideal, rank) = (0.0, 0);
        for (var label = ListsFile.HighestLabel; label > 0; label--)
        {
            for (var one = 0; one < counts[label] && rank < cutoff; one++, rank++)
            {
                ideal += Ndcg.GainOf(label) * discounts[rank];
            }
        }

        return ideal;
    }

    private void Sort(ReadOnlySpan<float> scores)
    {
        if (keys.Length < scores.Length)
        {
            (keys, order) = (new float[scores.Length * 2], new int[scores.Length * 2]);
        }

        for (var row = 0; row < scores.Length; row++)
        {
            (keys[row], order[row]) = (-scores[row], row);
        }

        Array.Sort(keys, order, 0, scores.Length);
    }
}
