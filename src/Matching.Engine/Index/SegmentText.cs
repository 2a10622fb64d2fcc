using System.Runtime.InteropServices;

namespace Matching.Engine.Index;

/// <summary>Inverted index of the texts of one segment: stem → rows and counts, and the length of each text in stems.</summary>
internal sealed partial class SegmentText
{
    private readonly Dictionary<string, int> _numbers;
    private readonly Lazy<StemList> _stems;
    private readonly ushort[] _lengths;
    private readonly CompactPostings _postings;

    internal SegmentText(Dictionary<string, int> numbers, CompactPostings postings, ushort[] lengths)
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

    /// <summary>The index of the kept rows of several segments, without reading the texts again.</summary>
    public static SegmentText Merge(IReadOnlyList<(SegmentText Text, int[] KeptRows)> parts)
    {
        var numbers = new Dictionary<string, int>(parts.Max(part => part.Text._numbers.Count), StringComparer.Ordinal);
        var newNumbers = new int[parts.Count][];
        for (var part = 0; part < parts.Count; part++)
        {
            newNumbers[part] = new int[parts[part].Text._numbers.Count];
            foreach (var (stem, number) in parts[part].Text._numbers)
            {
                newNumbers[part][number] = NumberOf(numbers, stem);
            }
        }
        // Rows no longer kept leave room unused here; it is gone with this object.
        var loose = new LoosePostings(numbers.Count, parts.Sum(part => part.Text._postings.Count));
        for (var part = 0; part < parts.Count; part++)
        {
            for (var number = 0; number < newNumbers[part].Length; number++)
            {
                loose.Expect(newNumbers[part][number], parts[part].Text._postings.At(number).Count);
            }
        }
        loose.Place();
        var lengths = new ushort[parts.Sum(part => part.KeptRows.Length)];
        var rows = 0;
        for (var part = 0; part < parts.Count; part++)
        {
            var (text, kept) = parts[part];
            var newRows = new int[text._lengths.Length];
            Array.Fill(newRows, -1);
            foreach (var row in kept)
            {
                newRows[row] = rows;
                lengths[rows++] = text._lengths[row];
            }
            for (var number = 0; number < newNumbers[part].Length; number++)
            {
                loose.AddAll(newNumbers[part][number], text._postings.At(number), newRows);
            }
        }
        return Kept(numbers, loose, lengths);
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

    internal static int NumberOf(Dictionary<string, int> numbers, string stem)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, stem, out var known);
        if (!known)
        {
            number = numbers.Count - 1;
        }
        return number;
    }
}
