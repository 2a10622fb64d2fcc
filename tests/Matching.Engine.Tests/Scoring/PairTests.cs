using Matching.Engine.Columns;
using Matching.Engine.Explanations;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

public class PairTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, BruteForce.WithoutText).Select(at => $"f{at}")];

    // Between features read from a column, looked up, counted and mapped; one feature stands in three pairs.
    private static readonly FeaturePair[] Pairs = [Drawn(1, 0, 1), Drawn(2, 0, 2), Drawn(3, 7, 0), Drawn(4, 4, 6), Drawn(5, 3, 5, rows: 1, columns: 1)];

    private static FeaturePair Drawn(int seed, int first, int second, int rows = 16, int columns = 11)
    {
        var random = new Random(seed);
        return new FeaturePair(
            $"{Names[first]}*{Names[second]}", Names[first], Names[second],
            [.. Enumerable.Range(0, 64).Select(_ => (byte)random.Next(rows))], [.. Enumerable.Range(0, 40).Select(_ => (byte)random.Next(columns))],
            [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (short)random.Next(-9_000, 9_000)).ToArray())]);
    }

    private static Query With(params FeaturePair[] pairs) => BruteForce.Query(salt: 8) with { Pairs = pairs };

    [Fact]
    public void A_pair_adds_the_points_of_the_meeting_of_two_codes_to_every_row()
    {
        var (store, expected) = RandomRows.StoreOf(seed: 5, rows: 20_000, batches: 4);
        foreach (var kernel in Kernel.Available)
        {
            var top = Ranking.Of(store.Current, With(Pairs), kernel).Top(10_000);
            Assert.NotEmpty(top);
            Assert.All(top, row =>
            {
                var codes = BruteForce.Codes(expected[row.Id]);
                int CodeOf(string name) => codes[Array.IndexOf(Names, name)];
                var alone = Names.Select((_, at) => (int)BruteForce.Points[at][codes[at]]).Sum();
                Assert.Equal(alone + Pairs.Sum(pair => (int)pair.PointsOf((byte)CodeOf(pair.First), (byte)CodeOf(pair.Second))), row.Score);
            });
            Assert.Equal(top.Select(row => row.Score).OrderDescending(), top.Select(row => row.Score));
        }
    }

    [Fact]
    public void The_points_of_features_and_pairs_sum_to_the_score_and_tell_the_cell()
    {
        var (store, _) = RandomRows.StoreOf(seed: 6, rows: 3_000, batches: 2);
        var ranking = Ranking.Of(store.Current, With(Pairs));
        foreach (var row in ranking.Top(200))
        {
            Assert.Equal(row.Score, row.Points.Sum(point => point.Points));
            Assert.Equal([.. Names, .. Pairs.Select(pair => pair.Name)], row.Points.Select(point => point.Feature));
            Assert.Equal(row.Points, ranking.Explain(row.Id)!.Points);
            var byName = row.Points.ToDictionary(point => point.Feature);
            Assert.All(Pairs, pair => Assert.Equal(pair.CellOf(byName[pair.First].Code, byName[pair.Second].Code), byName[pair.Name].Code));
        }
    }

    [Fact]
    public void Every_kernel_adds_the_same_pairs_whatever_the_number_of_rows()
    {
        var random = new Random(11);
        foreach (var count in new[] { 0, 1, 63, 64, 65, 4_095, 65_536 })
        {
            var (first, second) = (new byte[count], new byte[count]);
            random.NextBytes(first);
            random.NextBytes(second);
            first = Array.ConvertAll(first, code => (byte)(code & 63));
            second = Array.ConvertAll(second, code => (byte)(code & 63));
            foreach (var pair in Pairs)
            {
                var expected = first.Select((code, at) => pair.PointsOf(code, second[at])).ToArray();
                foreach (var kernel in Kernel.Available)
                {
                    var sums = new short[count];
                    kernel.AddPairs(first, second, pair.Table, sums);
                    Assert.Equal(expected, sums);
                }
            }
        }
    }

    [Fact]
    public void What_would_change_counts_what_the_pairs_of_a_feature_would_give()
    {
        var schema = new RowSchema(["a", "b"]);
        var store = new RowStore<string>(schema);
        var id = Guid.CreateVersion7();
        store.Apply([new Row<string>(id, [1, 2], [], [], "", ""), new Row<string>(Guid.CreateVersion7(), [0, 0], [], [], "", "")], []);
        var pair = new FeaturePair("a*b", "a", "b", [0, 0, 1], [0, 1], [[0, 0], [0, 30]]);
        var query = new Query([], [], [new Feature("a", CodeSource.Column("a"), [0, 5, 6, 7]), new Feature("b", CodeSource.Column("b"), [0, 1])], 0) { Pairs = [pair] };

        var change = Assert.Single(Ranking.Of(store.Current, query).Changes(id, [new ReachableCodes("a", [1, 2, 3])]));

        Assert.Equal((1, 3, 32, 38), (change.FromCode, change.ToCode, change.PointsGained, change.Score));
    }

    [Fact]
    public void Pairs_too_large_for_sixteen_bits_together_are_summed_exactly()
    {
        var store = new RowStore<string>(new RowSchema(["a"]));
        store.Apply([.. Enumerable.Range(0, 200).Select(at => new Row<string>(Guid.CreateVersion7(), [(byte)(at % 2)], [], [], "", ""))], []);
        var features = Enumerable.Range(0, 6).Select(at => new Feature($"f{at}", CodeSource.Column("a"), [0])).ToList();
        var pairs = Enumerable.Range(0, 5).Select(at => new FeaturePair($"p{at}", $"f{at}", $"f{at + 1}", [0, 1], [0, 1], [[short.MinValue, 0], [0, short.MaxValue]]));
        foreach (var kernel in Kernel.Available)
        {
            var top = Ranking.Of(store.Current, new Query([], [], features, 0) { Pairs = [.. pairs] }, kernel).Top(200);
            Assert.Equal(Enumerable.Repeat(5 * short.MaxValue, 100).Concat(Enumerable.Repeat(5 * short.MinValue, 100)), top.Select(row => row.Score));
        }
    }

    [Fact]
    public void A_pair_that_cannot_be_read_is_a_programming_error()
    {
        var store = new RowStore<Facts>(RandomRows.Schema);
        Assert.Throws<ArgumentException>(() => new FeaturePair("p", "f0", "f1", [0, 2], [0], [[1], [2]]));
        Assert.Throws<ArgumentException>(() => new FeaturePair("p", "f0", "f1", [0], [0], []));
        Assert.Throws<ArgumentException>(() => new FeaturePair("p", "f0", "f1", [0], [0], [.. Enumerable.Repeat(new short[] { 1 }, 17)]));
        Assert.Throws<ArgumentException>(() => Ranking.Of(store.Current, With(new FeaturePair("p", "f0", "unknown", [0], [0], [[1]]))));
        Assert.Throws<ArgumentException>(() => Ranking.Of(store.Current, With(new FeaturePair("p", "f0", "f0", [0], [0], [[1]]))));
    }
}
