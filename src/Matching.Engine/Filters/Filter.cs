using Matching.Engine.Columns;
using Matching.Engine.Scoring;

namespace Matching.Engine.Filters;

/// <summary>
/// A named yes or no for each row. The name is what counts and explanations report. Columns are named as in the schema; a
/// name the schema does not have is an <see cref="ArgumentException"/> when the query runs.
/// </summary>
public abstract class Filter(string name)
{
    public string Name { get; } = name;

    /// <summary>Sets the bit of each row that passes; <paramref name="words"/> comes zeroed, one bit a row of the segment.</summary>
    internal abstract void Evaluate(Segment segment, Kernel kernel, Span<ulong> words);

    /// <summary>Passes when bit <c>code</c> of <paramref name="allowed"/> is set; bit 0 decides for missing.</summary>
    public static Filter CodeIn(string name, string column, ulong allowed) => new CodeFilter(name, column, allowed);

    /// <summary>Passes when a filled slot of the group holds a value whose <paramref name="table"/> entry is true.</summary>
    /// <remarks>Values past the end of the table count as false. Empty slots never match.</remarks>
    public static Filter WideAny(string name, string group, bool[] table) => new WideFilter(name, group, table, wanted: true);

    /// <summary>Passes when no filled slot of the group holds a value whose entry is true; rows with empty slots pass.</summary>
    public static Filter WideNone(string name, string group, bool[] table) => new WideFilter(name, group, table, wanted: false);

    /// <summary>Passes when every bit of <paramref name="mask"/> is set in the row.</summary>
    public static Filter BitsAll(string name, string column, ulong mask) => new BitsFilter(name, column, mask, all: true);

    /// <summary>Passes when at least one bit of <paramref name="mask"/> is set in the row.</summary>
    public static Filter BitsAny(string name, string column, ulong mask) => new BitsFilter(name, column, mask, all: false);

    public static Filter IdsOnly(string name, IReadOnlySet<Guid> ids) => new IdFilter(name, ids, wanted: true);

    public static Filter IdsExcept(string name, IReadOnlySet<Guid> ids) => new IdFilter(name, ids, wanted: false);

    /// <summary>
    /// Passes when the predicate is true of the row's facts. The answer is kept per segment under <paramref name="cacheKey"/>:
    /// the key must tell everything the predicate depends on (the day included), and the predicate must not change its mind.
    /// </summary>
    public static Filter Facts<TFacts>(string name, string cacheKey, Func<TFacts, bool> predicate) =>
        new FactsFilter<TFacts>(name, cacheKey, predicate);

    /// <summary>Passes when at least one of the filters does; they are reported as one, under this name.</summary>
    public static Filter Any(string name, params Filter[] filters) => new AnyFilter(name, filters);

    /// <summary>All rows pass, or none.</summary>
    public static Filter Constant(string name, bool passes) => new ConstantFilter(name, passes);
}
