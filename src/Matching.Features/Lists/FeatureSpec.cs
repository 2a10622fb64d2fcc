using System.Text.Json;

namespace Matching.Features.Lists;

/// <summary>What a trainer must know of a feature, and nothing of what it means: the trainer works with any names.</summary>
/// <param name="Bins">Codes go from 0 to <c>Bins - 1</c>; <see cref="Missing"/> follows them.</param>
/// <param name="Sign">+1: a higher code is never worth less; −1: never worth more; 0: free.</param>
/// <param name="Prior">Points of an expert by code, when there are some; the last entry, one past the codes, is for a missing value.</param>
/// <param name="Neutral">Codes that are off the scale ("not asked", "not told"): bound to no direction.</param>
/// <param name="Most">The largest share of the whole span that this feature may hold; 1 when nothing is asked.</param>
public sealed record FeatureSpec(string Name, int Bins, int Sign, IReadOnlyList<double>? Prior = null, IReadOnlyList<int>? Neutral = null, double Most = 1)
{
    public const int MaximumBins = 64;

    /// <summary>The code of an empty cell, in memory.</summary>
    public byte Missing => (byte)Bins;

    /// <summary>How many codes a table holds, the missing value included.</summary>
    public int Codes => Bins + 1;

    /// <summary>The codes on the scale, from its first to its last value.</summary>
    public IEnumerable<int> Scale => Enumerable.Range(0, Bins).Where(code => Neutral?.Contains(code) != true);
}

/// <summary>Reads and writes <c>features.json</c>; its format is in <c>Matching.Lab/Lists/README.md</c>.</summary>
public static class FeaturesFile
{
    public const int MaximumFeatures = 1000;

    private static readonly string[] Members = ["name", "bins", "direction", "prior", "neutral", "most"];

    /// <exception cref="InvalidDataException">A French sentence that says which feature is wrong, and how.</exception>
    public static IReadOnlyList<FeatureSpec> Read(string json, string name = "features.json")
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new InvalidDataException($"{name} : une liste de critères est attendue ([{{\"name\":…,\"bins\":…,\"direction\":…}}]).");
            }

            var features = document.RootElement.EnumerateArray().Take(MaximumFeatures + 1).Select((element, at) => ReadOne(element, $"{name}, critère {at + 1}")).ToList();
            return Checked(features, name);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{name} : le fichier n’est pas un JSON lisible (ligne {broken.LineNumber + 1}).", broken);
        }
        catch (InvalidOperationException broken)
        {
            // The kind of each value was looked at before: what is left is half a character written as \uD800.
            throw new InvalidDataException($"{name} : un texte contient une moitié de caractère (\\uD800 à \\uDFFF).", broken);
        }
    }

    public static string Write(IReadOnlyList<FeatureSpec> features)
    {
        var lines = features.Select(it =>
        {
            var parts = new List<string> { $"\"name\":{JsonSerializer.Serialize(it.Name)}", $"\"bins\":{it.Bins}", $"\"direction\":\"{DirectionOf(it.Sign)}\"" };
            if (it.Prior is not null)
            {
                parts.Add($"\"prior\":{JsonSerializer.Serialize(it.Prior)}");
            }

            if (it.Neutral is { Count: > 0 })
            {
                parts.Add($"\"neutral\":{JsonSerializer.Serialize(it.Neutral)}");
            }

            if (it.Most < 1)
            {
                parts.Add($"\"most\":{JsonSerializer.Serialize(it.Most)}");
            }

            return "  {" + string.Join(",", parts) + "}";
        });
        return "[\n" + string.Join(",\n", lines) + "\n]\n";
    }

    public static string DirectionOf(int sign) => sign switch { > 0 => "+", < 0 => "-", _ => "0" };

    /// <summary>The sign of a written direction; null when it is none of the three.</summary>
    public static int? SignOf(string? direction) => direction switch { "+" => 1, "-" or "−" => -1, "0" => 0, _ => null };

    private static List<FeatureSpec> Checked(List<FeatureSpec> features, string name)
    {
        if (features.Count is 0 or > MaximumFeatures)
        {
            throw new InvalidDataException($"{name} : entre 1 et {MaximumFeatures} critères sont attendus.");
        }

        if (features.GroupBy(it => it.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"{name} : le critère « {twice.Key} » est écrit deux fois.");
        }

        return features;
    }

    private static FeatureSpec ReadOne(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{place} : un objet est attendu.");
        }

        var name = element.TryGetProperty("name", out var it) && it.ValueKind == JsonValueKind.String ? it.GetString()! : "";
        if (name.Length == 0)
        {
            throw new InvalidDataException($"{place} : « name » manque.");
        }

        place = $"{place} « {name} »";
        CheckMembers(element, place);
        if (!element.TryGetProperty("bins", out it) || it.ValueKind != JsonValueKind.Number || !it.TryGetInt32(out var bins) || bins is < 1 or > FeatureSpec.MaximumBins)
        {
            throw new InvalidDataException($"{place} : « bins » doit être un entier de 1 à {FeatureSpec.MaximumBins}.");
        }

        var sign = element.TryGetProperty("direction", out it) && it.ValueKind == JsonValueKind.String ? SignOf(it.GetString()) : null;
        var spec = new FeatureSpec(name, bins, sign ?? throw new InvalidDataException($"{place} : « direction » doit être \"+\", \"-\" ou \"0\"."));
        spec = spec with { Neutral = Neutral(element, spec, place), Most = Most(element, place) };
        return spec with { Prior = Prior(element, spec, place) };
    }

    // A member that nobody reads is most often a wrong letter: what it says would be left out without a word.
    private static void CheckMembers(JsonElement element, string place)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject().Select(it => it.Name))
        {
            if (!Members.Contains(member))
            {
                throw new InvalidDataException($"{place} : « {member} » n’est pas connu. Ce qui l’est : {string.Join(", ", Members)}.");
            }

            if (!written.Add(member))
            {
                throw new InvalidDataException($"{place} : « {member} » est écrit deux fois.");
            }
        }
    }

    private static List<int>? Neutral(JsonElement element, FeatureSpec spec, string place)
    {
        if (!element.TryGetProperty("neutral", out var it) || it.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var codes = Numbers(it, place, "neutral");
        return codes.TrueForAll(code => code >= 0 && code < spec.Bins && code == Math.Truncate(code))
            ? [.. codes.Select(code => (int)code).Distinct().Order()]
            : throw new InvalidDataException($"{place} : « neutral » nomme un code hors de 0 à {spec.Bins - 1}.");
    }

    private static double Most(JsonElement element, string place)
    {
        if (!element.TryGetProperty("most", out var it) || it.ValueKind == JsonValueKind.Null)
        {
            return 1;
        }

        return it.ValueKind == JsonValueKind.Number && it.GetDouble() is > 0 and <= 1 and var most ? most : throw new InvalidDataException($"{place} : « most » doit être une part entre 0 et 1.");
    }

    private static List<double>? Prior(JsonElement element, FeatureSpec spec, string place)
    {
        if (!element.TryGetProperty("prior", out var it) || it.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var points = Numbers(it, place, "prior");
        if (points.Count != spec.Bins && points.Count != spec.Codes)
        {
            throw new InvalidDataException($"{place} : « prior » doit avoir {spec.Bins} valeurs, une par code ({spec.Codes} avec celle d’une case vide).");
        }

        var scale = spec.Scale.Select(code => points[code]).ToList();
        if (scale.Zip(scale.Skip(1)).Any(step => (step.Second - step.First) * spec.Sign < 0))
        {
            throw new InvalidDataException($"{place} : « prior » va contre le sens « {DirectionOf(spec.Sign)} ».");
        }

        if (points.Count == spec.Bins)
        {
            points.Add(points.Average());
        }

        return points;
    }

    private static List<double> Numbers(JsonElement it, string place, string member)
    {
        if (it.ValueKind != JsonValueKind.Array || it.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.Number))
        {
            throw new InvalidDataException($"{place} : « {member} » doit être une liste de nombres.");
        }

        // A number too large to hold is read as infinite.
        var numbers = it.EnumerateArray().Take(FeatureSpec.MaximumBins + 2).Select(one => one.GetDouble()).ToList();
        return numbers.TrueForAll(double.IsFinite) ? numbers : throw new InvalidDataException($"{place} : « {member} » contient un nombre trop grand.");
    }
}
