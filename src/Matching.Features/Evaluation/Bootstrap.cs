namespace Matching.Features.Evaluation;

/// <summary>A mean with its 95 % interval.</summary>
public sealed record Interval(double Value, double Low, double High);

/// <summary>The percentile bootstrap: whole postings are drawn with replacement, since lists of one posting resemble each other.</summary>
public static class Bootstrap
{
    public const int Resamples = 2000;

    /// <param name="values">One for each list.</param>
    /// <param name="postings">The posting of each list.</param>
    public static Interval MeanOf(IReadOnlyList<double> values, IReadOnlyList<int> postings, int seed)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(postings);
        if (values.Count == 0)
        {
            return new Interval(0, 0, 0);
        }

        var byPosting = values.Select((value, at) => (value, posting: postings[at])).GroupBy(it => it.posting).Select(same => (Sum: same.Sum(it => it.value), Count: same.Count())).ToArray();
        var random = new Random(seed);
        var means = new double[Resamples];
        for (var draw = 0; draw < Resamples; draw++)
        {
            var (sum, count) = (0.0, 0);
            for (var at = 0; at < byPosting.Length; at++)
            {
                var one = byPosting[random.Next(byPosting.Length)];
                (sum, count) = (sum + one.Sum, count + one.Count);
            }

            means[draw] = sum / count;
        }

        Array.Sort(means);
        return new Interval(values.Average(), means[(int)(0.025 * Resamples)], means[(int)(0.975 * Resamples) - 1]);
    }
}
