using Matching.Features.Auditing;
using Matching.Rules.Reporting;

namespace Matching.Web.Ranking.Fairness;

/// <summary>How many went as far as a stage, all groups together; null when so few that it is masked.</summary>
public sealed record StageTotal(string Code, string Label, int? Cases, int? People);

/// <summary>An audit as it is printed and kept.</summary>
/// <param name="Cases">People × postings: someone shown for two postings counts twice; null, as the people, when it is masked.</param>
/// <param name="Models">The versions that ranked.</param>
/// <param name="Door">Null in the audits published before it was counted, too.</param>
/// <param name="DoorsWaiting">Postings whose door was not counted yet at that moment; null in the audits published before that was said.</param>
public sealed record AuditReport(
    DateOnly From, DateOnly Until, int Postings, int? Cases, int? People, IReadOnlyList<string> Models, IReadOnlyList<StageTotal> Stages, IReadOnlyList<AttributeAudit> Attributes,
    DoorAudit? Door = null, int? DoorsWaiting = null)
{
    public static AuditReport Of(FairnessCases.Loaded loaded, EarlierAudits earlier)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(earlier);
        var (cases, rows) = (loaded.Cases, RowsOf(loaded.Lists));
        var totals = FairnessMasks.OfTotals(cases, earlier.Cases);
        var isMasked = totals.IsMasked(FairnessMasks.Everybody, null);
        return new AuditReport(
            loaded.From, loaded.Until, loaded.Lists.Count, isMasked ? null : cases.Count, isMasked ? null : PeopleOf(cases), loaded.Models,
            [.. FairnessGroups.Stages.Select(stage => TotalOf(stage, cases, totals))],
            [.. FairnessGroups.Attributes.Select(attribute => AttributeOf(attribute.Code, cases, rows, FairnessMasks.Of(cases, earlier.Cases, attribute.Code)))],
            DoorAudit.Of(DoorMasks.Of(loaded.Doors, loaded.Cases, earlier.Doors)), loaded.DoorsWaiting);
    }

    private static AttributeAudit AttributeOf(string attribute, IReadOnlyList<FairnessCase> cases, AuditedRows rows, FairnessMasks masks)
    {
        string?[] values = [.. cases.Select(it => it.Groups[attribute] is var group && group == Facets.Unknown ? null : group)];
        var audit = Audit.Of(rows, attribute, values, masks.IsMasked);
        // What is not known is not compared; how many they are follows from the others when those are all shown.
        return audit with { Known = audit.Groups.Any(group => group.Count is null) || masks.IsMasked(Facets.Unknown, null) ? 0 : audit.Known };
    }

    private static StageTotal TotalOf(FairnessStage stage, IReadOnlyList<FairnessCase> cases, FairnessMasks totals)
    {
        var here = cases.Where(it => it.Stages.Contains(stage.Code)).ToList();
        return totals.IsMasked(FairnessMasks.Everybody, stage.Code) ? new StageTotal(stage.Code, stage.Label, null, null) : new StageTotal(stage.Code, stage.Label, here.Count, PeopleOf(here));
    }

    private static int PeopleOf(IReadOnlyList<FairnessCase> cases) => cases.Select(it => it.Person).Distinct().Count();

    private static AuditedRows RowsOf(IReadOnlyList<IReadOnlyList<FairnessCases.Shown>> lists)
    {
        var all = lists.SelectMany(list => list).ToList();
        var names = all.SelectMany(it => it.Line.Points.Select(point => point.Feature)).Distinct().ToList();
        var byName = all.ConvertAll(it => it.Line.Points.ToDictionary(point => point.Feature));
        List<int> starts = [0];
        foreach (var list in lists)
        {
            starts.Add(starts[^1] + list.Count);
        }

        return new AuditedRows
        {
            Start = [.. starts],
            Rank = [.. all.Select(it => it.Line.Rank)],
            Merit = [.. all.Select(it => (byte)FairnessGroups.Stages.Count(stage => stage.IsDecision && it.Case.Stages.Contains(stage.Code)))],
            Codes = [.. names.Select(name => byName.Select(points => points.TryGetValue(name, out var it) ? it.Code : (byte)0).ToArray())],
            Parts = [.. names.Select(name => new AuditPart(name, [.. byName.Select(points => points.TryGetValue(name, out var it) ? it.Points : 0)]))],
            Stages = [.. FairnessGroups.Stages.Select(stage => new AuditStage(stage.Code, [.. all.Select(it => it.Case.Stages.Contains(stage.Code))]))],
        };
    }
}
