using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>A choice among values, each a filter: rows that pass any of the chosen ones are kept, and all rows when none is chosen.</summary>
public sealed record Facet(string Name, IReadOnlyList<FacetValue> Values);

public sealed record FacetValue(Filter Filter, bool IsChosen);

/// <summary>How many rows would be found with this value alone chosen in its facet, the other facets staying as they are.</summary>
public sealed record FacetCount(string Facet, string Value, int Rows);

/// <summary>The best rows, how many were found in all, and the exact count of each value of each facet.</summary>
public sealed record TextPage(IReadOnlyList<TextHit> Hits, int Found, IReadOnlyList<FacetCount> Counts);

/// <summary>The bitmaps of the facets over the rows of one segment that the words found.</summary>
internal sealed class FacetBitmaps
{
    private readonly ulong[][][] _values;
    private readonly ulong[][] _chosen;

    public FacetBitmaps(Columns.Segment segment, ReadOnlySpan<ulong> found, IReadOnlyList<Facet> facets)
    {
        _values = new ulong[facets.Count][][];
        _chosen = new ulong[facets.Count][];
        for (var facet = 0; facet < facets.Count; facet++)
        {
            var values = facets[facet].Values;
            _values[facet] = new ulong[values.Count][];
            _chosen[facet] = values.Any(value => value.IsChosen) ? new ulong[found.Length] : found.ToArray();
            for (var value = 0; value < values.Count; value++)
            {
                _values[facet][value] = FilterOutcome.Scope(segment, found, [values[value].Filter]);
                if (values[value].IsChosen)
                {
                    Or(_chosen[facet], _values[facet][value]);
                }
            }
        }
    }

    /// <summary>Rows that pass every facet but one; every facet for -1.</summary>
    public ulong[] Passing(ReadOnlySpan<ulong> found, int but)
    {
        var passing = found.ToArray();
        for (var facet = 0; facet < _chosen.Length; facet++)
        {
            for (var word = 0; facet != but && word < passing.Length; word++)
            {
                passing[word] &= _chosen[facet][word];
            }
        }
        return passing;
    }

    /// <summary>Adds this segment's rows to the counts, facet after facet, value after value.</summary>
    public void Count(ReadOnlySpan<ulong> found, Span<int> counts)
    {
        var at = 0;
        for (var facet = 0; facet < _values.Length; facet++)
        {
            var others = Passing(found, facet);
            foreach (var value in _values[facet])
            {
                counts[at++] += Bitmap.CountBoth(others, value);
            }
        }
    }

    private static void Or(ulong[] into, ulong[] other)
    {
        for (var word = 0; word < into.Length; word++)
        {
            into[word] |= other[word];
        }
    }
}
