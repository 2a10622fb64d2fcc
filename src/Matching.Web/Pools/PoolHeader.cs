using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>What a structure said once of the headers of its own files.</summary>
/// <param name="ColumnOf">Column of the template by key of the header; "" for a column left aside on purpose.</param>
/// <param name="Structure">SIRET and type to use where the file has no such column; null when each row must say them.</param>
public sealed record PoolMapping(IReadOnlyDictionary<string, string> ColumnOf, (string Siret, string Type)? Structure)
{
    public static PoolMapping None { get; } = new(new Dictionary<string, string>(), null);
}

/// <summary>The header of a file: where each column of the template is, and what else is there.</summary>
public sealed class PoolHeader
{
    private readonly int[] positions;
    private readonly bool[] isDropped;
    private PoolHeader(IReadOnlyList<string> names, PoolMapping mapping, int[] positions) =>
        (Names, Mapping, this.positions, isDropped) = (names, mapping, positions, [.. names.Select(SocialSecurityNumbers.IsAnnouncedBy)]);

    public IReadOnlyList<string> Names { get; }

    /// <summary>What the structure had said of its headers when these were read.</summary>
    public PoolMapping Mapping { get; }

    /// <summary>Headers that are not of the template: kept aside, never read.</summary>
    public IReadOnlyList<string> Unknown =>
        [.. Names.Where((name, i) => name.Length > 0 && !isDropped[i] && i != ErrorPosition && Array.IndexOf(positions, i) < 0)];

    /// <summary>Headers that announce social security numbers: their cells are emptied.</summary>
    public IReadOnlyList<string> Dropped => [.. Names.Where((_, i) => isDropped[i])];

    /// <summary>Where the column of errors of a returned file is; null when there is none.</summary>
    public int? ErrorPosition { get; private init; }

    /// <summary>What is lacking before a row can be read; empty when nothing is.</summary>
    public IReadOnlyList<string> Missing => PoolColumns.MissingFrom(
        [.. PoolColumns.All.Where(column => positions[column.Position] >= 0 || (Mapping.Structure is not null && IsOfStructure(column)))]);

    /// <summary>The column of the template that a header was read as; null when none.</summary>
    public PoolColumn? ColumnAt(int index) => Array.IndexOf(positions, index) is >= 0 and var position ? PoolColumns.All[position] : null;

    /// <summary>The names where they are known for sure; the second value is the sentence about a column that is there twice.</summary>
    public static (PoolHeader? Header, string? Refusal) Place(IReadOnlyList<string> names, PoolMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(mapping);
        var positions = Enumerable.Repeat(-1, PoolColumns.All.Count).ToArray();
        int? error = null;
        for (var i = 0; i < names.Count; i++)
        {
            var key = PoolColumns.Key(names[i]);
            if (key == PoolColumns.ErrorHeader)
            {
                error = i;
            }
            else if ((mapping.ColumnOf.TryGetValue(key, out var said) ? PoolColumns.Find(said) : PoolColumns.Find(names[i])) is { } column)
            {
                if (positions[column.Position] >= 0)
                {
                    return (null, $"La colonne « {column.Name} » est deux fois dans le fichier : en garder une, puis recommencer.");
                }

                positions[column.Position] = i;
            }
        }

        return (new PoolHeader([.. names], mapping, positions) { ErrorPosition = error }, null);
    }

    /// <summary>Reads the names, or says in one French sentence why the file cannot be read.</summary>
    public static (PoolHeader? Header, string? Refusal) Read(IReadOnlyList<string> names, PoolMapping? mapping = null)
    {
        var (header, refusal) = Place(names, mapping ?? PoolMapping.None);
        if (header is null)
        {
            return (null, refusal);
        }

        if (Array.TrueForAll(header.positions, position => position < 0))
        {
            return (null, "La première ligne ne contient aucun nom de colonne connu : y remettre les noms de colonnes du modèle, puis recommencer.");
        }

        var missing = header.Missing;
        return missing.Count > 0
            ? (null, (missing.Count == 1 ? $"Il manque une colonne obligatoire : {missing[0]}. L’ajouter" : $"Il manque des colonnes obligatoires : {string.Join(", ", missing)}. Les ajouter") + " au fichier, puis recommencer.")
            : (header, null);
    }

    /// <summary>The value of a column in a row, "" when the file has no such column.</summary>
    public string Value(PoolLine line, PoolColumn column)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(column);
        var position = positions[column.Position];
        return position >= 0 ? position < line.Cells.Length ? PoolTable.ValueOf(line.Cells[position]) : ""
            : Mapping.Structure is not { } own || !IsOfStructure(column) ? ""
            : column == PoolColumns.StructureSiret ? own.Siret : own.Type;
    }

    /// <summary>The row without social security numbers: nothing after this sees them.</summary>
    public PoolLine Clean(int number, string[] cells, bool isHidden = false)
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

        return new PoolLine(number, cells, removed ?? [], isHidden);
    }

    private static bool IsOfStructure(PoolColumn column) => column == PoolColumns.StructureSiret || column == PoolColumns.StructureType;
}
