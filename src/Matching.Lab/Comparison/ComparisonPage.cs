using System.Globalization;
using System.Text;
using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Training;

namespace Matching.Lab.Comparison;

/// <summary>A comparison as people read it: Markdown in French, generated from the measures, never written by hand.</summary>
public static class ComparisonPage
{
    /// <summary>The one part that depends on the machine: it comes last, all that is before is the same whenever the same worlds are drawn again.</summary>
    public const string Durations = "## Durées";

    /// <summary>The first line of each page about simulated people.</summary>
    internal const string Simulated = "> Mesuré sur des personnes simulées, dans des mondes inventés : rien ici n’est un constat sur des personnes réelles.";

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    private static readonly Dictionary<string, string> Labels = new()
    {
        [WorldResult.Ours] = "Notre apprentissage",
        [WorldResult.OneHead] = "Notre apprentissage, sans ce que les personnes ont voulu",
        [WorldResult.Pointwise] = "Additif, appris ligne à ligne",
        [WorldResult.Free] = "XGBoost libre",
        [WorldResult.Monotone] = "XGBoost monotone",
        [WorldResult.CeilingFromFewer] = "Plafond, estimé sur le quart des listes",
        [WorldResult.Ceiling] = "Plafond, estimé",
        [WorldResult.Oracle] = "Oracle",
    };

    /// <param name="command">What was typed, so that the page can be made again.</param>
    public static string Write(IReadOnlyList<WorldResult> results, int seed, string command)
    {
        ArgumentNullException.ThrowIfNull(results);
        var page = new StringBuilder();
        void Line(string text = "") => page.Append(text).Append('\n');

        Line(Simulated);
        Line();
        Line("# Comparaison des façons de classer");
        Line();
        Line($"Page produite par `{command}` ; ne pas la modifier à la main.");
        Line();
        WriteInShort(results, seed, Line);
        WriteHowToRead(results, seed, Line);
        Line();
        Line("## Tous les mondes ensemble");
        Line();
        Table(Line, Summary.Names(results), name => Summary.MeanOver(results, name, seed), name => Summary.Ahead(results, name, seed), name => Summary.AcceptedOver(results, name, seed));
        foreach (var it in results)
        {
            Line();
            Line($"## {it.World}");
            Line();
            Line(it.Words);
            Line();
            Table(Line, Summary.Names([it]), name => Summary.IntervalOf(it.Order(name)!, seed), name => it.AheadOf(name, seed)?.Interval, name => it.Order(name)!.Accepted10 is { } accepted ? Summary.IntervalOf(accepted, seed) : null);
        }

        WriteDurations(results, Line);
        return page.ToString();
    }

    private static void WriteInShort(IReadOnlyList<WorldResult> results, int seed, Action<string> line)
    {
        line("## En bref");
        line("");
        WriteStandings([.. new[] { WorldResult.OneHead, WorldResult.Ours }.Select(ours => Standing.Of(results, ours, seed)).OfType<Standing>()], line);
        if (Summary.SecondHead(results, seed) is { } second)
        {
            line(second);
            line("");
        }

        if (Summary.Left(results, WorldResult.Ceiling, seed) is { } left)
        {
            line($"Reste à gagner, en moyenne, jusqu’au plafond estimé de ce que les critères laissent voir : {Shared(left)}. {Risen(results)}");
            line("");
        }

        line($"Reste à gagner, en moyenne, jusqu’à l’oracle, qui sait ce qu’aucun critère ne montre : {Shared(Summary.Left(results, WorldResult.Oracle, seed)!)}.");
        line("");
        line("| Monde | Notre nDCG@10 | Écart avec XGBoost libre, à armes égales | Le même, avec ce que les personnes ont voulu | Reste jusqu’au plafond | Reste jusqu’à l’oracle |");
        line("|---|---:|---:|---:|---:|---:|");
        foreach (var it in results)
        {
            string Gap(string ours) => it.AheadOf(WorldResult.Free, seed, ours) is { } gap ? Signed(gap.Interval) : "–";
            string Left(string top) => it.LeftTo(top, seed) is { } some ? Shared(some.Interval) : "–";
            line($"| {it.World} | {it.MeanOf(WorldResult.Ours)!.Value.ToString("0.000", French)} | {Gap(WorldResult.OneHead)} | {Gap(WorldResult.Ours)} | {Left(WorldResult.Ceiling)} | {Left(WorldResult.Oracle)} |");
        }
    }

    private static void WriteStandings(IReadOnlyList<Standing> ours, Action<string> line)
    {
        void Row(string name, Func<Standing, string> cell) => line($"| {name} | {string.Join(" | ", ours.Select(cell))} |");
        static string Gap(Standing it, string other) => it.Ahead.TryGetValue(other, out var gap) ? Signed(gap) : "–";
        static string Named(IReadOnlyList<string> worlds) => worlds.Count == 0 ? "aucun" : string.Join(", ", worlds);
        var hasPeer = ours.Any(it => it.Median is not null);
        Row("Écart moyen de nDCG@10", it => it.Ours == WorldResult.OneHead ? "À armes égales" : "Avec ce que les personnes ont voulu");
        line($"|---|{string.Concat(ours.Select(_ => "---:|"))}");
        if (hasPeer)
        {
            Row("avec XGBoost libre", it => Gap(it, WorldResult.Free));
            Row("avec XGBoost libre, dans le monde médian", it => it.Median!.Value.ToString("+0.0 %;−0.0 %;0.0 %", French));
        }

        Row("avec l’additif appris ligne à ligne", it => Gap(it, WorldResult.Pointwise));
        Row("avec les points fixés à la main", it => Gap(it, Baselines.HandWeighted));
        if (hasPeer)
        {
            Row("Mondes derrière XGBoost libre", it => Named(it.Behind));
            Row("Mondes derrière, mais zéro est dans l’intervalle", it => Named(it.PerhapsBehind));
        }

        line("");
        line("À armes égales : notre apprentissage sans ce que les personnes ont voulu, car XGBoost et l’additif n’apprennent que ce que les employeurs ont retenu.");
        line("");
    }

    // How much the estimate of the ceiling still rose between its two sizes: how far it may be from levelling off.
    private static string Risen(IReadOnlyList<WorldResult> results)
    {
        var both = results.Where(it => it.Order(WorldResult.Ceiling) is not null && it.Order(WorldResult.CeilingFromFewer) is not null).ToList();
        var rise = both.Count == 0 ? 0 : both.Average(it => it.MeanOf(WorldResult.Ceiling)!.Value - it.MeanOf(WorldResult.CeilingFromFewer)!.Value);
        return $"De quatre fois plus de listes, ce plafond estimé a monté de {rise.ToString("0.000", French)} en nDCG@10.";
    }

    private static void WriteHowToRead(IReadOnlyList<WorldResult> results, int seed, Action<string> line)
    {
        var learnedFrom = results.Select(it => it.Order(WorldResult.Ceiling)?.Chosen?.Split(' ')[0]).OfType<string>().Distinct().ToList();
        line("");
        line("## Comment lire");
        line("");
        line($"- {FrenchCount.Of(results.Count, "monde")}, graine {seed} ; {string.Join(", ", results.Select(it => it.Bags).Distinct().Order())} modèles tirés par apprentissage (sacs).");
        line("- nDCG@10 : 1 quand les 10 premières personnes de chaque liste sont les meilleures, dans l’ordre.");
        line("- Écart : de combien notre apprentissage est devant, en part de l’autre.");
        line("- Accord : part des 10 premières personnes de chaque liste qui prendraient le poste si on le leur offrait, telle que le monde l’a tirée au sort.");
        var wish = new TrainingOptions().WishWeight;
        line($"- Notre apprentissage additionne ce que les employeurs ont retenu ({WishPage.Percent(1 - wish)}) et, quand c’est connu, ce que les personnes ont voulu ({WishPage.Percent(wish)}, voir [comment ce poids a été choisi](poids-des-souhaits.md)) ; la ligne qui suit la sienne est le même apprentissage sans la seconde part.");
        line("- Reste : part du chemin entre le hasard et un ordre hors d’atteinte que notre apprentissage n’a pas faite.");
        line("- Oracle : range par le gain attendu, avec tout ce que le monde a tiré au sort ; les critères n’en montrent qu’une partie.");
        if (learnedFrom.Count > 0)
        {
            line($"- Plafond : arbres sans contrainte de forme ni de sens, qui apprennent le gain attendu lui-même, sans le bruit des décisions, sur {string.Join(", ", learnedFrom)} autres listes du même monde où tout le monde a été regardé, en voyant aussi la moyenne de chaque critère dans la liste. C’est une estimation par en dessous : plus de listes ou de meilleurs arbres ne pourraient que la relever, et un reste négatif dirait seulement qu’elle est trop basse.");
        }

        line("- Intervalles à 95 % : offres tirées au sort avec remise, les mêmes pour tous les ordres comparés. Ils disent le hasard des listes mesurées, non celui d’un autre tirage du monde ou des listes apprises.");
        if (Summary.Names(results).Any(name => results.Any(it => it.Order(name) is null)))
        {
            line("- « Tous les mondes ensemble » : moyenne sur les mondes où ce classement existe ; les critères sans nom n’ont ni mots, ni métier, ni distance.");
        }

        if (!results.Any(it => it.Order(WorldResult.Free) is not null))
        {
            line("- XGBoost n’était pas installé : la comparaison est faite sans lui.");
        }
    }

    private static void Table(Action<string> line, IReadOnlyList<string> names, Func<string, Interval?> mean, Func<string, Interval?> ahead, Func<string, Interval?> accepted)
    {
        line("| Classement | nDCG@10 | intervalle | Écart | intervalle | Accord | intervalle |");
        line("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var name in names)
        {
            line($"| {LabelOf(name)} | {Words(mean(name), "0.000")} | {Words(Summary.IsPeer(name) ? ahead(name) : null, "+0.0 %;−0.0 %;0.0 %")} | {Words(accepted(name), "0.0 %")} |");
        }
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

    private static string LabelOf(string name) => Labels.GetValueOrDefault(name) ?? Baselines.Labels.GetValueOrDefault(name, name);

    /// <summary>A difference of shares, in points of a hundred.</summary>
    internal static string InPoints(Interval it) => Spread(new Interval(100 * it.Value, 100 * it.Low, 100 * it.High), "+0.0;−0.0;0.0") + " points";

    internal static string Signed(Interval it) => Spread(it, "+0.0 %;−0.0 %;0.0 %");

    private static string Shared(Interval it) => Spread(it, "0.0 %;−0.0 %");

    internal static string Spread(Interval it, string format) => $"{it.Value.ToString(format, French)} ({it.Low.ToString(format, French)} à {it.High.ToString(format, French)})";

    private static string Words(Interval? it, string format) => it is null ? "– | –" : $"{it.Value.ToString(format, French)} | {it.Low.ToString(format, French)} à {it.High.ToString(format, French)}";
}
