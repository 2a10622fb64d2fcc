namespace Matching.Engine.Columns;

/// <summary>
/// One byte per possible wide value: 65,536, so that reading needs neither a bound nor a test for the empty slot (0), which
/// is always 0 here. A column pass without branches costs the same whatever the values are.
/// </summary>
internal static class WideTable
{
    public static byte[] Of<T>(T[] table, Func<T, byte> entry)
    {
        var full = new byte[ushort.MaxValue + 1];
        for (var value = 1; value < Math.Min(table.Length, full.Length); value++)
        {
            full[value] = entry(table[value]);
        }
        return full;
    }
}
