using System.Numerics;
using Matching.Engine.Columns;
using Matching.Engine.Filters;

namespace Matching.Engine.Scoring;

/// <summary>
/// Exact scores of the passing rows of one segment: one per row of the segment (with <see cref="NotPassing"/> for the
/// others), or, when few pass, one per passing row.
/// </summary>
internal sealed class SegmentScores
{
    public const int NotPassing = int.MinValue;

    /// <summary>Below one passing row in this many, gathering the rows costs less than scanning all of them.</summary>
    private const int SparseBelowOneIn = 8;

    private readonly int[]? _rows;
    private readonly int[] _scores;

    private SegmentScores(int[]? rows, int[] scores) => (_rows, _scores) = (rows, scores);

    public ReadOnlySpan<int> Scores => _scores;

    public int RowAt(int position) => _rows is null ? position : _rows[position];

    public static SegmentScores Of(
        Segment segment, FilterOutcome outcome, IReadOnlyList<Feature> features, CodeSource[] sources, RowBlock block)
    {
        var rows = (long)outcome.PassingCount * SparseBelowOneIn < segment.Count
            ? Bitmap.Rows(outcome.Passing, outcome.PassingCount)
            : null;
        var scores = new int[rows?.Length ?? segment.Count];
        Span<byte> codes = stackalloc byte[RowBlock.Capacity];
        for (var start = 0; start < scores.Length; start += RowBlock.Capacity)
        {
            var count = Math.Min(RowBlock.Capacity, scores.Length - start);
            block.Move(segment, rows, start, count);
            for (var feature = 0; feature < sources.Length; feature++)
            {
                sources[feature].Fill(block, codes[..count]);
                PortableKernel.AddPoints(codes[..count], features[feature].Table, scores.AsSpan(start, count));
                block.Release();
            }
        }
        if (rows is null)
        {
            Strike(scores, outcome.Passing);
        }
        return new SegmentScores(rows, scores);
    }

    private static void Strike(int[] scores, ulong[] passing)
    {
        for (var word = 0; word < passing.Length; word++)
        {
            for (var missing = ~passing[word]; missing != 0; missing &= missing - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(missing);
                if (row >= scores.Length)
                {
                    break;
                }
                scores[row] = NotPassing;
            }
        }
    }
}
