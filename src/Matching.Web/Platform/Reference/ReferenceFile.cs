using System.Text;
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

    /// <summary>Communes that merged, and the commune of today.</summary>
    OldCommunes,

    /// <summary>Zones de revitalisation rurale by commune.</summary>
    RuralZones,
    Activities,

    /// <summary>Outlines of the quartiers prioritaires, in GeoJSON.</summary>
    Districts,
}

/// <summary>A file of a referential, read whole: the largest official one has 35,000 lines.</summary>
/// <param name="Version">From the file's name (<c>v460_…</c> gives 4.60, <c>communes_2026</c> gives 2026); null when it has none.</param>
public sealed partial record ReferenceFile(string Name, ReferenceKind Kind, string? Version, IReadOnlyList<string[]> Rows, IReadOnlyDictionary<string, int> Columns)
{
    public const int MaxRows = 200_000;
    private const long MaxBytes = 64L * 1024 * 1024;

    private static readonly (ReferenceKind Kind, string[] Columns)[] Headers =
    [
        (ReferenceKind.Titles, ["code_ogr", "libelle_appellation_long", "code_rome"]),
        (ReferenceKind.Occupations, ["code_rome", "libelle_rome", "code_rome_parent"]),
        (ReferenceKind.Mobility, ["code_rome", "code_rome_cible", "code_type_mobilite"]),
        (ReferenceKind.SkillsByOccupation, ["code_rome", "code_competence", "libelle"]),
        (ReferenceKind.SkillItems, ["code_ogr", "libelle", "code_type_referentiel"]),
        (ReferenceKind.Communes, ["insee", "nom", "codes_postaux", "dep", "reg", "lat", "lon", "population"]),
        (ReferenceKind.OldCommunes, ["insee_ancien", "nom", "insee_actuel"]),
        (ReferenceKind.RuralZones, ["insee", "statut"]),
        (ReferenceKind.Activities, ["naf_id", "naf_label"]),
    ];

    /// <summary>The value of a column in a row, trimmed; doubled apostrophes of the official files, and the control character that stands for one, are mended.</summary>
    public string this[string[] row, string column]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(row);
            return row[Columns[column]].Replace("''", "'", StringComparison.Ordinal).Replace('\u0019', '\'').Trim();
        }
    }

    /// <summary>Reads a file; null when its header is of no known kind.</summary>
    /// <exception cref="InvalidDataException">A line has another number of values than the header, or there are too many; the message is a French sentence.</exception>
    public static ReferenceFile? Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.GetFileName(path);
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new InvalidDataException($"{name} : plus de 64 Mo, ce n’est pas un référentiel attendu.");
        }

        if (path.EndsWith(".geojson", StringComparison.OrdinalIgnoreCase))
        {
            return DistrictOutlines.Read(path) is { } outlines
                ? new ReferenceFile(name, ReferenceKind.Districts, VersionIn(name), outlines, DistrictOutlines.Columns)
                : null;
        }

        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = SeparatorOf(path), HasHeader = false, TrackLineNumbers = true });
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

    private static char SeparatorOf(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var start = new char[2_000];
        var line = new string(start, 0, reader.ReadBlock(start)).Split('\n')[0];
        return line.Contains('|', StringComparison.Ordinal) && !line.Contains(',', StringComparison.Ordinal) ? '|' : ',';
    }

    private static string[] Values(CsvReader csv)
    {
        var values = new string[csv.FieldCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = csv.GetString(i);
        }

        return values;
    }

    private static ReferenceKind? KindOf(string[] header)
    {
        header[0] = header[0].TrimStart('\ufeff');
        if (header is ["code_rome", "code_ogr"])
        {
            return ReferenceKind.SkillLinks;
        }

        var match = header.Distinct(StringComparer.Ordinal).Count() == header.Length ? Headers.FirstOrDefault(known => known.Columns.All(header.Contains)) : default;
        return match.Columns is null ? null : match.Kind;
    }

    private static string? VersionIn(string name) =>
        RomeVersion().Match(name) is { Success: true } rome ? $"{rome.Groups[1].Value}.{rome.Groups[2].Value}"
        : Revision().Match(name) is { Success: true } revision ? $"révision {revision.Groups[1].Value}"
        : Year().Match(name) is { Success: true } year ? year.Value
        : null;

    [GeneratedRegex(@"^v(\d)(\d\d)_", RegexOptions.CultureInvariant)]
    private static partial Regex RomeVersion();

    [GeneratedRegex(@"_rev(\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Revision();

    [GeneratedRegex(@"20\d\d", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
