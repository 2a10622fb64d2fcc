namespace Matching.Features.Auditing;

/// <summary>
/// Exact intervals for how a group fares against the others, when both margins are what they are (Fisher): the odds ratio at which the count that
/// was seen, or a more extreme one, has a chance of 2.5 %.
/// </summary>
public static class Hypergeometric
{
    /// <summary>The 95 % interval of the odds ratio; 0 or infinity where the count is at the end of what it can be.</summary>
    /// <param name="seen">Of the group, how many were taken.</param>
    /// <param name="group">Size of the group.</param>
    /// <param name="taken">How many were taken in all.</param>
    /// <param name="all">Everybody.</param>
    public static (double Low, double High) OddsRatio(int seen, int group, int taken, int all)
    {
        var (least, most) = (Math.Max(0, taken - (all - group)), Math.Min(group, taken));
        var weights = LogWeights(group, taken, all, least, most);
        return (seen == least ? 0 : Solve(odds => Tail(weights, least, odds, seen, upper: true) < Half),
            seen == most ? double.PositiveInfinity : Solve(odds => Tail(weights, least, odds, seen, upper: false) >= Half));
    }

    /// <summary>The ratio of the rates of two groups that an odds ratio stands for, with the margins as they are.</summary>
    public static double RateRatio(double odds, int group, int taken, int all)
    {
        if (double.IsPositiveInfinity(odds))
        {
            return odds;
        }

        var (least, most) = (Math.Max(0, taken - (all - group)), Math.Min(group, taken));
        var mean = odds == 0 ? least : Mean(LogWeights(group, taken, all, least, most), least, odds);
        return mean / group / ((taken - mean) / (all - group));
    }

    private const double Half = 0.025;

    // The odds where the condition turns from true to false, between 1e-9 and 1e9.
    private static double Solve(Func<double, bool> holds)
    {
        var (low, high) = (-9 * Math.Log(10), 9 * Math.Log(10));
        for (var step = 0; step < 80; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(Math.Exp(middle)) ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }

    private static double Tail(double[] weights, int least, double odds, int seen, bool upper)
    {
        var terms = Terms(weights, odds);
        var (inside, total) = (0.0, 0.0);
        for (var at = 0; at < terms.Length; at++)
        {
            total += terms[at];
            inside += (upper ? least + at >= seen : least + at <= seen) ? terms[at] : 0;
        }

        return inside / total;
    }

    private static double Mean(double[] weights, int least, double odds)
    {
        var terms = Terms(weights, odds);
        return terms.Select((term, at) => term * (least + at)).Sum() / terms.Sum();
    }

    private static double[] Terms(double[] weights, double odds)
    {
        var step = Math.Log(odds);
        var logs = weights.Select((weight, at) => weight + (at * step)).ToArray();
        var most = logs.Max();
        return Array.ConvertAll(logs, log => Math.Exp(log - most));
    }

    // Logarithms of the chances at an odds ratio of 1, up to a constant.
    private static double[] LogWeights(int group, int taken, int all, int least, int most)
    {
        var logs = new double[most - least + 1];
        for (var at = 1; at < logs.Length; at++)
        {
            var count = (double)(least + at);
            logs[at] = logs[at - 1] + Math.Log((group - count + 1) * (taken - count + 1) / (count * (all - group - taken + count)));
        }

        return logs;
    }
}
