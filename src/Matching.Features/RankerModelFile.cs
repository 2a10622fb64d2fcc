using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Matching.Features.Lists;

namespace Matching.Features;

/// <summary>
/// A model file as text: one criterion a line, so that two versions are compared line by line. A model that a program wrote carries a checksum of
/// all that it says; one changed by hand afterwards is refused.
/// </summary>
public static class RankerModelFile
{
    /// <summary>1: written by hand, no checksum. 2: written by a program.</summary>
    public const int NewestFormat = 2;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a model of any criteria, those of the site or others, and checks it against what the file itself says.</summary>
    /// <exception cref="InvalidDataException">French sentences, one a line, saying what is wrong with the file.</exception>
    public static RankerModel Read(string json)
    {
        var model = Parse(json);
        var problems = Problems(model);
        return problems.Count == 0 ? model : throw new InvalidDataException(string.Join('\n', problems));
    }

    /// <summary>The text of the file, with its checksum; the same model always gives the same bytes.</summary>
    public static string Write(RankerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var sealedModel = model with { Format = NewestFormat, Checksum = ChecksumOf(model with { Format = NewestFormat }) };
        using var document = JsonSerializer.SerializeToDocument(sealedModel, Format);
        var members = document.RootElement.EnumerateObject().Select(member => member.Value.ValueKind == JsonValueKind.Array
            ? $"  \"{member.Name}\": [\n{string.Join(",\n", member.Value.EnumerateArray().Select(it => "    " + JsonSerializer.Serialize(it, Format)))}\n  ]"
            : $"  \"{member.Name}\": {JsonSerializer.Serialize(member.Value, Format)}");
        return "{\n" + string.Join(",\n", members) + "\n}\n";
    }

    /// <summary>SHA-256 of all that the model says, but the checksum itself; spaces and line ends do not count.</summary>
    public static string ChecksumOf(RankerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(model with { Checksum = null }, Format))));
    }

    /// <summary>What is wrong with the file, whatever its criteria; empty when it may score.</summary>
    public static IReadOnlyList<string> Problems(RankerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var problems = new List<string>();
        if (model.Format is < 1 or > NewestFormat)
        {
            problems.Add($"Le modèle est au format {model.Format} ; ce programme lit les formats 1 à {NewestFormat}.");
            return problems;
        }

        // A model of the first format has none, unless its format was changed too.
        if ((model.Format == NewestFormat || model.Checksum is not null) && model.Checksum != ChecksumOf(model))
        {
            problems.Add("Le fichier du modèle a été modifié après son écriture : sa somme de contrôle ne correspond plus. Reprendre le fichier d’origine ou réapprendre.");
        }

        if (model.Features.Count == 0)
        {
            problems.Add("Le modèle n’a aucun critère.");
        }

        problems.AddRange(model.Features.GroupBy(it => it.Name).Where(same => same.Count() > 1).Select(same => $"Le critère {same.Key} est écrit deux fois."));
        problems.AddRange(model.Features.Where(it => it.Points.Count == 0).Select(it => $"Le critère {it.Name} n’a pas de points."));
        problems.AddRange(model.Features.Where(it => it.Points.Keys.Any(code => code >= FeatureSpec.MaximumBins)).Select(it => $"Le critère {it.Name} a une valeur hors de 0 à {FeatureSpec.MaximumBins - 1}."));
        problems.AddRange(ModelHeads.Problems(model));
        var pairs = model.Pairs ?? [];
        if (pairs.Count > PairPoints.MostPairs)
        {
            problems.Add($"Le modèle a {pairs.Count} paires ; {PairPoints.MostPairs} au plus sont admises.");
        }

        problems.AddRange(pairs.Where(pair => pair.First == pair.Second || !pair.Covers(model.Features)).Select(pair => $"La paire {pair.First} × {pair.Second} n’a pas un groupe pour chaque valeur."));
        problems.AddRange(pairs.Where(pair => !pair.IsWhole() || model.Features.All(it => it.Name != pair.First) || model.Features.All(it => it.Name != pair.Second))
            .Select(pair => $"La paire {pair.First} × {pair.Second} n’est pas entière."));
        if (problems.Count == 0)
        {
            problems.AddRange(model.Features.Where(it => GoesAgainst(it, pairs)).Select(it => $"Le critère {it.Name} va contre son sens."));
        }

        return problems;
    }

    internal static RankerModel Parse(string json)
    {
        try
        {
            var model = JsonSerializer.Deserialize<RankerModel>(json, Format) ?? throw new InvalidDataException("Le fichier du modèle est vide.");
            return HasNothingNull(model) ? model : throw new InvalidDataException("Le fichier du modèle a un critère, une paire ou une mesure vide (null).");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"Le fichier du modèle n’est pas lisible (ligne {broken.LineNumber + 1}).", broken);
        }
    }

    // What the reader of the file checks of members, it does not of the items of a list.
    private static bool HasNothingNull(RankerModel model) =>
        model.Features.All(it => it is not null)
        && (model.Pairs ?? []).All(pair => pair is not null && pair.Points.All(row => row is not null))
        && (model.Measures ?? []).All(it => it is not null)
        && (model.Training?.Heads ?? []).All(it => it is not null);

    private static bool GoesAgainst(FeatureShape shape, IReadOnlyList<PairPoints> pairs)
    {
        var sign = FeaturesFile.SignOf(shape.Direction) ?? 0;
        var scale = shape.Points.Keys.Select(code => (int)code).Where(code => shape.Neutral?.Contains(code) != true).Order().ToList();
        return sign != 0 && JointDirection.WorstStep(shape.Name, code => shape.Points[(byte)code], scale, sign, pairs) < 0;
    }
}
