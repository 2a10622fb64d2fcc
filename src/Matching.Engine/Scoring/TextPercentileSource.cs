using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Engine.Index;

namespace Matching.Engine.Scoring;

/// <summary>
/// BM25 of a text against each row's own, in the units of <see cref="TextUnits"/>, as the share of passing rows that do no better, in
/// fifteenths rounded up: 15 is the best, 0 is no common word or no text. Rows that do not pass are placed among those that do.
/// </summary>
internal sealed class TextPercentileSource(string text) : CodeSource
{
    private const int Steps = 15;

    private static readonly Spare<int[]> Counts = new(length => new int[length]);
    private static readonly Spare<ushort[]> Sums = new(length => new ushort[length]);

    internal override CodeSource Prepare(PassingRows rows)
    {
        var units = new TextUnits(new Bm25(rows.Views), QueryWords.Exactly(text));
        var sums = new ushort[rows.Views.Count][];
        var counts = SegmentWork.Each(rows.Views, () => Counts.Rent(TextUnits.SumCount), (counts, at) =>
        {
            var columns = rows.Views[at].Columns;
            sums[at] = Sums.Rent(columns.Count);
            units.Sum(columns, rows.Outcomes[at].Passing, sums[at].AsSpan(0, columns.Count), counts);
        });
        var codeOf = CodeOf([.. counts], rows.Count);
        foreach (var one in counts)
        {
            Array.Clear(one);
            Counts.Return(one.Length, one);
        }
        var codes = new RowCodes[sums.Length];
        SegmentWork.Each(rows.Views, at =>
        {
            codes[at] = RowCodes.Of(sums[at].AsSpan(0, rows.Views[at].Columns.Count), codeOf);
            Sums.Return(sums[at].Length, sums[at]);
        });
        return new Placed(units, codeOf.Codes, Enumerable.Range(0, codes.Length).ToDictionary(at => rows.Views[at].Columns, at => (rows.Outcomes[at], codes[at])));
    }

    internal override void Fill(RowBlock block, Span<byte> codes) =>
        throw new InvalidOperationException("A text percentile is prepared for its query before it is read.");

    /// <summary>
    /// The code of each sum. With n passing rows, code c is that of the sums that more than (c − 1)/15 of the n do not exceed; rows without a
    /// common word count among those that do no better.
    /// </summary>
    private static WideTable CodeOf(int[][] counts, int passing)
    {
        var codeOf = new byte[TextUnits.SumCount];
        var noBetter = passing - counts.Sum(one => one.Sum());
        byte code = 1;
        for (var sum = 1; sum < codeOf.Length; sum++)
        {
            foreach (var one in counts)
            {
                noBetter += one[sum];
            }
            while (code < Steps && noBetter > (long)code * passing / Steps)
            {
                code++;
            }
            codeOf[sum] = code;
        }
        return WideTable.Of(codeOf);
    }

    /// <summary>The codes of the passing rows; one row that does not pass, asked for an explanation, is placed when it is asked for.</summary>
    private sealed class Placed(TextUnits units, byte[] codeOf, Dictionary<Segment, (FilterOutcome Outcome, RowCodes Codes)> bySegment) : CodeSource
    {
        internal override void Fill(RowBlock block, Span<byte> codes)
        {
            var (outcome, kept) = bySegment[block.Segment];
            kept.Fill(block, codes);
            if (block.Count == 1 && !outcome.Passes(block.RowAt(0)))
            {
                codes[0] = codeOf[units.SumOf(block.Segment, block.RowAt(0))];
            }
        }
    }
}
