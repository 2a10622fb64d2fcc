using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Matching.Features;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;
using Matching.Lab.Verbs;

namespace Matching.Lab.Training;

/// <summary><c>lab train --lists FILE --features FILE --out MODEL [--seed N]</c>: learns a model from lists, whatever their features.</summary>
public static class TrainModel
{
    private const int MostBags = 100;
    private const double MostWish = 0.5;

    private static readonly IRankerTrainer[] Trainers = [new LambdaTrainer(), new PointwiseTrainer()];

    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors) => Verb.Run(
        typed, Help, ["--lists", "--features", "--out", "--seed", "--bags", "--pairs", "--wish", "--trainer", "--version", "--statement", "--day", "--judged"], ["--json"], output, errors, options =>
        {
            var (listsPath, featuresPath) = (options.Needed("--lists"), options.Needed("--features"));
            var target = Verb.TargetOf(options, listsPath, featuresPath, options.Text("--judged"));
            var training = Options(options);
            var name = options.Text("--trainer", Trainers[0].Name);
            var trainer = Array.Find(Trainers, it => it.Name == name)
                ?? throw new InvalidDataException($"--trainer attend {string.Join(" ou ", Trainers.Select(it => it.Name))} ; reçu « {name} ».");
            if (trainer is PointwiseTrainer && (options.Has("--pairs") || options.Has("--wish")))
            {
                throw new InvalidDataException($"--pairs et --wish ne vont pas avec --trainer {name}, qui n’apprend ni paires ni souhaits.");
            }

            var features = FeaturesFile.Read(Verb.TextOf(featuresPath), Path.GetFileName(featuresPath));
            var bytes = Joined(listsPath);
            var lists = ListsFile.Read(new MemoryStream(bytes, writable: false), features, NameOf(listsPath));
            var judged = options.Text("--judged") is { } judgedPath ? ListsFile.Read(new MemoryStream(Joined(judgedPath), writable: false), features, NameOf(judgedPath)) : null;
            if (judged?.Label.AsSpan().ContainsAnyExcept((byte)0) == false)
            {
                throw new InvalidDataException(ListMetrics.NothingToMeasure);
            }

            var hash = Verb.HashOf(bytes);
            var title = new ModelTitle(
                options.Text("--version", $"appris-{hash[7..15]}-{training.Seed}"),
                options.Text("--statement", $"Modèle appris sur {FrenchCount.Of(lists.Count, "liste")} dont le programme ne connaît pas l’origine ; il n’a pas été contrôlé pour servir."),
                options.Text("--day", "sans date"),
                hash);
            if (!Bag.CanLeaveOut(lists) && lists.HasAnyOrder)
            {
                errors.WriteLine("Attention : une seule offre a un choix à apprendre, rien ne peut être gardé de côté. L’apprentissage s’arrête et se mesure sur ce qu’il a appris.");
            }

            var watch = Stopwatch.StartNew();
            var model = trainer.Train(lists, title, training, Progress.OnTerminal(errors, "Apprentissage").Report);
            var seconds = watch.Elapsed.TotalSeconds;
            model = judged is null ? model : Judged(model, judged, training.Seed);
            model = model with { Checksum = RankerModelFile.ChecksumOf(model) };
            Verb.WriteWhole(target, RankerModelFile.Write(model));
            output.WriteLine(options.Has("--json") ? Json(model, target, seconds) : Text(model, target, seconds));
        });

    // Several files with commas: the header of the first, then the lines of all.
    private static byte[] Joined(string paths)
    {
        if (File.Exists(paths) || !paths.Contains(',', StringComparison.Ordinal))
        {
            return Verb.BytesOf(paths);
        }

        var joined = new List<byte>();
        ReadOnlySpan<byte> header = [];
        foreach (var path in paths.Split(','))
        {
            ReadOnlySpan<byte> bytes = Verb.BytesOf(path);
            var end = bytes.IndexOf((byte)'\n') is >= 0 and var at ? at + 1 : bytes.Length;
            var own = bytes[(bytes.StartsWith("\uFEFF"u8) ? 3 : 0)..end].TrimEnd("\r\n"u8);
            header = joined.Count == 0 ? own : header;
            if (!own.SequenceEqual(header))
            {
                throw new InvalidDataException($"« {path} » n’a pas les mêmes noms de colonnes, dans le même ordre, que le premier fichier : les réécrire à l’identique avant de les réunir.");
            }

            joined.AddRange(joined.Count == 0 ? bytes : bytes[end..]);
            if (bytes is not [.., (byte)'\n'])
            {
                joined.Add((byte)'\n');
            }
        }

        return [.. joined];
    }

    // A line of several files is counted from the first of them.
    private static string NameOf(string paths) => File.Exists(paths) || !paths.Contains(',', StringComparison.Ordinal) ? Path.GetFileName(paths) : "fichiers réunis";

    // What the model does, and what the points of the prior alone do, on lists that nobody learned from.
    private static RankerModel Judged(RankerModel model, RankedLists judged, int seed)
    {
        ModelMeasure Of(string name, double[] scores)
        {
            var it = ListMetrics.Of(judged, scores, seed).Ndcg10;
            return new ModelMeasure(name, Math.Round(it.Value, 4), Math.Round(it.Low, 4), Math.Round(it.High, 4), $"{FrenchCount.Of(judged.Count, "liste gardée")}, où tout le monde a été regardé");
        }

        var measures = model.Measures!.Append(Of("ndcg10_listes_gardees", Array.ConvertAll(ModelScores.Of(model, judged), score => (double)score)));
        if (judged.Features.Any(feature => feature.Prior is not null))
        {
            measures = measures.Append(Of("ndcg10_listes_gardees_a_priori_seul", Baselines.ByHand(judged)));
        }

        return model with { Measures = [.. measures] };
    }

    private static TrainingOptions Options(VerbOptions options)
    {
        var defaults = new TrainingOptions();
        return defaults with
        {
            Seed = options.Number("--seed", defaults.Seed, 0, int.MaxValue),
            Bags = options.Number("--bags", defaults.Bags, 1, MostBags),
            Pairs = options.Number("--pairs", defaults.Pairs, 0, PairPoints.MostPairs),
            WishWeight = options.Share("--wish", defaults.WishWeight, MostWish),
        };
    }

    private static string Json(RankerModel model, string target, double seconds) => JsonSerializer.Serialize(new
    {
        model = model.Version,
        file = target,
        checksum = model.Checksum,
        lists = model.Training!.Lists,
        rows = model.Training.Rows,
        features = model.Features.Count,
        pairs = model.Pairs?.Count ?? 0,
        bags = model.Training.Bags,
        rounds = model.Training.MeanRounds,
        heads = model.Training.Heads?.Select(head => new { name = head.Name, weight = head.Weight, lists = head.Lists, rows = head.Rows, borrowed = head.Borrowed }),
        seconds = Math.Round(seconds, 1),
        ndcg10_out_of_bag = model.Measures![0].Value,
        interval = new[] { model.Measures[0].Low, model.Measures[0].High },
    });

    private static string Text(RankerModel model, string target, double seconds)
    {
        var (record, measure) = (model.Training!, model.Measures![0]);
        return string.Create(CultureInfo.GetCultureInfo("fr-FR"), $"""
            Modèle {model.Version} écrit : {target}
              {FrenchCount.Of(record.Lists, "liste")}, {FrenchCount.Of(record.Rows, "ligne")}, {FrenchCount.Of(record.Employers, "employeur")} ; {FrenchCount.Of(record.Bags, "sac")}, {record.MeanRounds:0} {(record.MeanRounds < 1.5 ? "tour" : "tours")} en moyenne, appris en {seconds:0.0} s
              {FrenchCount.Of(model.Features.Count, "critère")}, {FrenchCount.Of(model.Pairs?.Count ?? 0, "paire")}{string.Concat(ModelHeads.Words(model).Select(sentence => $"\n  {sentence}"))}
              nDCG@10 hors sac : {measure.Value:0.0000} (de {measure.Low:0.0000} à {measure.High:0.0000}), sur les étiquettes telles que recueillies
            """);
    }

    private const string Help = """
        lab train : apprend un modèle de classement sur des listes.

          --lists FICHIER      lists.csv (format : src/Matching.Lab/Lists/README.md) ; plusieurs fichiers avec des virgules
          --features FICHIER   features.json : nom, nombre de codes, sens de chaque critère
          --out FICHIER        le modèle à écrire
          --seed N             graine (1 par défaut) ; les mêmes entrées redonnent les mêmes octets
          --bags N             sacs (14 par défaut) ; --pairs N, paires de critères au plus (10 par défaut)
          --wish PART          part de ce que les personnes ont voulu dans la somme, quand la colonne wanted le dit : 0 (sans) à 0.5 ;
                               par défaut celle de models/poids-des-souhaits.md
          --trainer NOM        lambdarank (par défaut) ou pointwise
          --version NOM, --statement PHRASE, --day JOUR   ce que le modèle dit de lui-même
          --judged FICHIER     listes gardées pour mesurer : la mesure est écrite dans le modèle
          --json               le compte rendu en JSON
        """;
}
