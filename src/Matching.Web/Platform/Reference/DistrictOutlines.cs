using System.Globalization;
using System.Text.Json;

namespace Matching.Web.Platform.Reference;

/// <summary>Reads the GeoJSON of the quartiers prioritaires as rows: code, name, commune, outline.</summary>
internal static class DistrictOutlines
{
    private const int MaxPoints = 2_000_000;

    public static IReadOnlyDictionary<string, int> Columns { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["code"] = 0,
        ["name"] = 1,
        ["insee_code"] = 2,
        ["outline"] = 3,
    };

    /// <summary>The districts; null when the file is another GeoJSON.</summary>
    /// <exception cref="InvalidDataException">The outlines cannot be read; the message is a French sentence.</exception>
    public static IReadOnlyList<string[]>? Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (!json.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var points = 0;
            var rows = new List<string[]>();
            foreach (var feature in features.EnumerateArray())
            {
                var properties = feature.GetProperty("properties");
                if (Text(properties, "code_qp") is not { Length: > 0 } code)
                {
                    return null;
                }

                var outline = JsonSerializer.Serialize(Polygons(feature.GetProperty("geometry"), ref points));
                rows.Add([code, Text(properties, "nom_qp"), Text(properties, "code_commune") is { Length: > 0 } insee ? insee : Text(properties, "insee_com"), outline]);
            }

            return rows;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} : ces contours ne se lisent pas. Il faut un GeoJSON de polygones en longitude et latitude.");
        }
    }

    /// <summary>Polygons, each its rings, each its points [longitude, latitude].</summary>
    private static List<double[][][]> Polygons(JsonElement geometry, ref int points)
    {
        var coordinates = geometry.GetProperty("coordinates");
        var polygons = new List<double[][][]>();
        foreach (var polygon in geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [coordinates],
            "MultiPolygon" => coordinates.EnumerateArray().ToArray(),
            _ => throw new FormatException("Only polygons."),
        })
        {
            var rings = new List<double[][]>();
            foreach (var ring in polygon.EnumerateArray())
            {
                rings.Add([.. ring.EnumerateArray().Select(point => new[] { point[0].GetDouble(), point[1].GetDouble() })]);
                points += rings[^1].Length;
            }

            polygons.Add([.. rings]);
        }

        var isOnEarth = polygons.SelectMany(rings => rings).SelectMany(ring => ring).All(point => Math.Abs(point[0]) <= 180 && Math.Abs(point[1]) <= 90);
        return points <= MaxPoints && isOnEarth ? polygons : throw new FormatException("Not degrees, or too many.");
    }

    private static string Text(JsonElement properties, string name) => properties.TryGetProperty(name, out var value)
        ? value.ValueKind == JsonValueKind.Number ? value.GetDecimal().ToString(CultureInfo.InvariantCulture) : value.GetString() ?? ""
        : "";
}
