using System.Globalization;
using System.Text.Json;
using Matching.Lab.Evaluation;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

/// <summary>The commands as they are typed: what they write, what they refuse, what they leave alone.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("matching-lab-").FullName;
    private readonly StringWriter output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter errors = new(CultureInfo.InvariantCulture);

    public VerbTests()
    {
        Write("lists.csv", InventedLists.Csv(30, 12, 1));
        Write("features.json", InventedLists.Features);
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        output.Dispose();
        errors.Dispose();
    }

    private string At(string name) => Path.Combine(folder, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private int Train(params string[] more) => TrainModel.Run(["--lists", At("lists.csv"), "--features", At("features.json"), "--out", At("model.json"), "--bags", "2", .. more], output, errors);

    private int Score() => ScoreLists.Run(["--lists", At("lists.csv"), "--model", At("model.json"), "--out", At("scores.csv")], output, errors);

    private int Evaluate() => EvaluateModel.Run(["--lists", At("lists.csv"), "--model", At("model.json"), "--json"], output, errors);

    [Fact]
    public void A_model_is_trained_scores_rows_in_their_order_and_is_measured()
    {
        Assert.Equal(0, Train("--seed", "3"));
        Assert.Equal(0, Score());
        var lines = File.ReadAllLines(At("scores.csv"));
        Assert.Equal("list_id,row,score", lines[0]);
        Assert.Equal(1 + (30 * 12), lines.Length);
        Assert.Equal(["l1", "12"], lines[13].Split(',')[..2]);

        output.GetStringBuilder().Clear();
        Assert.Equal(0, Evaluate());
        using var figures = JsonDocument.Parse(output.ToString());
        var (value, interval) = (figures.RootElement.GetProperty("ndcg10").GetDouble(), figures.RootElement.GetProperty("interval"));
        Assert.InRange(value, interval[0].GetDouble(), interval[1].GetDouble());
        Assert.InRange(value, 0.7, 1);
    }

    [Fact]
    public void Where_lists_say_what_people_wanted_it_is_measured_too()
    {
        Assert.Equal(0, Train());
        Assert.Equal(0, Evaluate());
        Assert.Contains("\"wanted10\": null", output.ToString(), StringComparison.Ordinal);

        // Whoever has much zut went along: the model puts them first.
        Write("lists.csv", InventedLists.WithWanted(InventedLists.Csv(30, 20, 1), cells => cells[7] is "" ? "" : cells[7] is "4" or "5" or "6" or "7" ? "1" : "0"));
        output.GetStringBuilder().Clear();
        Assert.Equal(0, Evaluate());
        using var figures = JsonDocument.Parse(output.ToString());
        Assert.All(["wanted10", "wish_order"], name =>
        {
            var it = figures.RootElement.GetProperty(name);
            Assert.InRange(it.GetProperty("value").GetDouble(), it.GetProperty("low").GetDouble(), it.GetProperty("high").GetDouble());
            Assert.InRange(it.GetProperty("value").GetDouble(), 0.6, 1);
            Assert.Equal(30, it.GetProperty("lists").GetInt32());
        });
        output.GetStringBuilder().Clear();
        Assert.Equal(0, EvaluateModel.Run(["--lists", At("lists.csv"), "--model", At("model.json")], output, errors));
        Assert.Matches("partantes à 10 .*30 listes(.|\n)*partante devant .*30 listes", output.ToString());
    }

    [Fact]
    public void Training_twice_writes_the_same_bytes()
    {
        Assert.Equal(0, Train());
        var first = File.ReadAllBytes(At("model.json"));
        Assert.Equal(0, Train());
        Assert.Equal(first, File.ReadAllBytes(At("model.json")));
    }

    [Theory]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof\n", "aucune ligne")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof\na,p,e,1,1,1,0,NaN,0,0\n", "« NaN »")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof,wanted\na,p,e,1,1,1,0,1,0,0,3\n", "colonne « wanted »")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop\n", "« bof » manque")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof\na,p,e,1,1,1,2,1,0,0\n", "Rien à apprendre")]
    public void Lists_that_cannot_be_learned_from_leave_the_old_model_alone(string csv, string expected)
    {
        Write("model.json", "old");
        Write("lists.csv", csv);
        Assert.Equal(1, Train());
        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(At("model.json")));
        Assert.Equal(3, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void A_model_edited_by_hand_is_refused_and_no_score_is_written()
    {
        Assert.Equal(0, Train());
        var json = File.ReadAllText(At("model.json"));
        var at = json.IndexOf("\"7\":", StringComparison.Ordinal) + 4;
        Write("model.json", json.Insert(at, "1"));
        Assert.Equal(1, Score());
        Assert.Contains("somme de contrôle", errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(At("scores.csv")));
    }

    [Fact]
    public void A_model_of_another_version_is_refused()
    {
        Assert.Equal(0, Train());
        Write("model.json", File.ReadAllText(At("model.json")).Replace("\"format\": 2", "\"format\": 3", StringComparison.Ordinal));
        Assert.Equal(1, Evaluate());
        Assert.Contains("Le modèle est au format 3", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_without_a_column_of_the_model_are_refused()
    {
        Assert.Equal(0, Train());
        Write("lists.csv", "list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,bof\na,p,e,1,1,1,2,1,0\n");
        Assert.Equal(1, Score());
        Assert.Contains("« flop » manque", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed attend un nombre entier", "--seed", "abc")]
    [InlineData("--wish attend un nombre de 0 à 0.5", "--wish", "0.6")]
    [InlineData("--wish attend un nombre de 0 à 0.5", "--wish", "0,2")]
    [InlineData("--wish attend un nombre de 0 à 0.5", "--wish", "-0.1")]
    [InlineData("n’existe pas. Options", "--graine", "1")]
    [InlineData("est écrite deux fois", "--bags", "3")]
    public void A_wrong_option_is_said(string expected, string option, string value)
    {
        var code = Train(option, value);
        Assert.NotEqual(0, code);
        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(At("model.json")));
    }

    [Fact]
    public void A_file_that_is_not_there_is_said()
    {
        Assert.Equal(1, TrainModel.Run(["--lists", At("none.csv"), "--features", At("features.json"), "--out", At("model.json")], output, errors));
        Assert.Contains("n’existe pas", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verb_has_help()
    {
        Assert.Equal(0, TrainModel.Run(["--help"], output, errors));
        Assert.Equal(0, ScoreLists.Run(["--help"], output, errors));
        Assert.Equal(0, EvaluateModel.Run(["--help"], output, errors));
        Assert.Contains("--features FICHIER", output.ToString(), StringComparison.Ordinal);
    }
}
