using Matching.Engine.Columns;
using Matching.Engine.Filters;

namespace Matching.Engine.Scoring;

/// <summary>
/// A named code and its points: <c>points[code]</c>, 64 entries at most; codes past the end take the last entry. Entry 0
/// is what a missing value is worth, so it is always written down.
/// </summary>
public sealed class Feature
{
    /// <exception cref="ArgumentException">The table is empty or longer than 64.</exception>
    public Feature(string name, CodeSource source, short[] points)
    {
        if (points.Length == 0)
        {
            throw new ArgumentException($"Feature '{name}' has no points.", nameof(points));
        }
        (Name, Source, Table) = (name, source, Tables.Padded(points));
    }

    public string Name { get; }

    public CodeSource Source { get; }

    /// <summary>Always 64 entries.</summary>
    internal short[] Table { get; }

    public short PointsOf(byte code) => Table[code];
}

/// <summary>
/// What to look at (<paramref name="Scope"/>, not reported), what must be true (<paramref name="Hard"/>, each reported), and
/// what is worth points (<paramref name="Features"/>). <paramref name="Salt"/> orders equal scores: see <see cref="SaltOf"/>.
/// </summary>
public sealed record Query(
    IReadOnlyList<Filter> Scope, IReadOnlyList<Filter> Hard, IReadOnlyList<Feature> Features, ulong Salt)
{
    /// <summary>What features of this query add two by two.</summary>
    public IReadOnlyList<FeaturePair> Pairs { get; init; } = [];

    /// <summary>A salt from the id of what the query is made for, so that ties fall differently for each, and always the same.</summary>
    public static ulong SaltOf(Guid id) => IdHash.Mix(id, salt: 1).First;
}
