using System.Runtime.CompilerServices;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>64 points by code, and the same as two tables of bytes: what a byte shuffle can look up.</summary>
internal sealed class PointTable
{
    public PointTable(short[] points)
    {
        if (points.Length != RowSchema.CodeCount)
        {
            throw new ArgumentException("A point table has 64 entries.", nameof(points));
        }
        Points = points;
        Low = Array.ConvertAll(points, point => (byte)point);
        High = Array.ConvertAll(points, point => (byte)(point >> 8));
        (Lowest, Highest) = (points.Min(), points.Max());
    }

    public short[] Points { get; }

    public byte[] Low { get; }

    public byte[] High { get; }

    public short Lowest { get; }

    public short Highest { get; }
}

/// <summary>
/// 4096 codes by (first, second). The second codes that lead to the same 64 entries form one class: a few classes are looked
/// up one after the other, each in one register, faster than 4096 entries in memory.
/// </summary>
internal sealed class PairTable
{
    /// <summary>Past this many classes, reading memory is faster.</summary>
    private const int MostClasses = 24;

    // A table that a program keeps for all its queries is looked through once.
    private static readonly ConditionalWeakTable<byte[], PairTable> Known = [];

    private PairTable(byte[] table)
    {
        Table = table;
        var columns = new List<byte[]>();
        var classes = new byte[RowSchema.CodeCount];
        Span<byte> column = stackalloc byte[RowSchema.CodeCount];
        for (var second = 0; second < classes.Length; second++)
        {
            for (var first = 0; first < column.Length; first++)
            {
                column[first] = table[(first * RowSchema.CodeCount) + second];
            }
            var known = 0;
            while (known < columns.Count && !column.SequenceEqual(columns[known]))
            {
                known++;
            }
            if (known == columns.Count)
            {
                columns.Add(column.ToArray());
            }
            classes[second] = (byte)known;
        }
        ClassOfSecond = classes;
        Columns = columns.Count <= MostClasses ? [.. columns] : null;
    }

    /// <summary>The entries are read as they are now: the array must not change afterwards.</summary>
    public static PairTable Of(byte[] table) => Known.GetValue(table, entries => new PairTable(entries));

    public byte[] Table { get; }

    public byte[] ClassOfSecond { get; }

    /// <summary>The 64 entries of each class; null when there are too many classes.</summary>
    public byte[][]? Columns { get; }
}
