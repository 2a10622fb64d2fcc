using Matching.Engine.Index;

namespace Matching.Engine.Scoring;

/// <summary>
/// BM25 of a text against each row's own, as the share of passing rows that do no better, in fifteenths rounded up: 15 is
/// the best, 0 is no common word or no text. Rows that do not pass are placed among those that do.
/// </summary>
internal sealed class TextPercentileSource(string text) : CodeSource
{
    private const int Steps = 15;

    internal override CodeSource Prepare(PassingRows rows)
    {
        var scorer = new TextScorer(new Bm25(rows.Views), QueryWords.Exactly(text));
        double[][] scores = [.. rows.Views.Select(view => scorer.Accumulate(view.Columns))];
        var floors = Floors(rows, scores);
        return new RowCodesSource(rows.Views.Select((view, at) => (view.Columns, Codes: CodesOf(scores[at], floors))).ToDictionary(it => it.Columns, it => it.Codes));
    }

    internal override void Fill(RowBlock block, Span<byte> codes) =>
        throw new InvalidOperationException("A text percentile is prepared for its query before it is read.");

    /// <summary>
    /// The lowest score of each code from 2 up. With n passing rows, code c starts at the score that more than (c − 1)/15 of
    /// the n do not exceed; rows without a common word count among those that do no better.
    /// </summary>
    private static double[] Floors(PassingRows rows, double[][] scores)
    {
        var order = new ScoreOrder();
        order.Count(rows, scores);
        var positions = new long[Steps - 1];
        for (var code = 2; code <= Steps; code++)
        {
            var doNoBetter = ((long)(code - 1) * rows.Count / Steps) + 1;
            positions[code - 2] = doNoBetter - 1 - (rows.Count - order.Matching);
        }
        return order.At(positions, rows, scores);
    }

    private static RowCodes CodesOf(double[] scores, double[] floors)
    {
        var codes = RowCodes.Of(scores.Length, otherwise: 0);
        for (var row = 0; row < scores.Length; row++)
        {
            if (scores[row] > 0)
            {
                codes.At(row) = Code(scores[row], floors);
            }
        }
        return codes;
    }

    private static byte Code(double score, double[] floors)
    {
        // Four halvings over the fourteen floors: how many of them the score reaches.
        var (low, high) = (0, floors.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = score >= floors[middle] ? (middle + 1, high) : (low, middle);
        }
        return (byte)(low + 1);
    }
}
