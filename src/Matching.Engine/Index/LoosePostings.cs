namespace Matching.Engine.Index;

/// <summary>Postings while an index is made: expected first, then placed, then added with their rows ascending within each stem.</summary>
internal sealed class LoosePostings
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly int[] _rows;
    private readonly byte[] _counts;

    public LoosePostings(int stems, int postings)
        : this(new int[stems], new int[stems], GC.AllocateUninitializedArray<int>(postings), GC.AllocateUninitializedArray<byte>(postings))
    {
    }

    private LoosePostings(int[] starts, int[] ends, int[] rows, byte[] counts) => (_starts, _ends, _rows, _counts) = (starts, ends, rows, counts);

    public int StemCount => _starts.Length;

    public void Expect(int stem, int postings) => _ends[stem] += postings;

    public void Place()
    {
        var total = 0;
        for (var stem = 0; stem < _ends.Length; stem++)
        {
            (_starts[stem], total) = (total, total + _ends[stem]);
            _ends[stem] = _starts[stem];
        }
    }

    public void Add(int stem, int row, byte count)
    {
        var at = _ends[stem]++;
        (_rows[at], _counts[at]) = (row, count);
    }

    /// <summary>The postings of a segment under their new rows, those without one (-1) left out.</summary>
    public void AddAll(int stem, Postings postings, int[] newRows)
    {
        if (postings.Frequent is not null)
        {
            foreach (var (row, count) in new PassingPostings(postings, []))
            {
                AddKept(stem, newRows[row], count);
            }
            return;
        }
        var low = postings.Low;
        for (int block = 0, at = 0; at < low.Length; block++)
        {
            for (var end = postings.EndOf(block); at < end; at++)
            {
                AddKept(stem, newRows[(block << 16) | low[at]], postings.CountAt(at));
            }
        }
    }

    private void AddKept(int stem, int row, byte count)
    {
        if (row >= 0)
        {
            Add(stem, row, count);
        }
    }

    public LoosePostingsOfStem Of(int stem)
    {
        var (start, count) = (_starts[stem], _ends[stem] - _starts[stem]);
        return new LoosePostingsOfStem(_rows.AsSpan(start, count), _counts.AsSpan(start, count));
    }

    /// <summary>These stems alone, numbered in this order.</summary>
    public LoosePostings Only(int[] stems) => new(Array.ConvertAll(stems, stem => _starts[stem]), Array.ConvertAll(stems, stem => _ends[stem]), _rows, _counts);
}

internal readonly ref struct LoosePostingsOfStem(ReadOnlySpan<int> rows, ReadOnlySpan<byte> counts)
{
    public ReadOnlySpan<int> Rows { get; } = rows;

    public ReadOnlySpan<byte> Counts { get; } = counts;
}
