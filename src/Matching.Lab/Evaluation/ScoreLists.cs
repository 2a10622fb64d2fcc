using System.Globalization;
using System.Text;
using Matching.Features;
using Matching.Lab.Lists;
using Matching.Lab.Verbs;

namespace Matching.Lab.Evaluation;

/// <summary><c>lab score --lists FILE --model MODEL --out FILE</c>: the points of each row, in the order of the file.</summary>
public static class ScoreLists
{
    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors) =>
        Verb.Run(typed, Help, ["--lists", "--model", "--out"], [], output, errors, options =>
        {
            var target = Verb.TargetOf(options, options.Text("--lists"), options.Text("--model"));
            var (model, lists) = Read(options, errors);
            Verb.WriteWhole(target, Csv(lists, ModelScores.Of(model, lists)));
            output.WriteLine($"{FrenchCount.Of(lists.Rows, "ligne notée")} par le modèle {model.Version} : {target}");
        });

    /// <summary>The model, and the lists read with its features; columns that it does not know are passed over, and said.</summary>
    internal static (RankerModel Model, RankedLists Lists) Read(VerbOptions options, TextWriter errors)
    {
        var (listsPath, modelPath) = (options.Needed("--lists"), options.Needed("--model"));
        var model = RankerModelFile.Read(Verb.TextOf(modelPath));
        var bytes = Verb.BytesOf(listsPath);
        var lists = ListsFile.Read(new MemoryStream(bytes, writable: false), ModelScores.SpecsOf(model), Path.GetFileName(listsPath), mayHaveOthers: true, others =>
            errors.WriteLine($"Colonnes que le modèle ne connaît pas, laissées de côté : {string.Join(", ", others)}."));
        return (model, lists);
    }

    private static string Csv(RankedLists lists, int[] scores)
    {
        var byFileRow = new (string List, int Score)[lists.Rows];
        for (var list = 0; list < lists.Count; list++)
        {
            for (var row = lists.Start[list]; row < lists.Start[list + 1]; row++)
            {
                byFileRow[lists.FileRow[row]] = (lists.ListIds[list], scores[row]);
            }
        }

        var csv = new StringBuilder("list_id,row,score\n");
        for (var row = 0; row < byFileRow.Length; row++)
        {
            csv.Append(Quoted(byFileRow[row].List)).Append(CultureInfo.InvariantCulture, $",{row},{byFileRow[row].Score}\n");
        }

        return csv.ToString();
    }

    private static string Quoted(string id) => id.AsSpan().IndexOfAny(",\"\n\r") < 0 ? id : $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private const string Help = """
        lab score : note chaque ligne de listes avec un modèle.

          --lists FICHIER   lists.csv (format : src/Matching.Lab/Lists/README.md)
          --model FICHIER   le modèle
          --out FICHIER     list_id,row,score : une ligne par ligne lue, dans le même ordre ; row compte les lignes du fichier lu, à partir de 0
        """;
}
