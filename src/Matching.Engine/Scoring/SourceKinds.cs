using System.Numerics;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <param name="number">The place of the column in the schema of the query's snapshot, once it is known.</param>
internal sealed class ColumnSource(string column, int number = -1) : CodeSource
{
    internal override CodeSource Prepare(PassingRows rows) => rows.Schema is { } schema ? new ColumnSource(column, schema.CodeColumn(column)) : this;

    /// <summary>The stored column itself: a feature reads it where it is.</summary>
    public ReadOnlySpan<byte> Read(RowBlock block) => block.Codes(number);

    internal override void Ahead(RowBlock block) => block.CodesAhead(number);

    internal override void Fill(RowBlock block, Span<byte> codes) => Read(block).CopyTo(codes);
}

/// <inheritdoc cref="ColumnSource"/>
internal sealed class BitCountSource(string column, ulong mask, bool held, int number = -1) : CodeSource
{
    internal override CodeSource Prepare(PassingRows rows) => rows.Schema is { } schema ? new BitCountSource(column, mask, held, schema.BitColumn(column)) : this;

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        if (mask == 0)
        {
            codes.Clear();
            return;
        }
        var bits = block.Bits(number);
        for (var at = 0; at < codes.Length; at++)
        {
            var count = BitOperations.PopCount(mask & (held ? bits[at] : ~bits[at]));
            codes[at] = (byte)Math.Min(count, RowSchema.CodeCount - 1);
        }
    }
}

internal sealed class PairSource(CodeSource first, CodeSource second, PairTable table) : CodeSource
{
    internal override CodeSource Prepare(PassingRows rows) => new PairSource(first.Prepare(rows), second.Prepare(rows), table);

    internal override void Ahead(RowBlock block)
    {
        first.Ahead(block);
        second.Ahead(block);
    }

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        first.Fill(block, codes);
        var other = block.Temporary();
        second.Fill(block, other);
        block.Kernel.Pair(codes, other, table);
    }
}

internal sealed class LargerSource(CodeSource first, CodeSource second) : CodeSource
{
    internal override CodeSource Prepare(PassingRows rows) => new LargerSource(first.Prepare(rows), second.Prepare(rows));

    internal override void Ahead(RowBlock block)
    {
        first.Ahead(block);
        second.Ahead(block);
    }

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        first.Fill(block, codes);
        var other = block.Temporary();
        second.Fill(block, other);
        SlotMerging.Merge(codes, other, SlotMerge.Max);
    }
}

internal sealed class MapSource(CodeSource source, byte[] table) : CodeSource
{
    internal override CodeSource Prepare(PassingRows rows) => new MapSource(source.Prepare(rows), table);

    internal override (CodeSource Source, short[] Points) Fold(short[] points) =>
        source.Fold(Array.ConvertAll(table, code => points[code]));

    internal override void Ahead(RowBlock block) => source.Ahead(block);

    internal override void Fill(RowBlock block, Span<byte> codes)
    {
        source.Fill(block, codes);
        foreach (ref var code in codes)
        {
            code = table[code];
        }
    }
}

/// <summary>The same code for every row.</summary>
internal sealed class ConstantSource(byte code) : CodeSource
{
    internal override void Fill(RowBlock block, Span<byte> codes) => codes.Fill(code);
}

/// <summary>A source that several features read: computed once a block.</summary>
internal sealed class SharedSource(CodeSource source) : CodeSource
{
    internal override void Ahead(RowBlock block)
    {
        if (!block.Has(source))
        {
            source.Ahead(block);
        }
    }

    internal override void Fill(RowBlock block, Span<byte> codes) => block.Once(source).CopyTo(codes);
}

internal sealed class PerRowSource(Func<Segment, byte[]> codesOf) : CodeSource
{
    private readonly Dictionary<Segment, byte[]> _perSegment = [];

    // A copy per query: the arrays live as long as the query, and two queries never share the dictionary.
    internal override CodeSource Prepare(PassingRows rows)
    {
        var prepared = new PerRowSource(codesOf);
        foreach (var segment in rows.Views.Select(view => view.Columns))
        {
            var codes = codesOf(segment);
            if (codes.Length != segment.Count || codes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(RowSchema.CodeCount - 1)))
            {
                throw new ArgumentException("A per-row source gives one code 0 to 63 for each row of the segment.");
            }
            prepared._perSegment[segment] = codes;
        }
        return prepared;
    }

    internal override void Fill(RowBlock block, Span<byte> codes) => block.PerRow(_perSegment[block.Segment]).CopyTo(codes);
}

/// <summary>A code given for some ids, another for all the rest.</summary>
internal sealed class IdSource(IReadOnlyDictionary<Guid, byte> codes, byte otherwise) : CodeSource
{
    internal override CodeSource Prepare(PassingRows rows) => new Placed(rows.Views.ToDictionary(view => view.Columns, view => RowsOf(view.Columns)), otherwise);

    internal override void Fill(RowBlock block, Span<byte> codes) =>
        throw new InvalidOperationException("Codes by id are prepared for their query before they are read.");

    private (int[] Rows, byte[] Codes) RowsOf(Segment segment)
    {
        var found = codes.Select(it => (Row: segment.Find(it.Key), it.Value)).Where(it => it.Row >= 0).OrderBy(it => it.Row).ToList();
        return ([.. found.Select(it => it.Row)], [.. found.Select(it => it.Value)]);
    }

    /// <summary>The few rows of each segment, ascending, that have a code of their own.</summary>
    private sealed class Placed(Dictionary<Segment, (int[] Rows, byte[] Codes)> bySegment, byte otherwise) : CodeSource
    {
        internal override void Fill(RowBlock block, Span<byte> codes)
        {
            var (rows, own) = bySegment[block.Segment];
            codes.Fill(otherwise);
            if (block.Start is { } start)
            {
                for (var at = Place(rows, start); at < rows.Length && rows[at] < start + codes.Length; at++)
                {
                    codes[rows[at] - start] = own[at];
                }
                return;
            }
            for (var position = 0; position < codes.Length && rows.Length > 0; position++)
            {
                var at = Place(rows, block.RowAt(position));
                codes[position] = at < rows.Length && rows[at] == block.RowAt(position) ? own[at] : otherwise;
            }
        }

        private static int Place(int[] rows, int row) => Array.BinarySearch(rows, row) is var at && at < 0 ? ~at : at;
    }
}
