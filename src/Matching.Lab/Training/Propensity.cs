using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>How likely a row was to be opened where it stood, estimated from the recorded signal.</summary>
public static class Propensity
{
    /// <summary>By row: one over the share of rows opened at that rank, clipped, for the rows that count more where few were opened; 1 for the others.</summary>
    /// <param name="isWeighed">By row; without it, the rows that were kept.</param>
    public static float[] Weights(RankedLists lists, TrainingOptions options, Func<int, bool>? isWeighed = null)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        var weights = new float[lists.Rows];
        Array.Fill(weights, 1f);
        if (options.PropensityPower <= 0 || !lists.TellsWhoWasOpened)
        {
            return weights;
        }

        const int Ranks = 200;
        var (shown, opened) = (new double[Ranks + 1], new double[Ranks + 1]);
        for (var row = 0; row < lists.Rows; row++)
        {
            var rank = Math.Min(lists.RankShown[row], Ranks);
            shown[rank]++;
            opened[rank] += lists.Opened[row] || lists.Label[row] > 0 ? 1 : 0;
        }

        // People are opened less and less down a list: the share is made to fall.
        var share = new double[Ranks + 1];
        for (var rank = 0; rank <= Ranks; rank++)
        {
            share[rank] = (opened[rank] + 0.5) / (shown[rank] + 1);
        }

        MonotoneFit.Project(share, [.. shown.Select(count => count + 1)], -1);
        for (var row = 0; row < lists.Rows; row++)
        {
            if (isWeighed?.Invoke(row) ?? lists.Label[row] > 0)
            {
                weights[row] = (float)Math.Pow(Math.Min(options.LargestPropensityWeight, share[0] / share[Math.Min(lists.RankShown[row], Ranks)]), options.PropensityPower);
            }
        }

        return weights;
    }
}
