using System.Globalization;

namespace Matching.Features;

/// <summary>What changes from one model to the next, in French sentences, from the two files alone.</summary>
public static class ModelChanges
{
    /// <summary>Smaller changes of weight are gathered in one sentence.</summary>
    private const double ToldShare = 0.01;

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static IReadOnlyList<string> Of(RankerModel before, RankerModel after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = before.Features.ToDictionary(shape => shape.Name);
        var kept = after.Features.Where(shape => old.ContainsKey(shape.Name)).Select(shape => (Shape: shape, Old: old[shape.Name], Share: Share(after, shape), Before: Share(before, old[shape.Name]))).ToList();
        var told = kept.Where(it => Math.Abs(it.Share - it.Before) >= ToldShare).OrderByDescending(it => Math.Abs(it.Share - it.Before)).ThenBy(it => it.Shape.Name, StringComparer.Ordinal).ToList();
        var sentences = new List<string>();
        sentences.AddRange(after.Features.Where(shape => !old.ContainsKey(shape.Name)).Select(shape => $"Le critère « {Label(shape.Name)} » est nouveau : il tient {Percent(Share(after, shape))} de l’étendue."));
        sentences.AddRange(before.Features.Where(shape => after.Features.All(it => it.Name != shape.Name)).Select(shape => $"Le critère « {Label(shape.Name)} » n’est plus lu ; il tenait {Percent(Share(before, shape))} de l’étendue."));
        sentences.AddRange(told.Select(it =>
            $"« {Label(it.Shape.Name)} » pèse {(it.Share > it.Before ? "plus" : "moins")} : {Percent(it.Share)} de l’étendue au lieu de {Percent(it.Before)}{Turn(it.Old, it.Shape)}."));
        if (kept.Count > told.Count)
        {
            sentences.Add(told.Count == 0 && kept.Count == after.Features.Count
                ? "Aucun critère ne change de poids de plus de 1 % de l’étendue."
                : $"{kept.Count - told.Count} autres critères changent de poids de moins de 1 % de l’étendue, ou n’en changent pas.");
        }

        var (pairsBefore, pairsAfter) = (before.Pairs ?? [], after.Pairs ?? []);
        sentences.AddRange(pairsAfter.Where(pair => pairsBefore.All(it => it.Name != pair.Name)).Select(pair => $"« {PairWords.LabelOf(pair.Name)} » compte désormais, pour {pair.Highest - pair.Lowest} points au plus d’écart."));
        sentences.AddRange(pairsBefore.Where(pair => pairsAfter.All(it => it.Name != pair.Name)).Select(pair => $"« {PairWords.LabelOf(pair.Name)} » ne compte plus."));
        if (before.Training?.Heads is null != after.Training?.Heads is null)
        {
            sentences.Add(after.Training?.Heads is null ? "Ce que les personnes ont voulu ne compte plus." : "Ce que les personnes ont voulu compte désormais, à côté de ce que les employeurs ont retenu.");
        }

        sentences.Add($"L’étendue entre le meilleur et le pire score passe de {before.Span} à {after.Span} points : des points de deux versions ne se comparent pas.");
        return sentences;
    }

    // A value that helped and now costs, or the other way round, is what people notice first.
    private static string Turn(FeatureShape before, FeatureShape after)
    {
        var turned = after.Points.Where(it => before.Points.TryGetValue(it.Key, out var old) && old * it.Value < 0).OrderByDescending(it => Math.Abs(it.Value)).Select(it => it.Key).ToList();
        return turned.Count == 0 || FeatureCatalogue.ByName(after.Name) is not { } definition
            ? ""
            : $" ; « {definition.BinOf(turned[0]).Sentence} » {(after.Points[turned[0]] > 0 ? "aide, alors que cela coûtait" : "coûte, alors que cela aidait")}";
    }

    private static double Share(RankerModel model, FeatureShape shape) => shape.Span / (double)model.Span;

    private static string Label(string name) => FeatureCatalogue.ByName(name)?.Label ?? name;

    private static string Percent(double share) => $"{(100 * share).ToString("0.0", French)} %";
}
