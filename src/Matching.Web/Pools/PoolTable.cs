namespace Matching.Web.Pools;

/// <summary>One row as sent, cleaned of social security numbers.</summary>
/// <param name="Number">As a spreadsheet numbers it: the header is 1.</param>
/// <param name="Cells">In the order of the header; more or fewer than the header when the row is broken.</param>
/// <param name="Removed">Headers of the cells from which a social security number was taken out.</param>
/// <param name="IsHidden">The spreadsheet hides this row.</param>
public sealed record PoolLine(int Number, string[] Cells, IReadOnlyList<string> Removed, bool IsHidden = false);

/// <summary>Rows to import, whatever they came as: a file or the API.</summary>
/// <param name="Name">Name of the file, for people.</param>
/// <param name="Format">How it was read: "UTF-8, séparateur ;".</param>
public sealed record PoolTable(string Name, string Format, PoolHeader Header, IEnumerable<PoolLine> Lines)
{
    public const long MaxBytes = 50L * 1024 * 1024;
    public const int MaxRows = 200_000;
    private const string Formulas = "=+-@";

    /// <summary>The rows of a file under its header, cleaned of social security numbers.</summary>
    public static PoolTable Of(PoolFile file, PoolHeader header)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(header);
        return new PoolTable(file.Name, file.Format, header, file.Rows.Select(row => header.Clean(row.Number, row.Cells, row.IsHidden)));
    }


    /// <summary>What a cell says: a text kept from being a formula loses its apostrophe, and a formula that only quotes a text is that text.</summary>
    public static string ValueOf(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (cell.Length > 1 && cell[0] == '\'' && Formulas.Contains(cell[1], StringComparison.Ordinal))
        {
            return cell[1..];
        }

        return cell.Length > 2 && cell.StartsWith("=\"", StringComparison.Ordinal) && cell.IndexOf('"', 2) == cell.Length - 1 ? cell[2..^1] : cell;
    }
}
