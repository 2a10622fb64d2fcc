using System.Globalization;
using System.Text.RegularExpressions;
using Matching.Lab.Lists;

namespace Matching.Lab.Comparison;

/// <summary>
/// XGBoost <c>rank:ndcg</c> by its command line (Debian package <c>xgboost</c>). Its depth and its number of rounds are chosen on a fifth of the
/// employers, then it learns again from all the lists: a peer is compared at its best, not at its defaults.
/// </summary>
public sealed partial class XgboostPeer(bool isMonotone, string folder, int seed)
{
    private const int MostRounds = 200;
    private const int Fifths = 5;

    private static readonly int[] Depths = [3, 6];

    private readonly XgboostFiles files = new(folder);

    /// <summary>What was chosen, to be printed with the figures.</summary>
    public string Chosen { get; private set; } = "";

    /// <summary>Learns, then gives a score to each row of the other lists.</summary>
    public double[] LearnAndScore(RankedLists learned, RankedLists scored)
    {
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(scored);
        // The first fifth that has employers here: one may have been left out before, to measure on it.
        var fifth = learned.Employer.Min(employer => employer % Fifths);
        var isHeld = Enumerable.Range(0, learned.Count).Select(list => learned.Employer[list] % Fifths == fifth).ToArray();
        var numbers = Enumerable.Range(0, learned.Count).ToArray();
        files.Write("all", learned, numbers, row => learned.Label[row]);
        files.Write("kept", learned, numbers.Where(list => !isHeld[list]), row => learned.Label[row]);
        files.Write("held", learned, numbers.Where(list => isHeld[list]), row => learned.Label[row]);
        files.Write("scored", scored, Enumerable.Range(0, scored.Count), row => scored.Label[row]);
        var (best, depth, rounds) = (double.MinValue, Depths[0], 1);
        foreach (var tried in Depths)
        {
            var (value, round) = Best(files.Run(Settings(learned, tried, MostRounds, "kept", $"eval[held] = \"{files.PathOf("held")}\"\nmodel_out = \"{files.PathOf("tried")}\"")));
            if (value > best)
            {
                (best, depth, rounds) = (value, tried, round);
            }
        }

        Chosen = $"depth {depth}, {rounds} rounds";
        files.Run(Settings(learned, depth, rounds, "all", $"model_out = \"{files.PathOf("model")}\""));
        return files.Scores(scored.Rows);
    }

    private string Settings(RankedLists lists, int depth, int rounds, string data, string more)
    {
        var monotone = isMonotone ? $"monotone_constraints = ({string.Join(',', lists.Features.Select(it => it.Sign))})\n" : "";
        return $"task = train\nbooster = gbtree\ntree_method = hist\nobjective = rank:ndcg\neval_metric = ndcg@10-\neta = 0.1\nmin_child_weight = 1\nsubsample = 0.8\ncolsample_bytree = 0.8\n"
            + $"max_depth = {depth}\nnum_round = {rounds}\nseed = {seed}\nnthread = 2\nsave_period = 0\n{monotone}data = \"{files.PathOf(data)}\"\n{more}\n";
    }

    private static (double Value, int Rounds) Best(string log)
    {
        var best = (Value: double.MinValue, Rounds: 1);
        foreach (Match match in Measured().Matches(log))
        {
            var value = double.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            if (value > best.Value)
            {
                best = (value, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1);
            }
        }

        return best;
    }

    [GeneratedRegex(@"\[(\d+)\]\s+(?:\S+\s+)*?held-ndcg@10-?:([\d.]+)")]
    private static partial Regex Measured();
}
