using Matching.Engine.Filters;
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
        var scores = rows.Views.ToDictionary(view => view.Columns, view => scorer.Accumulate(view.Columns));
        var matching = new List<double>();
        for (var at = 0; at < rows.Views.Count; at++)
        {
            var ofSegment = scores[rows.Views[at].Columns];
            foreach (var row in Bitmap.Rows(rows.Outcomes[at].Passing, rows.Outcomes[at].PassingCount))
            {
                if (ofSegment[row] > 0)
                {
                    matching.Add(ofSegment[row]);
                }
            }
        }
        var floors = Floors(matching, rows.Count);
        return PerRow(segment => Array.ConvertAll(scores[segment], score => Code(score, floors))).Prepare(rows);
    }

    internal override void Fill(RowBlock block, Span<byte> codes) =>
        throw new InvalidOperationException("A text percentile is prepared for its query before it is read.");

    /// <summary>
    /// The lowest score of each code from 2 up. With n passing rows, code c starts at the score that more than (c − 1)/15 of
    /// the n do not exceed; rows without a common word count among those that do no better.
    /// </summary>
    private static double[] Floors(List<double> matching, int passing)
    {
        matching.Sort();
        var floors = new double[Steps - 1];
        for (var code = 2; code <= Steps; code++)
        {
            var doNoBetter = ((long)(code - 1) * passing / Steps) + 1;
            var position = doNoBetter - 1 - (passing - matching.Count);
            floors[code - 2] = position < 0 ? 0
                : position < matching.Count ? matching[(int)position] : double.PositiveInfinity;
        }
        return floors;
    }

    private static byte Code(double score, double[] floors)
    {
        if (score <= 0)
        {
            return 0;
        }
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
