namespace Matching.Engine.Columns;

/// <summary>
/// Row number of an id within one segment: open addressing over row numbers only, so 8 to 16 bytes a row where a
/// dictionary of ids would take 40.
/// </summary>
internal sealed class IdLookup
{
    private readonly Guid[] _ids;
    private readonly int[] _rowPlusOne;
    private readonly List<int> _replaced = [];

    /// <summary>Of an id given twice, the last row is found.</summary>
    public IdLookup(Guid[] ids)
    {
        _ids = ids;
        _rowPlusOne = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, ids.Length * 2))];
        for (var row = 0; row < ids.Length; row++)
        {
            var cell = FirstCell(ids[row]);
            while (_rowPlusOne[cell] != 0 && ids[_rowPlusOne[cell] - 1] != ids[row])
            {
                cell = (cell + 1) & (_rowPlusOne.Length - 1);
            }
            if (_rowPlusOne[cell] != 0)
            {
                _replaced.Add(_rowPlusOne[cell] - 1);
            }
            _rowPlusOne[cell] = row + 1;
        }
    }

    /// <summary>Rows whose id comes again later.</summary>
    public IReadOnlyList<int> Replaced => _replaced;

    /// <summary>The row of this id, or -1.</summary>
    public int Find(Guid id)
    {
        for (var cell = FirstCell(id); _rowPlusOne[cell] != 0; cell = (cell + 1) & (_rowPlusOne.Length - 1))
        {
            var row = _rowPlusOne[cell] - 1;
            if (_ids[row] == id)
            {
                return row;
            }
        }
        return -1;
    }

    private int FirstCell(Guid id) => (int)(IdHash.Mix(id, salt: 0).First & (ulong)(_rowPlusOne.Length - 1));
}
