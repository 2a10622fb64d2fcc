using System.Runtime.InteropServices;
using Matching.Engine.Text;

namespace Matching.Engine.Index;

/// <summary>The index of a segment while its texts arrive, one after another. For one thread.</summary>
internal sealed class SegmentTextBuilder(int expectedCharacters)
{
    private const int MostRoom = 1 << 24;

    private readonly WordMemory _memory = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    // A word of a text takes six characters or so: growing a long list again and again would cost as much as filling it.
    private readonly List<Entry> _entries = new(Math.Min(MostRoom, expectedCharacters / 6));
    private readonly List<ushort> _lengths = [];

    /// <summary>By number of the stem: the last row that held it, and where its entry stands.</summary>
    private readonly List<(int Row, int Entry)> _last = [];

    /// <summary>The text of the next row.</summary>
    public void Add(string text)
    {
        var row = _lengths.Count;
        var stems = text.Length == 0 ? [] : CollectionsMarshal.AsSpan(FrenchAnalyzer.Stems(text, _memory));
        _lengths.Add((ushort)Math.Min(stems.Length, ushort.MaxValue));
        foreach (var found in stems)
        {
            var number = NumberOf(found.Stem);
            ref var last = ref CollectionsMarshal.AsSpan(_last)[number];
            if (last.Row != row)
            {
                last = (row, _entries.Count);
                _entries.Add(new Entry(number, row, 1));
            }
            else
            {
                ref var entry = ref CollectionsMarshal.AsSpan(_entries)[last.Entry];
                entry = entry with { Count = (byte)Math.Min(entry.Count + 1, byte.MaxValue) };
            }
        }
    }

    public SegmentText Build()
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        var loose = new LoosePostings(_numbers.Count, entries.Length);
        foreach (ref readonly var entry in entries)
        {
            loose.Expect(entry.Stem, 1);
        }
        loose.Place();
        foreach (ref readonly var entry in entries)
        {
            loose.Add(entry.Stem, entry.Row, entry.Count);
        }
        ushort[] lengths = [.. _lengths];
        return new SegmentText(_numbers, CompactPostings.Of(loose, lengths), lengths);
    }

    private int NumberOf(KnownStem stem)
    {
        if (stem.Number < 0)
        {
            // The memory may have given up on a stem met before: its text tells.
            stem.Number = SegmentText.NumberOf(_numbers, stem.Text);
            if (stem.Number == _last.Count)
            {
                _last.Add((-1, 0));
            }
        }
        return stem.Number;
    }

    private readonly record struct Entry(int Stem, int Row, byte Count);
}
