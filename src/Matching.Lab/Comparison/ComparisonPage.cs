using System.Globalization;
using System.Text;

namespace Matching.Lab.Comparison;

/// <summary>A comparison as people read it: Markdown in French, generated from the measures, never written by hand.</summary>
public static class ComparisonPage
{
    /// <summary>The one part that depends on the machine: it comes last, all that is before is the same whenever the same worlds are drawn again.</summary>
    public const string Durations = "## Durées";

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    private static readonly Dictionary<string, string> Labels = new()
    {
        [WorldResult.Ours] = "Notre apprentissage",
        ["pointwise_additive"] = "Additif, appris ligne à ligne",
        [WorldResult.Free] = "XGBoost libre",
        [WorldResult.Monotone] = "XGBoost monotone",
        ["hand_weighted"] = "Points fixés à la main",
        ["bm25"] = "Ressemblance des mots (BM25)",
        ["same_rome_distance"] = "Même métier, puis distance",
        ["as_shown"] = "Ordre déjà montré",
        [WorldResult.Chance] = "Hasard",
        [WorldResult.Oracle] = "Meilleur ordre possible",
    };

    /// <param name="command">What was typed, so that the page can be made again.</param>
    public static string Write(IReadOnlyList<WorldResult> results, int seed, string command)
    {
        ArgumentNullException.ThrowIfNull(results);
        var page = new StringBuilder();
        void Line(string text = "") => page.Append(text).Append('\n');

        Line("> Mesuré sur des personnes simulées, dans des mondes inventés : rien ici n’est un constat sur des personnes réelles.");
        Line();
        Line("# Comparaison des façons de classer");
        Line();
        Line($"Page produite par `{command}` ; ne pas la modifier à la main.");
        Line();
        Line($"- Graine : {seed}");
        Line($"- Mondes : {results.Count}");
        Line($"- Modèles tirés par apprentissage (sacs) : {string.Join(", ", results.Select(it => it.Bags).Distinct().Order())}");
        Line("- nDCG@10 : 1 quand les 10 premières personnes de chaque liste sont les meilleures, dans l’ordre.");
        Line("- Écart : de combien notre apprentissage est devant, en part de l’autre.");
        Line("- Intervalles à 95 % : offres tirées au sort avec remise, les mêmes pour les deux.");
        Line("- Regret : part du chemin entre le hasard et le meilleur ordre possible qui reste à faire.");
        if (!results.Any(it => it.Order(WorldResult.Free) is not null))
        {
            Line("- XGBoost n’était pas installé : la comparaison est faite sans lui.");
        }

        Line();
        Line("## Tous les mondes");
        Line();
        Table(Line, Summary.Names(results), name => Summary.MeanOver(results, name, seed), name => Summary.Ahead(results, name, seed), results.Average(it => it.Regret));
        foreach (var it in results)
        {
            Line();
            Line($"## {it.World}");
            Line();
            Line(it.Words);
            Line();
            Table(Line, [.. it.Orders.Select(order => order.Name)], name => Summary.IntervalOf(it.Order(name)!, seed), name => it.AheadOf(name, seed), it.Regret);
        }

        WriteDurations(results, Line);
        return page.ToString();
    }

    private static void Table(Action<string> line, IReadOnlyList<string> names, Func<string, Interval?> mean, Func<string, Interval?> ahead, double regret)
    {
        line("| Classement | nDCG@10 | intervalle | Écart | intervalle |");
        line("|---|---:|---:|---:|---:|");
        foreach (var name in names)
        {
            // Nobody is behind or ahead of itself; the best possible order is what the regret is counted from.
            var gap = name is WorldResult.Ours or WorldResult.Oracle ? null : ahead(name);
            line($"| {LabelOf(name)} | {Words(mean(name), "0.000")} | {Words(gap, "+0.0 %;−0.0 %;0.0 %")} |");
        }

        line("");
        line($"Regret : {regret.ToString("0.0 %", French)}.");
    }

    private static void WriteDurations(IReadOnlyList<WorldResult> results, Action<string> line)
    {
        var learned = Summary.Names(results).Where(name => results.Any(it => it.Order(name)?.Seconds is not null)).ToList();
        line("");
        line(Durations);
        line("");
        line("En secondes, pour apprendre et noter. Elles dépendent de la machine et de ce qu’elle faisait : ce sont les seuls chiffres de la page qui changent d’une fois à l’autre.");
        line("");
        line($"| Monde |{string.Concat(learned.Select(name => $" {LabelOf(name)} |"))}");
        line($"|---|{string.Concat(learned.Select(_ => "---:|"))}");
        foreach (var it in results)
        {
            line($"| {it.World} |{string.Concat(learned.Select(name => $" {it.Order(name)?.Seconds?.ToString("0.0", French) ?? "–"} |"))}");
        }
    }

    private static string LabelOf(string name) => Labels.GetValueOrDefault(name, name);

    private static string Words(Interval? it, string format) => it is null ? "– | –" : $"{it.Value.ToString(format, French)} | {it.Low.ToString(format, French)} à {it.High.ToString(format, French)}";
}
