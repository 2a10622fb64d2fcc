using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

public sealed class PairStrengthTests
{
    private static readonly TrainingOptions Options = new();

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(5, 3, 2)]
    [InlineData(12, 12, 3)]
    public void The_strength_of_a_pair_is_the_best_of_all_its_contrasts_counted_cell_by_cell(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var pair = new PairShape(0, 1, GroupsOf(rows), GroupsOf(columns));
        var (first, second, gradient, curvature) = (new byte[400], new byte[400], new float[400], new float[400]);
        for (var row = 0; row < first.Length; row++)
        {
            // One more than the groups: off the scale.
            (first[row], second[row]) = ((byte)random.Next(rows + 1), (byte)random.Next(columns + 1));
            (gradient[row], curvature[row]) = ((float)(random.NextDouble() - 0.5), (float)random.NextDouble());
        }

        var told = Enumerable.Range(0, first.Length).Where(row => first[row] < rows && second[row] < columns).ToArray();
        var shrink = (Options.Shrinkage * told.Sum(row => (double)curvature[row]) / 8) + 1e-9;
        var best = 0.0;
        for (var cut = 1; cut < rows; cut++)
        {
            for (var across = 1; across < columns; across++)
            {
                var (contrast, variance) = (0.0, 0.0);
                foreach (var corner in told.GroupBy(row => (High: first[row] >= cut, Right: second[row] >= across)))
                {
                    var mass = shrink + corner.Sum(row => (double)curvature[row]);
                    contrast += (corner.Key.High == corner.Key.Right ? -1 : 1) * corner.Sum(row => (double)gradient[row]) / mass;
                    variance += 1 / mass;
                }

                best = Math.Max(best, contrast * contrast / variance);
            }
        }

        Assert.Equal(best, PairStrength.Of(pair, first, second, gradient, curvature, Options), 1e-9);
        Assert.True(best > 0);
    }

    // Enough rows in each code to have a group of its own, and as many codes off the scale as a feature has: one, the missing value.
    private static CodeGroups GroupsOf(int count) =>
        CodeGroups.Of(new FeatureSpec("x", count, 0), [.. Enumerable.Range(0, count * 50).Select(row => (byte)(row % count))], Options.FewestRows, Options.PairGroups);
}
