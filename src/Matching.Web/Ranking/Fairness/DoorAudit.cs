using Matching.Features;
using Matching.Features.Auditing;
using Matching.Rules.Reporting;

namespace Matching.Web.Ranking.Fairness;

/// <summary>How many are left once some rules, and those before them, were applied.</summary>
/// <param name="Rules">None for those looked at; several where one of them alone would tell of a few people.</param>
/// <param name="Rate">Of those looked at.</param>
/// <param name="Ratio">That rate over that of the other groups printed; null where there is nothing to compare.</param>
public sealed record DoorStep(IReadOnlyList<string> Rules, int Left, double? Rate, double? Ratio)
{
    public bool IsAlarm => Ratio < StageRate.Alarm;
}

/// <param name="Steps">Empty when the group is masked.</param>
public sealed record DoorGroup(string Group, IReadOnlyList<DoorStep> Steps);

public sealed record DoorAttribute(string Attribute, IReadOnlyList<DoorGroup> Groups);

/// <summary>Before any ranking: whom the rules let pass, by group. Everyone was counted, so that there is no interval: only what was is said.</summary>
/// <param name="Postings">How many postings were counted: the lists kept before these counts began have none.</param>
/// <param name="Attributes">Only those of which something may be printed.</param>
/// <param name="Later">How many of the postings were counted from other facts than those of their list, afterwards.</param>
public sealed record DoorAudit(int Postings, IReadOnlyList<DoorStep> All, IReadOnlyList<DoorAttribute> Attributes, int Later = 0)
{
    /// <summary>Null when nothing may be printed.</summary>
    public static DoorAudit? Of(PublishedDoors printed)
    {
        ArgumentNullException.ThrowIfNull(printed);
        return printed.All is not { } all ? null : new DoorAudit(
            printed.Doors.Count,
            StepsOf(all.Steps, SumOf(printed, FairnessGroups.Attributes[0].Code, null), null),
            [.. FairnessGroups.Attributes.Where(it => printed.Attributes.ContainsKey(it.Code)).Select(it => OfAttribute(printed, it.Code, printed.Attributes[it.Code]))],
            printed.Doors.Count(door => door.LaterAt is not null));
    }

    private static DoorAttribute OfAttribute(PublishedDoors printed, string attribute, DoorMask mask)
    {
        var groups = printed.Doors.SelectMany(door => door.Left[attribute].Keys).Union(mask.Masked)
            .OrderByDescending(group => SumOf(printed, attribute, [group])[0]).ThenBy(group => group, StringComparer.Ordinal).ToList();
        // Nothing is computed from what is masked, and what is not known is not compared.
        var compared = groups.Where(group => !mask.Masked.Contains(group) && group != Facets.Unknown).ToList();
        return new DoorAttribute(attribute, [.. groups.Select(group => new DoorGroup(group, mask.Masked.Contains(group) ? [] : StepsOf(
            mask.Steps, SumOf(printed, attribute, [group]), compared.Contains(group) ? SumOf(printed, attribute, [.. compared.Where(other => other != group)]) : null)))]);
    }

    private static int[] SumOf(PublishedDoors printed, string attribute, IReadOnlyCollection<string>? groups)
    {
        var counts = printed.Doors.Select(door => door.Of(attribute, groups)).ToList();
        return [.. Enumerable.Range(0, CandidateQuery.Rules.Count + 1).Select(step => counts.Sum(it => it[step]))];
    }

    private static DoorStep[] StepsOf(IReadOnlyList<int> steps, int[] left, int[]? others)
    {
        double? Rate(int[]? counts, int step) => counts is not null && counts[0] > 0 ? counts[step] / (double)counts[0] : null;
        return
        [
            .. steps.Select((step, at) => new DoorStep(
                at == 0 ? [] : [.. CandidateQuery.Rules.Take(step).Skip(steps[at - 1]).Select(rule => rule.Code)],
                left[step], Rate(left, step), at > 0 && Rate(others, step) is > 0 and var other ? Rate(left, step) / other : null)),
        ];
    }
}
