using System.Collections.Frozen;
using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Matching.Web.Platform.Reference;

/// <summary>A quartier prioritaire de la politique de la ville.</summary>
public sealed record PriorityDistrict(string Code, string Name, string InseeCode);

/// <summary>The zones that some publics rest on, in memory: quartiers prioritaires by point, zones de revitalisation rurale by commune.</summary>
public sealed class Zones
{
    private IReadOnlyList<Outline> outlines = [];
    private FrozenDictionary<string, string> rural = FrozenDictionary<string, string>.Empty;

    public int DistrictCount => outlines.Count;

    /// <summary>The district that holds this point, its outline included on one side only; null when none of the loaded ones does.</summary>
    /// <param name="latitude">In degrees.</param>
    /// <param name="longitude">In degrees.</param>
    public PriorityDistrict? DistrictAt(double latitude, double longitude) => outlines.FirstOrDefault(outline => outline.Holds(latitude, longitude))?.District;

    /// <summary>The districts of a commune, by code; a commune without any cannot hold a resident of one.</summary>
    public IReadOnlyList<PriorityDistrict> DistrictsOf(string inseeCode) =>
        [.. outlines.Where(outline => outline.District.InseeCode == inseeCode).Select(outline => outline.District).OrderBy(district => district.Code, StringComparer.Ordinal)];

    /// <summary>C (classed), PC (partly), NC (not); null when the commune is not in the loaded list.</summary>
    public string? RuralStatusOf(string inseeCode) => rural.GetValueOrDefault(inseeCode);

    internal async Task LoadAsync(DbConnection db, CancellationToken ct)
    {
        var districts = await db.QueryAsync<DistrictRow>(new CommandDefinition(
            "select code, name, insee_code, outline_json from qpv order by code limit 20000", cancellationToken: ct));
        var statuses = await db.QueryAsync<StatusRow>(new CommandDefinition(
            "select insee_code, status from commune_zrr order by insee_code limit 100000", cancellationToken: ct));
        outlines = [.. districts.Select(row => Outline.Of(new PriorityDistrict(row.Code, row.Name, row.InseeCode), JsonSerializer.Deserialize<double[][][][]>(row.OutlineJson) ?? []))];
        rural = statuses.ToFrozenDictionary(row => row.InseeCode, row => row.Status, StringComparer.Ordinal);
    }

    private sealed record DistrictRow(string Code, string Name, string InseeCode, string OutlineJson);

    private sealed record StatusRow(string InseeCode, string Status);

    private sealed record Outline(PriorityDistrict District, double[][][][] Polygons, double West, double East, double South, double North)
    {
        public static Outline Of(PriorityDistrict district, double[][][][] polygons)
        {
            var points = polygons.SelectMany(rings => rings).SelectMany(ring => ring).DefaultIfEmpty([0, 0]).ToList();
            return new Outline(district, polygons, points.Min(p => p[0]), points.Max(p => p[0]), points.Min(p => p[1]), points.Max(p => p[1]));
        }

        public bool Holds(double latitude, double longitude) =>
            longitude >= West && longitude <= East && latitude >= South && latitude <= North && Polygons.Any(rings => IsInside(rings, latitude, longitude));

        // A line drawn east from the point crosses the rings an odd number of times when it starts inside; a hole adds its own crossings.
        private static bool IsInside(double[][][] rings, double latitude, double longitude)
        {
            var inside = false;
            foreach (var ring in rings)
            {
                for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
                {
                    var (x1, y1, x2, y2) = (ring[i][0], ring[i][1], ring[j][0], ring[j][1]);
                    inside ^= y1 > latitude != y2 > latitude && longitude < ((x2 - x1) * (latitude - y1) / (y2 - y1)) + x1;
                }
            }

            return inside;
        }
    }
}
