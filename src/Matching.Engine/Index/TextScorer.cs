using System.Runtime.InteropServices;
using Matching.Engine.Columns;

namespace Matching.Engine.Index;

/// <summary>
/// Scores the texts of a snapshot against query words. <c>Accumulate</c> goes through the postings of a segment,
/// <see cref="Explain"/> through one row: both add the same numbers in the same order.
/// </summary>
internal sealed class TextScorer
{
    private readonly Bm25 _bm25;
    private readonly IReadOnlyList<QueryWord> _words;
    private readonly Dictionary<string, double> _frequencies = new(StringComparer.Ordinal);

    public TextScorer(Bm25 bm25, IReadOnlyList<QueryWord> words)
    {
        (_bm25, _words) = (bm25, words);
        foreach (var stem in words.SelectMany(word => word.Alternatives).SelectMany(way => way.Stems))
        {
            ref var frequency = ref CollectionsMarshal.GetValueRefOrAddDefault(_frequencies, stem, out var known);
            if (!known)
            {
                frequency = bm25.InverseFrequency(bm25.RowsWith(stem));
            }
        }
    }

    /// <summary>The stems of the words and their weights when each word can only be met in one way; null when one has a choice.</summary>
    public WeightedStem[]? OnlyStems() => _words.All(word => word.Alternatives is [{ Stems.Count: 1 }])
        ? [.. _words.Select(word => word.Alternatives[0]).Select(way => new WeightedStem(way.Stems[0], way.Weight, _frequencies[way.Stems[0]]))]
        : null;

    /// <summary>BM25 sum of each row whose bit is set in <paramref name="passing"/>, or of every row when it is empty.</summary>
    public void Accumulate(Segment segment, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        if (OnlyStems() is { } stems)
        {
            // Words with one way to be met need no comparison: those of a long text.
            AccumulateByBands(segment, stems, passing, rows);
            return;
        }
        foreach (var word in _words)
        {
            if (word.Alternatives is [{ Stems.Count: 1 } only])
            {
                // A word with one way to be met needs no comparison.
                var stem = new WeightedStem(only.Stems[0], only.Weight, _frequencies[only.Stems[0]]);
                new WordPoints(_bm25, stem).Add(segment.Text.PostingsOf(stem.Stem), segment.Text.Lengths, passing, rows);
                continue;
            }
            foreach (var way in word.Alternatives)
            {
                Meet(segment, way, passing, rows);
            }
            rows.AddBest();
        }
    }

    public (double Score, IReadOnlyList<TextPoints> Words) Explain(Segment segment, int row)
    {
        var points = new List<TextPoints>();
        double score = 0;
        foreach (var word in _words)
        {
            var (bestPoints, bestWay) = (0.0, (Alternative?)null);
            foreach (var way in word.Alternatives)
            {
                var met = PointsOf(segment, way, row);
                if (met > bestPoints)
                {
                    (bestPoints, bestWay) = (met, way);
                }
            }
            if (bestWay is not null)
            {
                points.Add(new TextPoints(word.Typed, string.Join(' ', bestWay.Stems), bestPoints));
                score += bestPoints;
            }
        }
        return (score, points);
    }

    private void AccumulateByBands(Segment segment, WeightedStem[] stems, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        var text = segment.Text;
        var lengths = text.Lengths;
        var words = Array.ConvertAll(stems, stem => new WordPoints(_bm25, stem));
        var numbers = Array.ConvertAll(stems, stem => text.NumberOf(stem.Stem));
        for (var band = 0; band < WordPoints.BandsOf(lengths.Length); band++)
        {
            for (var word = 0; word < words.Length; word++)
            {
                words[word].AddBand(band, text.PostingsOf(numbers[word]), lengths, passing, rows);
            }
        }
    }

    private void Meet(Segment segment, Alternative way, ReadOnlySpan<ulong> passing, RowScores rows)
    {
        var lengths = segment.Text.Lengths;
        var frequency = _frequencies[way.Stems[0]];
        foreach (var (row, count) in new PassingPostings(segment.Text.PostingsOf(way.Stems[0]), passing))
        {
            // The rows of the first stem bound the rows of the way; its other stems, rare, are looked up row by row.
            rows.Meet(row, way.Stems.Count == 1
                ? way.Weight * _bm25.Points(frequency, count, lengths[row])
                : PointsOf(segment, way, row));
        }
    }

    private double PointsOf(Segment segment, Alternative way, int row)
    {
        double sum = 0;
        foreach (var stem in way.Stems)
        {
            var count = segment.Text.PostingsOf(stem).CountIn(row);
            if (count == 0)
            {
                return 0;
            }
            sum += _bm25.Points(_frequencies[stem], count, segment.Text.Lengths[row]);
        }
        return way.Weight * sum / way.Stems.Count;
    }
}

/// <summary>A stem looked for: its points are <paramref name="Weight"/> times those of BM25 with this inverse frequency.</summary>
internal readonly record struct WeightedStem(string Stem, double Weight, double InverseFrequency);
