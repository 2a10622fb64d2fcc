using System.Text.Json.Serialization;

namespace Matching.Features;

/// <summary>The points of one criterion: one integer per value, with the reason they were set so.</summary>
/// <param name="Points">By code of <see cref="FeatureBin.Code"/>.</param>
/// <param name="Why">French justification, printed in the model card.</param>
/// <param name="Missing">What an empty cell is worth, in a file of lists; the criteria of the site have a code for it instead.</param>
/// <param name="Direction">"+", "-" or "0", as the trainer was told; null in a model written by hand, which goes by the catalogue.</param>
/// <param name="Neutral">Codes off the scale, bound to no direction.</param>
/// <param name="Spread">By code, the standard deviation of the points between bags: the published error bar.</param>
public sealed record FeatureShape(
    string Name,
    string Why,
    IReadOnlyDictionary<byte, short> Points,
    short? Missing = null,
    string? Direction = null,
    IReadOnlyList<int>? Neutral = null,
    IReadOnlyDictionary<byte, double>? Spread = null)
{
    [JsonIgnore]
    public int Span => Points.Values.Max() - Points.Values.Min();
}

/// <summary>How a model was trained: the same inputs and this record give the same bytes.</summary>
/// <param name="PointsPerUnit">Points for one unit of log-odds.</param>
/// <param name="PriorWeight">What is left of the prior, from 0 to 1.</param>
/// <param name="Heads">What was learned apart and summed; null when only what employers kept was learned.</param>
public sealed record TrainingRecord(
    string Trainer, int Seed, int Lists, int Postings, int Employers, int Rows, int Bags, double MeanRounds, double PointsPerUnit, double PriorWeight, IReadOnlyList<ModelHead>? Heads = null);

/// <summary>A figure with its 95 % interval, and what it was measured on.</summary>
public sealed record ModelMeasure(string Name, double Value, double Low, double High, string On);

/// <summary>
/// A ranking model as its file states it: additive, in integers, immutable. To serve, it is refused when a shape goes against its direction, when
/// a value has no points, or when one criterion weighs more than <see cref="LargestShare"/>.
/// </summary>
public sealed record RankerModel(
    string Version,
    string Statement,
    string MadeOn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? TrainingDataHash,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PromotedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PromotedOn,
    IReadOnlyList<FeatureShape> Features,
    int Format = 1,
    IReadOnlyList<PairPoints>? Pairs = null,
    TrainingRecord? Training = null,
    IReadOnlyList<ModelMeasure>? Measures = null,
    string? Fairness = null,
    string? Checksum = null)
{
    /// <summary>No criterion may hold more of the whole span than this (40-ranking).</summary>
    public const double LargestShare = 0.30;

    /// <summary>What engagement may hold of the span: how a file is kept depends on the structure, not on the person.</summary>
    public const double LargestShareOfEngagement = 0.05;

    /// <summary>Distance between the best and the worst possible score, criteria taken one by one.</summary>
    [JsonIgnore]
    public int Span => Features.Sum(feature => feature.Span);

    /// <summary>What pairs of criteria can add to that distance at most.</summary>
    [JsonIgnore]
    public int PairSpan => (Pairs ?? []).Sum(pair => pair.Highest - pair.Lowest);

    /// <summary>No score is lower.</summary>
    [JsonIgnore]
    public int LowestScore => Features.Sum(shape => shape.Points.Values.Min()) + (Pairs ?? []).Sum(pair => pair.Lowest);

    /// <summary>What the model gives for a value; null for a criterion or a value that it does not have.</summary>
    public short? PointsOf(string feature, byte code) =>
        Features.FirstOrDefault(shape => shape.Name == feature)?.Points.TryGetValue(code, out var points) == true ? points : null;

    /// <summary>What it would give to a line that was scored by another: values are the same for all models of one catalogue.</summary>
    public int ScoreOf(IEnumerable<Engine.Explanations.FeaturePoints> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var codes = CodesOf(line);
        return codes.Sum(it => PointsOf(it.Key, it.Value) ?? 0) + (Pairs ?? []).Sum(pair => Meeting(pair, codes) is var (first, second) ? pair.Of(first, second) : 0);
    }

    /// <summary>Whether the line has, criterion by criterion and pair by pair, the points that this model gives for its values, and all of them.</summary>
    public bool Gives(IReadOnlyList<Engine.Explanations.FeaturePoints> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var codes = CodesOf(line);
        var given = line.Where(point => PairPoints.NamesIn(point.Feature) is not null).ToDictionary(point => point.Feature, point => point.Points);
        return codes.Count + given.Count == line.Count
            && line.Where(point => codes.ContainsKey(point.Feature)).All(point => PointsOf(point.Feature, point.Code) == point.Points)
            && given.Count == (Pairs?.Count ?? 0)
            && (Pairs ?? []).All(pair => Meeting(pair, codes) is var (first, second) && given.GetValueOrDefault(pair.Name, short.MinValue) == pair.Of(first, second));
    }

    // The pairs of a line are those of the model that scored it: another model reads its criteria again.
    private static Dictionary<string, byte> CodesOf(IEnumerable<Engine.Explanations.FeaturePoints> line) =>
        line.Where(point => PairPoints.NamesIn(point.Feature) is null).ToDictionary(point => point.Feature, point => point.Code);

    private static (byte First, byte Second)? Meeting(PairPoints pair, Dictionary<string, byte> codes) =>
        codes.TryGetValue(pair.First, out var first) && codes.TryGetValue(pair.Second, out var second) ? (first, second) : null;

    /// <summary>Reads a model that ranks the people of the site, and checks it against the catalogue of criteria.</summary>
    /// <exception cref="InvalidDataException">French sentences, one a line, saying what is wrong with the file.</exception>
    public static RankerModel Read(string json)
    {
        var model = RankerModelFile.Parse(json);
        var problems = model.Problems().Concat(RankerModelFile.Problems(model)).Distinct().ToList();
        return problems.Count == 0 ? model : throw new InvalidDataException(string.Join('\n', problems));
    }

    /// <summary>What is wrong with the model, in French; empty when it may serve.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        var names = Features.Select(feature => feature.Name).ToList();
        problems.AddRange(FeatureCatalogue.All.Where(f => !f.CameLater && !names.Contains(f.Name)).Select(f => $"Le critère {f.Name} n’a pas de points."));
        problems.AddRange(names.GroupBy(n => n).Where(same => same.Count() > 1).Select(same => $"Le critère {same.Key} est écrit deux fois."));
        var wholePairs = (Pairs ?? []).Where(pair => pair.IsWhole() && pair.Covers(Features)).ToList();
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

            var worsened = JointDirection.WorstStep(
                shape.Name, code => shape.Points[(byte)code], [.. definition.Scale.Select(bin => (int)bin.Code)], definition.Direction == Direction.More ? 1 : -1, wholePairs) < 0;
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
