namespace Matching.Engine.Columns;

/// <summary>
/// One byte per possible wide value: 65,536, so that reading needs neither a bound nor a test for the empty slot (0), which
/// is always 0 here. Tables that change their value only a few times (days before and after a date, a few pools) are also
/// kept as steps, which a vector compares 32 rows at a time.
/// </summary>
internal sealed class WideTable
{
    private const int MostSteps = 8;

    private WideTable(byte[] codes)
    {
        Codes = codes;
        Steps = StepsOf(codes);
    }

    public byte[] Codes { get; }

    /// <summary>From this value on, the code changes by this much (modulo 256); null when it changes too often.</summary>
    public (ushort From, byte Change)[]? Steps { get; }

    /// <summary>A table with an entry for every value is read where it is: it must not change afterwards.</summary>
    public static WideTable Of(byte[] table)
    {
        if (table.Length == ushort.MaxValue + 1 && table[0] == 0)
        {
            return new WideTable(table);
        }
        var full = new byte[ushort.MaxValue + 1];
        table.AsSpan(0, Math.Min(table.Length, full.Length)).CopyTo(full);
        full[0] = 0;
        return new WideTable(full);
    }

    public static WideTable Of(ReadOnlySpan<bool> table)
    {
        var full = new byte[ushort.MaxValue + 1];
        for (var value = 1; value < Math.Min(table.Length, full.Length); value++)
        {
            full[value] = table[value] ? (byte)1 : (byte)0;
        }
        return new WideTable(full);
    }

    private static (ushort, byte)[]? StepsOf(byte[] codes)
    {
        var steps = new List<(ushort, byte)>();
        var at = 0;
        while (steps.Count <= MostSteps)
        {
            var next = codes.AsSpan(at).IndexOfAnyExcept(codes[at]);
            if (next < 0)
            {
                return [.. steps];
            }
            steps.Add(((ushort)(at + next), (byte)(codes[at + next] - codes[at])));
            at += next;
        }
        return null;
    }
}
