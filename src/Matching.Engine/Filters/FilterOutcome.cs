using System.Numerics;
using Matching.Engine.Columns;
using Matching.Engine.Scoring;

namespace Matching.Engine.Filters;

/// <summary>
/// What one filter removes: <paramref name="Rows"/> of the scope fail it; <paramref name="Alone"/> of them fail no other,
/// so they would pass without it.
/// </summary>
public sealed record RemovedBy(string Filter, int Rows, int Alone);

/// <summary>The bitmaps of one segment: who is looked at, who passes everything, and who passes each hard filter.</summary>
internal sealed class FilterOutcome
{
    private readonly ulong[] _scope;
    private readonly ulong[][] _hard;

    private FilterOutcome(ulong[] scope, ulong[][] hard, ulong[] passing)
    {
        (_scope, _hard, Passing) = (scope, hard, passing);
        PassingCount = Bitmap.Count(passing);
        InScopeCount = Bitmap.Count(scope);
    }

    public ulong[] Passing { get; }

    public int PassingCount { get; }

    public int InScopeCount { get; }

    public static FilterOutcome Of(
        Segment segment, ReadOnlySpan<ulong> live, IReadOnlyList<Filter> scope, IReadOnlyList<Filter> hard, Kernel? kernel = null)
    {
        kernel ??= Kernel.Auto;
        var inScope = live.ToArray();
        foreach (var filter in scope)
        {
            And(inScope, filter.Words(segment, kernel));
        }
        var passing = (ulong[])inScope.Clone();
        var answers = new ulong[hard.Count][];
        for (var at = 0; at < hard.Count; at++)
        {
            answers[at] = hard[at].Words(segment, kernel);
            And(passing, answers[at]);
        }
        return new FilterOutcome(inScope, answers, passing);
    }

    public bool InScope(int row) => Bitmap.Has(_scope, row);

    public bool Passes(int row) => Bitmap.Has(Passing, row);

    public bool PassesHard(int filter, int row) => Bitmap.Has(_hard[filter], row);

    /// <summary>The first hard filter that the row fails; null when it fails none.</summary>
    public int? ShutBy(int row)
    {
        for (var filter = 0; filter < _hard.Length; filter++)
        {
            if (!PassesHard(filter, row))
            {
                return filter;
            }
        }
        return null;
    }

    /// <summary>Adds this segment's removed rows to the counts of each hard filter.</summary>
    public void CountRemoved(Span<int> rows, Span<int> alone)
    {
        for (var word = 0; word < _scope.Length; word++)
        {
            // Two-bit counting, 64 rows at a time: bits failing at least one filter, and bits failing at least two.
            ulong once = 0, twice = 0;
            foreach (var answer in _hard)
            {
                var failing = _scope[word] & ~answer[word];
                twice |= once & failing;
                once |= failing;
            }
            var exactlyOne = once & ~twice;
            for (var at = 0; at < _hard.Length && once != 0; at++)
            {
                var failing = _scope[word] & ~_hard[at][word];
                rows[at] += BitOperations.PopCount(failing);
                alone[at] += BitOperations.PopCount(failing & exactlyOne);
            }
        }
    }

    private static void And(ulong[] into, ReadOnlySpan<ulong> other)
    {
        for (var word = 0; word < into.Length; word++)
        {
            into[word] &= other[word];
        }
    }
}
