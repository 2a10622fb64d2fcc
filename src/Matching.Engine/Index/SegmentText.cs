using System.Runtime.InteropServices;
using Matching.Engine.Text;

namespace Matching.Engine.Index;

/// <summary>Inverted index of the texts of one segment: stem → rows and counts, and the length of each text in stems.</summary>
internal sealed partial class SegmentText
{
    private const int MostRoom = 1 << 24;

    private readonly Dictionary<string, int> _numbers;
    private readonly Lazy<StemList> _stems;
    private readonly ushort[] _lengths;
    private readonly CompactPostings _postings;

    private SegmentText(Dictionary<string, int> numbers, CompactPostings postings, ushort[] lengths)
    {
        _numbers = numbers;
        _stems = new(() => new StemList(numbers.Keys));
        _lengths = lengths;
        LongestText = lengths.Length == 0 ? 0 : lengths.Max();
        _postings = postings;
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
        // A word of a text takes six characters or so: growing a long list again and again would cost as much as filling it.
        var entries = new List<Entry>((int)Math.Min(MostRoom, texts.Sum(text => (long)text.Length) / 6));
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
        var loose = new LoosePostings(numbers.Count, entries.Count);
        foreach (var entry in entries)
        {
            loose.Expect(entry.Stem, 1);
        }
        loose.Place();
        foreach (var entry in entries)
        {
            loose.Add(entry.Stem, entry.Row, entry.Count);
        }
        return new SegmentText(numbers, CompactPostings.Of(loose, lengths), lengths);
    }

    /// <summary>The index of the kept rows of several segments, without reading the texts again.</summary>
    public static SegmentText Merge(IReadOnlyList<(SegmentText Text, int[] KeptRows)> parts)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var lengths = new List<ushort>(parts.Sum(part => part.KeptRows.Length));
        var newRows = new int[parts.Count][];
        for (var part = 0; part < parts.Count; part++)
        {
            var (text, kept) = parts[part];
            newRows[part] = new int[text._lengths.Length];
            Array.Fill(newRows[part], -1);
            foreach (var row in kept)
            {
                newRows[part][row] = lengths.Count;
                lengths.Add(text._lengths[row]);
            }
            foreach (var stem in text._numbers.Keys)
            {
                NumberOf(numbers, stem);
            }
        }
        // Rows no longer kept leave room unused here; it is gone with this object.
        var loose = new LoosePostings(numbers.Count, parts.Sum(part => part.Text._postings.Count));
        foreach (var (text, _) in parts)
        {
            foreach (var (stem, number) in text._numbers)
            {
                loose.Expect(numbers[stem], text._postings.At(number).Count);
            }
        }
        loose.Place();
        for (var part = 0; part < parts.Count; part++)
        {
            var text = parts[part].Text;
            foreach (var (stem, number) in text._numbers)
            {
                var merged = numbers[stem];
                foreach (var (row, count) in new PassingPostings(text._postings.At(number), []))
                {
                    if (newRows[part][row] is >= 0 and var newRow)
                    {
                        loose.Add(merged, newRow, count);
                    }
                }
            }
        }
        return Kept(numbers, loose, [.. lengths]);
    }

    /// <summary>-1 for a stem that no row holds.</summary>
    public int NumberOf(string stem) => _numbers.GetValueOrDefault(stem, -1);

    public Postings PostingsOf(int number) => number < 0 ? default : _postings.At(number);

    public Postings PostingsOf(string stem) => _numbers.TryGetValue(stem, out var number) ? _postings.At(number) : default;

    /// <summary>A stem that only dead rows held is forgotten.</summary>
    private static SegmentText Kept(Dictionary<string, int> numbers, LoosePostings loose, ushort[] lengths)
    {
        var held = numbers.Where(pair => loose.Of(pair.Value).Rows.Length > 0).ToList();
        if (held.Count == numbers.Count)
        {
            return new SegmentText(numbers, CompactPostings.Of(loose, lengths), lengths);
        }
        var renumbered = new Dictionary<string, int>(held.Count, StringComparer.Ordinal);
        foreach (var (stem, _) in held)
        {
            renumbered.Add(stem, renumbered.Count);
        }
        return new SegmentText(renumbered, CompactPostings.Of(loose.Only([.. held.Select(pair => pair.Value)]), lengths), lengths);
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
