using System.Globalization;
using Matching.Engine.Text;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Reference;

/// <summary>
/// What the program knows without any import: the usual occupations of the clause, the ways people say them, the communes of 10,000
/// inhabitants and more, and the invented territory. The site works on imported data only; the terminal reads texts with this part too.
/// </summary>
public static class BuiltInReference
{
    private static readonly Lazy<IReadOnlyList<Occupation>> ReadOccupations = new(() =>
        [.. Lines("metiers.csv").Select(cells => RomeCode.TryParse(cells[0], out var rome) ? new Occupation(rome, cells[1], cells[2]) : throw Faulty("metiers.csv"))]);

    private static readonly Lazy<IReadOnlyList<TitleLabel>> ReadUsages = new(() =>
        [.. Lines("usages.csv").SelectMany(cells => cells[1].Split('|').Select(words => new TitleLabel(cells[0], words)))]);

    private static readonly Lazy<IReadOnlyList<Commune>> ReadTowns = new(() =>
    [
        .. Lines("villes.csv").Select(cells => Town(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])),
        .. Sample("communes.csv", (file, row) => Town(file[row, "insee"], file[row, "nom"], file[row, "codes_postaux"], file[row, "dep"], file[row, "reg"], file[row, "population"])),
    ]);

    /// <summary>Codes, names and parents of the ROME 4.60.</summary>
    public static IReadOnlyList<Occupation> Occupations => ReadOccupations.Value;

    /// <summary>Words of the trade for an occupation, used beside the titles of the ROME.</summary>
    public static IReadOnlyList<TitleLabel> Usages => ReadUsages.Value;

    public static IReadOnlyList<Commune> Towns => ReadTowns.Value;

    /// <summary>Skills by ROME 3 code: those written for the invented territory.</summary>
    public static IReadOnlyList<(string Parent, string Code, string Label)> Skills =>
        Sample("rome_competences.csv", (file, row) => (file[row, "code_rome"], file[row, "code_competence"], file[row, "libelle"]));

    private static Commune Town(string insee, string name, string postalCodes, string department, string region, string population) =>
        new(insee, name, postalCodes.Split('|'), department, region, null, null, long.Parse(population, CultureInfo.InvariantCulture));

    // The invented territory travels beside the program.
    private static IReadOnlyList<T> Sample<T>(string name, Func<ReferenceFile, string[], T> read) =>
        ReferenceFile.Read(Path.Combine(AppContext.BaseDirectory, "data-samples", "reference", name)) is { } file ? [.. file.Rows.Select(row => read(file, row))] : [];

    private static IEnumerable<string[]> Lines(string file)
    {
        var path = typeof(BuiltInReference).Assembly.GetManifestResourceStream($"Matching.Web.Platform.Reference.BuiltIn.{file}") ?? throw Faulty(file);
        using var reader = new StreamReader(path);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.TrimEnd('\r').Split(';'))];
    }

    private static InvalidDataException Faulty(string file) => new($"{file} is faulty or was not built in.");
}
