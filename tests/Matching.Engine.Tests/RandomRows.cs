using Matching.Engine.Columns;

namespace Matching.Engine.Tests;

/// <summary>What the owner of a row remembers about it: enough for a predicate.</summary>
internal sealed record Facts(int Number, bool Flag);

/// <summary>Seeded rows of a small schema with every kind of column.</summary>
internal static class RandomRows
{
    public static readonly RowSchema Schema = new(
        ["a", "b", "v1", "v2", "v3"],
        [new WideGroup("keys", 3), new WideGroup("zone", 1)],
        ["flags", "more"]);

    public static Guid Id(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <param name="keys">Different keys: past 255 a segment can no longer number them in a byte.</param>
    public static Row<Facts> Row(Random random, Guid id, int keys = 300)
    {
        var codes = new byte[] { Code(random), Code(random, 16), Code(random), Code(random), Code(random) };
        var wide = new[] { Key(random, keys), Key(random, keys), Key(random, keys), (ushort)random.Next(0, 400) };
        var bits = new[] { (ulong)random.NextInt64() & (ulong)random.NextInt64(), (ulong)random.NextInt64() };
        return new Row<Facts>(id, codes, wide, bits, Words(random), new Facts(random.Next(1000), random.Next(4) != 0));
    }

    private static byte Code(Random random, int below = 64) => (byte)random.Next(below);

    private static ushort Key(Random random, int keys) => random.Next(3) == 0 ? (ushort)0 : (ushort)random.Next(1, keys);

    private static readonly string[] Vocabulary =
        ["maçon", "peintre", "jardinière", "cuisine", "vente", "chariot", "CACES R482 A", "nettoyage", "accueil", "vélos"];

    private static string Words(Random random) => string.Join(
        ' ', Enumerable.Range(0, random.Next(0, 6)).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]));

    /// <summary>A store after several batches of additions, replacements and deletions, and what it should then hold.</summary>
    public static (RowStore<Facts> Store, Dictionary<Guid, Row<Facts>> Expected) StoreOf(int seed, int rows, int batches, int keys = 300)
    {
        var random = new Random(seed);
        var store = new RowStore<Facts>(Schema);
        var expected = new Dictionary<Guid, Row<Facts>>();
        var known = new List<Guid>();
        for (var batch = 0; batch < batches; batch++)
        {
            var upserts = Enumerable.Range(0, rows / batches).Select(_ => Row(random, Id(random), keys)).ToList();
            var deletions = new List<Guid>();
            for (var at = 0; at < rows / batches / 8 && known.Count > 0; at++)
            {
                upserts.Add(Row(random, known[random.Next(known.Count)], keys));
                deletions.Add(known[random.Next(known.Count)]);
            }
            store.Apply(upserts, deletions);
            deletions.ForEach(id => expected.Remove(id));
            upserts.ForEach(row => expected[row.Id] = row);
            known.AddRange(upserts.Select(row => row.Id));
        }
        return (store, expected);
    }
}
