using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>How the values of several slots become one code. Sums and counts stop at 63.</summary>
public enum SlotMerge
{
    Max,
    Sum,
    Count,
}

/// <summary>
/// Where a feature reads its code (0..63) for each row. Sources compose; tables are checked when the source is made. Lookups
/// by wide value ignore empty slots and read 0 past the end of the table.
/// </summary>
public abstract class CodeSource
{
    /// <summary>A byte column as it is.</summary>
    public static CodeSource Column(string column) => new ColumnSource(column);

    /// <summary>The group's slots looked up in <paramref name="table"/> (by wide value), then merged; 0 when all are empty.</summary>
    /// <remarks><see cref="SlotMerge.Count"/> counts the slots whose entry is not 0.</remarks>
    public static CodeSource Lookup(string group, byte[] table, SlotMerge merge) =>
        new LookupSource(group, Tables.Checked(table, nameof(table)), merge);

    /// <summary>
    /// The values of byte columns parallel to the group's slots, for the slots whose <paramref name="table"/> entry is true,
    /// merged; 0 when no slot matches. <see cref="SlotMerge.Count"/> counts the matching slots whose value is not 0.
    /// </summary>
    public static CodeSource SlotValues(string group, bool[] table, IReadOnlyList<string> valueColumns, SlotMerge merge) =>
        new SlotValueSource(group, table, valueColumns, merge);

    /// <summary>How many bits of <paramref name="mask"/> the row has, 63 at most.</summary>
    public static CodeSource BitsHeld(string column, ulong mask) => new BitCountSource(column, mask, held: true);

    /// <summary>How many bits of <paramref name="mask"/> the row lacks, 63 at most.</summary>
    public static CodeSource BitsMissing(string column, ulong mask) => new BitCountSource(column, mask, held: false);

    /// <summary>The code at <c>first × 64 + second</c> of a table of 4096.</summary>
    public static CodeSource Pair(CodeSource first, CodeSource second, byte[] table) =>
        table.Length == RowSchema.CodeCount * RowSchema.CodeCount
            ? new PairSource(first, second, PairTable.Of(Tables.Checked(table, nameof(table))))
            : throw new ArgumentException($"A pair table has 4096 entries, not {table.Length}.", nameof(table));

    /// <summary>The larger of two codes.</summary>
    public static CodeSource Larger(CodeSource first, CodeSource second) => new LargerSource(first, second);

    /// <summary>The same code for every row.</summary>
    public static CodeSource Constant(byte code) => new ConstantSource(Tables.Checked([code], nameof(code))[0]);

    /// <summary>The code through a table; codes past its end take its last entry.</summary>
    public CodeSource Map(params byte[] table) => new MapSource(this, Tables.Padded(Tables.Checked(table, nameof(table))));

    /// <summary>A code given for some ids, another for all the rest.</summary>
    public static CodeSource ById(IReadOnlyDictionary<Guid, byte> codes, byte otherwise)
    {
        Tables.Checked([otherwise, .. codes.Values.Distinct()], nameof(codes));
        return new IdSource(codes, otherwise);
    }

    /// <summary>
    /// How close the row's own words are to <paramref name="text"/>, among the rows that pass the filters: 1 to 15, 15 the
    /// closest; 0 when they share no word or the row has no text.
    /// </summary>
    public static CodeSource TextPercentile(string text) => new TextPercentileSource(text);

    /// <summary>
    /// The code a function gives for the owner's facts. With a <paramref name="cacheKey"/> the answers are kept with the
    /// segment: the key must tell everything that the function depends on, and the function must not change its mind.
    /// </summary>
    /// <exception cref="ArgumentException">When the query runs: facts of another type, or a code of 64 or more.</exception>
    public static CodeSource FromFacts<TFacts>(Func<TFacts, byte> codeOf, string? cacheKey = null) => PerRow(segment =>
    {
        if (segment is not Segment<TFacts> typed)
        {
            throw new ArgumentException("A source reads facts of another type than the store's.");
        }
        byte[] CodesOf() => Array.ConvertAll(typed.Facts.ToArray(), facts => codeOf(facts));
        return cacheKey is null ? CodesOf() : segment.FactsCache.GetOrAdd(cacheKey, CodesOf);
    });

    /// <summary>One code per row of the segment, computed once per query and segment.</summary>
    public static CodeSource PerRow(Func<Segment, byte[]> codesOf) => new PerRowSource(codesOf);

    /// <summary>The source as one query uses it: what depends on the passing rows is computed here.</summary>
    internal virtual CodeSource Prepare(PassingRows rows) => this;

    /// <summary>What to read and the points of what is read, the tables on the way folded into the points.</summary>
    internal virtual (CodeSource Source, short[] Points) Fold(short[] points) => (this, points);

    /// <summary>Asks the memory for the columns that <see cref="Fill"/> will read.</summary>
    internal virtual void Ahead(RowBlock block)
    {
    }

    /// <summary>Writes one code (0..63) per row of the block.</summary>
    internal abstract void Fill(RowBlock block, Span<byte> codes);
}

internal static class Tables
{
    public static byte[] Checked(byte[] table, string parameter) =>
        table.Length > 0 && !table.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(RowSchema.CodeCount - 1))
            ? table
            : throw new ArgumentException("A code table is not empty and holds codes 0 to 63 only.", parameter);

    /// <summary>64 entries, the last one repeated: a saturating count needs no long table.</summary>
    public static T[] Padded<T>(T[] table) => table.Length > RowSchema.CodeCount
        ? throw new ArgumentException($"A table by code has 64 entries at most, not {table.Length}.", nameof(table))
        : [.. table, .. Enumerable.Repeat(table[^1], RowSchema.CodeCount - table.Length)];
}
