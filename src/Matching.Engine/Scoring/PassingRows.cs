using Matching.Engine.Columns;
using Matching.Engine.Filters;

namespace Matching.Engine.Scoring;

/// <summary>The segments of a snapshot and which of their rows pass the query's filters.</summary>
internal sealed record PassingRows(IReadOnlyList<SegmentView> Views, IReadOnlyList<FilterOutcome> Outcomes)
{
    private readonly Dictionary<object, CodeSource> _shared = [];

    public int Count { get; } = Outcomes.Sum(outcome => outcome.PassingCount);

    /// <summary>Null when there is no segment: then there is nothing to read wrongly.</summary>
    public RowSchema? Schema => Views.Count == 0 ? null : Views[0].Columns.Schema;

    /// <summary>Two features that read the same thing read it once: the first source made for a key serves both.</summary>
    public CodeSource Share(object key, Func<CodeSource> make)
    {
        if (!_shared.TryGetValue(key, out var source))
        {
            _shared[key] = source = new SharedSource(make());
        }
        return source;
    }
}
