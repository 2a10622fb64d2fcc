using Matching.Engine.Columns;
using Matching.Engine.Scoring;

namespace Matching.Engine.Filters;

internal sealed class CodeFilter(string name, string column, ulong allowed) : Filter(name)
{
    internal override void Evaluate(Segment segment, Kernel kernel, Span<ulong> words) =>
        kernel.MarkCodes(segment.Codes(segment.Schema.CodeColumn(column)), allowed, words);
}

internal sealed class WideFilter(string name, string group, bool[] table, bool wanted) : Filter(name)
{
    private readonly WideTable _matches = WideTable.Of(table);

    internal override void Evaluate(Segment segment, Kernel kernel, Span<ulong> words)
    {
        var (first, count) = segment.Schema.SlotSpan(group);
        for (var slot = first; slot < first + count; slot++)
        {
            Mark(segment.Wide(slot), kernel, words);
        }
        if (!wanted)
        {
            Flip(words);
        }
    }

    /// <summary>A table of few spans is compared, any other is read value by value.</summary>
    private void Mark(ReadOnlySpan<ushort> values, Kernel kernel, Span<ulong> words)
    {
        if (_matches.Steps is not { } steps)
        {
            for (var row = 0; row < values.Length; row++)
            {
                words[row >> 6] |= (ulong)_matches.Codes[values[row]] << row;
            }
            return;
        }
        // Entry 0 is no: a span opens at each even step and closes before the next one.
        for (var step = 0; step < steps.Length; step += 2)
        {
            var last = step + 1 < steps.Length ? (ushort)(steps[step + 1].From - 1) : ushort.MaxValue;
            kernel.MarkBetween(values, steps[step].From, last, words);
        }
    }

    /// <summary>Bits past the last row turn to one here; the query clears them when it ANDs with the live rows.</summary>
    private static void Flip(Span<ulong> words)
    {
        foreach (ref var word in words)
        {
            word = ~word;
        }
    }
}

internal sealed class BitsFilter(string name, string column, ulong mask, bool all) : Filter(name)
{
    internal override void Evaluate(Segment segment, Kernel kernel, Span<ulong> words) =>
        kernel.MarkBits(segment.Bits(segment.Schema.BitColumn(column)), mask, all, words);
}

internal sealed class IdFilter(string name, IReadOnlySet<Guid> ids, bool wanted) : Filter(name)
{
    internal override void Evaluate(Segment segment, Kernel kernel, Span<ulong> words)
    {
        if (!wanted)
        {
            words.Fill(ulong.MaxValue);
        }
        foreach (var id in ids)
        {
            var row = segment.Find(id);
            if (row >= 0)
            {
                words[row >> 6] ^= 1UL << row;
            }
        }
    }
}

internal sealed class FactsFilter<TFacts>(string name, string cacheKey, Func<TFacts, bool> predicate) : Filter(name)
{
    internal override void Evaluate(Segment segment, Kernel kernel, Span<ulong> words)
    {
        if (segment is not Segment<TFacts> typed)
        {
            throw new ArgumentException($"Filter '{Name}' reads facts of another type than the store's.");
        }
        segment.FactsCache.GetOrAdd(cacheKey, () => Passing(typed)).CopyTo(words);
    }

    private ulong[] Passing(Segment<TFacts> segment)
    {
        var passing = new ulong[Bitmap.WordCount(segment.Count)];
        var facts = segment.Facts;
        for (var row = 0; row < facts.Length; row++)
        {
            if (predicate(facts[row]))
            {
                Bitmap.Set(passing, row);
            }
        }
        return passing;
    }
}

internal sealed class AnyFilter(string name, Filter[] filters) : Filter(name)
{
    internal override void Evaluate(Segment segment, Kernel kernel, Span<ulong> words)
    {
        var memory = Bitmap.Spare.Rent(words.Length);
        var one = memory.AsSpan(0, words.Length);
        foreach (var filter in filters)
        {
            one.Clear();
            filter.Evaluate(segment, kernel, one);
            for (var word = 0; word < one.Length; word++)
            {
                words[word] |= one[word];
            }
        }
        Bitmap.Spare.Return(memory.Length, memory);
    }
}

internal sealed class ConstantFilter(string name, bool passes) : Filter(name)
{
    internal override void Evaluate(Segment segment, Kernel kernel, Span<ulong> words) => words.Fill(passes ? ulong.MaxValue : 0);
}
