using System.Text;
using Matching.Lab.Evaluation;
using Matching.Lab.Training;
using Matching.Lab.Verbs;
using Matching.Lab.Worlds;

namespace Matching.Lab.Tests.Verbs;

/// <summary>What somebody types who has never seen the lab: half a command, a device for a file, a file for a folder, a file of another kind.</summary>
public sealed class StrangerTests : LabFolder
{
    public StrangerTests()
    {
        File.WriteAllText(At("lists.csv"), InventedLists.Csv(30, 12, 1));
        File.WriteAllText(At("features.json"), InventedLists.Features);
        File.WriteAllText(At("labels.tsv"), "1\tmaçon\n");
    }

    private int Train(params string[] more) => TrainModel.Run(["--lists", At("lists.csv"), "--features", At("features.json"), "--bags", "1", "--pairs", "0", .. more], Output, Errors);

    private int Titles(params string[] options) => MatchTitles.Run(options, Output, Errors);

    [Theory]
    [InlineData("--json")]
    [InlineData("  ")]
    public void An_option_never_takes_the_next_one_or_a_blank_for_its_value(string value)
    {
        Assert.Equal("L’option --out attend une valeur.", VerbOptions.Read(["--out", value], ["--out"], ["--json"]).Refusal);
        Assert.Null(VerbOptions.Read(["--seed", "-1"], ["--seed"], []).Refusal);
        Assert.Equal(2, Titles("--labels", At("labels.tsv"), "--queries", At("labels.tsv"), "--out", value));
    }

    // A file moved over a device takes its place for every program of the machine. Nothing is written here: the name alone is looked at.
    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/../dev/fd/1")]
    public void A_device_is_never_written_over(string device)
    {
        Assert.Contains("est un périphérique", Assert.Throws<InvalidDataException>(() => Verb.Target("--out", device)).Message, StringComparison.Ordinal);
        Assert.Equal("/dev/shm/model.json", Verb.Target("--out", "/dev/shm/model.json"));
    }

    [Fact]
    public void Where_there_is_nothing_to_learn_that_alone_is_said()
    {
        File.WriteAllText(At("lists.csv"), InventedLists.Csv(3, 1, 1));
        Assert.Equal(1, Train("--out", At("model.json")));
        Assert.StartsWith("Rien à apprendre", Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Kept_lists_that_measure_nothing_are_refused_before_anything_is_learned()
    {
        File.WriteAllText(At("kept.csv"), InventedLists.Header + "l1,p1,e1,3,1,1,0,5,0,1\n");
        Assert.Equal(1, Train("--out", At("model.json"), "--judged", At("kept.csv")));
        Assert.StartsWith("Rien à mesurer", Errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(At("model.json")));
    }

    [Fact]
    public void A_text_in_two_bytes_a_letter_is_refused_for_its_encoding_and_not_for_its_first_column()
    {
        File.WriteAllBytes(At("lists.csv"), Encoding.Unicode.GetBytes(InventedLists.Csv(30, 12, 1)));
        File.WriteAllBytes(At("labels.tsv"), Encoding.Unicode.GetBytes("1\tmason\n"));
        Assert.Equal(1, Train("--out", At("model.json")));
        Assert.Equal(1, Titles("--labels", At("labels.tsv"), "--queries", At("labels.tsv"), "--out", At("out.tsv")));
        Assert.Equal(2, Errors.ToString().Split("n’est pas en UTF-8").Length - 1);
    }

    [Fact]
    public void A_quote_left_open_is_said_and_not_counted_as_columns()
    {
        File.WriteAllText(At("lists.csv"), InventedLists.Header + "l1,p1,e1,3,1,1,2,5,0,1\n\"l2,p1,e1,3,1,1,2,5,0,1\nl3,p1,e1,3,1,1,2,5,0,1\n");
        Assert.Equal(1, Train("--out", At("model.json")));
        Assert.Contains("ligne 3 : 1 colonne au lieu de 10. Un guillemet n’est peut-être pas fermé.", Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Worlds_are_not_drawn_for_a_folder_that_cannot_be()
    {
        Assert.Equal(1, SimulateWorlds.Run(["--out", At("lists.csv"), "--worlds", "vetos", "--postings", "3", "--prior", Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")], Output, Errors));
        Assert.Contains($"« {At("lists.csv")} » est un fichier, pas un dossier", Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_refuse_an_option_written_twice_and_help_wherever_it_is_asked()
    {
        Assert.Equal(2, Titles("--labels", At("labels.tsv"), "--labels", At("labels.tsv"), "--queries", At("labels.tsv"), "--out", At("out.tsv")));
        Assert.Contains("est écrite deux fois", Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Titles("--labels", At("labels.tsv"), "--help"));
        Assert.False(File.Exists(At("out.tsv")));
    }

    [Theory]
    [InlineData("labels.tsv", "none.tsv")]
    [InlineData("none.tsv", "labels.tsv")]
    public void Titles_from_a_file_without_a_line_are_refused_and_the_old_answers_stay(string labels, string queries)
    {
        File.WriteAllText(At("none.tsv"), "\n \n");
        File.WriteAllText(At("out.tsv"), "old");
        Assert.Equal(1, Titles("--labels", At(labels), "--queries", At(queries), "--out", At("out.tsv")));
        Assert.Contains("none.tsv : le fichier est vide", Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(At("out.tsv")));
    }

    // Whoever reads the file sees the first; the program took the last.
    [Fact]
    public void A_model_that_says_a_thing_twice_is_refused()
    {
        Assert.Equal(0, Train("--out", At("model.json")));
        var json = File.ReadAllText(At("model.json"));
        File.WriteAllText(At("model.json"), json.Insert(json.IndexOf("\"7\":", StringComparison.Ordinal), "\"7\":9000,"));
        Assert.Equal(1, ScoreLists.Run(["--lists", At("lists.csv"), "--model", At("model.json"), "--out", At("scores.csv")], Output, Errors));
        Assert.Contains("n’est pas lisible", Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_whose_direction_is_written_with_the_sign_of_print_is_held_to_it()
    {
        File.WriteAllText(At("model.json"), """{"version":"v","statement":"","made_on":"","training_data_hash":null,"promoted_by":null,"promoted_on":null,"features":[{"name":"bof","why":"","direction":"−","points":{"0":1,"1":1,"2":1,"3":2}}]}""");
        Assert.Equal(1, ScoreLists.Run(["--lists", At("lists.csv"), "--model", At("model.json"), "--out", At("scores.csv")], Output, Errors));
        Assert.Contains("Le critère bof va contre son sens", Errors.ToString(), StringComparison.Ordinal);
    }
}
