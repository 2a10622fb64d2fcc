using Matching.Features;
using Matching.Features.Auditing;
using Matching.Lab.Lists;

namespace Matching.Lab.Auditing;

/// <summary>The audit of a model on lists: the ranks are those that it would give, whatever was shown.</summary>
public static class ModelAudit
{
    private const int Interviewed = 2;
    private const int Hired = 3;

    public static IReadOnlyList<AttributeAudit> Of(RankerModel model, RankedLists lists, GroupsFile groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var rows = RowsOf(model, lists);
        return [.. groups.Attributes.Select((attribute, at) =>
        {
            var values = Array.ConvertAll(lists.FileRow, row => groups.Values[at][row]);
            return Audit.Of(rows, attribute, values, SmallCounts(rows, values));
        })];
    }

    public static AuditedRows RowsOf(RankerModel model, RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(lists);
        var ranks = Ranks(lists, ModelScores.Of(model, lists));
        bool[] Reached(Func<int, bool> isReached) => [.. Enumerable.Range(0, lists.Rows).Select(isReached)];
        return new AuditedRows
        {
            Start = lists.Start,
            Rank = ranks,
            Merit = lists.Label,
            Codes = lists.Codes,
            Parts = PartsOf(model, lists),
            Stages =
            [
                new("shown_10", Reached(row => ranks[row] <= 10)),
                new("shown_20", Reached(row => ranks[row] <= 20)),
                new("opened", lists.Opened),
                new("kept", Reached(row => lists.Label[row] >= 1)),
                new("interviewed", Reached(row => lists.Label[row] >= Interviewed)),
                new("hired", Reached(row => lists.Label[row] >= Hired)),
            ],
        };
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

    private static List<AuditPart> PartsOf(RankerModel model, RankedLists lists)
    {
        var single = model.Features.Select(shape => (shape.Name, Model: model with { Features = [.. model.Features.Select(it => it.Name == shape.Name ? it : Without(it))], Pairs = [] }));
        var pairs = (model.Pairs ?? []).Select(pair => (Name: $"{pair.First} × {pair.Second}", Model: model with { Features = [.. model.Features.Select(Without)], Pairs = [pair] }));
        return [.. single.Concat(pairs).Select(it => new AuditPart(it.Name, ModelScores.Of(it.Model, lists)))];
    }

    // Simulated people: a count of rows is a count of people.
    private static AuditMask SmallCounts(AuditedRows rows, string?[] values) => (group, stage) =>
    {
        var reached = rows.Stages.FirstOrDefault(it => it.Name == stage)?.Reached;
        int Count(bool inside) => Enumerable.Range(0, rows.Rows).Count(row => values[row] is { } value && value == group == inside && reached?[row] != false);
        return Count(inside: true) < Audit.FewestShown || Count(inside: false) < Audit.FewestShown;
    };

    private static FeatureShape Without(FeatureShape shape) => shape with { Points = shape.Points.ToDictionary(it => it.Key, _ => (short)0), Missing = 0 };
}
