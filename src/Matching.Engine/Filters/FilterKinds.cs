using Matching.Engine.Columns;

namespace Matching.Engine.Filters;

internal sealed class CodeFilter(string name, string column, ulong allowed) : Filter(name)
{
    internal override void Evaluate(Segment segment, Span<ulong> words)
    {
        var codes = segment.Codes(segment.Schema.CodeColumn(column));
        for (var row = 0; row < codes.Length; row++)
        {
            words[row >> 6] |= ((allowed >> codes[row]) & 1) << row;
        }
    }
}

internal sealed class WideFilter(string name, string group, bool[] table, bool wanted) : Filter(name)
{
    private readonly byte[] _matches = WideTable.Of(table, yes => yes ? (byte)1 : (byte)0);

    internal override void Evaluate(Segment segment, Span<ulong> words)
    {
        var (first, count) = segment.Schema.Slots(group).GetOffsetAndLength(segment.Schema.SlotCount);
        for (var slot = first; slot < first + count; slot++)
        {
            var values = segment.Wide(slot);
            for (var row = 0; row < values.Length; row++)
            {
                words[row >> 6] |= (ulong)_matches[values[row]] << row;
            }
        }
        if (!wanted)
        {
            Flip(words);
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
    internal override void Evaluate(Segment segment, Span<ulong> words)
    {
        var bits = segment.Bits(segment.Schema.BitColumn(column));
        for (var row = 0; row < bits.Length; row++)
        {
            var held = bits[row] & mask;
            words[row >> 6] |= ((all ? held == mask : held != 0) ? 1UL : 0) << row;
        }
    }
}

internal sealed class IdFilter(string name, IReadOnlySet<Guid> ids, bool wanted) : Filter(name)
{
    internal override void Evaluate(Segment segment, Span<ulong> words)
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
    internal override void Evaluate(Segment segment, Span<ulong> words)
    {
        if (segment is not Segment<TFacts> typed)
        {
            throw new ArgumentException($"Filter '{Name}' reads facts of another type than the store's.");
        }
        var answer = segment.FactsCache.GetOrAdd(cacheKey, () =>
        {
            var passing = new ulong[Bitmap.WordCount(typed.Count)];
            var facts = typed.Facts;
            for (var row = 0; row < facts.Length; row++)
            {
                if (predicate(facts[row]))
                {
                    Bitmap.Set(passing, row);
                }
            }
            return passing;
        });
        answer.CopyTo(words);
    }
}

internal sealed class AnyFilter(string name, Filter[] filters) : Filter(name)
{
    internal override void Evaluate(Segment segment, Span<ulong> words)
    {
        var one = new ulong[words.Length];
        foreach (var filter in filters)
        {
            Array.Clear(one);
            filter.Evaluate(segment, one);
            for (var word = 0; word < one.Length; word++)
            {
                words[word] |= one[word];
            }
        }
    }
}

internal sealed class ConstantFilter(string name, bool passes) : Filter(name)
{
    internal override void Evaluate(Segment segment, Span<ulong> words) => words.Fill(passes ? ulong.MaxValue : 0);
}
