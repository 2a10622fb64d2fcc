using System.Numerics;
using Matching.Engine.Columns;
using Matching.Engine.Scoring;

namespace Matching.Engine.Filters;

/// <summary>
/// What one filter removes: <paramref name="Rows"/> of the scope fail it; <paramref name="Alone"/> of them fail no other,
/// so they would pass without it.
/// </summary>
public sealed record RemovedBy(string Filter, int Rows, int Alone);

/// <summary>
/// Who is looked at in one segment and who passes everything. What each hard filter answers is only counted, and asked again when somebody
/// wants to know about a row: kept for every search, it would be most of what a search leaves to the collector.
/// </summary>
internal sealed class FilterOutcome
{
    private readonly Segment _segment;
    private readonly IReadOnlyList<Filter> _hard;
    private readonly Kernel _kernel;
    private readonly ulong[] _scope;
    private ulong[]? _answers;

    private FilterOutcome(Segment segment, IReadOnlyList<Filter> hard, Kernel kernel, ulong[] scope, ulong[] passing)
    {
        (_segment, _hard, _kernel, _scope, Passing) = (segment, hard, kernel, scope, passing);
        PassingCount = Bitmap.Count(passing);
        InScopeCount = Bitmap.Count(scope);
    }

    public ulong[] Passing { get; }

    public int PassingCount { get; }

    public int InScopeCount { get; }

    /// <summary>The live rows that pass all of these filters.</summary>
    public static ulong[] Scope(Segment segment, ReadOnlySpan<ulong> live, IReadOnlyList<Filter> filters, Kernel? kernel = null)
    {
        var inScope = live.ToArray();
        var memory = Bitmap.Spare.Rent(inScope.Length);
        foreach (var filter in filters)
        {
            And(inScope, Answer(filter, segment, kernel ?? Kernel.Auto, memory.AsSpan(0, inScope.Length)));
        }
        Bitmap.Spare.Return(memory.Length, memory);
        return inScope;
    }

    /// <param name="removed">Rows of the scope that each hard filter removes are added here.</param>
    /// <param name="alone">And those that it removes alone.</param>
    public static FilterOutcome Of(
        Segment segment, ReadOnlySpan<ulong> live, IReadOnlyList<Filter> scope, IReadOnlyList<Filter> hard, Kernel kernel, Span<int> removed, Span<int> alone)
    {
        var inScope = Scope(segment, live, scope, kernel);
        var passing = (ulong[])inScope.Clone();
        var memory = Bitmap.Spare.Rent(hard.Count * passing.Length);
        var answers = memory.AsSpan(0, hard.Count * passing.Length);
        Ask(hard, segment, kernel, answers);
        for (var at = 0; at < hard.Count; at++)
        {
            And(passing, answers.Slice(at * passing.Length, passing.Length));
        }
        CountRemoved(inScope, answers, removed, alone);
        Bitmap.Spare.Return(memory.Length, memory);
        return new FilterOutcome(segment, hard, kernel, inScope, passing);
    }

    public bool InScope(int row) => Bitmap.Has(_scope, row);

    public bool Passes(int row) => Bitmap.Has(Passing, row);

    public bool PassesHard(int filter, int row) => Passes(row) || Bitmap.Has(Answers().AsSpan(filter * _scope.Length, _scope.Length), row);

    /// <summary>The first hard filter that the row fails; null when it fails none.</summary>
    public int? ShutBy(int row)
    {
        for (var filter = 0; filter < _hard.Count; filter++)
        {
            if (!PassesHard(filter, row))
            {
                return filter;
            }
        }
        return null;
    }

    // Two who ask at once compute the same.
    private ulong[] Answers()
    {
        if (Volatile.Read(ref _answers) is not { } answers)
        {
            answers = new ulong[_hard.Count * _scope.Length];
            Ask(_hard, _segment, _kernel, answers);
            Volatile.Write(ref _answers, answers);
        }
        return answers;
    }

    /// <summary>The answers of several filters, one after the other.</summary>
    private static void Ask(IReadOnlyList<Filter> filters, Segment segment, Kernel kernel, Span<ulong> answers)
    {
        var words = Bitmap.WordCount(segment.Count);
        for (var at = 0; at < filters.Count; at++)
        {
            Answer(filters[at], segment, kernel, answers.Slice(at * words, words));
        }
    }

    private static ReadOnlySpan<ulong> Answer(Filter filter, Segment segment, Kernel kernel, Span<ulong> words)
    {
        words.Clear();
        filter.Evaluate(segment, kernel, words);
        return words;
    }

    private static void CountRemoved(ReadOnlySpan<ulong> scope, ReadOnlySpan<ulong> answers, Span<int> rows, Span<int> alone)
    {
        for (var word = 0; word < scope.Length; word++)
        {
            // Two-bit counting, 64 rows at a time: bits failing at least one filter, and bits failing at least two.
            ulong once = 0, twice = 0;
            for (var at = word; at < answers.Length; at += scope.Length)
            {
                var failing = scope[word] & ~answers[at];
                twice |= once & failing;
                once |= failing;
            }
            var exactlyOne = once & ~twice;
            for (var at = 0; at < rows.Length && once != 0; at++)
            {
                var failing = scope[word] & ~answers[(at * scope.Length) + word];
                rows[at] += BitOperations.PopCount(failing);
                alone[at] += BitOperations.PopCount(failing & exactlyOne);
            }
        }
    }

    private static void And(Span<ulong> into, ReadOnlySpan<ulong> other)
    {
        for (var word = 0; word < into.Length; word++)
        {
            into[word] &= other[word];
        }
    }
}
