using System.Globalization;
using System.Text;

namespace Matching.Lab.Sample;

/// <summary>An invented commune. It may have several postal codes, and a postal code may cover several communes.</summary>
public sealed record Commune(string Insee, string Name, IReadOnlyList<string> PostalCodes, int Population);

/// <summary>An organisation that holds a pool. <see cref="Communes"/> is empty when it covers the whole département.</summary>
public sealed record Structure(string Name, string Kind, string Siret, IReadOnlyList<string> Communes)
{
    /// <summary>The name of its pool file: kind and SIRET.</summary>
    public string FileName => $"{Kind.ToLowerInvariant()}-{Siret}.csv";

    /// <summary>All rows of organisations.csv, companies and buyers included.</summary>
    public static IReadOnlyList<Structure> ReadAll() =>
        [.. Encoding.UTF8.GetString(Material.Bytes("organisations.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(';'))
            .Select(f => new Structure(f[0], f[1], f[2], f[4] == "00" ? [] : f[4].Split('|')))];
}

/// <summary>The communes of the invented département, drawn by population.</summary>
public sealed class Territory(IReadOnlyList<Commune> communes)
{
    public static Territory Read() =>
        new([.. Encoding.UTF8.GetString(Material.Bytes("communes.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(','))
            .Select(f => new Commune(f[0], f[1], f[2].Split('|'), int.Parse(f[9], CultureInfo.InvariantCulture)))]);

    /// <summary>The communes a structure covers.</summary>
    public IReadOnlyList<Commune> CoveredBy(Structure structure) =>
        structure.Communes.Count == 0 ? communes : [.. communes.Where(c => structure.Communes.Contains(c.Insee))];
}
