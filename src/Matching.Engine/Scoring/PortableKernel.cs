using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>The inner loops in plain C#: the integers every faster kernel reproduces.</summary>
internal class PortableKernel : Kernel
{
    public PortableKernel() : this("portable")
    {
    }

    private protected PortableKernel(string name) : base(name)
    {
    }

    internal override void AddPoints(ReadOnlySpan<byte> codes, PointTable points, Span<short> scores)
    {
        Check(scores.Length >= codes.Length);
        // Codes are below 64 and the table has 64 entries: the mask proves every read is inside.
        ref var table = ref MemoryMarshal.GetArrayDataReference(points.Points);
        ref var score = ref MemoryMarshal.GetReference(scores[..codes.Length]);
        for (var at = 0; at < codes.Length; at++)
        {
            Unsafe.Add(ref score, at) += Unsafe.Add(ref table, codes[at] & 63);
        }
    }

    internal override void AddPairs(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, PairPointTable points, Span<short> scores)
    {
        Check(scores.Length >= first.Length && second.Length >= first.Length);
        var table = points.Points;
        for (var at = 0; at < first.Length; at++)
        {
            scores[at] += table[points.CellOf(first[at], second[at])];
        }
    }

    internal override void MarkCodes(ReadOnlySpan<byte> codes, ulong allowed, Span<ulong> words)
    {
        for (var row = 0; row < codes.Length; row++)
        {
            words[row >> 6] |= ((allowed >> codes[row]) & 1) << row;
        }
    }

    internal override void MarkBetween(ReadOnlySpan<ushort> values, ushort low, ushort high, Span<ulong> words)
    {
        for (var row = 0; row < values.Length; row++)
        {
            words[row >> 6] |= ((uint)(values[row] - low) <= (uint)(high - low) ? 1UL : 0) << row;
        }
    }

    internal override void MarkBits(ReadOnlySpan<ulong> bits, ulong mask, bool all, Span<ulong> words)
    {
        for (var row = 0; row < bits.Length; row++)
        {
            var held = bits[row] & mask;
            words[row >> 6] |= ((all ? held == mask : held != 0) ? 1UL : 0) << row;
        }
    }

    internal override void Look(ReadOnlySpan<ushort> values, WideTable table, Span<byte> codes)
    {
        Check(codes.Length >= values.Length);
        ref var entries = ref MemoryMarshal.GetArrayDataReference(table.Codes);
        ref var code = ref MemoryMarshal.GetReference(codes[..values.Length]);
        for (var at = 0; at < values.Length; at++)
        {
            Unsafe.Add(ref code, at) = Unsafe.Add(ref entries, values[at]);
        }
    }

    internal override void Merge(ReadOnlySpan<byte> numbers, ByteTable table, ReadOnlySpan<byte> values, SlotMerge? merge, Span<byte> codes, Span<byte> temporary)
    {
        var entries = table.Entries;
        var ofSlot = (merge is null ? codes : temporary)[..numbers.Length];
        for (var at = 0; at < ofSlot.Length; at++)
        {
            ofSlot[at] = entries[numbers[at]];
        }
        if (!values.IsEmpty)
        {
            SlotMerging.And(ofSlot, values);
        }
        if (merge is { } how)
        {
            SlotMerging.Merge(codes[..numbers.Length], ofSlot, how);
        }
    }

    internal override void Pair(Span<byte> codes, ReadOnlySpan<byte> second, PairTable table)
    {
        var entries = table.Table;
        for (var at = 0; at < codes.Length; at++)
        {
            codes[at] = entries[(codes[at] * RowSchema.CodeCount) + second[at]];
        }
    }

    internal override ulong AtLeast(ReadOnlySpan<int> scores, int threshold)
    {
        var bits = 0UL;
        for (var at = 0; at < scores.Length; at++)
        {
            bits |= (scores[at] >= threshold ? 1UL : 0) << at;
        }
        return bits;
    }

    internal override void Widen(ReadOnlySpan<short> from, Span<int> into)
    {
        for (var at = 0; at < from.Length; at++)
        {
            into[at] += from[at];
        }
    }
}
