using System.Numerics;
using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

/// <summary>The same query said twice: once for the engine, once row by row in the plainest way.</summary>
internal static class BruteForce
{
    public const int WithoutText = 11;

    private static readonly byte[] KeyTable = [.. Enumerable.Range(0, 250).Select(key => (byte)(key * 7 % 64))];
    // Few keys of their own: read where they stand, not row by row.
    private static readonly byte[] FewKeys = [.. Enumerable.Range(0, 300).Select(key => (byte)(key % 11 == 0 ? 3 + (key % 50) : 2))];
    private static readonly byte[] FewKeysOnly = [.. FewKeys.Select(code => code == 2 ? (byte)0 : code)];
    private static readonly bool[] KeyWanted = [.. Enumerable.Range(0, 280).Select(key => key % 3 == 0)];
    private static readonly byte[] PairTable = [.. Enumerable.Range(0, 4096).Select(cell => (byte)(cell * 31 % 61))];
    private const ulong Mask = 0x00FF_00F0_0F00_FFFF;
    // One row in two: enough pass for rows to be scored block by block, few enough in other queries for them to be picked.
    private const ulong ModestMask = 0b1000;

    public static readonly short[][] Points =
        [.. Enumerable.Range(0, WithoutText).Select(f => Enumerable.Range(0, 64).Select(c => (short)((c * (f + 3) * 13 % 97) - 20)).ToArray())];

    public static Query Query(ulong salt, IReadOnlyList<Filter>? extraScope = null) => new(
        [Filter.Facts<Facts>("flagged", "flagged", facts => facts.Flag), .. extraScope ?? []],
        [
            Filter.CodeIn("a is not small", "a", ~0b111UL),
            Filter.WideAny("zone", "zone", [.. Enumerable.Range(0, 350).Select(zone => zone % 5 != 1)]),
            Filter.WideNone("keys", "keys", [.. Enumerable.Range(0, 300).Select(key => key % 29 == 0)]),
            Filter.BitsAll("has both", "more", ModestMask),
            Filter.BitsAny("has some", "flags", Mask),
        ],
        [.. Sources().Select((source, at) => new Feature($"f{at}", source, Points[at]))],
        salt);

    private static CodeSource[] Sources() =>
    [
        CodeSource.Column("a"),
        CodeSource.Lookup("keys", KeyTable, SlotMerge.Max),
        CodeSource.Lookup("keys", KeyTable, SlotMerge.Count).Map(0, 5, 9),
        CodeSource.Lookup("keys", KeyTable, SlotMerge.Sum),
        CodeSource.Lookup("keys", FewKeys, SlotMerge.Max),
        CodeSource.Lookup("keys", FewKeysOnly, SlotMerge.Sum),
        CodeSource.Lookup("keys", FewKeysOnly, SlotMerge.Count),
        CodeSource.SlotValues("keys", KeyWanted, ["v1", "v2", "v3"], SlotMerge.Sum),
        CodeSource.SlotValues("keys", KeyWanted, ["v1", "v2", "v3"], SlotMerge.Max),
        CodeSource.Pair(CodeSource.Column("b"), CodeSource.BitsMissing("flags", Mask), PairTable),
        CodeSource.BitsHeld("more", Mask).Map([.. Enumerable.Range(0, 64).Select(count => (byte)(count / 2))]),
    ];

    public static byte[] Codes(Row<Facts> row)
    {
        var keys = row.Wide[..3];
        var looked = keys.Select(key => key is > 0 and < 250 ? KeyTable[key] : (byte)0).ToArray();
        var values = keys.Select((key, at) => key is > 0 and < 280 && KeyWanted[key] ? row.Codes[2 + at] : (byte)0).ToArray();
        return
        [
            row.Codes[0],
            looked.Max(),
            new byte[] { 0, 5, 9, 9 }[looked.Count(code => code > 0)],
            (byte)Math.Min(63, looked.Sum(code => code)),
            keys.Max(key => key == 0 ? (byte)0 : FewKeys[key]),
            (byte)Math.Min(63, keys.Sum(key => key == 0 ? 0 : FewKeysOnly[key])),
            (byte)keys.Count(key => key != 0 && FewKeysOnly[key] != 0),
            (byte)Math.Min(63, values.Sum(code => code)),
            values.Max(),
            PairTable[(row.Codes[1] * 64) + BitOperations.PopCount(Mask & ~row.Bits[0])],
            (byte)(BitOperations.PopCount(Mask & row.Bits[1]) / 2),
        ];
    }

    public static bool InScope(Row<Facts> row) => row.Facts.Flag;

    public static bool[] Hard(Row<Facts> row) =>
    [
        row.Codes[0] >= 3,
        row.Wide[3] is > 0 and < 350 && row.Wide[3] % 5 != 1,
        !row.Wide[..3].Any(key => key != 0 && key % 29 == 0),
        (row.Bits[1] & ModestMask) == ModestMask,
        (row.Bits[0] & Mask) != 0,
    ];

    public static int Score(Row<Facts> row) => Codes(row).Select((code, feature) => (int)Points[feature][code]).Sum();
}
