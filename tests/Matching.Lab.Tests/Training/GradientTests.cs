using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

public sealed class GradientTests
{
    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        var random = new Random(3);
        byte[] labels = [0, 3, 1, 0, 4, 2, 0, 1];
        float[] weights = [1, 2, 1, 0.5f, 1, 3, 1, 1];
        var scores = labels.Select(_ => (float)(2 * random.NextDouble())).ToArray();
        var kernel = new LambdaGradients(truncation: 30, cutoff: 10);
        var (gradient, curvature) = (new float[labels.Length], new float[labels.Length]);
        kernel.Add(scores, labels, weights, 1, gradient, curvature);
        for (var row = 0; row < labels.Length; row++)
        {
            // Small enough to swap nobody, so that the weights of the pairs stay as they are.
            const float Step = 2e-3f;
            var (up, down) = (Loss(kernel, scores, row, Step, labels, weights), Loss(kernel, scores, row, -Step, labels, weights));
            Assert.Equal((up - down) / (2 * Step), gradient[row], 1e-3);
        }
    }

    [Fact]
    public void Two_people_one_hired_are_pulled_apart_by_the_value_of_their_swap()
    {
        // Both at 0: half of |2^3 − 1| · (1 − 1/log2 3), over the best order, which is worth 7.
        var kernel = new LambdaGradients(truncation: 30, cutoff: 10);
        var (gradient, curvature) = (new float[2], new float[2]);
        kernel.Add([0f, 0f], [3, 0], [1f, 1f], 1, gradient, curvature);
        var expected = 0.5 * (1 - (1 / Math.Log2(3)));
        Assert.Equal(-expected, gradient[0], 1e-6);
        Assert.Equal(expected, gradient[1], 1e-6);
        Assert.Equal(expected / 2, curvature[0], 1e-6);
    }

    [Fact]
    public void A_list_without_a_positive_label_teaches_nothing()
    {
        var (gradient, curvature) = (new float[3], new float[3]);
        Assert.Equal(0, new LambdaGradients(30, 10).Add([1f, 2f, 3f], [0, 0, 0], [1f, 1f, 1f], 1, gradient, curvature));
        Assert.All(gradient, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Gradients_of_a_list_sum_to_zero_when_all_rows_weigh_the_same()
    {
        var (gradient, curvature) = (new float[5], new float[5]);
        new LambdaGradients(30, 10).Add([0.3f, 0.1f, -1f, 2f, 0f], [1, 0, 4, 0, 2], [1f, 1f, 1f, 1f, 1f], 2, gradient, curvature);
        Assert.Equal(0, gradient.Sum(), 1e-5);
        Assert.All(curvature, value => Assert.True(value > 0));
    }

    private static double Loss(LambdaGradients kernel, float[] scores, int row, float step, byte[] labels, float[] weights)
    {
        var moved = (float[])scores.Clone();
        moved[row] += step;
        return kernel.Add(moved, labels, weights, 1, new float[labels.Length], new float[labels.Length]);
    }
}
