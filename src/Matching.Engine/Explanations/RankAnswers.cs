using Matching.Engine.Filters;

namespace Matching.Engine.Explanations;

/// <summary>The code a row has for a feature, or the cell it has in a pair, and the points it brings.</summary>
public readonly record struct FeaturePoints(string Feature, byte Code, short Points);

/// <summary>
/// A row of the list. <paramref name="Points"/> follow the query's features, then its pairs, and sum to <paramref name="Score"/>: they
/// are read from the same tables.
/// </summary>
public sealed record RankedRow<TFacts>(int Rank, Guid Id, TFacts Facts, int Score, IReadOnlyList<FeaturePoints> Points);

/// <summary>Rows looked at, rows that pass every hard filter, and what each hard filter removes, in the query's order.</summary>
public sealed record RankCounts(int InScope, int Passing, IReadOnlyList<RemovedBy> Removed);

/// <summary>
/// One row against a query. <paramref name="Rank"/> is among the passing rows, 1 to n without gaps, null when the row does
/// not pass; <paramref name="FailedFilters"/> names the hard filters it fails, in the query's order.
/// </summary>
public sealed record RowExplanation<TFacts>(
    Guid Id, TFacts Facts, bool InScope, IReadOnlyList<string> FailedFilters,
    IReadOnlyList<FeaturePoints> Points, int Score, int? Rank);

/// <summary>The codes a row could come to have for a feature.</summary>
public sealed record ReachableCodes(string Feature, IReadOnlyList<byte> Codes);

/// <summary>One feature changed alone: from which code to which, for how many points, from which rank to which.</summary>
public sealed record WhatWouldChange(
    string Feature, byte FromCode, byte ToCode, int PointsGained, int Score, int RankNow, int RankThen);
