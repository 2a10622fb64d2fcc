using System.Runtime.CompilerServices;
using Matching.Engine.Columns;

namespace Matching.Engine.Scoring;

/// <summary>
/// What two features of a query add together, beyond what each gives alone. Codes of each side are put in groups, 16 at most; each meeting of two
/// groups has its points. In an explanation the code of a pair is <c>row × 16 + column</c>.
/// </summary>
public sealed class FeaturePair
{
    /// <summary>Along each side.</summary>
    public const int MostGroups = 16;

    /// <param name="rowOf">By code of the first feature; codes past the end take the last entry.</param>
    /// <param name="columnOf">By code of the second feature.</param>
    /// <param name="points">By row, then by column.</param>
    /// <exception cref="ArgumentException">A group without points, or more than 16 groups on a side.</exception>
    public FeaturePair(string name, string first, string second, byte[] rowOf, byte[] columnOf, IReadOnlyList<IReadOnlyList<short>> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count is 0 or > MostGroups || points.Any(row => row.Count is 0 or > MostGroups || row.Count != points[0].Count))
        {
            throw new ArgumentException($"Pair '{name}' has between 1 and {MostGroups} groups on each side, and as many points in each row.", nameof(points));
        }
        if (rowOf.Length == 0 || columnOf.Length == 0 || rowOf.Any(row => row >= points.Count) || columnOf.Any(column => column >= points[0].Count))
        {
            throw new ArgumentException($"Pair '{name}' has a code whose group has no points.", nameof(points));
        }
        (Name, First, Second, Table) = (name, first, second, new PairPointTable(Tables.Padded(rowOf), Tables.Padded(columnOf), points));
    }

    public string Name { get; }

    /// <summary>The name of a feature of the same query.</summary>
    public string First { get; }

    /// <summary>The name of another feature of the same query.</summary>
    public string Second { get; }

    internal PairPointTable Table { get; }

    /// <summary>The meeting of the groups of two codes.</summary>
    public byte CellOf(byte first, byte second) => Table.CellOf(first, second);

    public short PointsOf(byte first, byte second) => Table.Points[CellOf(first, second)];
}

/// <summary>Where both features of a pair stand in the query, and its points.</summary>
internal readonly record struct PlacedPair(int First, int Second, FeaturePair Pair)
{
    /// <exception cref="ArgumentException">A pair names a feature that the query does not have, or the same one twice.</exception>
    public static PlacedPair[] Of(Query query) =>
        [.. query.Pairs.Select(pair => new PlacedPair(PlaceOf(query, pair, pair.First), PlaceOf(query, pair, pair.Second), pair))];

    private static int PlaceOf(Query query, FeaturePair pair, string name)
    {
        for (var at = 0; at < query.Features.Count; at++)
        {
            if (query.Features[at].Name == name && pair.First != pair.Second)
            {
                return at;
            }
        }
        throw new ArgumentException($"Pair '{pair.Name}' needs two features of the query; '{name}' is not one, or is named twice.", nameof(query));
    }
}

/// <summary>The groups of both sides, and 256 points by cell; the same as two tables of bytes for the kernels that look codes up in registers.</summary>
internal sealed class PairPointTable
{
    public PairPointTable(byte[] rowOf, byte[] columnOf, IReadOnlyList<IReadOnlyList<short>> points)
    {
        (RowOf, ColumnOf, Points) = (Array.ConvertAll(rowOf, row => (byte)(row << 4)), columnOf, new short[FeaturePair.MostGroups * FeaturePair.MostGroups]);
        for (var row = 0; row < points.Count; row++)
        {
            for (var column = 0; column < points[row].Count; column++)
            {
                Points[(row << 4) + column] = points[row][column];
            }
        }
        Low = Array.ConvertAll(Points, one => (byte)one);
        High = Array.ConvertAll(Points, one => (byte)(one >> 8));
        (Lowest, Highest) = (Points.Min(), Points.Max());
    }

    /// <summary>By code of the first feature, its row times 16.</summary>
    public byte[] RowOf { get; }

    public byte[] ColumnOf { get; }

    public short[] Points { get; }

    public byte[] Low { get; }

    public byte[] High { get; }

    public short Lowest { get; }

    public short Highest { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte CellOf(byte first, byte second) => (byte)(RowOf[first & (RowSchema.CodeCount - 1)] | ColumnOf[second & (RowSchema.CodeCount - 1)]);
}
