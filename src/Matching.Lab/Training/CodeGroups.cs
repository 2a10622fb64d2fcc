namespace Matching.Lab.Training;

/// <summary>
/// Codes put together before learning: neighbours on the scale with too few rows share a value. Groups of the scale come first, in order; codes
/// that are off the scale (neutral, missing) have one group each after them.
/// </summary>
public sealed class CodeGroups
{
    private CodeGroups(byte[] groupOf, int onScale, int count, int sign) => (GroupOf, OnScale, Count, Sign) = (groupOf, onScale, count, sign);

    /// <summary>By code, the missing value last.</summary>
    public byte[] GroupOf { get; }

    public int OnScale { get; }

    public int Count { get; }

    public int Sign { get; }

    public static CodeGroups Of(FeatureSpec spec, byte[] column, int fewestRows, int mostGroups)
    {
        var counts = new int[spec.Codes];
        foreach (var code in column)
        {
            counts[code]++;
        }

        var scale = spec.Scale.ToArray();
        var total = scale.Sum(code => counts[code]);
        var groupOf = new byte[spec.Codes];
        var (group, held, seen) = (0, 0, 0);
        for (var at = 0; at < scale.Length; at++)
        {
            groupOf[scale[at]] = (byte)group;
            held += counts[scale[at]];
            seen += counts[scale[at]];
            // A group is closed when it has rows enough, and its share of the groups; the last rows stay with it when they are too few.
            if (at + 1 < scale.Length && held >= fewestRows && total - seen >= fewestRows && (scale.Length <= mostGroups || seen * (long)mostGroups >= (long)(group + 1) * total))
            {
                (group, held) = (group + 1, 0);
            }
        }

        var onScale = scale.Length == 0 ? 0 : group + 1;
        var next = onScale;
        foreach (var code in Enumerable.Range(0, spec.Codes).Except(scale))
        {
            groupOf[code] = (byte)next++;
        }

        return new CodeGroups(groupOf, onScale, next, spec.Sign);
    }
}
