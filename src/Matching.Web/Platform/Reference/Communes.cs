using System.Collections.Frozen;
using System.Data.Common;
using Dapper;
using Matching.Rules;

namespace Matching.Web.Platform.Reference;

/// <summary>A commune of the loaded referential; coordinates in degrees, absent for a few overseas ones.</summary>
public sealed record Commune(
    string InseeCode, string Name, IReadOnlyList<string> PostalCodes, string DepartmentCode, string RegionCode, double? Latitude, double? Longitude, long Population);

/// <summary>Every commune, in memory: found by INSEE code, postal code or name.</summary>
public sealed class Communes
{
    private const int LongestTypingError = 2;

    // "Chamonix" for Chamonix-Mont-Blanc: the first part of a compound name, when one town of some size begins so and none is called so.
    private const int LeastKnownByShortName = 8_000;
    private const int ShortestShortName = 4;
    private Index index = Index.Of([], []);

    /// <summary>All communes, by INSEE code.</summary>
    public IReadOnlyList<Commune> All => index.All;

    public Commune? ByInsee(string? inseeCode) => inseeCode is not null && index.ByInsee.TryGetValue(inseeCode.Trim().ToUpperInvariant(), out var found) ? found : null;

    /// <summary>The communes that share a postal code, the most populated first; empty when unknown.</summary>
    public IReadOnlyList<Commune> ByPostalCode(string? postalCode) => Of(index.ByPostalCode, (postalCode ?? "").Trim());

    /// <summary>The communes of that name (case, accents, hyphens, "St" do not matter), the most populated first; empty when unknown.</summary>
    public IReadOnlyList<Commune> ByName(string? name) => Of(index.ByKey, FrenchKey.OfPlace(name));

    /// <summary>Communes whose name nearly reads like this one (at most two typing errors or the same beginning), nearest first.</summary>
    public IReadOnlyList<Commune> Suggest(string? name, int top = 5)
    {
        var key = FrenchKey.OfPlace(name);
        if (key.Length is < 2 or > 60)
        {
            return [];
        }

        return [.. index.ByKey
            .Select(pair => (pair.Value, Errors: pair.Key.StartsWith(key, StringComparison.Ordinal) ? 1 : TypingErrors(key, pair.Key)))
            .Where(near => near.Errors <= LongestTypingError)
            .OrderBy(near => near.Errors).ThenByDescending(near => near.Value[0].Population).ThenBy(near => near.Value[0].InseeCode, StringComparer.Ordinal)
            .SelectMany(near => near.Value)
            .Take(Math.Clamp(top, 0, 50))];
    }

    internal async Task LoadAsync(DbConnection db, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            """
            select insee_code, name, postal_codes, department_code, region_code, latitude, longitude, population
            from commune order by insee_code limit 100000
            """,
            cancellationToken: ct));
        var old = await db.QueryAsync<OldRow>(new CommandDefinition(
            "select insee_code, name, current_code from commune_old order by insee_code limit 100000", cancellationToken: ct));
        index = Index.Of([.. old], [.. rows.Select(row => new Commune(
            row.InseeCode, row.Name, row.PostalCodes.Split('|', StringSplitOptions.RemoveEmptyEntries), row.DepartmentCode, row.RegionCode,
            row.Latitude, row.Longitude, row.Population))]);
    }

    /// <summary>Adds the built-in towns that are not loaded, when fewer than those are.</summary>
    public void Complete()
    {
        if (index.All.Count < BuiltInReference.Towns.Count)
        {
            index = Index.Of([], [.. index.All, .. BuiltInReference.Towns.Where(town => ByInsee(town.InseeCode) is null)]);
        }
    }

    private static Commune[] Of(FrozenDictionary<string, Commune[]> by, string key) => by.TryGetValue(key, out var found) ? found : [];

    // Levenshtein, given up as soon as a whole row is above what is accepted.
    private static int TypingErrors(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > LongestTypingError)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            var best = row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
                best = Math.Min(best, row[j]);
            }

            if (best > LongestTypingError)
            {
                return int.MaxValue;
            }
        }

        return row[other.Length];
    }

    private sealed record OldRow(string InseeCode, string Name, string CurrentCode);

    private sealed record Row(
        string InseeCode, string Name, string PostalCodes, string DepartmentCode, string RegionCode, double? Latitude, double? Longitude, long Population);

    private sealed record Index(
        IReadOnlyList<Commune> All,
        FrozenDictionary<string, Commune> ByInsee,
        FrozenDictionary<string, Commune[]> ByPostalCode,
        FrozenDictionary<string, Commune[]> ByKey)
    {
        // A commune that merged is found by its old code, and by its old name where no commune of today bears it.
        public static Index Of(IReadOnlyList<OldRow> old, IReadOnlyList<Commune> all)
        {
            var byInsee = all.ToDictionary(commune => commune.InseeCode, StringComparer.Ordinal);
            var merged = old.Where(row => byInsee.ContainsKey(row.CurrentCode)).Select(row => (row.InseeCode, Key: FrenchKey.OfPlace(row.Name), Now: byInsee[row.CurrentCode])).ToList();
            foreach (var (code, _, now) in merged)
            {
                byInsee.TryAdd(code, now);
            }

            var ordered = all.OrderByDescending(commune => commune.Population).ThenBy(commune => commune.InseeCode, StringComparer.Ordinal).ToList();
            var byKey = ordered.GroupBy(commune => FrenchKey.OfPlace(commune.Name), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
            foreach (var group in merged.GroupBy(row => row.Key, row => row.Now, StringComparer.Ordinal))
            {
                byKey.TryAdd(group.Key, [.. group.Distinct().OrderByDescending(commune => commune.Population)]);
            }

            var shortNames = ordered.Where(commune => commune.Name.Contains('-', StringComparison.Ordinal))
                .GroupBy(commune => FrenchKey.OfPlace(commune.Name[..commune.Name.IndexOf('-', StringComparison.Ordinal)]), StringComparer.Ordinal)
                .Where(group => group.Key.Length >= ShortestShortName && group.Count() == 1 && group.First().Population >= LeastKnownByShortName);
            foreach (var group in shortNames)
            {
                byKey.TryAdd(group.Key, [.. group]);
            }

            return new Index(
                all,
                byInsee.ToFrozenDictionary(StringComparer.Ordinal),
                ordered.SelectMany(commune => commune.PostalCodes.Select(code => (code, commune)))
                    .GroupBy(pair => pair.code, pair => pair.commune, StringComparer.Ordinal)
                    .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal),
                byKey.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }
}
