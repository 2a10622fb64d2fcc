using System.Data.Common;
using Dapper;

namespace Matching.Web.Platform.Reference;

/// <summary>One referential as loaded, or as it would be.</summary>
/// <param name="Before">The version applied until now; null when there is none.</param>
/// <param name="Gone">Rows of before that the new files no longer have: kept where people and postings point to them (occupations, communes).</param>
public sealed record LoadedReference(string Name, string Version, string Attribution, string? Before, int Rows, int Skipped, int Added, int Changed, int Gone);

/// <summary>What an import of referentials did, or would do.</summary>
/// <param name="Ignored">Files of the folder that are no referential we use.</param>
public sealed record ReferenceReport(IReadOnlyList<LoadedReference> Loaded, IReadOnlyList<string> Ignored);

/// <summary>
/// Loads the official files (ROME, communes, zones, NAF) or the demonstration's own, recognised by their header line, in one transaction. Occupations
/// and communes are updated and never removed, since people and postings point to them; the others are replaced.
/// </summary>
public sealed class ReferenceLoader(Database database, FrenchCalendar calendar, ReferenceShelf shelf, EventLog log)
{
    private const int MaxFiles = 100;
    private const string FranceTravail = "ROME, France Travail, Licence Ouverte 2.0";
    private const string Insee = "INSEE et La Poste, Licence Ouverte 2.0";
    private const string Anct = "Agence nationale de la cohésion des territoires, Licence Ouverte 2.0";
    private const string Demonstration = "démonstration";

    /// <summary>Reads every file of the folder and its subfolders and applies them; refused as a whole when one is faulty or none is known.</summary>
    /// <param name="by">Who asks; null for the program's own command.</param>
    public async Task<Result<ReferenceReport>> LoadAsync(string folder, CancellationToken ct, SignedIn? by = null)
    {
        var (files, ignored, refusal) = Read(folder);
        if (refusal is not null)
        {
            return Result.Refused("dossier", refusal);
        }

        var loaded = await database.WriteAsync((db, tx) => StoreAsync(db, tx, files, by, ct), ct);
        await shelf.ReloadAsync(ct);
        return new ReferenceReport(loaded, ignored);
    }

    /// <summary>What <see cref="LoadAsync"/> would do; nothing is kept.</summary>
    public async Task<Result<ReferenceReport>> CompareAsync(string folder, CancellationToken ct)
    {
        var (files, ignored, refusal) = Read(folder);
        if (refusal is not null)
        {
            return Result.Refused("dossier", refusal);
        }

        IReadOnlyList<LoadedReference> compared = [];

        // The same statements, then a "no": what was written is undone.
        await database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                compared = await StoreAsync(db, tx, files, null, ct);
                return Result.Missing;
            },
            ct);
        return new ReferenceReport(compared, ignored);
    }

    private static (IReadOnlyList<ReferenceFile> Files, IReadOnlyList<string> Ignored, string? Refusal) Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return ([], [], $"Le dossier « {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))} » n’existe pas. Vérifier le chemin.");
        }

        var files = new List<ReferenceFile>();
        var ignored = new List<string>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsRead).Order(StringComparer.Ordinal).Take(MaxFiles))
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
            return ([], [], fault.Message);
        }

        return (files, ignored, files.Count > 0 ? null
            : "Aucun fichier reconnu dans ce dossier : il faut les fichiers CSV du ROME (codes, appellations, mobilités, compétences) ou des communes, ou les contours des quartiers prioritaires.");
    }

    private static bool IsRead(string path) => Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".GEOJSON";

    private async Task<IReadOnlyList<LoadedReference>> StoreAsync(DbConnection db, DbTransaction tx, IReadOnlyList<ReferenceFile> files, SignedIn? by, CancellationToken ct)
    {
        var sink = new ReferenceSink(db, tx, ct);
        var loaded = new List<LoadedReference>();
        foreach (var (name, attribution, kinds, store) in ReferenceSteps.Of(sink, FranceTravail, Insee, Anct))
        {
            var used = files.Where(file => kinds.Contains(file.Kind)).ToList();
            if (used.Count == 0)
            {
                continue;
            }

            var done = await store(used);
            var before = await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
                "select version from reference_source where name = @name", new { name }, tx, cancellationToken: ct));
            var version = used.Select(file => file.Version).FirstOrDefault(known => known is not null)
                ?? (name == "communes_anciennes" ? files.FirstOrDefault(file => file.Kind == ReferenceKind.Communes)?.Version : null) ?? Demonstration;
            var reference = new LoadedReference(name, version, attribution, before, done.Rows, done.Skipped, done.Added, done.Changed, done.Gone);
            loaded.Add(reference);
            await KeepAsync(db, tx, reference, ct);
        }

        await log.AppendAsync(db, tx, "reference", Guid.Empty, "referentiels.importes", by, loaded.Select(one => new { one.Name, one.Version, one.Added, one.Changed, one.Gone }).ToArray(), ct);
        return loaded;
    }

    private Task<int> KeepAsync(DbConnection db, DbTransaction tx, LoadedReference reference, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        """
        insert into reference_source (name, version, attribution, loaded_at) values (@Name, @Version, @Attribution, @now)
        on conflict (name) do update set version = excluded.version, attribution = excluded.attribution, loaded_at = excluded.loaded_at;
        insert into reference_history (name, version, attribution, loaded_at, rows_in_all, rows_added, rows_changed, rows_gone)
        values (@Name, @Version, @Attribution, @now, @Rows, @Added, @Changed, @Gone)
        """,
        new { reference.Name, reference.Version, reference.Attribution, now = calendar.Now, reference.Rows, reference.Added, reference.Changed, reference.Gone }, tx, cancellationToken: ct));
}
