using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

public sealed class MonotoneFitTests
{
    [Fact]
    public void A_fall_is_levelled_at_its_weighted_mean()
    {
        double[] values = [1, 4, 2, 5];
        MonotoneFit.Project(values, [1, 1, 3, 1], 1);
        Assert.Equal([1, 2.5, 2.5, 5], values);
    }

    [Fact]
    public void The_nearest_rising_numbers_are_found()
    {
        // Against every rising sequence over a grid.
        var random = new Random(5);
        for (var trial = 0; trial < 20; trial++)
        {
            var values = Enumerable.Range(0, 4).Select(_ => (double)random.Next(5)).ToArray();
            var fitted = (double[])values.Clone();
            MonotoneFit.Project(fitted, [1, 1, 1, 1], 1);
            var grid = Enumerable.Range(0, 13).Select(it => it / 3.0).ToArray();
            var rising = grid.SelectMany(a => grid.Where(b => b >= a).SelectMany(b => grid.Where(c => c >= b).SelectMany(c => grid.Where(d => d >= c).Select(d => new[] { a, b, c, d }))));
            var best = rising.Min(it => Far(values, it));
            Assert.True(Far(values, fitted) <= best + 1e-9);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    [InlineData(-1, -1)]
    [InlineData(0, 1)]
    public void A_table_keeps_both_directions_exactly(int rowSign, int columnSign)
    {
        var random = new Random(8);
        var table = Enumerable.Range(0, 30).Select(_ => random.NextDouble()).ToArray();
        MonotoneFit.Project(table, [.. Enumerable.Range(0, 30).Select(_ => 0.1 + random.NextDouble())], 5, 6, rowSign, columnSign);
        for (var cell = 0; cell < 30; cell++)
        {
            Assert.True(cell % 6 == 5 || (table[cell + 1] - table[cell]) * columnSign >= 0);
            Assert.True(cell >= 24 || (table[cell + 6] - table[cell]) * rowSign >= 0);
        }
    }

    private static double Far(double[] one, double[] other) => one.Zip(other).Sum(it => (it.First - it.Second) * (it.First - it.Second));
}
