using System.Text.RegularExpressions;
using CsvHelper;

namespace Matching.Web.Platform.Reference;

/// <summary>What a file of a referential holds, told by its header line.</summary>
public enum ReferenceKind
{
    Occupations,
    Titles,
    Mobility,
    SkillsByOccupation,

    /// <summary>Official ROME 3: which items an occupation has; their words are in <see cref="SkillItems"/>.</summary>
    SkillLinks,
    SkillItems,
    Communes,
}

/// <summary>A CSV of a referential, read whole: the largest official one has 35,000 lines.</summary>
/// <param name="Version">From the file's name (<c>v460_…</c> gives 4.60, <c>communes_2026</c> gives 2026); null when it has none.</param>
public sealed partial record ReferenceFile(string Name, ReferenceKind Kind, string? Version, IReadOnlyList<string[]> Rows, IReadOnlyDictionary<string, int> Columns)
{
    public const int MaxRows = 200_000;

    private static readonly (ReferenceKind Kind, string[] Columns)[] Headers =
    [
        (ReferenceKind.Titles, ["code_ogr", "libelle_appellation_long", "code_rome"]),
        (ReferenceKind.Occupations, ["code_rome", "libelle_rome", "code_rome_parent"]),
        (ReferenceKind.Mobility, ["code_rome", "code_rome_cible", "code_type_mobilite"]),
        (ReferenceKind.SkillsByOccupation, ["code_rome", "code_competence", "libelle"]),
        (ReferenceKind.SkillItems, ["code_ogr", "libelle", "code_type_referentiel"]),
        (ReferenceKind.Communes, ["insee", "nom", "codes_postaux", "dep", "reg", "lat", "lon", "population"]),
    ];

    /// <summary>The value of a column in a row, trimmed; doubled apostrophes of the official files are mended.</summary>
    public string this[string[] row, string column]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(row);
            return row[Columns[column]].Replace("''", "'", StringComparison.Ordinal).Trim();
        }
    }

    /// <summary>Reads a file; null when its header is of no known kind.</summary>
    /// <exception cref="InvalidDataException">A line has another number of values than the header, or there are too many; the message is a French sentence.</exception>
    public static ReferenceFile? Read(string path)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',', HasHeader = false, TrackLineNumbers = true });
        var name = Path.GetFileName(path);
        if (!csv.Read() || Values(csv) is not { } header || KindOf(header) is not { } kind)
        {
            return null;
        }

        var columns = header.Select((column, i) => (column, i)).ToDictionary(pair => pair.column, pair => pair.i, StringComparer.Ordinal);
        var rows = new List<string[]>();
        while (csv.Read())
        {
            if (csv.FieldCount != columns.Count)
            {
                throw new InvalidDataException($"{name}, ligne {csv.LineNumber} : {csv.FieldCount} valeurs au lieu de {columns.Count}. Corriger cette ligne puis recommencer.");
            }

            if (rows.Count == MaxRows)
            {
                throw new InvalidDataException($"{name} : plus de {MaxRows} lignes, ce n’est pas un référentiel attendu.");
            }

            rows.Add(Values(csv));
        }

        return new ReferenceFile(name, kind, VersionIn(name), rows, columns);
    }

    private static string[] Values(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    private static ReferenceKind? KindOf(string[] header)
    {
        if (header is ["code_rome", "code_ogr"])
        {
            return ReferenceKind.SkillLinks;
        }

        var match = header.Distinct(StringComparer.Ordinal).Count() == header.Length ? Headers.FirstOrDefault(known => known.Columns.All(header.Contains)) : default;
        return match.Columns is null ? null : match.Kind;
    }

    private static string? VersionIn(string name) =>
        RomeVersion().Match(name) is { Success: true } rome ? $"{rome.Groups[1].Value}.{rome.Groups[2].Value}"
        : Year().Match(name) is { Success: true } year ? year.Value
        : null;

    [GeneratedRegex(@"^v(\d)(\d\d)_", RegexOptions.CultureInvariant)]
    private static partial Regex RomeVersion();

    [GeneratedRegex(@"20\d\d", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
