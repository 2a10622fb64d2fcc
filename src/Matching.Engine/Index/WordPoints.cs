using System.Numerics;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>
/// Adds what one stem brings to every row that passes and holds it: where a search spends its time. Rows are read in bands of 65,536: several
/// words read band by band find the scores of the band still near.
/// </summary>
internal sealed class WordPoints
{
    private const int BandBits = 16;

    /// <summary>A text is rarely longer, and a row rarely holds a stem twice: the points of such a row are divided once a word, not once a row.</summary>
    private const int LongestKept = 256;

    private readonly Bm25 _bm25;
    private readonly WeightedStem _word;
    private readonly double[] _once;

    public WordPoints(Bm25 bm25, WeightedStem word)
    {
        (_bm25, _word) = (bm25, word);
        _once = new double[Math.Min(LongestKept, bm25.LongestText + 1)];
        for (var length = 0; length < _once.Length; length++)
        {
            _once[length] = word.Weight * bm25.Points(word.InverseFrequency, 1, length);
        }
    }

    public static int BandsOf(int rows) => (rows + (1 << BandBits) - 1) >> BandBits;

    /// <param name="passing">One bit a row; empty when every row passes.</param>
    public void Add(Postings postings, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        for (var band = 0; band < BandsOf(lengths.Length); band++)
        {
            AddBand(band, postings, lengths, passing, rows);
        }
    }

    public void AddBand(int band, Postings postings, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        if (postings.Frequent is { } frequent)
        {
            AddFrequent(band, postings, frequent, lengths, passing, rows);
        }
        else if (postings.Count > 0)
        {
            AddRare(band, postings, lengths, passing, rows);
        }
    }

    private double Of(int count, int length) => count == 1 && length < _once.Length ? _once[length] : _word.Weight * _bm25.Points(_word.InverseFrequency, count, length);

    private void AddFrequent(int band, Postings postings, RankedBitmap frequent, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        var words = frequent.Words;
        var end = Math.Min(words.Length, (band + 1) << (BandBits - 6));
        for (var word = band << (BandBits - 6); word < end; word++)
        {
            var holding = words[word];
            var both = passing.IsEmpty ? holding : holding & passing[word];
            if (both == 0)
            {
                continue;
            }
            var before = frequent.BeforeWords[word];
            for (; both != 0; both &= both - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(both);
                var count = postings.CountAt(before + BitOperations.PopCount(holding & ((both & (0 - both)) - 1)));
                rows.Add(row, Of(count, lengths[row]));
            }
        }
    }

    private void AddRare(int band, Postings postings, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        var low = postings.Low;
        var (first, end) = (band << BandBits, postings.EndOf(band));
        for (var at = band == 0 ? 0 : postings.EndOf(band - 1); at < end; at++)
        {
            var row = first | low[at];
            if (passing.IsEmpty || Bitmap.Has(passing, row))
            {
                rows.Add(row, Of(postings.CountAt(at), lengths[row]));
            }
        }
    }
}
