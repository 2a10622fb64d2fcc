using System.Numerics;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>One slot's code merged into those before it: a type for each way, so that a loop over many places or rows asks once which it is.</summary>
internal interface ISlotMerge
{
    static abstract byte Of(byte soFar, byte code);

    static abstract Vector<byte> Of(Vector<byte> soFar, Vector<byte> code);
}

internal readonly struct MaxMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => Math.Max(soFar, code);

    public static Vector<byte> Of(Vector<byte> soFar, Vector<byte> code) => Vector.Max(soFar, code);
}

internal readonly struct SumMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => (byte)Math.Min(soFar + code, SlotMerging.Most);

    public static Vector<byte> Of(Vector<byte> soFar, Vector<byte> code) => Vector.Min(soFar + code, new Vector<byte>(SlotMerging.Most));
}

internal readonly struct CountMerge : ISlotMerge
{
    public static byte Of(byte soFar, byte code) => (byte)Math.Min(soFar + Math.Min(code, (byte)1), SlotMerging.Most);

    public static Vector<byte> Of(Vector<byte> soFar, Vector<byte> code) => SumMerge.Of(soFar, Vector.Min(code, Vector<byte>.One));
}

internal static class SlotMerging
{
    public const byte Most = RowSchema.CodeCount - 1;

    /// <summary>Following a place costs about as much as reading this many slots in a row.</summary>
    private const int SlotsPerPlace = 2;

    public static bool IsScanCheaper(Segment segment, string group, int places) =>
        (long)places * SlotsPerPlace > (long)segment.Count * segment.Schema.SlotSpan(group).Count;

    /// <summary>Merges one slot's codes into those so far; a code of 0 changes nothing, whatever the merge.</summary>
    public static void Merge(Span<byte> soFar, ReadOnlySpan<byte> ofSlot, SlotMerge merge)
    {
        switch (merge)
        {
            case SlotMerge.Max:
                Merge<MaxMerge>(soFar, ofSlot);
                break;
            case SlotMerge.Sum:
                Merge<SumMerge>(soFar, ofSlot);
                break;
            case SlotMerge.Count:
                Merge<CountMerge>(soFar, ofSlot);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(merge), merge, "No such merge.");
        }
    }

    private static void Merge<TMerge>(Span<byte> soFar, ReadOnlySpan<byte> ofSlot)
        where TMerge : struct, ISlotMerge
    {
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
