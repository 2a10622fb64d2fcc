using System.Globalization;
using System.Text.Json;
using Matching.Features;
using Matching.Lab.Lists;
using Matching.Lab.Training;
using Matching.Lab.Verbs;

namespace Matching.Lab.Evaluation;

/// <summary>
/// <c>lab evaluate --lists FILE --model MODEL [--seed N] [--json]</c>: how well a model orders lists; or <c>--features FILE --split WAY</c>: how well
/// learning from one side of a cut orders the other.
/// </summary>
public static class EvaluateModel
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors) =>
        Verb.Run(typed, Help, ["--lists", "--model", "--seed", "--split", "--features", "--bags"], ["--json"], output, errors, options =>
        {
            if (options.Has("--split") || options.Has("--features"))
            {
                output.WriteLine(Split(options, errors));
                return;
            }

            if (options.Has("--bags"))
            {
                throw new InvalidDataException("--bags ne va qu’avec --split : mesurer un modèle n’apprend rien.");
            }

            var (model, lists) = ScoreLists.Read(options, errors);
            var scores = Array.ConvertAll(ModelScores.Of(model, lists), score => (double)score);
            var metrics = ListMetrics.Of(lists, scores, options.Number("--seed", 1, 0, int.MaxValue));
            output.WriteLine(options.Has("--json") ? Json(model, metrics) : Text(model, metrics));
        });

    private static string Split(VerbOptions options, TextWriter errors)
    {
        if (options.Has("--model"))
        {
            throw new InvalidDataException("--model ne va ni avec --split ni avec --features : une coupe apprend ses propres modèles.");
        }

        var (listsPath, featuresPath, split) = (options.Needed("--lists"), options.Needed("--features"), options.Needed("--split"));
        var defaults = new TrainingOptions();
        var training = defaults with { Seed = options.Number("--seed", defaults.Seed, 0, int.MaxValue), Bags = options.Number("--bags", defaults.Bags, 1, 100) };
        var features = FeaturesFile.Read(Verb.TextOf(featuresPath), Path.GetFileName(featuresPath));
        var lists = ListsFile.Read(new MemoryStream(Verb.BytesOf(listsPath), writable: false), features, Path.GetFileName(listsPath));
        var it = SplitMeasure.Of(lists, split, training, Progress.OnTerminal(errors, "Parts").Report);
        return !options.Has("--json") ? it.Words() : JsonSerializer.Serialize(
            new
            {
                split = it.Split,
                ndcg10 = Round(it.Ndcg10.Value),
                interval = new[] { Round(it.Ndcg10.Low), Round(it.Ndcg10.High) },
                wanted10 = Rounded(it.Wanted10),
                lists_measured = it.ListsMeasured,
                lists_left_aside = it.ListsLeftAside,
                parts = it.Folds.Select(fold => new { left_out = fold.Name, lists_learned = fold.ListsLearned, lists_measured = fold.ListsMeasured, ndcg10 = Rounded(fold.Ndcg10) }),
                peers = it.Peers.ToDictionary(peer => peer.Name, peer => new { ndcg10 = Rounded(peer.Ndcg10), ahead = Rounded(peer.Ahead), wanted10 = Rounded(peer.Wanted10) }),
            },
            Readable);
    }

    private static string Json(RankerModel model, ListMetrics metrics) => JsonSerializer.Serialize(
        new
        {
            model = model.Version,
            ndcg10 = Round(metrics.Ndcg10.Value),
            interval = new[] { Round(metrics.Ndcg10.Low), Round(metrics.Ndcg10.High) },
            recall5 = Round(metrics.Recall5),
            recall20 = Round(metrics.Recall20),
            mrr_hired = Round(metrics.HiredRank),
            precision5 = Round(metrics.Precision5),
            lists = metrics.Lists,
            lists_measured = metrics.Measured,
            lists_without_choice = metrics.ListsWithoutChoice,
            rows = metrics.Rows,
            wanted10 = Rounded(metrics.Wanted10),
            wish_order = Rounded(metrics.WishOrder),
        },
        Readable);

    private static string Text(RankerModel model, ListMetrics it)
    {
        var french = CultureInfo.GetCultureInfo("fr-FR");
        string Figure(double value) => value.ToString("0.0000", french);
        string Wish(string name, ListMean wish) => wish.Lists == 0 ? "" : $"\n  {name,-21} {Figure(wish.Interval.Value)}   intervalle à 95 % : {Figure(wish.Interval.Low)} à {Figure(wish.Interval.High)} ; {FrenchCount.Of(wish.Lists, "liste")} où l’on sait qui a donné suite";
        return $"""
            Modèle {model.Version}, {FrenchCount.Of(it.Lists, "liste")} ({FrenchCount.Of(it.Rows, "ligne")}) ; {it.ListsWithoutChoice} sans personne retenue, hors mesure.
              nDCG@10               {Figure(it.Ndcg10.Value)}   intervalle à 95 % : {Figure(it.Ndcg10.Low)} à {Figure(it.Ndcg10.High)}
              rappel à 5, à 20      {Figure(it.Recall5)}   {Figure(it.Recall20)}
              1/rang de l’embauche  {Figure(it.HiredRank)}
              précision à 5         {Figure(it.Precision5)}{Wish("partantes à 10", it.Wanted10)}{Wish("partante devant", it.WishOrder)}
            """;
    }

    private static object? Rounded(Interval? it) => it is null ? null : new { value = Round(it.Value), low = Round(it.Low), high = Round(it.High) };

    private static object? Rounded(ListMean it) => it.Lists == 0 ? null : new { value = Round(it.Interval.Value), low = Round(it.Interval.Low), high = Round(it.Interval.High), lists = it.Lists };

    private static double Round(double value) => Math.Round(value, 6);

    private const string Help = """
        lab evaluate : mesure l’ordre qu’un modèle donne à des listes.

          --lists FICHIER   lists.csv (format : src/Matching.Lab/Lists/README.md)
          --model FICHIER   le modèle
          --seed N          graine des rééchantillonnages (1 par défaut)

        Ou, sans modèle, apprend d’une part des listes et mesure sur l’autre :

          --split COUPE     time (les derniers jours), employer (des employeurs jamais vus) ou territory (colonne territory_id)
          --features FICHIER   features.json
          --bags N          sacs (14 par défaut)

          --json            les figures en JSON : ndcg10, interval, recall5, recall20, mrr_hired, precision5, wanted10, wish_order

        Quand les listes ont la colonne wanted, dit aussi « partantes à 10 » : parmi les 10 premières, de celles dont la réponse est connue, la part
        qui a donné suite ; et « partante devant » : de deux personnes dont une seule a donné suite, combien de fois elle est devant.
        """;
}
