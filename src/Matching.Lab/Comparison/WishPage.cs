using System.Globalization;
using System.Text;
using Matching.Rules.Ranking;

namespace Matching.Lab.Comparison;

/// <summary>How the weight of what people wanted was chosen, as people read it: Markdown in French, generated from the measures, never written by hand.</summary>
public static class WishPage
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <param name="curve">Of these results, see <see cref="WeighWish.Curve"/>.</param>
    /// <param name="command">What was typed, so that the page can be made again.</param>
    public static string Write(IReadOnlyList<WorldResult> results, IReadOnlyList<WishWeight> curve, int seed, string command)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(curve);
        var chosen = WeighWish.Chosen(curve);
        var page = new StringBuilder();
        void Line(string text = "") => page.Append(text).Append('\n');

        Line(ComparisonPage.Simulated);
        Line();
        Line("# Ce que pèse ce que les personnes ont voulu");
        Line();
        Line($"Page produite par `{command}` ; ne pas la modifier à la main.");
        Line();
        Line(ChosenWords(chosen));
        Line();
        Line($"Règle : le plus grand poids, de 5 en 5 %, dont tout l’intervalle de l’écart de nDCG@10 reste au-dessus de {ModelLife.LeastDifference.ToString("0.000;−0.000", French)}. C’est la limite que tout nouveau modèle doit tenir avant d’être essayé dans les listes. Les mondes gardés pour mesurer n’ont pas servi à ce choix.");
        Line();
        Line("| Poids | nDCG@10 | Écart de nDCG@10 | Dans la limite | Accord | Écart d’accord |");
        Line("|---:|---:|---:|---|---:|---:|");
        foreach (var it in curve)
        {
            Line($"| {Percent(it.Weight)} | {it.Ndcg10.Value.ToString("0.000", French)} | {Change(it.Change)} | {(it.IsWithinTheGate ? "oui" : "non")} | {it.Accepted10.Value.ToString("0.0 %", French)} | {ComparisonPage.InPoints(it.More)} |");
        }

        Line();
        Line("## Comment lire");
        Line();
        Line($"- {results.Count} mondes de réglage, graine {seed} ; {string.Join(", ", results.Select(it => it.Bags).Distinct().Order())} modèles tirés par apprentissage (sacs).");
        Line("- Poids : part de ce que les personnes ont voulu dans la somme ; le reste est ce que les employeurs ont retenu.");
        Line("- nDCG@10 : 1 quand les 10 premières personnes de chaque liste sont les meilleures pour l’employeur, dans l’ordre.");
        Line("- Accord : part des 10 premières personnes de chaque liste qui prendraient le poste si on le leur offrait.");
        Line("- Écarts : avec le poids 0, sur les mêmes listes, intervalles à 95 % (offres tirées au sort avec remise). Ils disent le hasard des listes mesurées, non celui d’un autre tirage des mondes ou des listes apprises.");
        Line();
        Line($"## Monde par monde, avec {Percent(chosen)}");
        Line();
        Line("| Monde | Écart de nDCG@10 | Écart d’accord |");
        Line("|---|---:|---:|");
        foreach (var it in results)
        {
            Line($"| {it.World} | {Change(WeighWish.Difference([it], chosen, order => order.Ndcg10, seed))} | {ComparisonPage.InPoints(WeighWish.Difference([it], chosen, order => order.Accepted10!, seed))} |");
        }

        return page.ToString();
    }

    /// <summary>The sentence of the page that says the weight.</summary>
    public static string ChosenWords(double weight) => $"Poids retenu : **{Percent(weight)}**.";

    /// <summary>A share in whole percents.</summary>
    internal static string Percent(double share) => share.ToString("0 %", French);

    internal static string Change(Interval it) => ComparisonPage.Spread(it, "+0.0000;−0.0000;0.0000");
}
