using Matching.Engine.Columns;
using Matching.Engine.Filters;

namespace Matching.Engine.Scoring;

/// <summary>The segments of a snapshot and which of their rows pass the query's filters.</summary>
internal sealed record PassingRows(IReadOnlyList<SegmentView> Views, IReadOnlyList<FilterOutcome> Outcomes)
{
    public int Count { get; } = Outcomes.Sum(outcome => outcome.PassingCount);
}
