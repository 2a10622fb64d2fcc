using Matching.Rules.Reporting;

namespace Matching.Features.Auditing;

/// <summary>How one group fares at one stage; all null when it is masked.</summary>
/// <param name="Ratio">Its rate over that of all the others; with the exact interval.</param>
public sealed record StageRate(string Stage, int? Taken, double? Rate, double? OthersRate, double? Ratio, double? Low, double? High)
{
    /// <summary>Under this ratio an alarm is shown. Not a rule of law here: the four-fifths rule of the United States (40-ranking).</summary>
    public const double Alarm = 0.8;

    public bool IsAlarm => Ratio < Alarm;

    public static StageRate Masked(string stage) => new(stage, null, null, null, null, null, null);

    /// <param name="seen">Of the group, how many went that far.</param>
    public static StageRate Of(string stage, int seen, int group, int othersSeen, int others)
    {
        var (rate, othersRate) = (seen / (double)group, othersSeen / (double)others);
        if (seen + othersSeen == 0)
        {
            return new StageRate(stage, seen, rate, othersRate, null, null, null);
        }

        var (low, high) = Hypergeometric.OddsRatio(seen, group, seen + othersSeen, group + others);
        var (lowest, highest) = (Hypergeometric.RateRatio(low, group, seen + othersSeen, group + others), Hypergeometric.RateRatio(high, group, seen + othersSeen, group + others));
        return new StageRate(stage, seen, rate, othersRate, Finite(rate / othersRate), Finite(lowest), Finite(highest));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>What one criterion, or pair, adds to the difference of mean scores between a group and the others of the same lists.</summary>
public sealed record GapPart(string Name, double Points);

/// <param name="Count">Rows of the group; null when it is masked, with all that is computed from it.</param>
/// <param name="Exposure">Mean of 1/log2(rank + 1) over that of the others.</param>
/// <param name="ExposureAtEqualMerit">The same among people who went as far, each step weighed by how many of the group are there.</param>
/// <param name="Skew">By cut, the mean over lists of the log of its share among the first over its share of the list.</param>
/// <param name="Gap">Points by which its members score above the others of their list, on average; exactly the sum of <paramref name="Parts"/>.</param>
public sealed record GroupAudit(
    string Attribute, string Group, int? Count, IReadOnlyList<StageRate> Stages, double? Exposure, double? ExposureAtEqualMerit,
    IReadOnlyDictionary<int, double?> Skew, double? Gap, IReadOnlyList<GapPart> Parts);

/// <param name="Ndkl">Mean over lists of the divergence of the first ranks from the list, discounted (0: the first ranks look like the list).</param>
/// <param name="MinSkew">By cut, the least of the groups' skews.</param>
/// <param name="ProxyAuc">How well the criteria tell the largest group from the others on lists they were not fitted on: 0.5 is chance.</param>
public sealed record AttributeAudit(string Attribute, int Known, double? Ndkl, IReadOnlyDictionary<int, double?> MinSkew, double? ProxyAuc, IReadOnlyList<GroupAudit> Groups);

/// <summary>What may not be printed: a whole group (<paramref name="stage"/> null), or how many of it went as far as a stage.</summary>
public delegate bool AuditMask(string group, string? stage);

/// <summary>The audit of ranked lists by groups that no score reads.</summary>
public static class Audit
{
    /// <summary>Smaller counts are not printed: they could point at somebody.</summary>
    public const int FewestShown = FairnessMasks.Below;

    public static readonly int[] Cuts = [5, 10, 20];

    /// <param name="values">By row, the group; null where it is not known.</param>
    public static AttributeAudit Of(AuditedRows rows, string attribute, string?[] values, AuditMask isMasked)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(isMasked);
        var names = values.OfType<string>().GroupBy(it => it, StringComparer.Ordinal).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).Select(same => same.Key).ToList();
        var audits = names.ConvertAll(name => OfGroup(rows, attribute, name, values, isMasked));
        return new AttributeAudit(
            attribute,
            values.Count(value => value is not null),
            audits.Any(audit => audit.Count is null) ? null : Exposures.Ndkl(rows, values),
            Cuts.ToDictionary(cut => cut, cut => audits.Any(audit => audit.Skew[cut] is null) ? null : audits.Min(audit => audit.Skew[cut])),
            names.Count < 2 || audits[0].Count is null ? null : ProxyTest.Auc(rows, values, names[0]),
            audits);
    }

    private static GroupAudit OfGroup(AuditedRows rows, string attribute, string name, string?[] values, AuditMask isMasked)
    {
        var isIn = Array.ConvertAll(values, value => value == name);
        var isKnown = Array.ConvertAll(values, value => value is not null);
        var count = isIn.Count(it => it);
        var others = isKnown.Count(it => it) - count;
        if (count < FewestShown || others < FewestShown || isMasked(name, null))
        {
            return new GroupAudit(attribute, name, null, [], null, null, Cuts.ToDictionary(cut => cut, _ => (double?)null), null, []);
        }

        var parts = GapByCriterion.Of(rows, isIn, isKnown);
        return new GroupAudit(
            attribute,
            name,
            count,
            [.. rows.Stages.Select(stage => isMasked(name, stage.Name) ? StageRate.Masked(stage.Name) : StageRate.Of(
                stage.Name, Both(isIn, stage.Reached), count, Both(isKnown, stage.Reached) - Both(isIn, stage.Reached), others))],
            Exposures.Ratio(rows.Rank, isIn, isKnown),
            Exposures.RatioAtEqualMerit(rows, isIn, isKnown),
            Cuts.ToDictionary(cut => cut, cut => Exposures.Skew(rows, isIn, isKnown, cut)),
            parts.Sum(part => part.Points),
            parts);
    }

    private static int Both(bool[] some, bool[] others) => some.Where((it, row) => it && others[row]).Count();
}
