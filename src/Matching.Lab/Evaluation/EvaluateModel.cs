using System.Globalization;
using System.Text.Json;
using Matching.Features;
using Matching.Lab.Lists;
using Matching.Lab.Verbs;

namespace Matching.Lab.Evaluation;

/// <summary><c>lab evaluate --lists FILE --model MODEL [--seed N] [--json]</c>: how well a model orders lists.</summary>
public static class EvaluateModel
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors) =>
        Verb.Run(typed, Help, ["--lists", "--model", "--seed"], ["--json"], output, errors, options =>
        {
            var (model, lists) = ScoreLists.Read(options, errors);
            var scores = Array.ConvertAll(ModelScores.Of(model, lists), score => (double)score);
            var metrics = ListMetrics.Of(lists, scores, options.Number("--seed", 1, 0, int.MaxValue));
            output.WriteLine(options.Has("--json") ? Json(model, metrics) : Text(model, metrics));
        });

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
        },
        Readable);

    private static string Text(RankerModel model, ListMetrics it)
    {
        var french = CultureInfo.GetCultureInfo("fr-FR");
        string Figure(double value) => value.ToString("0.0000", french);
        return $"""
            Modèle {model.Version}, {it.Lists} listes ({it.Rows} lignes) ; {it.ListsWithoutChoice} sans personne retenue, hors mesure.
              nDCG@10               {Figure(it.Ndcg10.Value)}   intervalle à 95 % : {Figure(it.Ndcg10.Low)} à {Figure(it.Ndcg10.High)}
              rappel à 5, à 20      {Figure(it.Recall5)}   {Figure(it.Recall20)}
              1/rang de l’embauche  {Figure(it.HiredRank)}
              précision à 5         {Figure(it.Precision5)}
            """;
    }

    private static double Round(double value) => Math.Round(value, 6);

    private const string Help = """
        lab evaluate : mesure l’ordre qu’un modèle donne à des listes.

          --lists FICHIER   lists.csv (format : src/Matching.Lab/Lists/README.md)
          --model FICHIER   le modèle
          --seed N          graine des rééchantillonnages (1 par défaut)
          --json            les figures en JSON : ndcg10, interval, recall5, recall20, mrr_hired, precision5
        """;
}
