using System.Numerics;
using System.Runtime.Intrinsics;
using Matching.Engine.Columns;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>
/// The BM25 sum of a text against rows, in whole units of which no sum exceeds 65,535: two bytes a row, the same whatever the order of the
/// words, and as many counters as there are sums. A shared word is worth a unit at least.
/// </summary>
/// <remarks>
/// Its two walks stay apart from those of <see cref="WordPoints"/>: they always have a filter, write into a span of one band and keep no list of the
/// rows met, so that the loops shared would be the few lines around the part that differs.
/// </remarks>
internal sealed class TextUnits
{
    /// <summary>Sums from 0 to 65,535.</summary>
    public const int SumCount = ushort.MaxValue + 1;

    /// <summary>A text is rarely longer, and a row rarely holds a stem twice: the units of such a row are divided once a word, not once a row.</summary>
    private const int LongestKept = 256;

    /// <summary>Rows are read in bands of 65,536: word after word finds the sums of the band still near.</summary>
    private const int BandBits = 16;

    private readonly Bm25 _bm25;
    private readonly Word[] _words;

    /// <param name="words">As <see cref="QueryWords.Exactly"/> gives them: each met in one way, by one stem.</param>
    public TextUnits(Bm25 bm25, IReadOnlyList<QueryWord> words)
    {
        _bm25 = bm25;
        var stems = words.Select(word => word.Alternatives.Single().Stems.Single()).Select(stem => (Stem: stem, Frequency: bm25.InverseFrequency(bm25.RowsWith(stem)))).ToList();
        // What is added to each word for being there at all is left out of the scale: then no sum leaves 16 bits.
        var unit = stems.Sum(it => Bm25.MostPoints(it.Frequency)) / (ushort.MaxValue - stems.Count);
        _words = [.. stems.Select(it => new Word(it.Stem, it.Frequency, unit, OnceOf(it.Frequency, unit)))];
    }

    private sealed record Word(string Stem, double Frequency, double Unit, ushort[] Once);

    /// <summary>Writes the sum of each row whose bit is set in <paramref name="passing"/>, 0 for the others and for those without a word of the text, and counts the sums above 0.</summary>
    /// <param name="counts">One for each sum, what was counted before included.</param>
    public void Sum(Segment segment, ReadOnlySpan<ulong> passing, Span<ushort> sums, int[] counts)
    {
        var text = segment.Text;
        var numbers = Array.ConvertAll(_words, word => text.NumberOf(word.Stem));
        for (var start = 0; start < sums.Length; start += 1 << BandBits)
        {
            var band = sums.Slice(start, Math.Min(1 << BandBits, sums.Length - start));
            band.Clear();
            for (var word = 0; word < _words.Length; word++)
            {
                var postings = text.PostingsOf(numbers[word]);
                if (postings.Frequent is { } frequent)
                {
                    AddFrequent(start, _words[word], postings, frequent, text.Lengths, passing, band);
                }
                else if (postings.Count > 0)
                {
                    AddRare(start, _words[word], postings, text.Lengths, passing, band);
                }
            }
            Count(band, counts);
        }
    }

    /// <summary>The sum of one row, whether it passes or not.</summary>
    public ushort SumOf(Segment segment, int row) => (ushort)_words.Sum(word =>
        segment.Text.PostingsOf(word.Stem).CountIn(row) is > 0 and var count ? Of(word, count, segment.Text.Lengths[row]) : 0);

    private ushort[] OnceOf(double frequency, double unit)
    {
        var once = new ushort[Math.Min(LongestKept, _bm25.LongestText + 1)];
        for (var length = 0; length < once.Length; length++)
        {
            once[length] = Of(frequency, unit, 1, length);
        }
        return once;
    }

    private ushort Of(Word word, int count, int length) => count == 1 && length < word.Once.Length ? word.Once[length] : Of(word.Frequency, word.Unit, count, length);

    private ushort Of(double frequency, double unit, int count, int length) => (ushort)(1 + (int)(_bm25.Points(frequency, count, length) / unit));

    private void AddFrequent(
        int start, Word word, Postings postings, RankedBitmap frequent, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, Span<ushort> band)
    {
        var words = frequent.Words;
        var end = (start + band.Length + 63) >> 6;
        for (var at = start >> 6; at < end; at++)
        {
            var holding = words[at];
            for (var both = holding & passing[at]; both != 0; both &= both - 1)
            {
                var row = (at << 6) + BitOperations.TrailingZeroCount(both);
                var count = postings.IsOnceEach ? 1 : postings.CountAt(frequent.BeforeWords[at] + BitOperations.PopCount(holding & ((both & (0 - both)) - 1)));
                band[row - start] += Of(word, count, lengths[row]);
            }
        }
    }

    private void AddRare(int start, Word word, Postings postings, ReadOnlySpan<ushort> lengths, ReadOnlySpan<ulong> passing, Span<ushort> band)
    {
        var low = postings.Low;
        var block = start >> BandBits;
        var end = postings.EndOf(block);
        for (var at = block == 0 ? 0 : postings.EndOf(block - 1); at < end; at++)
        {
            if (Bitmap.Has(passing, start | low[at]))
            {
                band[low[at]] += Of(word, postings.CountAt(at), lengths[start | low[at]]);
            }
        }
    }

    /// <summary>Most rows share no word with the text: groups of rows tell at once which of them do.</summary>
    private static void Count(ReadOnlySpan<ushort> sums, int[] counts)
    {
        var at = 0;
        for (; at + Vector512<ushort>.Count <= sums.Length; at += Vector512<ushort>.Count)
        {
            for (var some = ~Vector512.Equals(Vector512.Create(sums[at..]), Vector512<ushort>.Zero).ExtractMostSignificantBits() & uint.MaxValue; some != 0; some &= some - 1)
            {
                counts[sums[at + BitOperations.TrailingZeroCount(some)]]++;
            }
        }
        for (; at < sums.Length; at++)
        {
            counts[sums[at]] += sums[at] == 0 ? 0 : 1;
        }
    }
}
