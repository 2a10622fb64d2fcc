using Matching.Engine.Columns;
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
        var scores = new RowScores[rows.Views.Count];
        SegmentWork.Each(rows.Views, at =>
        {
            scores[at] = RowScores.Rent(rows.Views[at].Columns.Count);
            if (rows.Outcomes[at].PassingCount > 0)
            {
                scorer.Accumulate(rows.Views[at].Columns, rows.Outcomes[at].Passing, scores[at]);
            }
        });
        var floors = Floors(scores, rows.Count);
        var codes = new RowCodes[scores.Length];
        SegmentWork.Each(rows.Views, at =>
        {
            codes[at] = CodesOf(scores[at], rows.Views[at].Columns.Count, floors);
            scores[at].Return();
        });
        return new Placed(scorer, floors, Enumerable.Range(0, codes.Length).ToDictionary(at => rows.Views[at].Columns, at => (rows.Outcomes[at], codes[at])));
    }

    internal override void Fill(RowBlock block, Span<byte> codes) =>
        throw new InvalidOperationException("A text percentile is prepared for its query before it is read.");

    /// <summary>
    /// The lowest score of each code from 2 up. With n passing rows, code c starts at the score that more than (c − 1)/15 of
    /// the n do not exceed; rows without a common word count among those that do no better.
    /// </summary>
    private static double[] Floors(RowScores[] scores, int passing)
    {
        var order = new ScoreOrder(scores);
        var positions = new long[Steps - 1];
        for (var code = 2; code <= Steps; code++)
        {
            var doNoBetter = ((long)(code - 1) * passing / Steps) + 1;
            positions[code - 2] = doNoBetter - 1 - (passing - order.Count);
        }
        return order.At(positions);
    }

    private static RowCodes CodesOf(RowScores scores, int rows, double[] floors)
    {
        var codes = RowCodes.Of(rows, otherwise: 0);
        var writer = codes.ToWrite();
        // One look for most rows: only the scores beside a floor are compared with it.
        var reached = ScoreOrder.ReachedByKey(floors);
        foreach (var row in scores.Touched)
        {
            var score = scores.Scores[row];
            writer.At(row) = reached[ScoreOrder.Key(score)] is { } known ? (byte)(known + 1) : Code(score, floors);
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

    /// <summary>The codes of the passing rows; one row that does not pass, asked for an explanation, is placed when it is asked for.</summary>
    private sealed class Placed(TextScorer scorer, double[] floors, Dictionary<Segment, (FilterOutcome Outcome, RowCodes Codes)> bySegment) : CodeSource
    {
        internal override void Fill(RowBlock block, Span<byte> codes)
        {
            var (outcome, kept) = bySegment[block.Segment];
            kept.Fill(block, codes);
            if (block.Count == 1 && !outcome.Passes(block.RowAt(0)))
            {
                var (score, _) = scorer.Explain(block.Segment, block.RowAt(0));
                codes[0] = score > 0 ? Code(score, floors) : (byte)0;
            }
        }
    }
}
