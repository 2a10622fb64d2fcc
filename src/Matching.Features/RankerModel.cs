using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matching.Features;

/// <summary>The points of one criterion: one integer per value, with the reason they were set so.</summary>
/// <param name="Points">By code of <see cref="FeatureBin.Code"/>.</param>
/// <param name="Why">French justification, printed in the model card.</param>
public sealed record FeatureShape(string Name, string Why, IReadOnlyDictionary<byte, short> Points)
{
    [JsonIgnore]
    public int Span => Points.Values.Max() - Points.Values.Min();
}

/// <summary>
/// A ranking model as its file states it: additive, in integers, immutable. It refuses to exist when a shape goes against its direction, when
/// a value has no points, or when one criterion weighs more than <see cref="LargestShare"/>.
/// </summary>
public sealed record RankerModel(
    string Version,
    string Statement,
    string MadeOn,
    string? TrainingDataHash,
    string? PromotedBy,
    string? PromotedOn,
    IReadOnlyList<FeatureShape> Features)
{
    /// <summary>No criterion may hold more of the whole span than this (40-ranking).</summary>
    public const double LargestShare = 0.30;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Distance between the best and the worst possible score.</summary>
    [JsonIgnore]
    public int Span => Features.Sum(feature => feature.Span);

    /// <summary>Reads and checks a model file.</summary>
    /// <exception cref="InvalidDataException">French sentences, one a line, saying what is wrong with the file.</exception>
    public static RankerModel Read(string json)
    {
        RankerModel model;
        try
        {
            model = JsonSerializer.Deserialize<RankerModel>(json, Format) ?? throw new InvalidDataException("Le fichier du modèle est vide.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"Le fichier du modèle n’est pas lisible (ligne {broken.LineNumber + 1}).", broken);
        }

        var problems = model.Problems();
        return problems.Count == 0 ? model : throw new InvalidDataException(string.Join('\n', problems));
    }

    /// <summary>What is wrong with the model, in French; empty when it may serve.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        var names = Features.Select(feature => feature.Name).ToList();
        problems.AddRange(FeatureCatalogue.All.Where(f => !names.Contains(f.Name)).Select(f => $"Le critère {f.Name} n’a pas de points."));
        problems.AddRange(names.GroupBy(n => n).Where(same => same.Count() > 1).Select(same => $"Le critère {same.Key} est écrit deux fois."));
        foreach (var shape in Features)
        {
            if (FeatureCatalogue.ByName(shape.Name) is not { } definition)
            {
                problems.Add($"Le critère {shape.Name} n’est pas connu.");
                continue;
            }

            if (!definition.Bins.Select(bin => bin.Code).Order().SequenceEqual(shape.Points.Keys.Order()))
            {
                problems.Add($"Le critère {shape.Name} n’a pas exactement une valeur de points par réponse possible.");
                continue;
            }

            var scale = definition.Scale.Select(bin => (int)shape.Points[bin.Code]).ToList();
            var worsened = scale.Zip(scale.Skip(1)).Any(step => definition.Direction == Direction.More ? step.Second < step.First : step.Second > step.First);
            if (worsened)
            {
                problems.Add($"Le critère {shape.Name} va contre son sens.");
            }
        }

        problems.AddRange(Features.Where(f => f.Points.Count > 0 && f.Span > LargestShare * Span)
            .Select(f => $"Le critère {f.Name} pèse plus de {LargestShare:P0} de l’étendue."));
        return problems;
    }

    /// <summary>The points by code as the engine reads them; codes without a value repeat 0.</summary>
    internal short[] TableOf(FeatureDefinition definition)
    {
        var points = Features.Single(shape => shape.Name == definition.Name).Points;
        var table = new short[points.Keys.Max() + 1];
        foreach (var (code, value) in points)
        {
            table[code] = value;
        }

        return table;
    }
}
