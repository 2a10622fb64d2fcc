using System.Data.Common;
using System.Globalization;
using Dapper;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Reference;

/// <summary>One referential as loaded.</summary>
public sealed record LoadedReference(string Name, string Version, string Attribution, int Rows, int Skipped);

/// <summary>What an import of referentials did.</summary>
/// <param name="Ignored">CSV files of the folder that are no referential we use.</param>
public sealed record ReferenceReport(IReadOnlyList<LoadedReference> Loaded, IReadOnlyList<string> Ignored);

/// <summary>
/// Loads the official files (ROME, communes) or the demonstration's own, recognised by their header line, in one transaction. Occupations and
/// communes are updated and never removed, since people and postings point to them; titles, mobility and skills are replaced.
/// </summary>
public sealed class ReferenceLoader(Database database, FrenchCalendar calendar, ReferenceShelf shelf)
{
    private const int MaxFiles = 100;
    private const string FranceTravail = "ROME, France Travail, Licence Ouverte 2.0";
    private const string Insee = "INSEE et La Poste, Licence Ouverte 2.0";
    private const string Demonstration = "démonstration";

    /// <summary>Reads every CSV of the folder and its subfolders; refused as a whole when one is faulty or none is known.</summary>
    public async Task<Result<ReferenceReport>> LoadAsync(string folder, CancellationToken ct)
    {
        if (!Directory.Exists(folder))
        {
            return Result.Refused("dossier", $"Le dossier « {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))} » n’existe pas. Vérifier le chemin.");
        }

        var files = new List<ReferenceFile>();
        var ignored = new List<string>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(MaxFiles))
            {
                if (ReferenceFile.Read(path) is { } file)
                {
                    files.Add(file);
                }
                else
                {
                    ignored.Add(Path.GetFileName(path));
                }
            }
        }
        catch (InvalidDataException fault)
        {
            return Result.Refused("dossier", fault.Message);
        }

        if (files.Count == 0)
        {
            return Result.Refused("dossier", "Aucun fichier reconnu dans ce dossier : il faut les fichiers CSV du ROME (codes, appellations, mobilités, compétences) ou des communes.");
        }

        var loaded = await database.WriteAsync((db, tx) => StoreAsync(db, tx, files, ct), ct);
        await shelf.ReloadAsync(ct);
        return new ReferenceReport(loaded, ignored);
    }

    private async Task<IReadOnlyList<LoadedReference>> StoreAsync(DbConnection db, DbTransaction tx, IReadOnlyList<ReferenceFile> files, CancellationToken ct)
    {
        var sink = new ReferenceSink(db, tx, ct);
        var loaded = new List<LoadedReference>();
        foreach (var (name, attribution, kinds, store) in Steps(sink))
        {
            var used = files.Where(file => kinds.Contains(file.Kind)).ToList();
            if (used.Count == 0)
            {
                continue;
            }

            var (rows, skipped) = await store(used);
            var reference = new LoadedReference(name, used.Select(file => file.Version).FirstOrDefault(version => version is not null) ?? Demonstration, attribution, rows, skipped);
            loaded.Add(reference);
            await db.ExecuteAsync(new CommandDefinition(
                """
                insert into reference_source (name, version, attribution, loaded_at) values (@Name, @Version, @Attribution, @now)
                on conflict (name) do update set version = excluded.version, attribution = excluded.attribution, loaded_at = excluded.loaded_at
                """,
                new { reference.Name, reference.Version, reference.Attribution, now = calendar.Now }, tx, cancellationToken: ct));
        }

        return loaded;
    }

    // In this order: titles point to occupations.
    private static IEnumerable<(string Name, string Attribution, ReferenceKind[] Kinds, Func<List<ReferenceFile>, Task<(int Rows, int Skipped)>> Store)> Steps(ReferenceSink sink) =>
    [
        ("rome", FranceTravail, [ReferenceKind.Occupations], files => sink.UpsertAsync("rome", ["code", "label", "parent_code"], 1, Occupations(files))),
        ("rome_title", FranceTravail, [ReferenceKind.Titles], files => StoreTitlesAsync(sink, files)),
        ("rome_mobility", FranceTravail, [ReferenceKind.Mobility], files => sink.ReplaceAsync("rome_mobility", ["from_code", "to_code", "kind"], 2, Mobility(files))),
        ("rome_skill", FranceTravail, [ReferenceKind.SkillsByOccupation, ReferenceKind.SkillLinks, ReferenceKind.SkillItems],
            files => sink.ReplaceAsync("rome_skill", ["rome_parent_code", "skill_code", "label"], 2, SkillRows(files))),
        ("communes", Insee, [ReferenceKind.Communes], files => sink.UpsertAsync(
            "commune", ["insee_code", "name", "postal_codes", "department_code", "region_code", "latitude", "longitude", "population"], 1, CommuneRows(files))),
    ];

    private static IEnumerable<object?[]?> Occupations(List<ReferenceFile> files) =>
        from file in files
        from row in file.Rows
        select RomeCode.TryParse(file[row, "code_rome"], out var rome)
            ? new object?[] { rome.Value, file[row, "libelle_rome"], RomeCode.TryParse(file[row, "code_rome_parent"], out var parent) ? parent.Value : rome.Value }
            : null;

    private static async Task<(int Rows, int Skipped)> StoreTitlesAsync(ReferenceSink sink, List<ReferenceFile> files)
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
