using System.Numerics;
using System.Runtime.Intrinsics;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>One slot's code merged into those before it: a type for each way, so that a loop over many places or rows asks once which it is.</summary>
internal interface ISlotMerge
{
    static abstract byte Of(byte soFar, byte code);

    static abstract Vector<byte> Of(Vector<byte> soFar, Vector<byte> code);

    static abstract Vector512<byte> Of(Vector512<byte> soFar, Vector512<byte> code);
}

internal readonly struct MaxMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => Math.Max(soFar, code);

    public static Vector<byte> Of(Vector<byte> soFar, Vector<byte> code) => Vector.Max(soFar, code);

    public static Vector512<byte> Of(Vector512<byte> soFar, Vector512<byte> code) => Vector512.Max(soFar, code);
}

internal readonly struct SumMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => (byte)Math.Min(soFar + code, SlotMerging.Most);

    public static Vector<byte> Of(Vector<byte> soFar, Vector<byte> code) => Vector.Min(soFar + code, new Vector<byte>(SlotMerging.Most));

    public static Vector512<byte> Of(Vector512<byte> soFar, Vector512<byte> code) => Vector512.Min(soFar + code, Vector512.Create(SlotMerging.Most));
}

internal readonly struct CountMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => (byte)Math.Min(soFar + Math.Min(code, (byte)1), SlotMerging.Most);

    public static Vector<byte> Of(Vector<byte> soFar, Vector<byte> code) => SumMerge.Of(soFar, Vector.Min(code, Vector<byte>.One));

    public static Vector512<byte> Of(Vector512<byte> soFar, Vector512<byte> code) => SumMerge.Of(soFar, Vector512.Min(code, Vector512<byte>.One));
}

/// <summary>What is there takes the place of what was.</summary>
internal readonly struct NoMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => code;

    public static Vector<byte> Of(Vector<byte> soFar, Vector<byte> code) => code;

    public static Vector512<byte> Of(Vector512<byte> soFar, Vector512<byte> code) => code;
}

/// <summary>A loop over many places or rows, the same for each way to merge.</summary>
internal interface IMergeLoop
{
    void Run<TMerge>()
        where TMerge : struct, ISlotMerge;
}

internal static class SlotMerging
{
    public const byte Most = RowSchema.CodeCount - 1;

    /// <summary>Following a place costs about as much as reading this many slots in a row.</summary>
    private const int SlotsPerPlace = 2;

    public static bool IsScanCheaper(Segment segment, string group, int places) =>
        (long)places * SlotsPerPlace > (long)segment.Count * segment.Schema.SlotSpan(group).Count;

    public static void Run<TLoop>(SlotMerge? merge, TLoop loop)
        where TLoop : IMergeLoop, allows ref struct
    {
        switch (merge)
        {
            case null:
                loop.Run<NoMerge>();
                break;
            case SlotMerge.Max:
                loop.Run<MaxMerge>();
                break;
            case SlotMerge.Sum:
                loop.Run<SumMerge>();
                break;
            case SlotMerge.Count:
                loop.Run<CountMerge>();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(merge), merge, "No such merge.");
        }
    }

    /// <summary>Merges one slot's codes into those so far; a code of 0 changes nothing, whatever the merge.</summary>
    public static void Merge(Span<byte> soFar, ReadOnlySpan<byte> ofSlot, SlotMerge merge) => Run(merge, new SlotLoop(soFar, ofSlot));

    private readonly ref struct SlotLoop(Span<byte> soFar, ReadOnlySpan<byte> ofSlot) : IMergeLoop
    {
        private readonly Span<byte> _soFar = soFar;
        private readonly ReadOnlySpan<byte> _ofSlot = ofSlot;

        public void Run<TMerge>()
            where TMerge : struct, ISlotMerge
        {
            var soFar = _soFar;
            var ofSlot = _ofSlot;
            var at = 0;
            for (; at + Vector<byte>.Count <= soFar.Length; at += Vector<byte>.Count)
            {
                TMerge.Of(new Vector<byte>(soFar[at..]), new Vector<byte>(ofSlot[at..])).CopyTo(soFar[at..]);
            }
            for (; at < soFar.Length; at++)
            {
                soFar[at] = TMerge.Of(soFar[at], ofSlot[at]);
            }
        }
    }

    /// <summary>Of each code the bits that are set in both.</summary>
    public static void And(Span<byte> codes, ReadOnlySpan<byte> values)
    {
        var at = 0;
        for (; at + Vector<byte>.Count <= codes.Length; at += Vector<byte>.Count)
        {
            (new Vector<byte>(codes[at..]) & new Vector<byte>(values[at..])).CopyTo(codes[at..]);
        }
        for (; at < codes.Length; at++)
        {
            codes[at] &= values[at];
        }
    }

    /// <summary>The code where at least one slot is filled, 0 elsewhere.</summary>
    public static void WhereFilled(ReadOnlySpan<byte> filled, byte code, Span<byte> codes)
    {
        var at = 0;
        var (one, everywhere) = (Vector<byte>.One, new Vector<byte>(code));
        for (; at + Vector<byte>.Count <= codes.Length; at += Vector<byte>.Count)
        {
            (Vector.Min(new Vector<byte>(filled[at..]), one) * everywhere).CopyTo(codes[at..]);
        }
        for (; at < codes.Length; at++)
        {
            codes[at] = filled[at] == 0 ? (byte)0 : code;
        }
    }
}
