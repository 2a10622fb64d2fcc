using System.Numerics;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>Adds what one stem brings to every row that passes and holds it: where a search spends its time.</summary>
internal static class WordPoints
{
    public static void Add(Bm25 bm25, WeightedStem word, Postings postings, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        if (passing.IsEmpty)
        {
            foreach (var (row, count) in new PassingPostings(postings, passing))
            {
                rows.Add(row, word.Weight * bm25.Points(word.InverseFrequency, count, lengths[row]));
            }
        }
        else if (postings.Frequent is { } frequent)
        {
            AddFrequent(bm25, word, postings, frequent, lengths, passing, rows);
        }
        else
        {
            AddRare(bm25, word, postings, lengths, passing, rows);
        }
    }

    private static void AddFrequent(
        Bm25 bm25, WeightedStem stem, Postings postings, RankedBitmap frequent, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        var words = frequent.Words;
        for (var word = 0; word < words.Length; word++)
        {
            var holding = words[word];
            var both = holding & passing[word];
            if (both == 0)
            {
                continue;
            }
            var before = frequent.BeforeWords[word];
            for (; both != 0; both &= both - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(both);
                var count = postings.CountAt(before + BitOperations.PopCount(holding & ((both & (0 - both)) - 1)));
                rows.Add(row, stem.Weight * bm25.Points(stem.InverseFrequency, count, lengths[row]));
            }
        }
    }

    private static void AddRare(
        Bm25 bm25, WeightedStem stem, Postings postings, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        var low = postings.Low;
        for (int block = 0, at = 0; at < low.Length; block++)
        {
            var first = block << 16;
            for (var end = postings.EndOf(block); at < end; at++)
            {
                var row = first | low[at];
                if (Bitmap.Has(passing, row))
                {
                    rows.Add(row, stem.Weight * bm25.Points(stem.InverseFrequency, postings.CountAt(at), lengths[row]));
                }
            }
        }
    }
}
