using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>
/// Up to 4096 rows of one segment, contiguous or picked, read column by column. Picked rows are gathered into scratch
/// arrays so that sources are written once, over spans.
/// </summary>
internal sealed class RowBlock(Kernel kernel, int mostRows = RowBlock.Capacity)
{
    /// <summary>4096 rows of scores and of two byte columns stay in a 32 KB first-level cache.</summary>
    public const int Capacity = 4096;

    private const int CacheLine = 64;

    private readonly Scratch<byte> _bytes = new(mostRows);
    private readonly Scratch<ushort> _wide = new(mostRows);
    private readonly Scratch<ulong> _bits = new(mostRows);
    private readonly Dictionary<CodeSource, (int Move, byte[] Codes)> _shared = [];
    private readonly Dictionary<WantedPlaces, (int NextRow, int[] Read)> _progress = [];
    private int _move;
    private int _start;
    private int[]? _rows;

    public Kernel Kernel { get; } = kernel;

    public Segment Segment { get; private set; } = null!;

    public int Count { get; private set; }

    /// <summary>The first row when the rows are contiguous (a multiple of the capacity in a pass); null when they are picked.</summary>
    public int? Start => _rows is null ? _start : null;

    /// <summary>Points at rows <c>start..start+count</c> of the segment, or of the picked rows when given.</summary>
    public void Move(Segment segment, int[]? rows, int start, int count)
    {
        (Segment, _rows, _start, Count) = (segment, rows, start, count);
        _move++;
        Release();
    }

    /// <summary>Gives back the scratch arrays: called between two features.</summary>
    public void Release()
    {
        _bytes.Release();
        _wide.Release();
        _bits.Release();
    }

    /// <summary>A working array as long as the block; its content is whatever was left there.</summary>
    public Span<byte> Temporary() => _bytes.Take()[..Count];

    /// <summary>The codes of a source for these rows, computed once however many features read them.</summary>
    public ReadOnlySpan<byte> Once(CodeSource source)
    {
        var known = _shared.TryGetValue(source, out var kept);
        var codes = known ? kept.Codes : new byte[mostRows];
        if (!known || kept.Move != _move)
        {
            source.Fill(this, codes.AsSpan(0, Count));
            _shared[source] = (_move, codes);
        }
        return codes.AsSpan(0, Count);
    }

    /// <summary>How far each value's places were read by the blocks before this one.</summary>
    /// <param name="follows">Whether this block begins where the one before ended; otherwise nothing is known yet.</param>
    public int[] Progress(WantedPlaces places, int values, int start, out bool follows)
    {
        ref var progress = ref CollectionsMarshal.GetValueRefOrAddDefault(_progress, places, out var known);
        follows = known && progress.NextRow == start;
        progress = (start + Count, known ? progress.Read : new int[values]);
        return progress.Read;
    }

    /// <summary>Whether <see cref="Once"/> has these codes already.</summary>
    public bool Has(CodeSource source) => _shared.TryGetValue(source, out var kept) && kept.Move == _move;

    public ReadOnlySpan<byte> Codes(int column) => Pick(Segment.Codes(column), _bytes);

    /// <summary>
    /// Has the memory send a column's part of this block while another is read. Processors foresee what is read next within a
    /// page of 4 KB, which is one block of a column: without this each column of each block begins by waiting.
    /// </summary>
    public void CodesAhead(int column) => Ahead(Segment.Codes(column));

    public void PerRowAhead(byte[] codes) => Ahead<byte>(codes);

    public void WideAhead(int slot) => Ahead(Segment.Wide(slot));

    public ReadOnlySpan<ushort> Wide(int slot) => Pick(Segment.Wide(slot), _wide);

    public ReadOnlySpan<ulong> Bits(int column) => Pick(Segment.Bits(column), _bits);

    /// <summary>The block's part of an array that has one byte per row of the segment.</summary>
    public ReadOnlySpan<byte> PerRow(byte[] codes) => Pick(codes, _bytes);

    public int RowAt(int position) => _rows is null ? _start + position : _rows[_start + position];

    private ReadOnlySpan<T> Pick<T>(ReadOnlySpan<T> column, Scratch<T> scratch)
    {
        if (_rows is null)
        {
            return column.Slice(_start, Count);
        }
        var gathered = scratch.Take()[..Count];
        for (var position = 0; position < Count; position++)
        {
            gathered[position] = column[_rows[_start + position]];
        }
        return gathered;
    }

    private unsafe void Ahead<T>(ReadOnlySpan<T> column)
        where T : unmanaged
    {
        if (_rows is not null || !Sse.IsSupported)
        {
            return;
        }
        ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(column.Slice(_start, Count)));
        for (var at = 0; at < Count * sizeof(T); at += CacheLine)
        {
            // Only a hint to the processor: an address that has moved meanwhile would cost nothing but its use.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, at)));
        }
    }

    private sealed class Scratch<T>(int length)
    {
        private readonly List<T[]> _arrays = [];
        private int _used;

        public Span<T> Take()
        {
            if (_used == _arrays.Count)
            {
                _arrays.Add(new T[length]);
            }
            return _arrays[_used++];
        }

        public void Release() => _used = 0;
    }
}
