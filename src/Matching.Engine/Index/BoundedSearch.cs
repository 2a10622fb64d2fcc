using Matching.Engine.Columns;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>
/// The best rows without an exact score for every row, and the exact number found. Words are read from the one that may bring most
/// points on; once the words left could not alone bring a row among the best, no new row is met, and only those that may still be
/// among the best have their exact score computed: the number that <see cref="TextScorer"/> explains.
/// </summary>
/// <remarks>
/// Source of the bound: Turtle and Flood, "Query evaluation: strategies and optimizations" (1995), known as MaxScore.
/// </remarks>
internal sealed class BoundedSearch(Bm25 bm25, WeightedStem[] words)
{
    /// <summary>Beyond, hardly a row would be spared.</summary>
    public const int MostHits = 1_000;

    /// <summary>Sums in another order differ by less.</summary>
    private const double Rounding = 1e-9;

    private readonly WordPoints[] _points = Array.ConvertAll(words, word => new WordPoints(bm25, word));

    public void AddBest(Segment segment, ReadOnlySpan<ulong> passing, RowScores rows, BestHits best)
    {
        var numbers = Array.ConvertAll(words, word => segment.Text.NumberOf(word.Stem));
        var mosts = new double[words.Length];
        for (var word = 0; word < words.Length; word++)
        {
            mosts[word] = words[word].Weight * bm25.MostPoints(words[word].InverseFrequency, segment.Text.PostingsOf(numbers[word]));
        }
        var order = Enumerable.Range(0, words.Length).OrderByDescending(word => mosts[word]).ToArray();
        var all = mosts.Sum();
        var (left, read, least) = (all, 0, best.Least);
        for (; read < order.Length && left + Rounding >= least; read++)
        {
            var word = order[read];
            _points[word].Add(segment.Text.PostingsOf(numbers[word]), segment.Text.Lengths, passing, rows);
            left -= mosts[word];
            least = Math.Max(best.Least, rows.Reached(best.Limit, all - left));
        }
        best.Pass(CountFound(segment, passing, rows, [.. order[read..].Select(word => numbers[word])]));
        rows.Retain(least - left - Rounding);
        AddRetained(segment, rows, numbers);
        least = Math.Max(best.Least, rows.Reached(best.Limit, all));
        foreach (var row in rows.Touched)
        {
            if (rows.Scores[row] >= least)
            {
                best.Keep(segment.Ids[row], rows.Scores[row]);
            }
        }
    }

    private static int CountFound(Segment segment, ReadOnlySpan<ulong> passing, RowScores rows, int[] unread)
    {
        if (unread.Length == 0)
        {
            return rows.Touched.Length;
        }
        var found = rows.EmptySet(passing.Length);
        foreach (var row in rows.Touched)
        {
            Bitmap.Set(found, row);
        }
        foreach (var number in unread)
        {
            segment.Text.PostingsOf(number).Mark(passing, found);
        }
        return Bitmap.Count(found);
    }

    /// <summary>Word after word in the order typed, so that each sum is the one explained, to the last bit.</summary>
    private void AddRetained(Segment segment, RowScores rows, int[] numbers)
    {
        var lengths = segment.Text.Lengths;
        for (var word = 0; word < words.Length; word++)
        {
            var postings = segment.Text.PostingsOf(numbers[word]);
            var (_, weight, frequency) = words[word];
            foreach (var row in rows.Touched)
            {
                if (postings.CountIn(row) is > 0 and var count)
                {
                    rows.Scores[row] += weight * bm25.Points(frequency, count, lengths[row]);
                }
            }
        }
    }
}
