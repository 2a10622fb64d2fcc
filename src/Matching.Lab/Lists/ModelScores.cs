using Matching.Features;

namespace Matching.Lab.Lists;

/// <summary>A model file in front of lists: which columns it needs, and what each row is worth.</summary>
public static class ModelScores
{
    /// <summary>The features that the model names; what its file does not say (a model written by hand) is in the catalogue of the site.</summary>
    /// <exception cref="InvalidDataException">A criterion is neither described in the file nor known to the catalogue.</exception>
    public static IReadOnlyList<FeatureSpec> SpecsOf(RankerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. model.Features.Select(shape =>
        {
            var bins = shape.Points.Keys.Max() + 1;
            if (FeaturesFile.SignOf(shape.Direction) is { } sign)
            {
                return new FeatureSpec(shape.Name, bins, sign, Neutral: shape.Neutral);
            }

            var known = FeatureCatalogue.ByName(shape.Name) ?? throw new InvalidDataException($"Le modèle ne dit pas le sens du critère « {shape.Name} ».");
            return new FeatureSpec(shape.Name, bins, known.Direction == Direction.More ? 1 : -1, Neutral: [.. known.Bins.Where(bin => bin.IsNeutral).Select(bin => (int)bin.Code)]);
        })];
    }

    /// <summary>By row: the sum of the points of its values, in integers.</summary>
    /// <param name="lists">Read with the features of the model, in its order.</param>
    /// <exception cref="InvalidDataException">The lists hold a value for which the model has no points.</exception>
    public static int[] Of(RankerModel model, RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(lists);
        var scores = new int[lists.Rows];
        for (var feature = 0; feature < model.Features.Count; feature++)
        {
            var (shape, spec, codes) = (model.Features[feature], lists.Features[feature], lists.Codes[feature]);
            // Null where the model has no points.
            var table = Enumerable.Range(0, spec.Codes).Select(code => code == spec.Missing ? shape.Missing ?? 0 : shape.Points.TryGetValue((byte)code, out var points) ? points : (int?)null).ToArray();
            for (var row = 0; row < scores.Length; row++)
            {
                scores[row] += table[codes[row]] ?? throw new InvalidDataException($"Le modèle n’a pas de points pour la valeur {codes[row]} du critère « {shape.Name} ».");
            }
        }

        foreach (var pair in model.Pairs ?? [])
        {
            var (first, second) = (Column(model, lists, pair.First), Column(model, lists, pair.Second));
            for (var row = 0; row < scores.Length; row++)
            {
                scores[row] += HasGroup(pair.FirstGroups, first[row]) && HasGroup(pair.SecondGroups, second[row])
                    ? pair.Of(first[row], second[row])
                    : throw new InvalidDataException($"La paire {pair.First} × {pair.Second} n’a pas de groupe pour une valeur des listes.");
            }
        }

        return scores;
    }

    private static bool HasGroup(IReadOnlyList<int> groups, byte code) => code < groups.Count && groups[code] >= 0;

    private static byte[] Column(RankerModel model, RankedLists lists, string name)
    {
        for (var feature = 0; feature < model.Features.Count; feature++)
        {
            if (model.Features[feature].Name == name)
            {
                return lists.Codes[feature];
            }
        }

        throw new InvalidDataException($"Une paire nomme le critère « {name} », que le modèle n’a pas.");
    }
}
