using System.Text;
using Matching.Engine.Index;

namespace Matching.Engine.Columns;

/// <summary>
/// Rows on their way into a store, written into columns one by one. The row itself may go at once: reading a million of them leaves
/// nothing for the collector to carry along. For one thread.
/// </summary>
public sealed class RowBatch<TFacts>
{
    private readonly RowSchema _schema;
    private readonly byte[][] _codes;
    private readonly ushort[][] _wide;
    private readonly ulong[][] _bits;
    private readonly SegmentTextBuilder _text;
    private Guid[] _ids;
    private TFacts[] _facts;
    private int[] _ends;
    private byte[] _utf8;
    private bool _isApplied;

    /// <param name="expectedRows">More may come, and longer texts: it costs a copy.</param>
    /// <param name="expectedCharacters">Of all texts together.</param>
    public RowBatch(RowSchema schema, int expectedRows, int expectedCharacters = 0)
    {
        _schema = schema;
        _text = new SegmentTextBuilder(expectedCharacters);
        // One letter in sixteen with an accent, of two bytes, is a lot.
        _utf8 = new byte[expectedCharacters + (expectedCharacters >> 4)];
        (_ids, _facts, _ends) = (new Guid[expectedRows], new TFacts[expectedRows], new int[expectedRows]);
        _codes = Columns<byte>(schema.CodeColumns.Count, expectedRows);
        _wide = Columns<ushort>(schema.SlotCount, expectedRows);
        _bits = Columns<ulong>(schema.BitColumns.Count, expectedRows);
    }

    /// <summary>Rows added, those of an id given twice included.</summary>
    public int Count { get; private set; }

    internal ReadOnlySpan<Guid> Ids => _ids.AsSpan(0, Count);

    /// <exception cref="ArgumentException">The row does not fit the schema; it is not added.</exception>
    /// <exception cref="InvalidOperationException">The batch was applied: its columns belong to readers.</exception>
    public void Add(Row<TFacts> row)
    {
        if (_isApplied)
        {
            throw new InvalidOperationException("A batch is applied once.");
        }
        row.Check(_schema);
        if (Count == _ids.Length)
        {
            Resize(Math.Max(16, Count * 2));
        }
        (_ids[Count], _facts[Count]) = (row.Id, row.Facts);
        Put(row.Codes, _codes);
        Put(row.Wide, _wide);
        Put(row.Bits, _bits);
        _ends[Count] = PutText(row.Text, start: Count == 0 ? 0 : _ends[Count - 1]);
        _text.Add(row.Text);
        Count++;
    }

    /// <summary>The rows as a segment, of which the last row of each id is live; nothing can be added afterwards.</summary>
    internal SegmentView<TFacts> ToSegment()
    {
        if (_isApplied)
        {
            throw new InvalidOperationException("A batch is applied once.");
        }
        _isApplied = true;
        if (_ids.Length != Count)
        {
            Resize(Count);
        }
        var used = Count == 0 ? 0 : _ends[^1];
        if (_utf8.Length - used > used >> 3)
        {
            Array.Resize(ref _utf8, used);
        }
        var segment = new Segment<TFacts>(_schema, _ids, _codes, _wide, _bits, new TextColumn(_utf8, _ends), _facts, _text.Build());
        var view = SegmentView<TFacts>.AllLive(segment);
        return segment.ReplacedRows.Count == 0 ? view : view.Without(segment.ReplacedRows);
    }

    private static T[][] Columns<T>(int count, int rows) => [.. Enumerable.Range(0, count).Select(_ => new T[rows])];

    private void Put<T>(T[] values, T[][] columns)
    {
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column][Count] = values[column];
        }
    }

    /// <summary>Where the text ends.</summary>
    private int PutText(string text, int start)
    {
        if (_utf8.Length - start < text.Length * 3L && Encoding.UTF8.GetByteCount(text) is var needed && _utf8.Length - start < needed)
        {
            Array.Resize(ref _utf8, checked(Math.Max(_utf8.Length + (_utf8.Length >> 1), start + needed)));
        }
        return start + Encoding.UTF8.GetBytes(text, _utf8.AsSpan(start));
    }

    private void Resize(int rows)
    {
        Array.Resize(ref _ids, rows);
        Array.Resize(ref _facts, rows);
        Array.Resize(ref _ends, rows);
        Resize(_codes, rows);
        Resize(_wide, rows);
        Resize(_bits, rows);
    }

    private static void Resize<T>(T[][] columns, int rows)
    {
        for (var column = 0; column < columns.Length; column++)
        {
            Array.Resize(ref columns[column], rows);
        }
    }
}
