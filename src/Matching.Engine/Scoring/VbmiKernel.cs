using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>64 rows at a time: one register holds a whole table of 64 bytes, one instruction looks 64 codes up in it.</summary>
internal sealed class VbmiKernel() : PortableKernel("vbmi")
{
    private const int Lane = 64;

    /// <summary>Unpacking works on quarters of 128 bits: with the eighths in this order before, the rows come out in theirs.</summary>
    private static readonly Vector512<ulong> Eighths = Vector512.Create(0UL, 4, 1, 5, 2, 6, 3, 7);

    public static bool IsSupported => Avx512Vbmi.IsSupported && Avx512BW.IsSupported;

    internal override void AddPoints(ReadOnlySpan<byte> codes, PointTable points, Span<short> scores)
    {
        var (low, high) = (Vector512.Create(points.Low), Vector512.Create(points.High));
        ref var code = ref MemoryMarshal.GetReference(codes);
        ref var score = ref MemoryMarshal.GetReference(scores[..codes.Length]);
        var order = Eighths;
        var at = 0;
        for (; at + Lane <= codes.Length; at += Lane)
        {
            var key = Avx512F.PermuteVar8x64(Vector512.LoadUnsafe(ref code, (nuint)at).AsUInt64(), order).AsByte();
            var lows = Avx512Vbmi.PermuteVar64x8(low, key);
            var highs = Avx512Vbmi.PermuteVar64x8(high, key);
            var first = Vector512.LoadUnsafe(ref score, (nuint)at) + Avx512BW.UnpackLow(lows, highs).AsInt16();
            var second = Vector512.LoadUnsafe(ref score, (nuint)(at + (Lane / 2))) + Avx512BW.UnpackHigh(lows, highs).AsInt16();
            first.StoreUnsafe(ref score, (nuint)at);
            second.StoreUnsafe(ref score, (nuint)(at + (Lane / 2)));
        }
        base.AddPoints(codes[at..], points, scores[at..]);
    }

    internal override void AddPairs(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, PairPointTable points, Span<short> scores)
    {
        var (rows, columns) = (Vector512.Create(points.RowOf), Vector512.Create(points.ColumnOf));
        var (low, high) = (new Cells(points.Low), new Cells(points.High));
        ref var one = ref MemoryMarshal.GetReference(first);
        ref var other = ref MemoryMarshal.GetReference(second[..first.Length]);
        ref var score = ref MemoryMarshal.GetReference(scores[..first.Length]);
        var at = 0;
        for (; at + Lane <= first.Length; at += Lane)
        {
            var cells = Avx512Vbmi.PermuteVar64x8(rows, Vector512.LoadUnsafe(ref one, (nuint)at)) | Avx512Vbmi.PermuteVar64x8(columns, Vector512.LoadUnsafe(ref other, (nuint)at));
            var key = Avx512F.PermuteVar8x64(cells.AsUInt64(), Eighths).AsByte();
            var (lows, highs) = (low.Of(key), high.Of(key));
            (Vector512.LoadUnsafe(ref score, (nuint)at) + Avx512BW.UnpackLow(lows, highs).AsInt16()).StoreUnsafe(ref score, (nuint)at);
            var rest = (nuint)(at + (Lane / 2));
            (Vector512.LoadUnsafe(ref score, rest) + Avx512BW.UnpackHigh(lows, highs).AsInt16()).StoreUnsafe(ref score, rest);
        }
        base.AddPairs(first[at..], second[at..], points, scores[at..]);
    }

    internal override void MarkCodes(ReadOnlySpan<byte> codes, ulong allowed, Span<ulong> words)
    {
        Span<byte> entries = stackalloc byte[RowSchema.CodeCount];
        for (var entry = 0; entry < entries.Length; entry++)
        {
            entries[entry] = (byte)((allowed >> entry & 1) * byte.MaxValue);
        }
        var table = Vector512.Create<byte>(entries);
        ref var code = ref MemoryMarshal.GetReference(codes);
        var whole = codes.Length & ~63;
        for (var at = 0; at < whole; at += Lane)
        {
            words[at >> 6] |= Avx512Vbmi.PermuteVar64x8(table, Vector512.LoadUnsafe(ref code, (nuint)at)).ExtractMostSignificantBits();
        }
        base.MarkCodes(codes[whole..], allowed, words[(whole >> 6)..]);
    }

    internal override void MarkBetween(ReadOnlySpan<ushort> values, ushort low, ushort high, Span<ulong> words)
    {
        var (from, width) = (Vector512.Create(low), Vector512.Create((ushort)(high - low)));
        ref var value = ref MemoryMarshal.GetReference(values);
        var whole = values.Length & ~63;
        for (var at = 0; at < whole; at += Lane)
        {
            var first = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref value, (nuint)at) - from, width);
            var second = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref value, (nuint)(at + (Lane / 2))) - from, width);
            words[at >> 6] |= first.ExtractMostSignificantBits() | (second.ExtractMostSignificantBits() << (Lane / 2));
        }
        base.MarkBetween(values[whole..], low, high, words[(whole >> 6)..]);
    }

    internal override void MarkBits(ReadOnlySpan<ulong> bits, ulong mask, bool all, Span<ulong> words)
    {
        // "All" fails where a bit is lacking, "any" where none is held: both are a comparison with zero.
        var (asked, flip) = (Vector512.Create(mask), Vector512.Create(all ? ulong.MaxValue : 0));
        ref var row = ref MemoryMarshal.GetReference(bits);
        var whole = bits.Length & ~63;
        for (var at = 0; at < whole; at += 64)
        {
            var zero = 0UL;
            for (var part = 0; part < 64; part += 8)
            {
                var left = (Vector512.LoadUnsafe(ref row, (nuint)(at + part)) ^ flip) & asked;
                zero |= Vector512.Equals(left, Vector512<ulong>.Zero).ExtractMostSignificantBits() << part;
            }
            words[at >> 6] |= all ? zero : ~zero;
        }
        base.MarkBits(bits[whole..], mask, all, words[(whole >> 6)..]);
    }

    internal override void Look(ReadOnlySpan<ushort> values, WideTable table, Span<byte> codes)
    {
        if (table.Steps is not { } steps)
        {
            base.Look(values, table, codes);
            return;
        }
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var code = ref MemoryMarshal.GetReference(codes[..values.Length]);
        var at = 0;
        for (; at + (Lane / 2) <= values.Length; at += Lane / 2)
        {
            var row = Vector512.LoadUnsafe(ref value, (nuint)at);
            var sum = Vector512<ushort>.Zero;
            foreach (var (from, change) in steps)
            {
                sum += Vector512.GreaterThanOrEqual(row, Vector512.Create(from)) & Vector512.Create((ushort)change);
            }
            // Changes are modulo 256: the low byte of the sum is the code.
            Avx512BW.ConvertToVector256Byte(sum).StoreUnsafe(ref code, (nuint)at);
        }
        base.Look(values[at..], table, codes[at..]);
    }

    // In one pass what the base does in three.
    internal override void Merge(ReadOnlySpan<byte> numbers, ByteTable table, ReadOnlySpan<byte> values, SlotMerge? merge, Span<byte> codes, Span<byte> temporary)
    {
        var whole = numbers.Length & ~(Lane - 1);
        SlotMerging.Run(merge, new MergeLoop(numbers[..whole], table, values.IsEmpty ? [] : values[..whole], codes));
        base.Merge(numbers[whole..], table, values.IsEmpty ? [] : values[whole..], merge, codes[whole..numbers.Length], temporary);
    }

    private readonly ref struct MergeLoop(ReadOnlySpan<byte> numbers, ByteTable table, ReadOnlySpan<byte> values, Span<byte> codes) : IMergeLoop
    {
        private readonly ReadOnlySpan<byte> _numbers = numbers, _values = values;
        private readonly Span<byte> _codes = codes;

        public void Run<TMerge>()
            where TMerge : struct, ISlotMerge
        {
            if (table.Highest < Lane)
            {
                Run<FewCells, TMerge>(new FewCells(table.Entries));
            }
            else
            {
                Run<Cells, TMerge>(new Cells(table.Entries));
            }
        }

        private void Run<TCells, TMerge>(TCells entries)
            where TCells : struct, ICells
            where TMerge : struct, ISlotMerge
        {
            ref var number = ref MemoryMarshal.GetReference(_numbers);
            ref var code = ref MemoryMarshal.GetReference(_codes[.._numbers.Length]);
            // Without values all bits of the entry count, whatever is read in their place.
            ref var value = ref MemoryMarshal.GetReference(_values.IsEmpty ? _numbers : _values[.._numbers.Length]);
            var all = _values.IsEmpty ? Vector512<byte>.AllBitsSet : Vector512<byte>.Zero;
            for (nuint at = 0; at < (nuint)_numbers.Length; at += Lane)
            {
                var entry = entries.Of(Vector512.LoadUnsafe(ref number, at)) & (Vector512.LoadUnsafe(ref value, at) | all);
                TMerge.Of(Vector512.LoadUnsafe(ref code, at), entry).StoreUnsafe(ref code, at);
            }
        }
    }

    internal override void Pair(Span<byte> codes, ReadOnlySpan<byte> second, PairTable table)
    {
        if (table.Columns is not { } columns)
        {
            base.Pair(codes, second, table);
            return;
        }
        ref var code = ref MemoryMarshal.GetReference(codes);
        ref var other = ref MemoryMarshal.GetReference(second[..codes.Length]);
        var classes = Vector512.Create(table.ClassOfSecond);
        var at = 0;
        for (; at + Lane <= codes.Length; at += Lane)
        {
            var key = Vector512.LoadUnsafe(ref code, (nuint)at);
            var kind = Avx512Vbmi.PermuteVar64x8(classes, Vector512.LoadUnsafe(ref other, (nuint)at));
            var met = Vector512<byte>.Zero;
            for (var one = 0; one < columns.Length; one++)
            {
                met |= Avx512Vbmi.PermuteVar64x8(Vector512.Create(columns[one]), key) & Vector512.Equals(kind, Vector512.Create((byte)one));
            }
            met.StoreUnsafe(ref code, (nuint)at);
        }
        base.Pair(codes[at..], second[at..], table);
    }

    internal override ulong AtLeast(ReadOnlySpan<int> scores, int threshold)
    {
        if (scores.Length != Lane)
        {
            return base.AtLeast(scores, threshold);
        }
        ref var score = ref MemoryMarshal.GetReference(scores);
        var least = Vector512.Create(threshold);
        return Bits(ref score, 0, least) | (Bits(ref score, 16, least) << 16) | (Bits(ref score, 32, least) << 32) | (Bits(ref score, 48, least) << 48);
    }

    internal override void Widen(ReadOnlySpan<short> from, Span<int> into)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(into[..from.Length]);
        var at = 0;
        for (; at + 32 <= from.Length; at += 32)
        {
            var (lower, upper) = Vector512.Widen(Vector512.LoadUnsafe(ref source, (nuint)at));
            (lower + Vector512.LoadUnsafe(ref target, (nuint)at)).StoreUnsafe(ref target, (nuint)at);
            (upper + Vector512.LoadUnsafe(ref target, (nuint)at + 16)).StoreUnsafe(ref target, (nuint)at + 16);
        }
        base.Widen(from[at..], into[at..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(ref int score, int at, Vector512<int> least) =>
        Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref score, (nuint)at), least).ExtractMostSignificantBits();
}
