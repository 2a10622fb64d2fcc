using System.Globalization;
using System.Text.Json;
using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Training;
using Matching.Lab.Verbs;
using Matching.Lab.Worlds;

namespace Matching.Lab.Comparison;

/// <summary><c>lab compare --worlds unseen --json</c>: ours against peers and plain orders, world by world and overall, with intervals.</summary>
public static class CompareRankers
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors) =>
        Verb.Run(typed, Help, ["--worlds", "--seed", "--bags", "--pairs", "--work", "--prior", "--table", "--ceiling", "--split"], ["--json"], output, errors, options =>
        {
            var families = SimulateWorlds.Named(options.Text("--worlds", "unseen"));
            var seed = options.Number("--seed", 1, 0, int.MaxValue - 1);
            var defaults = new TrainingOptions();
            var ceiling = options.Number("--ceiling", NoiseCeiling.UsualLists, 0, 100_000);
            var onNewEmployers = options.Text("--split") switch
            {
                null => false,
                ListSplits.ByEmployer => true,
                var other => throw new InvalidDataException($"--split n’a ici que {ListSplits.ByEmployer} ; reçu « {other} ». Les mondes inventés n’ont ni territoire ni rien qui change avec le temps : voir lab evaluate --split."),
            };
            var training = defaults with { Seed = seed, Bags = options.Number("--bags", defaults.Bags, 1, 100), Pairs = options.Number("--pairs", defaults.Pairs, 0, PairPoints.MostPairs) };
            var page = Verb.PageOf(options);
            var prior = SimulateWorlds.PriorOf(options);
            if (!XgboostFiles.IsInstalled)
            {
                errors.WriteLine("xgboost n’est pas installé (Debian : apt-get install xgboost) : la comparaison se fait sans lui.");
            }

            var scratch = Directory.CreateTempSubdirectory("matching-compare-").FullName;
            using var cleared = Interruption.InAnyCase(() => Directory.Delete(scratch, recursive: true));
            var progress = Progress.OnTerminal(errors, "Mondes comparés");
            var results = new List<WorldResult>();
            foreach (var family in families)
            {
                results.Add(RunWorld.Of(family, training, prior, scratch, onNewEmployers, ceiling, (name, dependsOn, run) => Kept(options.Text("--work"), family.Name, name, $"{family} {prior.Checksum} {dependsOn} accepted10{(onNewEmployers ? " new employers" : "")}", run)));
                progress.Report(results.Count, families.Count);
            }

            if (page is not null)
            {
                Verb.WriteWhole(page, ComparisonPage.Write(results, seed, CommandOf(options)));
            }

            output.WriteLine(options.Has("--json") ? JsonSerializer.Serialize(Summary.Of(results, seed), Readable) : Text(results, seed));
        });

    // Only what the figures depend on: neither folders nor the name of the page.
    private static string CommandOf(VerbOptions options) =>
        string.Join(' ', new[] { "--worlds", "--seed", "--bags", "--pairs", "--ceiling", "--split" }.Where(options.Has).Select(name => $"{name} {options.Text(name)}").Prepend("lab compare"));

    // What an earlier run measured with the same settings is read back, so that a stopped comparison goes on.
    private static OrderResult Kept(string? folder, string world, string order, string settings, Func<OrderResult> run)
    {
        if (folder is null)
        {
            return run();
        }

        var path = Path.Combine(folder, $"{world}-{order}-{Verb.HashOf(System.Text.Encoding.UTF8.GetBytes(settings))[7..19]}.json");
        if (File.Exists(path))
        {
            return JsonSerializer.Deserialize<OrderResult>(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} n’est pas lisible ; l’effacer pour recommencer cette mesure.");
        }

        var result = run();
        Verb.WriteWhole(path, JsonSerializer.Serialize(result));
        return result;
    }

    private static string Text(List<WorldResult> results, int seed)
    {
        var french = CultureInfo.GetCultureInfo("fr-FR");
        var lines = results.Select(it => string.Create(french, $"{it.World,-28} ") + string.Join("  ", it.Orders.Select(order => string.Create(french, $"{order.Name} {it.MeanOf(order.Name):0.000}"))));
        var overall = new[] { (WorldResult.OneHead, "à armes égales"), (WorldResult.Ours, "avec ce que les personnes ont voulu") }
            .Select(it => Summary.Ahead(results, WorldResult.Free, seed, it.Item1) is { } ahead
                ? string.Create(french, $"Devant XGBoost libre, {it.Item2} : {ahead.Value:+0.00%;-0.00%} (de {ahead.Low:+0.00%;-0.00%} à {ahead.High:+0.00%;-0.00%}), {FrenchCount.Of(results.Count, "monde")}.\n")
                : "");
        return string.Join('\n', lines) + "\n" + string.Concat(overall) + (Summary.SecondHead(results, seed) is { } second ? $"{second}\n" : "") + Summary.Invented;
    }

    private const string Help = """
        lab compare : compare l’apprentissage à d’autres et à des ordres simples, sur des mondes inventés.

          --worlds CHOIX   unseen (par défaut), tuning, all, ou des noms séparés par des virgules
          --seed N         graine (1 par défaut)
          --bags N, --pairs N   comme pour lab train
          --split employer mesure sur des employeurs dont personne n’a rien appris (un sur cinq)
          --ceiling N      listes dont le plafond estimé apprend (12000 par défaut ; 0 : sans), voir models/comparaison.md
          --work DOSSIER   y garder chaque mesure : une comparaison arrêtée reprend où elle en était ; à vider quand le programme change
          --prior FICHIER  modèle dont les points servent d’a priori (models/ranker-1.0.0-expert.json par défaut)
          --table FICHIER  écrit aussi la comparaison en page Markdown, par exemple models/comparaison.md
          --json           tout, en JSON
        """;
}
