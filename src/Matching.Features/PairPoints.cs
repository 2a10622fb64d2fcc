using System.Text.Json.Serialization;
using Matching.Features.Lists;

namespace Matching.Features;

/// <summary>
/// What two criteria add together, beyond what each gives alone. Codes are put in groups; those off the scale (neutral, missing) share the last.
/// </summary>
/// <param name="FirstGroups">By code of the first criterion, the missing value last: its row.</param>
/// <param name="Points">By row, then by column.</param>
/// <param name="Spread">By row, then by column: the standard deviation of the points between bags.</param>
public sealed record PairPoints(
    string First,
    string Second,
    IReadOnlyList<int> FirstGroups,
    IReadOnlyList<int> SecondGroups,
    IReadOnlyList<IReadOnlyList<short>> Points,
    IReadOnlyList<IReadOnlyList<double>>? Spread = null)
{
    /// <summary>Along each side.</summary>
    public const int MostGroups = 16;

    public const int MostPairs = 10;

    /// <summary>How the pair is named in a list of points; the code beside it is the cell, as the engine counts cells.</summary>
    [JsonIgnore]
    public string Name => $"{First}{Separator}{Second}";

    private const char Separator = '*';

    [JsonIgnore]
    public int Rows => Points.Count;

    [JsonIgnore]
    public int Columns => Points.Count == 0 ? 0 : Points[0].Count;

    [JsonIgnore]
    public int Lowest => Points.Min(row => row.Min());

    [JsonIgnore]
    public int Highest => Points.Max(row => row.Max());

    /// <summary>Whether each value of both criteria has a group.</summary>
    public bool Covers(IReadOnlyList<FeatureShape> features)
    {
        bool Has(string name, IReadOnlyList<int> groups) =>
            features.FirstOrDefault(shape => shape.Name == name) is { } shape && shape.Points.Keys.All(code => code < groups.Count && groups[code] >= 0);
        return Has(First, FirstGroups) && Has(Second, SecondGroups);
    }

    public short Of(int firstCode, int secondCode) => Points[FirstGroups[firstCode]][SecondGroups[secondCode]];

    /// <summary>Both criteria of a named pair; null for the name of a criterion.</summary>
    public static (string First, string Second)? NamesIn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var at ? (name[..at], name[(at + 1)..]) : null;
    }

    /// <summary>The pair as the engine reads it. A code that no answer has is never met: it takes the first group.</summary>
    internal Engine.Scoring.FeaturePair Compile() => new(Name, First, Second, Groups(FirstGroups), Groups(SecondGroups), Points);

    private static byte[] Groups(IReadOnlyList<int> groups) => [.. groups.Take(FeatureSpec.MaximumBins).Select(group => (byte)Math.Max(0, group))];

    /// <summary>Whether every code leads to a cell that exists, and the table is whole and not too large.</summary>
    public bool IsWhole() =>
        Rows is > 0 and <= MostGroups && Columns is > 0 and <= MostGroups && Points.All(row => row.Count == Columns)
        && FirstGroups.All(group => group >= -1 && group < Rows) && SecondGroups.All(group => group >= -1 && group < Columns);
}

/// <summary>What a criterion does in a whole model: alone and in its pairs.</summary>
public static class JointDirection
{
    /// <summary>
    /// The least that one more step along the scale adds to the score, whatever the values of all the others: negative when the criterion goes
    /// against its direction somewhere. The pairs of a criterion have different partners, so their worst cases can come together.
    /// </summary>
    /// <param name="scale">Codes on the scale, in order.</param>
    /// <param name="sign">+1 or −1.</param>
    public static int WorstStep(string name, Func<int, int> pointsOf, IReadOnlyList<int> scale, int sign, IReadOnlyList<PairPoints> pairs)
    {
        ArgumentNullException.ThrowIfNull(pointsOf);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(pairs);
        var worst = int.MaxValue;
        for (var at = 1; at < scale.Count; at++)
        {
            var (before, after) = (scale[at - 1], scale[at]);
            var step = sign * (pointsOf(after) - pointsOf(before));
            foreach (var pair in pairs)
            {
                if (pair.First == name)
                {
                    var (one, next) = (pair.Points[pair.FirstGroups[before]], pair.Points[pair.FirstGroups[after]]);
                    step += Enumerable.Range(0, pair.Columns).Min(column => sign * (next[column] - one[column]));
                }
                else if (pair.Second == name)
                {
                    var (one, next) = (pair.SecondGroups[before], pair.SecondGroups[after]);
                    step += pair.Points.Min(row => sign * (row[next] - row[one]));
                }
            }

            worst = Math.Min(worst, step);
        }

        return worst;
    }
}
