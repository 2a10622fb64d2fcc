using Matching.Engine.Text;

namespace Matching.Engine.Index;

/// <summary>The rows that hold a stem, ascending, and how often each does (255 at most).</summary>
internal readonly ref struct Postings(ReadOnlySpan<int> rows, ReadOnlySpan<byte> counts)
{
    public ReadOnlySpan<int> Rows { get; } = rows;

    public ReadOnlySpan<byte> Counts { get; } = counts;

    public int CountIn(int row)
    {
        var at = Rows.BinarySearch(row);
        return at < 0 ? 0 : Counts[at];
    }
}

/// <summary>Inverted index of the texts of one segment: stem → rows and counts, and the length of each text in stems.</summary>
internal sealed class SegmentText
{
    private readonly Dictionary<string, int> _numbers;
    private readonly int[] _ends;
    private readonly int[] _rows;
    private readonly byte[] _counts;
    private readonly ushort[] _lengths;

    private SegmentText(Dictionary<string, int> numbers, List<Entry> entries, ushort[] lengths)
    {
        // Counting sort by stem; entries come with rows ascending within each stem, and stay so.
        _numbers = numbers;
        _lengths = lengths;
        _ends = new int[numbers.Count];
        _rows = new int[entries.Count];
        _counts = new byte[entries.Count];
        foreach (var entry in entries)
        {
            _ends[entry.Stem]++;
        }
        var total = 0;
        for (var stem = 0; stem < _ends.Length; stem++)
        {
            (total, _ends[stem]) = (total + _ends[stem], total);
        }
        foreach (var entry in entries)
        {
            var at = _ends[entry.Stem]++;
            (_rows[at], _counts[at]) = (entry.Row, entry.Count);
        }
    }

    public IReadOnlyCollection<string> Stems => _numbers.Keys;

    /// <summary>Stems in the text of each row, stop words excluded; 65,535 at most.</summary>
    public ReadOnlySpan<ushort> Lengths => _lengths;

    public static SegmentText Of(IReadOnlyList<string> texts)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        var lengths = new ushort[texts.Count];
        for (var row = 0; row < texts.Count; row++)
        {
            if (texts[row].Length == 0)
            {
                continue;
            }
            var tokens = FrenchAnalyzer.Tokens(texts[row]);
            lengths[row] = (ushort)Math.Min(tokens.Count, ushort.MaxValue);
            var stems = tokens.Select(token => NumberOf(numbers, token.Stem)).ToArray();
            Array.Sort(stems);
            for (int at = 0, next; at < stems.Length; at = next)
            {
                next = at + 1;
                while (next < stems.Length && stems[next] == stems[at])
                {
                    next++;
                }
                entries.Add(new Entry(stems[at], row, (byte)Math.Min(next - at, byte.MaxValue)));
            }
        }
        return new SegmentText(numbers, entries, lengths);
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
        return new SegmentText(numbers, entries, [.. lengths]);
    }

    public Postings PostingsOf(string stem) => _numbers.TryGetValue(stem, out var number) ? PostingsAt(number) : default;

    private Postings PostingsAt(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        var count = _ends[number] - start;
        return new Postings(_rows.AsSpan(start, count), _counts.AsSpan(start, count));
    }

    private static int NumberOf(Dictionary<string, int> numbers, string stem)
    {
        if (!numbers.TryGetValue(stem, out var number))
        {
            numbers[stem] = number = numbers.Count;
        }
        return number;
    }

    private readonly record struct Entry(int Stem, int Row, byte Count);
}
