namespace Matching.Lab.Training;

/// <summary>Two features looked at together, over coarse groups of their scales; a row that is off either scale has no cell, so the pair adds nothing to it.</summary>
public sealed record PairShape(int First, int Second, CodeGroups FirstGroups, CodeGroups SecondGroups)
{
    public const ushort NoCell = ushort.MaxValue;

    public int Rows => FirstGroups.OnScale;

    public int Columns => SecondGroups.OnScale;

    public int Cells => Rows * Columns;

    public ushort CellOf(int firstCode, int secondCode)
    {
        var (row, column) = (FirstGroups.GroupOf[firstCode], SecondGroups.GroupOf[secondCode]);
        return row < Rows && column < Columns ? (ushort)((row * Columns) + column) : NoCell;
    }
}
