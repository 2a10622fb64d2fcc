using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>One row as sent, cleaned of social security numbers.</summary>
/// <param name="Number">As a spreadsheet numbers it: the header is 1.</param>
/// <param name="Cells">In the order of the header; more or fewer than the header when the row is broken.</param>
/// <param name="Removed">Headers of the cells from which a social security number was taken out.</param>
public sealed record PoolLine(int Number, string[] Cells, IReadOnlyList<string> Removed);

/// <summary>Rows to import, whatever they came as: a file or the API.</summary>
/// <param name="Name">Name of the file, for people.</param>
/// <param name="Format">How it was read: "UTF-8, séparateur ;".</param>
public sealed record PoolTable(string Name, string Format, PoolHeader Header, IEnumerable<PoolLine> Lines)
{
    public const long MaxBytes = 50L * 1024 * 1024;
    public const int MaxRows = 200_000;
    private const string Formulas = "=+-@";

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

/// <summary>The header of a file: where each column of the template is, and what else is there.</summary>
public sealed class PoolHeader
{
    private readonly int[] positions;
    private readonly bool[] isDropped;

    private PoolHeader(IReadOnlyList<string> names, int[] positions, bool[] isDropped, IReadOnlyList<string> unknown, int? errorPosition) =>
        (Names, this.positions, this.isDropped, Unknown, ErrorPosition) = (names, positions, isDropped, unknown, errorPosition);

    public IReadOnlyList<string> Names { get; }

    /// <summary>Headers that are not of the template: kept aside, never read.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Headers that announce social security numbers: their cells are emptied.</summary>
    public IReadOnlyList<string> Dropped => [.. Names.Where((_, i) => isDropped[i])];

    /// <summary>Where the column of errors of a returned file is; null when there is none.</summary>
    public int? ErrorPosition { get; }

    /// <summary>Reads the names, or says in one French sentence why the file cannot be read.</summary>
    public static (PoolHeader? Header, string? Refusal) Read(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var positions = Enumerable.Repeat(-1, PoolColumns.All.Count).ToArray();
        var dropped = new bool[names.Count];
        var unknown = new List<string>();
        int? errorPosition = null;
        for (var i = 0; i < names.Count; i++)
        {
            if (PoolColumns.Find(names[i]) is { } column)
            {
                if (positions[column.Position] >= 0)
                {
                    return (null, $"La colonne « {column.Name} » est deux fois dans le fichier : en garder une, puis recommencer.");
                }

                positions[column.Position] = i;
            }
            else if (PoolColumns.Key(names[i]) == PoolColumns.ErrorHeader)
            {
                errorPosition = i;
            }
            else
            {
                dropped[i] = SocialSecurityNumbers.IsAnnouncedBy(names[i]);
                if (!dropped[i] && names[i].Length > 0)
                {
                    unknown.Add(names[i]);
                }
            }
        }

        var present = PoolColumns.All.Where(column => positions[column.Position] >= 0).ToHashSet();
        if (present.Count == 0)
        {
            return (null, "La première ligne ne contient aucun nom de colonne connu : y remettre les noms de colonnes du modèle, puis recommencer.");
        }

        var missing = PoolColumns.MissingFrom(present);
        return missing.Count > 0
            ? (null, (missing.Count == 1 ? "Il manque une colonne obligatoire : " : "Il manque des colonnes obligatoires : ") + string.Join(", ", missing) + ". L’ajouter au fichier, puis recommencer.")
            : (new PoolHeader([.. names], positions, dropped, unknown, errorPosition), null);
    }

    /// <summary>The value of a column in a row, "" when the file has no such column.</summary>
    public string Value(PoolLine line, PoolColumn column)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(column);
        var position = positions[column.Position];
        return position < 0 || position >= line.Cells.Length ? "" : PoolTable.ValueOf(line.Cells[position]);
    }

    /// <summary>The row without social security numbers: nothing after this sees them.</summary>
    public PoolLine Clean(int number, string[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        List<string>? removed = null;
        for (var i = 0; i < cells.Length; i++)
        {
            if (i < isDropped.Length && isDropped[i])
            {
                cells[i] = "";
            }
            else if (cells[i].Length >= 13 && SocialSecurityNumbers.Remove(cells[i]) is { WasFound: true } cleaned)
            {
                cells[i] = cleaned.Text;
                (removed ??= []).Add(i < Names.Count ? Names[i] : "");
            }
        }

        return new PoolLine(number, cells, removed ?? []);
    }
}
