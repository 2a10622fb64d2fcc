using System.Diagnostics;
using System.Globalization;
using System.Text;
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

    private static readonly int[] Depths = [3, 6];

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "xgboost")));

    /// <summary>What was chosen, to be printed with the figures.</summary>
    public string Chosen { get; private set; } = "";

    /// <summary>Learns, then gives a score to each row of the other lists.</summary>
    public double[] LearnAndScore(RankedLists learned, RankedLists scored)
    {
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(scored);
        Directory.CreateDirectory(folder);
        var isHeld = Enumerable.Range(0, learned.Count).Select(list => learned.Employer[list] % 5 == 0).ToArray();
        Write("all", learned);
        Write("kept", learned.Only([.. Enumerable.Range(0, learned.Count).Where(list => !isHeld[list])]));
        Write("held", learned.Only([.. Enumerable.Range(0, learned.Count).Where(list => isHeld[list])]));
        Write("scored", scored);
        var (best, depth, rounds) = (double.MinValue, Depths[0], 1);
        foreach (var tried in Depths)
        {
            var (value, round) = Best(Run(Settings(learned, tried, MostRounds, "kept", $"eval[held] = \"{PathOf("held")}\"\nmodel_out = \"{PathOf("tried")}\"")));
            if (value > best)
            {
                (best, depth, rounds) = (value, tried, round);
            }
        }

        Chosen = $"depth {depth}, {rounds} rounds";
        Run(Settings(learned, depth, rounds, "all", $"model_out = \"{PathOf("model")}\""));
        Run($"task = pred\nmodel_in = \"{PathOf("model")}\"\ntest:data = \"{PathOf("scored")}\"\nname_pred = \"{PathOf("out")}\"\nnthread = 2\n");
        return [.. File.ReadLines(PathOf("out")).Take(scored.Rows).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    private string Settings(RankedLists lists, int depth, int rounds, string data, string more)
    {
        var monotone = isMonotone ? $"monotone_constraints = ({string.Join(',', lists.Features.Select(it => it.Sign))})\n" : "";
        return $"task = train\nbooster = gbtree\ntree_method = hist\nobjective = rank:ndcg\neval_metric = ndcg@10-\neta = 0.1\nmin_child_weight = 1\nsubsample = 0.8\ncolsample_bytree = 0.8\n"
            + $"max_depth = {depth}\nnum_round = {rounds}\nseed = {seed}\nnthread = 2\nsave_period = 0\n{monotone}data = \"{PathOf(data)}\"\n{more}\n";
    }

    private string PathOf(string name) => Path.Combine(folder, name + ".txt");

    // Sparse rows: what is missing is left out, which XGBoost takes as missing; a zero is written. The list is a query id.
    private void Write(string name, RankedLists lists)
    {
        using var output = new StreamWriter(PathOf(name));
        var line = new StringBuilder();
        for (var list = 0; list < lists.Count; list++)
        {
            for (var row = lists.Start[list]; row < lists.Start[list + 1]; row++)
            {
                line.Clear().Append(lists.Label[row]).Append(" qid:").Append(list + 1);
                for (var feature = 0; feature < lists.Features.Count; feature++)
                {
                    if (lists.Codes[feature][row] != lists.Features[feature].Missing)
                    {
                        line.Append(' ').Append(feature).Append(':').Append(lists.Codes[feature][row]);
                    }
                }

                output.Write(line.Append('\n'));
            }
        }
    }

    private string Run(string settings)
    {
        File.WriteAllText(PathOf("settings"), settings);
        var start = new ProcessStartInfo("xgboost", [PathOf("settings")]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        // Threads that wait by turning would starve everything else on a busy machine.
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        using var process = Process.Start(start) ?? throw new InvalidDataException("xgboost ne démarre pas.");
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidDataException($"xgboost a échoué : {said.Split('\n').FirstOrDefault(it => it.Length > 0)}");
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
