using System.Numerics;
using Matching.Engine.Columns;

namespace Matching.Engine.Index;

/// <summary>
/// BM25 with k1 = 1.2 and b = 0.75 over the live rows that have a text. Counts are exact over live rows, so the same rows
/// score the same however they are spread over segments.
/// </summary>
/// <remarks>
/// Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that adds
/// one inside the logarithm so that a frequent word never counts against a row.
/// </remarks>
internal sealed class Bm25
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly IReadOnlyList<SegmentView> _views;
    private readonly int _texts;
    private readonly double[] _lengthPenalties;

    public Bm25(IReadOnlyList<SegmentView> views)
    {
        _views = views;
        _texts = views.Sum(view => view.TextTotals.Texts);
        var meanLength = _texts == 0 ? 1 : (double)views.Sum(view => view.TextTotals.Stems) / _texts;
        _lengthPenalties = new double[1 + (views.Count == 0 ? 0 : views.Max(view => view.Columns.Text.LongestText))];
        for (var length = 0; length < _lengthPenalties.Length; length++)
        {
            _lengthPenalties[length] = K1 * (1 - B + (B * length / meanLength));
        }
    }

    /// <summary>Stems of the longest text.</summary>
    public int LongestText => _lengthPenalties.Length - 1;

    /// <summary>Live rows that hold the stem.</summary>
    public int RowsWith(string stem)
    {
        var rows = 0;
        foreach (var view in _views)
        {
            var postings = view.Columns.Text.PostingsOf(stem);
            rows += view.LiveCount == view.Columns.Count ? postings.Count : postings.CountAmong(view.Live);
        }
        return rows;
    }

    public double InverseFrequency(int rowsWith) => Math.Log(1 + ((_texts - rowsWith + 0.5) / (rowsWith + 0.5)));

    /// <summary>What the stem adds to a row at most.</summary>
    public double MostPoints(double inverseFrequency, Postings postings) => postings.Count == 0 ? 0
        : postings.Frequent is { } bitmap ? Points(inverseFrequency, bitmap.Most, bitmap.Shortest)
        : MostPoints(inverseFrequency);

    /// <summary>What a stem adds to a row at most, however often the row holds it.</summary>
    public static double MostPoints(double inverseFrequency) => inverseFrequency * (K1 + 1);

    /// <summary>What one stem adds to a row: <paramref name="count"/> times in a text of <paramref name="length"/> stems.</summary>
    public double Points(double inverseFrequency, int count, int length) =>
        inverseFrequency * count * (K1 + 1) / (count + _lengthPenalties[length]);
}

/// <summary>Live rows of a segment that have a text, and how many stems they hold together.</summary>
internal readonly record struct TextTotals(int Texts, long Stems)
{
    public static TextTotals Of(ReadOnlySpan<ulong> live, ReadOnlySpan<ushort> lengths)
    {
        var texts = 0;
        long stems = 0;
        for (var word = 0; word < live.Length; word++)
        {
            for (var bits = live[word]; bits != 0; bits &= bits - 1)
            {
                var length = lengths[(word << 6) + BitOperations.TrailingZeroCount(bits)];
                texts += length > 0 ? 1 : 0;
                stems += length;
            }
        }
        return new TextTotals(texts, stems);
    }
}
