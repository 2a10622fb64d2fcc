using Matching.Engine.Columns;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

public class KernelTests
{
    public static TheoryData<string> Faster => [.. Kernel.Available.Select(kernel => kernel.Name).Where(name => name != "portable")];

    [Fact]
    public void The_fastest_kernel_of_the_machine_is_chosen_unless_one_is_named()
    {
        Assert.Same(Kernel.Available[0], Kernel.Auto);
        Assert.Same(Kernel.Auto, Kernel.Named("auto"));
        Assert.All(Kernel.Available, kernel => Assert.Same(kernel, Kernel.Named(kernel.Name)));
        Assert.Contains("auto, vbmi, avx2", Assert.Throws<ArgumentException>(() => Kernel.Named("sse")).Message, StringComparison.Ordinal);
    }

    // Ten million rows: 24 features on real kinds of columns, the same list, the same counts and the same points from each kernel.
    [Theory]
    [MemberData(nameof(Faster))]
    public void Every_kernel_gives_the_same_integers_on_ten_million_random_rows(string name)
    {
        const int Rows = 10_000_000;
        const int Block = 1 << 16;
        var (faster, plain, random) = (Kernel.Named(name), Kernel.Portable, new Random(17));
        var (codes, second, values) = (new byte[Block], new byte[Block], new ushort[Block]);
        for (var done = 0; done < Rows; done += Block)
        {
            // Odd lengths now and then: what is left over after the last whole register counts too.
            var count = done % 3 == 0 ? Block - random.Next(1, 200) : Block;
            Draw(random, codes, second, values);
            Same(faster, plain, random, codes.AsSpan(0, count), second.AsSpan(0, count), values.AsSpan(0, count));
        }
    }

    private static void Draw(Random random, byte[] codes, byte[] second, ushort[] values)
    {
        random.NextBytes(codes);
        random.NextBytes(second);
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        for (var at = 0; at < codes.Length; at++)
        {
            codes[at] &= 63;
            second[at] &= 63;
        }
    }

    private static void Same(Kernel faster, Kernel plain, Random random, ReadOnlySpan<byte> codes, ReadOnlySpan<byte> second, ReadOnlySpan<ushort> values)
    {
        var points = new PointTable([.. Enumerable.Range(0, 64).Select(_ => (short)random.Next(-16_000, 16_000))]);
        Equal(faster, plain, codes.Length, codes, second, (Kernel kernel, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, Span<int> scores) =>
        {
            var sums = new short[one.Length];
            kernel.AddPoints(one, points, sums);
            kernel.AddPoints(other, points, sums);
            kernel.Widen(sums, scores);
        });
        var allowed = (ulong)random.NextInt64();
        var (low, high) = ((ushort)random.Next(0, 30_000), (ushort)random.Next(30_000, 65_536));
        var days = WideTable.Of([.. Enumerable.Range(0, 65_536).Select(day => (byte)(day < low ? 63 : day < high ? 1 : 40))]);
        var many = WideTable.Of([.. Enumerable.Range(0, 50_000).Select(value => (byte)(value % 61))]);
        Assert.NotNull(days.Steps);
        Assert.Null(many.Steps);
        Words(faster, plain, codes, (kernel, span, words) => kernel.MarkCodes(span, allowed, words));
        Words(faster, plain, values, (kernel, span, words) => kernel.MarkBetween(span, low, high, words));
        var bits = System.Runtime.InteropServices.MemoryMarshal.Cast<ushort, ulong>(values);
        var mask = (ulong)random.NextInt64() & (ulong)random.NextInt64() & (ulong)random.NextInt64();
        Words(faster, plain, bits, (kernel, span, words) => kernel.MarkBits(span, mask & 0xFF00_00FF, all: true, words));
        Words(faster, plain, bits, (kernel, span, words) => kernel.MarkBits(span, mask & 0xFF00_00FF, all: false, words));
        Look(faster, plain, values, days);
        Look(faster, plain, values, many);
        foreach (var highest in new[] { 63, 255 })
        {
            var numbers = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).ToArray().AsSpan(0, codes.Length);
            ByteTable Of(Func<int, int> entry) => new([.. Enumerable.Range(0, 256).Select(number => (byte)(number > highest ? 0 : entry(number)))], highest);
            foreach (SlotMerge? merge in new SlotMerge?[] { null, SlotMerge.Max, SlotMerge.Sum, SlotMerge.Count })
            {
                Merge(faster, plain, highest == 63 ? codes : numbers, Of(number => number * 37 % 64), [], merge, second);
                Merge(faster, plain, highest == 63 ? codes : numbers, Of(number => number % 3 == 1 ? 255 : 0), codes, merge, second);
            }
        }
        var few = PairTable.Of([.. Enumerable.Range(0, 4096).Select(cell => (byte)(((cell / 64 * 7) + (cell % 64 % 5)) % 64))]);
        var lots = PairTable.Of([.. Enumerable.Range(0, 4096).Select(cell => (byte)(cell * 31 % 61))]);
        Assert.NotNull(few.Columns);
        Assert.Null(lots.Columns);
        Pair(faster, plain, codes, second, few);
        Pair(faster, plain, codes, second, lots);
    }

    private delegate void Scoring(Kernel kernel, ReadOnlySpan<byte> codes, ReadOnlySpan<byte> second, Span<int> scores);

    private delegate void Marking<T>(Kernel kernel, ReadOnlySpan<T> rows, Span<ulong> words);

    private static void Equal(Kernel faster, Kernel plain, int count, ReadOnlySpan<byte> codes, ReadOnlySpan<byte> second, Scoring score)
    {
        var (one, other) = (new int[count], new int[count]);
        score(faster, codes, second, one);
        score(plain, codes, second, other);
        Assert.True(one.AsSpan().SequenceEqual(other));
        foreach (var threshold in new[] { int.MinValue, -3, 0, 20_000 })
        {
            for (var at = 0; at < count; at += 64)
            {
                var scores = one.AsSpan(at, Math.Min(64, count - at));
                Assert.Equal(plain.AtLeast(scores, threshold), faster.AtLeast(scores, threshold));
            }
        }
    }

    private static void Words<T>(Kernel faster, Kernel plain, ReadOnlySpan<T> rows, Marking<T> mark)
    {
        var (one, other) = (new ulong[(rows.Length + 63) / 64], new ulong[(rows.Length + 63) / 64]);
        mark(faster, rows, one);
        mark(plain, rows, other);
        Assert.True(one.AsSpan().SequenceEqual(other));
    }

    private static void Look(Kernel faster, Kernel plain, ReadOnlySpan<ushort> values, WideTable table)
    {
        var (one, other) = (new byte[values.Length], new byte[values.Length]);
        faster.Look(values, table, one);
        plain.Look(values, table, other);
        Assert.True(one.AsSpan().SequenceEqual(other));
    }

    private static void Merge(Kernel faster, Kernel plain, ReadOnlySpan<byte> numbers, ByteTable table, ReadOnlySpan<byte> values, SlotMerge? merge, ReadOnlySpan<byte> soFar)
    {
        var (one, other, temporary) = (soFar.ToArray(), soFar.ToArray(), new byte[numbers.Length]);
        faster.Merge(numbers, table, values, merge, one, temporary);
        plain.Merge(numbers, table, values, merge, other, temporary);
        Assert.True(one.AsSpan().SequenceEqual(other));
    }

    private static void Pair(Kernel faster, Kernel plain, ReadOnlySpan<byte> codes, ReadOnlySpan<byte> second, PairTable table)
    {
        var (one, other) = (codes.ToArray(), codes.ToArray());
        faster.Pair(one, second, table);
        plain.Pair(other, second, table);
        Assert.True(one.AsSpan().SequenceEqual(other));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(200)]
    [InlineData(50)]
    public void Every_kernel_gives_the_same_list_the_same_counts_and_the_same_ranks(int keys)
    {
        var (store, expected) = RandomRows.StoreOf(seed: 31, rows: 40_000, batches: 5, keys);
        var query = BruteForce.Query(salt: 8);
        var plain = Ranking.Of(store.Current, query, Kernel.Portable);
        var ids = expected.Keys.Where((_, at) => at % 997 == 0).ToList();
        foreach (var kernel in Kernel.Available)
        {
            var ranking = Ranking.Of(store.Current, query, kernel);
            Assert.Equal(ids.Select(id => plain.Explain(id)!.Rank), ids.Select(id => ranking.Explain(id)!.Rank));
            Assert.Equal(plain.Top(5_000).Select(row => (row.Id, row.Score)), ranking.Top(5_000).Select(row => (row.Id, row.Score)));
            Assert.Equal(plain.Counts.Removed, ranking.Counts.Removed);
        }
    }

    [Fact]
    public void Points_that_would_not_fit_sixteen_bits_are_summed_exactly()
    {
        var schema = new RowSchema(["a"]);
        var store = new RowStore<string>(schema);
        store.Apply([.. Enumerable.Range(0, 300).Select(at => new Row<string>(Guid.CreateVersion7(), [(byte)(at % 2)], [], [], "", ""))], []);
        var query = new Query([], [], [.. Enumerable.Range(0, 40).Select(at => new Feature($"f{at}", CodeSource.Column("a"), [short.MinValue, short.MaxValue]))], 0);
        foreach (var kernel in Kernel.Available)
        {
            var top = Ranking.Of(store.Current, query, kernel).Top(300);
            Assert.Equal(Enumerable.Repeat(40 * short.MaxValue, 150).Concat(Enumerable.Repeat(40 * short.MinValue, 150)), top.Select(row => row.Score));
        }
    }

    [Fact]
    public void Changes_have_the_same_ranks_whether_the_list_was_asked_for_or_not()
    {
        var (store, _) = RandomRows.StoreOf(seed: 12, rows: 9_000, batches: 3);
        var query = BruteForce.Query(salt: 8) with { Hard = [] };
        var (listed, alone) = (Ranking.Of(store.Current, query), Ranking.Of(store.Current, query));
        foreach (var row in listed.Top(60).Where((_, at) => at % 7 == 0))
        {
            var reachable = Enumerable.Range(0, BruteForce.WithoutText).Select(f => new Engine.Explanations.ReachableCodes($"f{f}", [3, 9, 20, 41])).ToList();
            Assert.Equal(alone.Changes(row.Id, reachable), listed.Changes(row.Id, reachable));
            Assert.Equal(row.Rank, alone.Explain(row.Id)!.Rank);
        }
    }
}
