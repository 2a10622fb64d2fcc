using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>
/// The inner loops over columns. Every kernel gives the same integers; they differ only in how many rows one instruction
/// reads. <see cref="Auto"/> is the fastest that this processor has.
/// </summary>
public abstract class Kernel
{
    private protected Kernel(string name) => Name = name;

    /// <summary>What <see cref="Named"/> takes: "vbmi", "avx2" or "portable".</summary>
    public string Name { get; }

    public static Kernel Portable { get; } = new PortableKernel();

    /// <summary>The kernels this processor can run, the fastest first; the portable one is always there.</summary>
    public static IReadOnlyList<Kernel> Available { get; } =
    [
        .. VbmiKernel.IsSupported ? [new VbmiKernel()] : Array.Empty<Kernel>(),
        .. Avx2.IsSupported ? [new Avx2Kernel()] : Array.Empty<Kernel>(),
        Portable,
    ];

    public static Kernel Auto => Available[0];

    /// <summary>The kernel of this name, or the fastest for "auto".</summary>
    /// <exception cref="ArgumentException">No such kernel.</exception>
    /// <exception cref="PlatformNotSupportedException">This processor lacks its instructions.</exception>
    public static Kernel Named(string name) => name switch
    {
        "auto" => Auto,
        "vbmi" or "avx2" or "portable" => Available.FirstOrDefault(kernel => kernel.Name == name)
            ?? throw new PlatformNotSupportedException($"This processor cannot run the kernel '{name}'."),
        _ => throw new ArgumentException($"There is no kernel '{name}': auto, vbmi, avx2 or portable.", nameof(name)),
    };

    /// <summary><c>scores[i] += points[codes[i]]</c>; the caller knows that no sum leaves 16 bits.</summary>
    internal abstract void AddPoints(ReadOnlySpan<byte> codes, PointTable points, Span<short> scores);

    /// <summary><c>scores[i] += points[first[i], second[i]]</c>; the caller knows that no sum leaves 16 bits.</summary>
    internal abstract void AddPairs(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, PairPointTable points, Span<short> scores);

    /// <summary>Sets bit i of the words when bit <c>codes[i]</c> of <paramref name="allowed"/> is set.</summary>
    internal abstract void MarkCodes(ReadOnlySpan<byte> codes, ulong allowed, Span<ulong> words);

    /// <summary>Sets bit i of the words when <c>low ≤ values[i] ≤ high</c>.</summary>
    internal abstract void MarkBetween(ReadOnlySpan<ushort> values, ushort low, ushort high, Span<ulong> words);

    /// <summary>Sets bit i of the words when row i has all the bits of the mask, or at least one of them.</summary>
    internal abstract void MarkBits(ReadOnlySpan<ulong> bits, ulong mask, bool all, Span<ulong> words);

    /// <summary><c>codes[i]</c> = the entry of <c>values[i]</c>.</summary>
    internal abstract void Look(ReadOnlySpan<ushort> values, WideTable table, Span<byte> codes);

    /// <summary>The entry of <c>numbers[i]</c>, of it the bits that <c>values[i]</c> has too, merged into <c>codes[i]</c>.</summary>
    /// <param name="values">None when the entries themselves are merged.</param>
    /// <param name="merge">Null when they take the place of what was there.</param>
    /// <param name="temporary">As long as the codes, for what is looked up before it is merged.</param>
    internal abstract void Merge(ReadOnlySpan<byte> numbers, ByteTable table, ReadOnlySpan<byte> values, SlotMerge? merge, Span<byte> codes, Span<byte> temporary);

    /// <summary><c>codes[i]</c> = the entry of <c>(codes[i], second[i])</c>.</summary>
    internal abstract void Pair(Span<byte> codes, ReadOnlySpan<byte> second, PairTable table);

    /// <summary>One bit for each of up to 64 scores that is at least the threshold.</summary>
    internal abstract ulong AtLeast(ReadOnlySpan<int> scores, int threshold);

    /// <summary><c>into[i] += from[i]</c>.</summary>
    internal abstract void Widen(ReadOnlySpan<short> from, Span<int> into);

    /// <summary>Faster loops read without bounds checks: what they are given is checked here, once a block.</summary>
    [Conditional("DEBUG")]
    private protected static void Check(bool fits) => Debug.Assert(fits, "A kernel was given spans of different lengths.");
}
