using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>The rows that one bag learns from, close together in memory, shuffled inside each list so that the order shown teaches nothing.</summary>
public sealed class BagRows
{
    public required int[] Start { get; init; }

    public required byte[] Label { get; init; }

    public required float[] Weight { get; init; }

    /// <summary>By feature, then by row.</summary>
    public required byte[][] Codes { get; init; }

    public int Rows => Label.Length;

    public int Lists => Start.Length - 1;

    /// <param name="lists">Numbers of the lists, each once.</param>
    /// <param name="groupOf">By feature: the group of each code.</param>
    public static BagRows Of(RankedLists source, IReadOnlyList<int> lists, byte[][] groupOf, float[] rowWeight, TrainingOptions options, Random random)
    {
        var (start, rows) = (new List<int> { 0 }, new List<int>());
        var keptShare = source.TellsWhoWasOpened ? options.UnknownKept : 1;
        foreach (var list in lists)
        {
            var kept = Enumerable.Range(source.Start[list], source.Length(list))
                .Where(row => source.Opened[row] || source.Label[row] > 0 || keptShare >= 1 || random.NextDouble() < keptShare).ToArray();
            random.Shuffle(kept);
            rows.AddRange(kept);
            start.Add(rows.Count);
        }

        var picked = rows.ToArray();
        return new BagRows
        {
            Start = [.. start],
            Label = Array.ConvertAll(picked, row => source.Label[row]),
            Weight = Array.ConvertAll(picked, row => rowWeight[row]),
            Codes = [.. source.Codes.Select((column, feature) => Array.ConvertAll(picked, row => groupOf[feature][column[row]]))],
        };
    }
}
