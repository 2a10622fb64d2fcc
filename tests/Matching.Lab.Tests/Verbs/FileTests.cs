using Matching.Lab.Auditing;
using Matching.Lab.Evaluation;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Verbs;

/// <summary>Files that cannot be read or written: a sentence in French, another exit code than 0, nothing overwritten.</summary>
public sealed class FileTests : LabFolder
{
    public FileTests()
    {
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("lists.csv"), InventedLists.Csv(30, 12, 1));
        File.WriteAllText(At("features.json"), InventedLists.Features);
        File.WriteAllText(At("groups.csv"), "row,sexe\n0,F\n");
        File.WriteAllText(At("labels.tsv"), "1\tmaçon\n");
        Assert.Equal(0, Run("train --lists lists.csv --features features.json --bags 1 --pairs 0 --out model.json"));
        Errors.GetStringBuilder().Clear();
    }

    // Whatever a verb says is looked at together. A value with a point is a file of the folder; so is "folder".
    private int Run(string words)
    {
        var options = words.Split(' ').Skip(1).Select(word => word.Contains('.', StringComparison.Ordinal) || word is "folder" ? (word.StartsWith('/') ? word : At(word)) : word).ToArray();
        return words.Split(' ')[0] switch
        {
            "train" => TrainModel.Run(options, Errors, Errors),
            "score" => ScoreLists.Run(options, Errors, Errors),
            "evaluate" => EvaluateModel.Run(options, Errors, Errors),
            "audit" => AuditModel.Run(options, Errors, Errors),
            _ => MatchTitles.Run(options, Errors, Errors),
        };
    }

    [Theory]
    [InlineData("train --lists none.csv --features features.json --out new.json", "none.csv » n’existe pas")]
    [InlineData("train --lists folder --features features.json --out new.json", "est un dossier")]
    [InlineData("train --lists lists.csv/deeper.csv --features features.json --out new.json", "deeper.csv » n’existe pas")]
    [InlineData("train --lists lists.csv --features folder --out new.json", "est un dossier")]
    [InlineData("train --lists lists.csv --features features.json --out folder", "est un dossier ; --out attend le nom d’un fichier")]
    [InlineData("train --lists lists.csv --features features.json --out labels.tsv/m.json", "labels.tsv » est un fichier, pas un dossier")]
    [InlineData("train --lists lists.csv --features features.json --out labels.tsv/deeper/m.json", "labels.tsv » est un fichier, pas un dossier")]
    [InlineData("train --lists lists.csv --features features.json --bags 1 --pairs 0 --out /proc/m.json", "/proc/m.json » ne peut pas être écrit")]
    [InlineData("score --lists none.csv --model model.json --out new.csv", "none.csv » n’existe pas")]
    [InlineData("score --lists lists.csv --model folder --out new.csv", "est un dossier")]
    [InlineData("score --lists lists.csv --model model.json --out labels.tsv/s.csv", "labels.tsv » est un fichier, pas un dossier")]
    [InlineData("score --lists lists.csv --model model.json --out /proc/s.csv", "/proc/s.csv » ne peut pas être écrit")]
    [InlineData("score --lists /proc/self/mem.csv --model model.json --out new.csv", "n’existe pas")]
    [InlineData("evaluate --lists lists.csv --model none.json", "none.json » n’existe pas")]
    [InlineData("evaluate --lists folder --model model.json", "est un dossier")]
    [InlineData("evaluate --lists lists.csv --features none.json --split time", "none.json » n’existe pas")]
    [InlineData("audit --lists lists.csv --model model.json --groups none.csv", "none.csv » n’existe pas")]
    [InlineData("audit --lists lists.csv --model model.json --groups folder", "est un dossier")]
    [InlineData("audit --lists lists.csv --model lists.csv/m.json --groups groups.csv", "m.json » n’existe pas")]
    [InlineData("titles --labels none.tsv --queries labels.tsv --out new.tsv", "--labels : Le fichier")]
    [InlineData("titles --labels labels.tsv --queries folder --out new.tsv", "--queries : «")]
    [InlineData("titles --labels labels.tsv --queries labels.tsv --out folder", "est un dossier ; --out attend le nom d’un fichier")]
    [InlineData("titles --labels labels.tsv --queries labels.tsv --out labels.tsv", "qui serait perdu")]
    [InlineData("titles --labels labels.tsv --queries labels.tsv --out lists.csv/t.tsv", "lists.csv » est un fichier, pas un dossier")]
    [InlineData("titles --labels labels.tsv --queries labels.tsv --out /proc/t.tsv", "/proc/t.tsv » ne peut pas être écrit")]
    public void A_file_that_cannot_be_used_is_said_in_french_and_nothing_is_written(string words, string expected)
    {
        var before = Contents();
        Assert.Equal(1, Run(words));
        var sentence = Assert.Single(Errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.StartsWith("Apprentissage", StringComparison.Ordinal));
        Assert.Contains(expected, sentence, StringComparison.Ordinal);
        Assert.DoesNotMatch("[Aa]ccess|[Cc]ould not|already exists|denied|Exception", sentence);
        Assert.Equal(before, Contents());
    }

    private Dictionary<string, string> Contents() => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllText);

    [Fact]
    public void A_file_that_the_rights_forbid_to_read_is_said_in_french()
    {
        var refused = Assert.Throws<InvalidDataException>(() => Matching.Lab.Verbs.Verb.Read<int>(At("lists.csv"), _ => throw new UnauthorizedAccessException("Access to the path is denied.")));
        Assert.Equal($"Le fichier « {At("lists.csv")} » ne peut pas être lu : les droits ne le permettent pas.", refused.Message);
    }

    [Theory]
    [InlineData("evaluate --lists lists.csv --model model.json --bags 3", "--bags ne va qu’avec --split")]
    [InlineData("evaluate --lists lists.csv --model model.json --split time", "--model ne va ni avec --split ni avec --features")]
    [InlineData("evaluate --lists lists.csv --model model.json --features features.json", "--model ne va ni avec --split ni avec --features")]
    [InlineData("train --lists lists.csv --features features.json --out new.json --trainer pointwise --pairs 3", "--pairs et --wish ne vont pas avec --trainer pointwise")]
    [InlineData("train --lists lists.csv --features features.json --out new.json --trainer pointwise --wish 0", "--pairs et --wish ne vont pas avec --trainer pointwise")]
    public void An_option_that_would_change_nothing_is_refused(string words, string expected)
    {
        Assert.Equal(1, Run(words));
        Assert.Contains(expected, Errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(At("new.json")));
    }
}
