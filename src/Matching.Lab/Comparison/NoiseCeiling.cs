using System.Globalization;
using System.Text;
using Matching.Lab.Lists;

namespace Matching.Lab.Comparison;

/// <summary>
/// How well the features let anybody rank a world: boosted trees bound to no form and no direction, which learn the expected gain itself, without
/// the noise of decisions, from many lists where everybody was looked at, and see beside each row what its list is like. What they reach is an
/// estimate from below of the ceiling of all rankers that see these features: more lists or better trees could only raise it. The oracle stands
/// higher, for it knows what no feature tells.
/// </summary>
public sealed class NoiseCeiling(string folder, int seed)
{
    /// <summary>Lists that the estimate learns from; it is given at a quarter of them too, so that one sees whether it still rises.</summary>
    public const int UsualLists = 12_000;

    // Settings that came first, or nearly, on tuning worlds at both sizes.
    private const string Trees = "eta = 0.1\nmax_depth = 6\nmin_child_weight = 30\nsubsample = 0.7\ncolsample_bytree = 0.7\nnum_round = 250\n";

    private readonly XgboostFiles files = new(folder);

    /// <summary>Learns from lists drawn for this, then gives a score to each row of the others.</summary>
    /// <param name="gain">By row of <paramref name="learned"/>: the expected gain, which is to be foreseen.</param>
    /// <exception cref="InvalidDataException">XGBoost did not start, or failed.</exception>
    public double[] LearnAndScore(RankedLists learned, IReadOnlyList<double> gain, RankedLists scored)
    {
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(gain);
        ArgumentNullException.ThrowIfNull(scored);
        files.Write("all", learned, Enumerable.Range(0, learned.Count), row => gain[row], list => WhatTheListIsLike(learned, list));
        files.Write("scored", scored, Enumerable.Range(0, scored.Count), _ => 0, list => WhatTheListIsLike(scored, list));
        files.Run($"task = train\nbooster = gbtree\ntree_method = hist\nobjective = reg:squarederror\n{Trees}seed = {seed}\nnthread = 2\nsave_period = 0\ndata = \"{files.PathOf("all")}\"\nmodel_out = \"{files.PathOf("model")}\"\n");
        return files.Scores(scored.Rows);
    }

    // The mean of each feature over the list, as features of their own after the others.
    private static string WhatTheListIsLike(RankedLists lists, int list)
    {
        var text = new StringBuilder();
        for (var feature = 0; feature < lists.Features.Count; feature++)
        {
            var (sum, told) = (0, 0);
            foreach (var code in lists.Codes[feature].AsSpan(lists.Start[list], lists.Length(list)))
            {
                (sum, told) = code == lists.Features[feature].Missing ? (sum, told) : (sum + code, told + 1);
            }

            if (told > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" {lists.Features.Count + feature}:{sum / (double)told:0.##}");
            }
        }

        return text.ToString();
    }
}
