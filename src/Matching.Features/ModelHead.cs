using System.Globalization;

namespace Matching.Features;

/// <summary>One of the two things that a model may have learned to foresee; the points are the weighted sum of both, brought to one spread first.</summary>
/// <param name="Name"><see cref="Kept"/> or <see cref="Wanted"/>.</param>
/// <param name="Weight">Its share of the sum.</param>
/// <param name="Lists">Lists in which it found an order to learn.</param>
/// <param name="Rows">Their rows; for what people wanted, those whose answer is known.</param>
/// <param name="Borrowed">What this head takes from the other because its own lists are few, from 0 to 1; null for the one that others borrow from.</param>
public sealed record ModelHead(string Name, double Weight, int Lists, int Rows, double? Borrowed = null)
{
    /// <summary>Kept by the employer.</summary>
    public const string Kept = "kept";

    /// <summary>Wanted by the person.</summary>
    public const string Wanted = "wanted";
}

/// <summary>What a model learned to foresee, as its card and its page say it.</summary>
public static class ModelHeads
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>French sentences; none for a model that no program learned.</summary>
    public static IReadOnlyList<string> Words(RankerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Training switch
        {
            null => [],
            { Heads: [var kept, var wanted] } =>
            [
                $"Ces points additionnent deux choses apprises à part et ramenées d’abord à la même étendue : ce que les employeurs ont retenu, pour {Percent(kept.Weight)}, appris de {FrenchCount.Of(kept.Lists, "liste")} ({FrenchCount.Of(kept.Rows, "ligne")}) ; ce que les personnes ont voulu, pour {Percent(wanted.Weight)}, appris de {FrenchCount.Of(wanted.Lists, "liste")} ({FrenchCount.Of(wanted.Rows, "réponse connue")} : la personne a donné suite, ou elle a dit non pour une raison à elle).",
                "Ce que cela veut dire : à chances égales d’être retenue, passe devant la personne qui a le plus de chances de vouloir le poste. Classer par les seules chances d’embauche servirait moins bien les personnes.",
                .. Borrowed(wanted),
            ],
            _ => ["Ces points viennent d’une seule chose apprise : ce que les employeurs ont retenu. Ce que les personnes ont voulu n’était pas connu, ou trop peu, et n’y compte pas."],
        };
    }

    /// <summary>What is wrong with what the file says of its heads, in French.</summary>
    internal static IEnumerable<string> Problems(RankerModel model)
    {
        if (model.Training?.Heads is { } heads
            && (heads is not [{ Name: ModelHead.Kept, Weight: > 0 } kept, { Name: ModelHead.Wanted, Weight: > 0 } wanted] || Math.Abs(kept.Weight + wanted.Weight - 1) > 1e-9))
        {
            yield return $"Les deux parts apprises (« {ModelHead.Kept} », « {ModelHead.Wanted} ») ne sont pas dites, ou leurs poids ne font pas 1.";
        }
    }

    private static IEnumerable<string> Borrowed(ModelHead wanted) => wanted.Borrowed is > 0 and var part
        ? [$"Les réponses connues sont encore peu nombreuses : ce que les personnes ont voulu est complété à {Percent(part)} par ce que les employeurs ont retenu."]
        : [];

    private static string Percent(double share) => $"{(100 * share).ToString("0.#", French)} %";
}
