using System.Text.Json;
using Matching.Lab.Evaluation;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

/// <summary>The commands as they are typed: what they write, what they refuse, what they leave alone.</summary>
public sealed class VerbTests : LabFolder
{
    public VerbTests()
    {
        Write("lists.csv", InventedLists.Csv(30, 12, 1));
        Write("features.json", InventedLists.Features);
    }

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private int Train(params string[] more) => TrainModel.Run(["--lists", At("lists.csv"), "--features", At("features.json"), "--out", At("model.json"), "--bags", "2", .. more], Output, Errors);

    private int Score() => ScoreLists.Run(["--lists", At("lists.csv"), "--model", At("model.json"), "--out", At("scores.csv")], Output, Errors);

    private int Evaluate() => EvaluateModel.Run(["--lists", At("lists.csv"), "--model", At("model.json"), "--json"], Output, Errors);

    [Fact]
    public void A_model_is_trained_scores_rows_in_their_order_and_is_measured()
    {
        Assert.Equal(0, Train("--seed", "3"));
        Assert.Equal(0, Score());
        var lines = File.ReadAllLines(At("scores.csv"));
        Assert.Equal("list_id,row,score", lines[0]);
        Assert.Equal(1 + (30 * 12), lines.Length);
        Assert.Equal(["l1", "12"], lines[13].Split(',')[..2]);

        Output.GetStringBuilder().Clear();
        Assert.Equal(0, Evaluate());
        using var figures = JsonDocument.Parse(Output.ToString());
        var (value, interval) = (figures.RootElement.GetProperty("ndcg10").GetDouble(), figures.RootElement.GetProperty("interval"));
        Assert.InRange(value, interval[0].GetDouble(), interval[1].GetDouble());
        Assert.InRange(value, 0.7, 1);
    }

    [Fact]
    public void Where_lists_say_what_people_wanted_it_is_measured_too()
    {
        Assert.Equal(0, Train());
        Assert.Equal(0, Evaluate());
        Assert.Contains("\"wanted10\": null", Output.ToString(), StringComparison.Ordinal);

        // Whoever has much zut went along: the model puts them first.
        Write("lists.csv", InventedLists.WithWanted(InventedLists.Csv(30, 20, 1), cells => cells[7] is "" ? "" : cells[7] is "4" or "5" or "6" or "7" ? "1" : "0"));
        Output.GetStringBuilder().Clear();
        Assert.Equal(0, Evaluate());
        using var figures = JsonDocument.Parse(Output.ToString());
        Assert.All(["wanted10", "wish_order"], name =>
        {
            var it = figures.RootElement.GetProperty(name);
            Assert.InRange(it.GetProperty("value").GetDouble(), it.GetProperty("low").GetDouble(), it.GetProperty("high").GetDouble());
            Assert.InRange(it.GetProperty("value").GetDouble(), 0.6, 1);
            Assert.Equal(30, it.GetProperty("lists").GetInt32());
        });
        Output.GetStringBuilder().Clear();
        Assert.Equal(0, EvaluateModel.Run(["--lists", At("lists.csv"), "--model", At("model.json")], Output, Errors));
        Assert.Matches("partantes à 10 .*30 listes(.|\n)*partante devant .*30 listes", Output.ToString());
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
        Assert.Contains(expected, Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(At("model.json")));
        Assert.Equal(3, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void Files_are_learned_from_together_when_they_have_the_same_columns_in_the_same_order()
    {
        var other = InventedLists.Csv(20, 12, 2).Replace("\nl", "\nm", StringComparison.Ordinal);
        Write("first.csv", InventedLists.Csv(30, 12, 1).TrimEnd('\n'));
        Write("same.csv", "\uFEFF" + other.Replace("\n", "\r\n", StringComparison.Ordinal));
        Write("turned.csv", other.Replace("zut,flop,bof", "flop,zut,bof", StringComparison.Ordinal));
        Write("more.csv", InventedLists.WithWanted(other, _ => "1"));
        int Both(string second) => TrainModel.Run(["--lists", $"{At("first.csv")},{At(second)}", "--features", At("features.json"), "--out", At("model.json"), "--bags", "2"], Output, Errors);

        Assert.Equal(0, Both("same.csv"));
        Assert.Contains("50 listes, 600 lignes", Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Both("turned.csv"));
        Assert.Equal(1, Both("more.csv"));
        Assert.Equal(2, Errors.ToString().Split("n’a pas les mêmes noms de colonnes").Length - 1);
    }

    [Fact]
    public void Lists_in_another_encoding_are_refused_for_their_names_could_be_mixed_up()
    {
        File.WriteAllBytes(At("lists.csv"), System.Text.Encoding.Latin1.GetBytes(InventedLists.Csv(30, 12, 1).Replace("\nl", "\né", StringComparison.Ordinal)));
        Assert.Equal(1, Train());
        Assert.Contains("n’est pas en UTF-8", Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_cannot_be_written_leaves_nothing_beside_it()
    {
        Directory.CreateDirectory(At("model.json"));
        Assert.Equal(1, Train());
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
        Assert.Contains("est un dossier", Errors.ToString(), StringComparison.Ordinal);

        // One that takes the name while the model is learned.
        Assert.ThrowsAny<Exception>(() => Matching.Lab.Verbs.Verb.WriteWhole(At("model.json"), "new"));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Theory]
    [InlineData("lists.csv")]
    [InlineData("features.json")]
    [InlineData("kept.csv")]
    public void A_file_that_is_read_is_never_written_over(string name)
    {
        Write("kept.csv", File.ReadAllText(At("lists.csv")));
        var before = File.ReadAllText(At(name));
        Assert.Equal(1, TrainModel.Run(["--lists", $"{At("lists.csv")},{At("kept.csv")}", "--features", At("features.json"), "--out", Path.Combine(Folder, ".", name), "--bags", "2"], Output, Errors));
        Assert.Equal(1, ScoreLists.Run(["--lists", At("lists.csv"), "--model", At(name), "--out", At(name)], Output, Errors));
        Assert.Equal(2, Errors.ToString().Split("qui serait perdu").Length - 1);
        Assert.Equal(before, File.ReadAllText(At(name)));
    }

    [Fact]
    public void A_model_edited_by_hand_is_refused_and_no_score_is_written()
    {
        Assert.Equal(0, Train());
        var json = File.ReadAllText(At("model.json"));
        var at = json.IndexOf("\"7\":", StringComparison.Ordinal) + 4;
        Write("model.json", json.Insert(at, "1"));
        Assert.Equal(1, Score());
        Assert.Contains("somme de contrôle", Errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(At("scores.csv")));
    }

    [Fact]
    public void A_model_edited_by_hand_does_not_pass_for_one_of_an_older_format()
    {
        Assert.Equal(0, Train());
        Write("model.json", File.ReadAllText(At("model.json")).Replace("\"format\": 2", "\"format\": 1", StringComparison.Ordinal));
        Assert.Equal(1, Score());
        Assert.Contains("somme de contrôle", Errors.ToString(), StringComparison.Ordinal);
    }

    // Written by hand, so without a checksum.
    [Theory]
    [InlineData("""null""", "n’est pas lisible")]
    [InlineData("""[null]""", "vide (null)")]
    [InlineData("""[{"name":"zut","why":"","points":null}]""", "n’est pas lisible")]
    [InlineData("""[{"name":"zut","why":"","direction":"0","points":{"0":1,"255":2}}]""", "hors de 0 à 63")]
    [InlineData("""[{"name":"zut","why":"","direction":"0","points":{"0":1,"7":2}}]""", "n’a pas de points pour la valeur")]
    [InlineData("""[{"name":"bof","why":"","direction":"0","points":{"0":1,"1":1,"2":1,"3":1}}],"pairs":[null]""", "vide (null)")]
    [InlineData("""[{"name":"bof","why":"","direction":"0","points":{"0":1,"1":1,"2":1,"3":1}}],"pairs":[{"first":"bof","second":"bof","first_groups":[0,0,0,0],"second_groups":null,"points":[[1]]}]""", "n’est pas lisible")]
    [InlineData("""[{"name":"bof","why":"","direction":"0","points":{"0":1,"1":1,"2":1,"3":1}}],"pairs":[{"first":"bof","second":"bof","first_groups":[0,0,0,0],"second_groups":[0,0,0,0],"points":[null]}]""", "vide (null)")]
    [InlineData("""[{"name":"zut","why":"","direction":"0","points":{"0":1,"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1}},{"name":"bof","why":"","direction":"0","points":{"0":1,"1":1,"2":1,"3":1}}],"pairs":[{"first":"zut","second":"bof","first_groups":[0,0,0,0,0,0,0,0],"second_groups":[0,0,0,0],"points":[[1]]}]""", "n’a pas de groupe pour une valeur")]
    public void A_model_that_cannot_score_the_lists_is_refused_in_a_sentence(string features, string expected)
    {
        Write("scores.csv", "old");
        Write("model.json", $$"""{"version":"v","statement":"","made_on":"","training_data_hash":null,"promoted_by":null,"promoted_on":null,"features":{{features}}}""");
        Assert.Equal(1, Score());
        Assert.Contains(expected, Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(At("scores.csv")));
    }

    [Fact]
    public void A_model_of_another_version_is_refused()
    {
        Assert.Equal(0, Train());
        Write("model.json", File.ReadAllText(At("model.json")).Replace("\"format\": 2", "\"format\": 3", StringComparison.Ordinal));
        Assert.Equal(1, Evaluate());
        Assert.Contains("Le modèle est au format 3", Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_without_a_column_of_the_model_are_refused()
    {
        Assert.Equal(0, Train());
        Write("lists.csv", "list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,bof\na,p,e,1,1,1,2,1,0\n");
        Assert.Equal(1, Score());
        Assert.Contains("« flop » manque", Errors.ToString(), StringComparison.Ordinal);
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
        Assert.Contains(expected, Errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(At("model.json")));
    }

    [Fact]
    public void A_file_that_is_not_there_is_said()
    {
        Assert.Equal(1, TrainModel.Run(["--lists", At("none.csv"), "--features", At("features.json"), "--out", At("model.json")], Output, Errors));
        Assert.Contains("n’existe pas", Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verb_has_help()
    {
        Assert.Equal(0, TrainModel.Run(["--help"], Output, Errors));
        Assert.Equal(0, ScoreLists.Run(["--help"], Output, Errors));
        Assert.Equal(0, EvaluateModel.Run(["--help"], Output, Errors));
        Assert.Contains("--features FICHIER", Output.ToString(), StringComparison.Ordinal);
    }
}
