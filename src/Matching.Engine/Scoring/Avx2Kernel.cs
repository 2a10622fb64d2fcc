using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>32 rows at a time. A table of 64 is four shuffles of 16, of which three answer zero; what is left over is done plainly.</summary>
internal sealed class Avx2Kernel() : PortableKernel("avx2")
{
    private const int Lane = 32;

    internal override void AddPoints(ReadOnlySpan<byte> codes, PointTable points, Span<short> scores)
    {
        var (low, high) = (new Table(points.Low), new Table(points.High));
        ref var code = ref MemoryMarshal.GetReference(codes);
        ref var score = ref MemoryMarshal.GetReference(scores[..codes.Length]);
        var at = 0;
        for (; at + Lane <= codes.Length; at += Lane)
        {
            // Unpacking works on halves of 128 bits: putting the quarters in the order 0, 2, 1, 3 first keeps the rows in order.
            var key = Avx2.Permute4x64(Vector256.LoadUnsafe(ref code, (nuint)at).AsUInt64(), 0b11_01_10_00).AsByte();
            var (keys0, keys1, keys2, keys3) = (Key(key, 0), Key(key, 16), Key(key, 32), Key(key, 48));
            var lows = low.Of(keys0, keys1, keys2, keys3);
            var highs = high.Of(keys0, keys1, keys2, keys3);
            Add(ref score, at, Avx2.UnpackLow(lows, highs).AsInt16());
            Add(ref score, at + (Lane / 2), Avx2.UnpackHigh(lows, highs).AsInt16());
        }
        base.AddPoints(codes[at..], points, scores[at..]);
    }

    internal override void MarkCodes(ReadOnlySpan<byte> codes, ulong allowed, Span<ulong> words)
    {
        var table = new Table([.. Enumerable.Range(0, RowSchema.CodeCount).Select(code => (byte)((allowed >> code & 1) * byte.MaxValue))]);
        ref var code = ref MemoryMarshal.GetReference(codes);
        var whole = codes.Length & ~63;
        for (var at = 0; at < whole; at += 64)
        {
            var first = Vector256.LoadUnsafe(ref code, (nuint)at);
            var second = Vector256.LoadUnsafe(ref code, (nuint)at + Lane);
            ulong bits = table.Of(first).ExtractMostSignificantBits();
            words[at >> 6] |= bits | ((ulong)table.Of(second).ExtractMostSignificantBits() << Lane);
        }
        base.MarkCodes(codes[whole..], allowed, words[(whole >> 6)..]);
    }

    internal override void MarkBetween(ReadOnlySpan<ushort> values, ushort low, ushort high, Span<ulong> words)
    {
        var (from, width) = (Vector256.Create(low), Vector256.Create((ushort)(high - low)));
        ref var value = ref MemoryMarshal.GetReference(values);
        var whole = values.Length & ~63;
        for (var at = 0; at < whole; at += 64)
        {
            var bits = 0UL;
            for (var part = 0; part < 64; part += Lane)
            {
                // Minimum(v - low, width) = v - low says that the value is inside; packing two masks of 16 bits gives 32 of 8.
                var first = Vector256.LoadUnsafe(ref value, (nuint)(at + part)) - from;
                var second = Vector256.LoadUnsafe(ref value, (nuint)(at + part + (Lane / 2))) - from;
                var inside = Avx2.PackSignedSaturate(
                    Avx2.CompareEqual(Avx2.Min(first, width), first).AsInt16(), Avx2.CompareEqual(Avx2.Min(second, width), second).AsInt16());
                bits |= (ulong)Avx2.Permute4x64(inside.AsInt64(), 0b11_01_10_00).AsByte().ExtractMostSignificantBits() << part;
            }
            words[at >> 6] |= bits;
        }
        base.MarkBetween(values[whole..], low, high, words[(whole >> 6)..]);
    }

    internal override void MarkBits(ReadOnlySpan<ulong> bits, ulong mask, bool all, Span<ulong> words)
    {
        // "All" fails where a bit is lacking, "any" where none is held: both are a comparison with zero.
        var (asked, flip) = (Vector256.Create(mask), Vector256.Create(all ? ulong.MaxValue : 0));
        ref var row = ref MemoryMarshal.GetReference(bits);
        var whole = bits.Length & ~63;
        for (var at = 0; at < whole; at += 64)
        {
            var zero = 0UL;
            for (var part = 0; part < 64; part += 4)
            {
                var left = (Vector256.LoadUnsafe(ref row, (nuint)(at + part)) ^ flip) & asked;
                zero |= (ulong)Vector256.Equals(left, Vector256<ulong>.Zero).ExtractMostSignificantBits() << part;
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
        for (; at + Lane <= values.Length; at += Lane)
        {
            var first = Vector256.LoadUnsafe(ref value, (nuint)at);
            var second = Vector256.LoadUnsafe(ref value, (nuint)(at + (Lane / 2)));
            var (sumFirst, sumSecond) = (Vector256<ushort>.Zero, Vector256<ushort>.Zero);
            foreach (var (from, change) in steps)
            {
                var (threshold, added) = (Vector256.Create(from), Vector256.Create((ushort)change));
                sumFirst += Avx2.CompareEqual(Avx2.Max(first, threshold), first) & added;
                sumSecond += Avx2.CompareEqual(Avx2.Max(second, threshold), second) & added;
            }
            // Changes are modulo 256: the low byte of the sum is the code.
            Vector256.Narrow(sumFirst & Vector256.Create((ushort)0xFF), sumSecond & Vector256.Create((ushort)0xFF)).StoreUnsafe(ref code, (nuint)at);
        }
        base.Look(values[at..], table, codes[at..]);
    }

    internal override ulong AtLeast(ReadOnlySpan<int> scores, int threshold)
    {
        if (scores.Length != 64)
        {
            return base.AtLeast(scores, threshold);
        }
        ref var score = ref MemoryMarshal.GetReference(scores);
        var (bits, least) = (0UL, Vector256.Create(threshold));
        for (var at = 0; at < 64; at += 8)
        {
            bits |= (ulong)Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref score, (nuint)at), least).ExtractMostSignificantBits() << at;
        }
        return bits;
    }

    internal override void Widen(ReadOnlySpan<short> from, Span<int> into)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(into[..from.Length]);
        var at = 0;
        for (; at + 16 <= from.Length; at += 16)
        {
            var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref source, (nuint)at));
            (lower + Vector256.LoadUnsafe(ref target, (nuint)at)).StoreUnsafe(ref target, (nuint)at);
            (upper + Vector256.LoadUnsafe(ref target, (nuint)at + 8)).StoreUnsafe(ref target, (nuint)at + 8);
        }
        base.Widen(from[at..], into[at..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref short score, int at, Vector256<short> points) =>
        (Vector256.LoadUnsafe(ref score, (nuint)at) + points).StoreUnsafe(ref score, (nuint)at);

    /// <summary>The place within the sixteen from <paramref name="start"/>; with the highest bit set, which a shuffle answers by zero, outside of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Key(Vector256<byte> codes, byte start) =>
        Avx2.AddSaturate(codes ^ Vector256.Create(start), Vector256.Create((byte)0x70));

    private readonly struct Table(ReadOnlySpan<byte> entries)
    {
        private readonly Vector256<byte> _first = Both(entries), _second = Both(entries[16..]), _third = Both(entries[32..]), _fourth = Both(entries[48..]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<byte> Of(Vector256<byte> codes) => Of(Key(codes, 0), Key(codes, 16), Key(codes, 32), Key(codes, 48));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<byte> Of(Vector256<byte> keys0, Vector256<byte> keys1, Vector256<byte> keys2, Vector256<byte> keys3) =>
            Avx2.Shuffle(_first, keys0) | Avx2.Shuffle(_second, keys1) | Avx2.Shuffle(_third, keys2) | Avx2.Shuffle(_fourth, keys3);

        private static Vector256<byte> Both(ReadOnlySpan<byte> entries)
        {
            var half = Vector128.Create(entries[..16]);
            return Vector256.Create(half, half);
        }
    }
}
