using System.Text.Json;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Demonstrations;

/// <summary>A marché of <c>data-samples/marches.json</c>.</summary>
public sealed record SampleMarket(
    string Reference, string Objet, string AcheteurSiret, string TitulaireSiret, DateOnly Debut, DateOnly Fin, string ModelePublics,
    IReadOnlyList<string> Publics, int CreditMois, bool CdiJusquALaFin, bool FormationComptee, string Cadence, IReadOnlyList<SampleLot> Lots);

public sealed record SampleLot(int Numero, string Intitule, int CibleHeures, IReadOnlyList<string> Modalites, string CommuneInsee);

/// <summary>What a careful reader finds in a job profile text: here, the person who confirms the draft.</summary>
public sealed record SampleProfile(string Fichier, string? Marche, IReadOnlyList<SamplePost> Postes);

public sealed record SamplePost(string Intitule, string CodeRome, string? CommuneInsee, int NombrePostes);

/// <summary>People of one structure hired together, in <c>data-samples/premiers-contrats.json</c>.</summary>
public sealed record SampleWave(
    string Marche, string Fiche, string StructureSiret, string Public, DateOnly JustificatifVuLe, IReadOnlyList<SampleHire> Embauches);

/// <param name="HeuresDuMois">Hours by month, written year-month.</param>
/// <param name="Sortie">Coded situation at the end of the contract; null while it runs.</param>
public sealed record SampleHire(
    DateOnly Debut, DateOnly Fin, string Contrat, string Modalite, int HeuresHebdo, IReadOnlyDictionary<string, int> HeuresDuMois, string? Sortie);

/// <summary>An organisation of <c>data-samples/organisations.csv</c>.</summary>
public sealed record SampleOrganization(string Name, string Kind, string Siret, string InseeCode, IReadOnlyList<string> Zones, string Email, string Phone);

/// <summary>Reads the invented territory that travels with the program.</summary>
public static class SampleFiles
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "data-samples");

    public static string ReferenceFolder => Path.Combine(Folder, "reference");

    /// <summary>The organisation of a SIRET of the samples, once they are loaded.</summary>
    public static async Task<StoredOrganization> OrganizationAsync(Database database, string siret, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var db = await database.OpenAsync(ct);
        return Siret.TryParse(siret, out var parsed) && await OrganizationRecords.FindBySiretAsync(db, parsed, ct) is { } found
            ? found
            : throw new InvalidDataException("The samples name an organisation they do not hold.");
    }

    public static async Task<IReadOnlyList<SampleOrganization>> OrganizationsAsync(CancellationToken ct)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, "organisations.csv"), ct);
        return [.. lines.Skip(1).Select(line => line.Split(';')).Select(c => new SampleOrganization(c[0], c[1], c[2], c[3], c[4].Split('|'), c[5], c[6]))];
    }

    public static async Task<IReadOnlyList<SampleMarket>> MarketsAsync(CancellationToken ct) => await ReadAsync<SampleMarket>("marches.json", ct);

    public static async Task<IReadOnlyList<SampleProfile>> ProfilesAsync(CancellationToken ct) => await ReadAsync<SampleProfile>("fiches-de-poste/attendus.json", ct);

    public static async Task<IReadOnlyList<SampleWave>> FirstContractsAsync(CancellationToken ct) => await ReadAsync<SampleWave>("premiers-contrats.json", ct);

    public static Task<string> ProfileTextAsync(SampleProfile profile, CancellationToken ct) =>
        File.ReadAllTextAsync(Path.Combine(Folder, "fiches-de-poste", profile.Fichier), ct);

    /// <summary>The pool files; their name ends with the SIRET of the structure.</summary>
    public static IEnumerable<(string Path, string Siret)> Pools() => Directory.EnumerateFiles(Path.Combine(Folder, "viviers"), "*.csv")
        .Select(path => (path, Siret: Path.GetFileNameWithoutExtension(path).Split('-')[^1]))
        .Where(file => file.Siret.Length == 14)
        .OrderBy(file => file.path, StringComparer.Ordinal);

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(string name, CancellationToken ct)
    {
        await using var file = File.OpenRead(Path.Combine(Folder, name));
        return await JsonSerializer.DeserializeAsync<List<T>>(file, Format, ct) ?? throw new InvalidDataException($"{name} is empty.");
    }
}
