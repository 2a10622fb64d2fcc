using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matching.Engine.Scoring;

/// <summary>256 bytes in four registers: one instruction looks in two of them, the highest bit of the key chooses between both halves.</summary>
internal readonly struct Cells(byte[] entries) : ICells
{
    private const int Lane = 64;

    private readonly Vector512<byte> _first = Vector512.Create(entries), _second = Vector512.Create(entries, Lane), _third = Vector512.Create(entries, 2 * Lane), _fourth = Vector512.Create(entries, 3 * Lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<byte> Of(Vector512<byte> keys) => Vector512.ConditionalSelect(
        Vector512.GreaterThanOrEqual(keys, Vector512.Create((byte)0x80)),
        Avx512Vbmi.PermuteVar64x8x2(_third, keys, _fourth),
        Avx512Vbmi.PermuteVar64x8x2(_first, keys, _second));
}

/// <summary>64 bytes in one register.</summary>
internal readonly struct FewCells(byte[] entries) : ICells
{
    private readonly Vector512<byte> _entries = Vector512.Create(entries);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<byte> Of(Vector512<byte> keys) => Avx512Vbmi.PermuteVar64x8(_entries, keys);
}

/// <summary>A table of bytes in registers.</summary>
internal interface ICells
{
    Vector512<byte> Of(Vector512<byte> keys);
}
