namespace Matching.Features.Evaluation;

/// <summary>
/// nDCG at a cut: gains 2^label − 1, discount 1/log2(rank + 1), over the best order there is. Equal scores count as the mean over all their
/// orders, so that a model which cannot tell people apart is worth what chance is worth.
/// </summary>
public static class Ndcg
{
    /// <summary>Of one list; null when it holds no positive label, for there is no order to find.</summary>
    public static double? Of(ReadOnlySpan<double> scores, ReadOnlySpan<byte> labels, int cut)
    {
        var ideal = Sum([.. labels.ToArray().OrderDescending().Select(label => GainOf(label))], cut);
        if (ideal <= 0)
        {
            return null;
        }

        var order = new int[scores.Length];
        var keys = new double[scores.Length];
        for (var row = 0; row < order.Length; row++)
        {
            (order[row], keys[row]) = (row, -scores[row]);
        }

        Array.Sort(keys, order);
        var gains = new double[order.Length];
        for (int from = 0, to; from < order.Length; from = to)
        {
            var total = 0.0;
            for (to = from; to < order.Length && keys[to] == keys[from]; to++)
            {
                total += GainOf(labels[order[to]]);
            }

            Array.Fill(gains, total / (to - from), from, to - from);
        }

        return Sum(gains, cut) / ideal;
    }

    /// <summary>The relevance that counts for a label: 2^label − 1.</summary>
    public static double GainOf(int label) => (1 << label) - 1;

    private static double Sum(double[] gains, int cut)
    {
        var sum = 0.0;
        for (var rank = 0; rank < gains.Length && rank < cut; rank++)
        {
            sum += gains[rank] / Math.Log2(rank + 2);
        }

        return sum;
    }
}
