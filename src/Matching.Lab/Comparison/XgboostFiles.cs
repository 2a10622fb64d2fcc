using System.Diagnostics;
using System.Globalization;
using System.Text;
using Matching.Lab.Lists;
using Matching.Lab.Verbs;

namespace Matching.Lab.Comparison;

/// <summary>The command line of XGBoost (Debian package <c>xgboost</c>) and the files that it reads and writes, all in one folder.</summary>
public sealed class XgboostFiles(string folder)
{
    private const int MostLinesSaid = 4;

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "xgboost")));

    public string PathOf(string name) => Path.Combine(folder, name + ".txt");

    /// <summary>Sparse rows: what is missing is left out, which XGBoost takes as missing; a zero is written. The list is a query id.</summary>
    /// <param name="numbers">Of the lists to write, in that order.</param>
    /// <param name="target">By row: what is to be learned.</param>
    /// <param name="more">By list: what to add after the features of each of its rows; nothing where null.</param>
    public void Write(string name, RankedLists lists, IEnumerable<int> numbers, Func<int, double> target, Func<int, string>? more = null)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(target);
        Directory.CreateDirectory(folder);
        using var output = new StreamWriter(PathOf(name));
        var line = new StringBuilder();
        foreach (var list in numbers)
        {
            var end = more?.Invoke(list) ?? "";
            for (var row = lists.Start[list]; row < lists.Start[list + 1]; row++)
            {
                line.Clear().Append(CultureInfo.InvariantCulture, $"{target(row):0.#####} qid:{list + 1}");
                for (var feature = 0; feature < lists.Features.Count; feature++)
                {
                    if (lists.Codes[feature][row] != lists.Features[feature].Missing)
                    {
                        line.Append(' ').Append(feature).Append(':').Append(lists.Codes[feature][row]);
                    }
                }

                output.Write(line.Append(end).Append('\n'));
            }
        }
    }

    /// <summary>Runs these settings; answers what was said.</summary>
    /// <exception cref="InvalidDataException">XGBoost did not start, or failed; the message is a French sentence.</exception>
    public string Run(string settings)
    {
        File.WriteAllText(PathOf("settings"), settings);
        var start = new ProcessStartInfo("xgboost", [PathOf("settings")]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        // Threads that wait by turning would starve everything else on a busy machine.
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        using var process = Process.Start(start) ?? throw new InvalidDataException("xgboost ne démarre pas.");
        using var stopped = Interruption.InAnyCase(process.Kill);
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidDataException($"xgboost a échoué (code {process.ExitCode}). {Reason(said)}".TrimEnd());
    }

    // Neither its warnings, which come first, nor where in its program it was, which comes last.
    private static string Reason(string said) => string.Join(
        ' ', said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("WARNING", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("Stack trace", StringComparison.Ordinal)).TakeLast(MostLinesSaid));

    /// <summary>What the model written as "model" gives to each of the rows written as "scored".</summary>
    public double[] Scores(int rows)
    {
        Run($"task = pred\nmodel_in = \"{PathOf("model")}\"\ntest:data = \"{PathOf("scored")}\"\nname_pred = \"{PathOf("out")}\"\nnthread = 2\n");
        return [.. File.ReadLines(PathOf("out")).Take(rows).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }
}
