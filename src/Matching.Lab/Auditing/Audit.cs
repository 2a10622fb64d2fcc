using Matching.Features;
using Matching.Lab.Lists;

namespace Matching.Lab.Auditing;

/// <summary>How one group fares at one stage. Counts under <see cref="Audit.FewestShown"/> are masked, with all that is computed from them.</summary>
/// <param name="Ratio">Its rate over that of all the others; with the exact interval.</param>
public sealed record StageRate(string Stage, int? Taken, double? Rate, double? OthersRate, double? Ratio, double? Low, double? High);

/// <summary>What one criterion, or pair, adds to the difference of mean scores between a group and the others of the same lists.</summary>
public sealed record GapPart(string Name, double Points);

/// <param name="Exposure">Mean of 1/log2(rank + 1) over that of the others.</param>
/// <param name="ExposureAtEqualMerit">The same among people with the same label, each label weighed by how many of the group have it.</param>
/// <param name="Skew">By cut, the mean over lists of the log of its share among the first over its share of the list.</param>
/// <param name="Gap">Points by which its members score above the others of their list, on average; exactly the sum of <paramref name="Parts"/>.</param>
public sealed record GroupAudit(
    string Attribute, string Group, int? Count, IReadOnlyList<StageRate> Stages, double? Exposure, double? ExposureAtEqualMerit,
    IReadOnlyDictionary<int, double?> Skew, double? Gap, IReadOnlyList<GapPart> Parts);

/// <param name="Ndkl">Mean over lists of the divergence of the first ranks from the list, discounted (0: the first ranks look like the list).</param>
/// <param name="MinSkew">By cut, the least of the groups' skews.</param>
/// <param name="ProxyAuc">How well the criteria tell the largest group from the others on lists they were not fitted on: 0.5 is chance.</param>
public sealed record AttributeAudit(string Attribute, int Known, double? Ndkl, IReadOnlyDictionary<int, double?> MinSkew, double? ProxyAuc, IReadOnlyList<GroupAudit> Groups);

/// <summary>The audit of a model on lists, by groups that the model never reads.</summary>
public static class Audit
{
    /// <summary>Smaller counts are not printed: they could point at somebody.</summary>
    public const int FewestShown = 5;

    public static readonly int[] Cuts = [5, 10, 20];

    public static IReadOnlyList<AttributeAudit> Of(RankerModel model, RankedLists lists, GroupsFile groups)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(groups);
        var scores = ModelScores.Of(model, lists);
        var ranks = Ranks(lists, scores);
        return [.. groups.Attributes.Select((attribute, at) =>
        {
            var values = Array.ConvertAll(lists.FileRow, row => groups.Values[at][row]);
            var names = values.OfType<string>().GroupBy(it => it, StringComparer.Ordinal).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).Select(same => same.Key).ToList();
            var audits = names.ConvertAll(name => OfGroup(model, lists, scores, ranks, attribute, name, values));
            return new AttributeAudit(
                attribute,
                values.Count(value => value is not null),
                audits.Any(audit => audit.Count is null) ? null : Exposures.Ndkl(lists, ranks, values),
                Cuts.ToDictionary(cut => cut, cut => audits.Any(audit => audit.Skew[cut] is null) ? null : audits.Min(audit => audit.Skew[cut])),
                names.Count < 2 || audits[0].Count is null ? null : ProxyTest.Auc(lists, values, names[0]),
                audits);
        })];
    }

    /// <summary>By row, its rank in its list; equal scores in an order that has nothing to do with groups.</summary>
    public static int[] Ranks(RankedLists lists, int[] scores)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(scores);
        var ranks = new int[lists.Rows];
        for (var list = 0; list < lists.Count; list++)
        {
            var order = Enumerable.Range(lists.Start[list], lists.Length(list)).OrderByDescending(row => scores[row]).ThenBy(row => (uint)lists.FileRow[row] * 2654435761u).ToArray();
            for (var rank = 0; rank < order.Length; rank++)
            {
                ranks[order[rank]] = rank + 1;
            }
        }

        return ranks;
    }

    private static GroupAudit OfGroup(RankerModel model, RankedLists lists, int[] scores, int[] ranks, string attribute, string name, string?[] values)
    {
        var isIn = Array.ConvertAll(values, value => value == name);
        var isKnown = Array.ConvertAll(values, value => value is not null);
        var count = isIn.Count(it => it);
        var others = isKnown.Count(it => it) - count;
        if (count < FewestShown || others < FewestShown)
        {
            return new GroupAudit(attribute, name, null, [], null, null, Cuts.ToDictionary(cut => cut, _ => (double?)null), null, []);
        }

        (string Stage, Func<int, bool> Taken)[] stages =
        [
            ("shown_10", row => ranks[row] <= 10),
            ("shown_20", row => ranks[row] <= 20),
            ("opened", row => lists.Opened[row]),
            ("kept", row => lists.Label[row] >= 1),
            ("interviewed", row => lists.Label[row] >= 2),
            ("hired", row => lists.Label[row] >= 3),
        ];
        var parts = GapByCriterion.Of(model, lists, isIn, isKnown);
        return new GroupAudit(
            attribute,
            name,
            count,
            [.. stages.Select(it => Stage(it.Stage, isIn, isKnown, it.Taken))],
            Exposures.Ratio(ranks, isIn, isKnown),
            Exposures.RatioAtEqualMerit(lists, ranks, isIn, isKnown),
            Cuts.ToDictionary(cut => cut, cut => Exposures.Skew(lists, ranks, isIn, isKnown, cut)),
            parts.Sum(part => part.Points),
            parts);
    }

    private static StageRate Stage(string stage, bool[] isIn, bool[] isKnown, Func<int, bool> taken)
    {
        var (seen, group, othersSeen, others) = (0, 0, 0, 0);
        for (var row = 0; row < isIn.Length; row++)
        {
            if (isIn[row])
            {
                (group, seen) = (group + 1, seen + (taken(row) ? 1 : 0));
            }
            else if (isKnown[row])
            {
                (others, othersSeen) = (others + 1, othersSeen + (taken(row) ? 1 : 0));
            }
        }

        if (seen < FewestShown || othersSeen < FewestShown)
        {
            return new StageRate(stage, null, null, null, null, null, null);
        }

        var (rate, othersRate) = (seen / (double)group, othersSeen / (double)others);
        var (low, high) = Hypergeometric.OddsRatio(seen, group, seen + othersSeen, group + others);
        var (lowest, highest) = (Hypergeometric.RateRatio(low, group, seen + othersSeen, group + others), Hypergeometric.RateRatio(high, group, seen + othersSeen, group + others));
        return new StageRate(stage, seen, rate, othersRate, rate / othersRate, lowest, double.IsFinite(highest) ? highest : null);
    }
}
