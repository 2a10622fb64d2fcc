using System.Runtime.InteropServices;
using Matching.Engine.Filters;
using Matching.Engine.Text;

namespace Matching.Engine.Index;

/// <summary>
/// The rows that hold a stem, ascending, and how often each does (255 at most). A frequent stem also has its bitmap, so that it is
/// met with a filter 64 rows at a time.
/// </summary>
internal readonly ref struct Postings(ReadOnlySpan<int> rows, ReadOnlySpan<byte> counts, RankedBitmap? frequent)
{
    public ReadOnlySpan<int> Rows { get; } = rows;

    public ReadOnlySpan<byte> Counts { get; } = counts;

    /// <summary>Null for a stem that few rows hold.</summary>
    public RankedBitmap? Frequent { get; } = frequent;

    public int CountIn(int row)
    {
        var at = Rows.BinarySearch(row);
        return at < 0 ? 0 : Counts[at];
    }

    /// <summary>How many of these live rows hold the stem.</summary>
    public int CountLive(ReadOnlySpan<ulong> live)
    {
        if (Frequent is { } bitmap)
        {
            return bitmap.CountBoth(live);
        }
        var rows = 0;
        foreach (var row in Rows)
        {
            rows += Bitmap.Has(live, row) ? 1 : 0;
        }
        return rows;
    }
}

/// <summary>Inverted index of the texts of one segment: stem → rows and counts, and the length of each text in stems.</summary>
internal sealed partial class SegmentText
{
    /// <summary>A stem held by one row in this many, or more, also has its bitmap: there it costs less room than its rows do.</summary>
    private const int FrequentOneIn = 16;

    private readonly Dictionary<string, int> _numbers;
    private readonly Lazy<StemList> _stems;
    private readonly Dictionary<int, RankedBitmap> _frequent = [];
    private readonly int[] _ends;
    private readonly int[] _rows;
    private readonly byte[] _counts;
    private readonly ushort[] _lengths;

    private SegmentText(Dictionary<string, int> numbers, (int[] Ends, int[] Rows, byte[] Counts) postings, ushort[] lengths)
    {
        _numbers = numbers;
        _stems = new(() => new StemList(numbers.Keys));
        _lengths = lengths;
        LongestText = lengths.Length == 0 ? 0 : lengths.Max();
        (_ends, _rows, _counts) = postings;
        for (var stem = 0; stem < _ends.Length; stem++)
        {
            var rows = PostingsAt(stem).Rows;
            if (rows.Length >= 64 && rows.Length >= lengths.Length / FrequentOneIn)
            {
                _frequent[stem] = new RankedBitmap(rows, lengths.Length);
            }
        }
    }

    /// <summary>Counting sort by stem; entries come with rows ascending within each stem, and stay so.</summary>
    private static (int[] Ends, int[] Rows, byte[] Counts) Sorted(int stems, List<Entry> entries)
    {
        var (ends, rows, counts) = (new int[stems], new int[entries.Count], new byte[entries.Count]);
        foreach (var entry in entries)
        {
            ends[entry.Stem]++;
        }
        var total = 0;
        for (var stem = 0; stem < ends.Length; stem++)
        {
            (total, ends[stem]) = (total + ends[stem], total);
        }
        foreach (var entry in entries)
        {
            var at = ends[entry.Stem]++;
            (rows[at], counts[at]) = (entry.Row, entry.Count);
        }
        return (ends, rows, counts);
    }

    /// <summary>Every stem, ready to be looked for by its beginning or with typing errors.</summary>
    public StemList Stems => _stems.Value;

    /// <summary>Stems of the longest text.</summary>
    public int LongestText { get; }

    /// <summary>Stems in the text of each row, stop words excluded; 65,535 at most.</summary>
    public ReadOnlySpan<ushort> Lengths => _lengths;

    public static SegmentText Of(IReadOnlyList<string> texts)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        var lengths = new ushort[texts.Count];
        var memory = new WordMemory();
        var stems = new List<int>();
        for (var row = 0; row < texts.Count; row++)
        {
            if (texts[row].Length == 0)
            {
                continue;
            }
            stems.Clear();
            foreach (var token in FrenchAnalyzer.Tokens(texts[row], memory))
            {
                stems.Add(NumberOf(numbers, token.Stem));
            }
            lengths[row] = (ushort)Math.Min(stems.Count, ushort.MaxValue);
            stems.Sort();
            for (int at = 0, next; at < stems.Count; at = next)
            {
                next = at + 1;
                while (next < stems.Count && stems[next] == stems[at])
                {
                    next++;
                }
                entries.Add(new Entry(stems[at], row, (byte)Math.Min(next - at, byte.MaxValue)));
            }
        }
        return new SegmentText(numbers, Sorted(numbers.Count, entries), lengths);
    }

    /// <summary>The index of the kept rows of several segments, without reading the texts again.</summary>
    public static SegmentText Merge(IReadOnlyList<(SegmentText Text, int[] KeptRows)> parts)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        var lengths = new List<ushort>();
        foreach (var (text, kept) in parts)
        {
            var newRows = new int[text._lengths.Length];
            Array.Fill(newRows, -1);
            foreach (var row in kept)
            {
                newRows[row] = lengths.Count;
                lengths.Add(text._lengths[row]);
            }
            foreach (var (stem, number) in text._numbers)
            {
                var postings = text.PostingsAt(number);
                for (var at = 0; at < postings.Rows.Length; at++)
                {
                    if (newRows[postings.Rows[at]] is >= 0 and var row)
                    {
                        entries.Add(new Entry(NumberOf(numbers, stem), row, postings.Counts[at]));
                    }
                }
            }
        }
        return new SegmentText(numbers, Sorted(numbers.Count, entries), [.. lengths]);
    }

    public Postings PostingsOf(string stem) => _numbers.TryGetValue(stem, out var number) ? PostingsAt(number) : default;

    private Postings PostingsAt(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        var count = _ends[number] - start;
        return new Postings(_rows.AsSpan(start, count), _counts.AsSpan(start, count), _frequent.GetValueOrDefault(number));
    }

    private static int NumberOf(Dictionary<string, int> numbers, string stem)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, stem, out var known);
        if (!known)
        {
            number = numbers.Count - 1;
        }
        return number;
    }

    private readonly record struct Entry(int Stem, int Row, byte Count);
}
