using System.Globalization;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Reference;

/// <summary>Each referential: its files, its table, and how a line becomes a row.</summary>
internal static class ReferenceSteps
{
    // In this order: titles point to occupations.
    public static IEnumerable<(string Name, string Attribution, ReferenceKind[] Kinds, Func<List<ReferenceFile>, Task<SinkOutcome>> Store)> Of(
        ReferenceSink sink, string franceTravail, string insee, string anct) =>
    [
        ("rome", franceTravail, [ReferenceKind.Occupations], files => sink.UpsertAsync("rome", ["code", "label", "parent_code"], 1, Occupations(files))),
        ("rome_title", franceTravail, [ReferenceKind.Titles], files => StoreTitlesAsync(sink, files)),
        ("rome_mobility", franceTravail, [ReferenceKind.Mobility], files => sink.ReplaceAsync("rome_mobility", ["from_code", "to_code", "kind"], 2, Mobility(files))),
        ("rome_skill", franceTravail, [ReferenceKind.SkillsByOccupation, ReferenceKind.SkillLinks, ReferenceKind.SkillItems],
            files => sink.ReplaceAsync("rome_skill", ["rome_parent_code", "skill_code", "label"], 2, SkillRows(files))),
        ("communes", insee, [ReferenceKind.Communes], files => sink.UpsertAsync(
            "commune", ["insee_code", "name", "postal_codes", "department_code", "region_code", "latitude", "longitude", "population"], 1, CommuneRows(files))),
        ("communes_anciennes", insee, [ReferenceKind.OldCommunes], files => sink.ReplaceAsync(
            "commune_old", ["insee_code", "name", "current_code"], 1, Plain(files, "insee_ancien", "nom", "insee_actuel"))),
        ("zrr", anct, [ReferenceKind.RuralZones], files => sink.ReplaceAsync("commune_zrr", ["insee_code", "status"], 1, RuralZones(files))),
        ("qpv", anct, [ReferenceKind.Districts], files => sink.ReplaceAsync(
            "qpv", ["code", "name", "insee_code", "outline_json"], 1, Plain(files, "code", "name", "insee_code", "outline"))),
        ("naf", insee, [ReferenceKind.Activities], files => sink.ReplaceAsync("naf", ["code", "label"], 1, Plain(files, "naf_id", "naf_label"))),
    ];

    private static IEnumerable<object?[]?> Plain(List<ReferenceFile> files, params string[] columns) =>
        from file in files
        from row in file.Rows
        select file[row, columns[0]].Length == 0 ? null : columns.Select(column => (object?)file[row, column]).ToArray();

    private static IEnumerable<object?[]?> RuralZones(List<ReferenceFile> files) =>
        from file in files
        from row in file.Rows
        select file[row, "statut"] is "C" or "PC" or "NC" ? new object?[] { file[row, "insee"], file[row, "statut"] } : null;

    private static IEnumerable<object?[]?> Occupations(List<ReferenceFile> files) =>
        from file in files
        from row in file.Rows
        select RomeCode.TryParse(file[row, "code_rome"], out var rome)
            ? new object?[] { rome.Value, file[row, "libelle_rome"], RomeCode.TryParse(file[row, "code_rome_parent"], out var parent) ? parent.Value : rome.Value }
            : null;

    private static async Task<SinkOutcome> StoreTitlesAsync(ReferenceSink sink, List<ReferenceFile> files)
    {
        var known = await sink.KnownOccupationsAsync();
        return await sink.ReplaceAsync(
            "rome_title", ["id", "label", "rome_code"], 1,
            from file in files
            from row in file.Rows
            let rome = file[row, "code_rome"].ToUpperInvariant()
            select known.Contains(rome) ? new object?[] { file[row, "code_ogr"], file[row, "libelle_appellation_long"], rome } : null);
    }

    private static IEnumerable<object?[]?> Mobility(List<ReferenceFile> files) =>
        from file in files
        from row in file.Rows
        let kind = file[row, "code_type_mobilite"] switch { "1" => "PROCHE", "2" => "EVOLUTION", _ => null }
        // One pair may be both near and an evolution: the nearer one is kept, and comes first.
        orderby kind == "PROCHE" ? 0 : 1
        select kind is null ? null : new object?[] { file[row, "code_rome"], file[row, "code_rome_cible"], kind };

    private static IEnumerable<object?[]?> SkillRows(List<ReferenceFile> files)
    {
        // 2 = know-how, 1 = knowledge; 5 = environments, which are no skills.
        var items = files.Where(file => file.Kind == ReferenceKind.SkillItems)
            .SelectMany(file => file.Rows.Where(row => file[row, "code_type_referentiel"] is "1" or "2").Select(row => (Code: file[row, "code_ogr"], Label: file[row, "libelle"])))
            .GroupBy(item => item.Code, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Label, StringComparer.Ordinal);
        var official = from file in files
                       where file.Kind == ReferenceKind.SkillLinks
                       from row in file.Rows
                       let code = file[row, "code_ogr"]
                       where items.ContainsKey(code)
                       select new object?[] { file[row, "code_rome"], code, items[code] };
        var own = from file in files
                  where file.Kind == ReferenceKind.SkillsByOccupation
                  from row in file.Rows
                  select new object?[] { file[row, "code_rome"], file[row, "code_competence"], file[row, "libelle"] };
        return official.Concat(own);
    }

    private static IEnumerable<object?[]?> CommuneRows(List<ReferenceFile> files) =>
        from file in files
        from row in file.Rows
            // The arrondissements of Paris, Lyon and Marseille share the postal codes of their town: found by code or name only, a postal code stays clear.
        let isArrondissement = file.Columns.ContainsKey("type") && file[row, "type"] == "arrondissement"
        select file[row, "insee"].Length != 5 || file[row, "nom"].Length == 0 ? null : new object?[]
        {
            file[row, "insee"], file[row, "nom"], isArrondissement ? "" : file[row, "codes_postaux"], file[row, "dep"], file[row, "reg"],
            Degrees(file[row, "lat"]), Degrees(file[row, "lon"]), long.TryParse(file[row, "population"], CultureInfo.InvariantCulture, out var people) ? people : 0L,
        };

    private static double? Degrees(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
}
