using System.Globalization;

namespace Matching.Lab.Tests;

/// <summary>The verb <c>titles</c>: any labels in, ranked labels out.</summary>
public sealed class MatchTitlesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("titles-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Path(string name) => System.IO.Path.Combine(folder, name);

    private string Write(string name, params string[] lines)
    {
        File.WriteAllText(Path(name), string.Concat(lines.Select(line => line + "\r\n")));
        return Path(name);
    }

    private (int Code, string Said, string[][] Answers) Run(string labels, string queries, params string[] more)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = MatchTitles.Run(["--labels", labels, "--queries", queries, "--out", Path("out.tsv"), .. more], output, errors);
        var answers = File.Exists(Path("out.tsv")) ? File.ReadAllLines(Path("out.tsv")).Select(line => line.Split('\t')).ToArray() : [];
        return (code, output.ToString() + errors, answers);
    }

    private string Labels() => Write("labels.tsv", "7\tmaçon/maçonne", "8\tmaçon du paysage", "", "9\tvendeur en boulangerie", "9\tcommercial en boulangerie");

    [Fact]
    public void Each_query_has_its_nearest_labels_ranked_from_one_with_their_score()
    {
        var (code, said, answers) = Run(Labels(), Write("queries.tsv", "q1\tMaçonne", "q2\tvendeuse en boulangerie"));

        Assert.Equal(0, code);
        Assert.Contains("2 requêtes, 4 libellés", said, StringComparison.Ordinal);
        Assert.Equal(["q1", "1", "7", "1.000000"], answers[0]);
        Assert.Equal(["q1", "2", "8"], answers[1][..3]);
        Assert.Equal(["q2", "1", "9"], answers.First(answer => answer[0] == "q2")[..3]);
        Assert.All(answers, answer => Assert.InRange(double.Parse(answer[3], CultureInfo.InvariantCulture), 0, 1));
        Assert.Single(answers, answer => answer[0] == "q2" && answer[2] == "9");
    }

    [Fact]
    public void Ten_answers_at_most_unless_asked_otherwise()
    {
        var labels = Write("many.tsv", [.. Enumerable.Range(0, 30).Select(at => $"{at}\tagent numéro {at}")]);
        var queries = Write("queries.tsv", "q\tagent");

        Assert.Equal(10, Run(labels, queries).Answers.Length);
        Assert.Equal(3, Run(labels, queries, "--top", "3").Answers.Length);
    }

    [Fact]
    public void A_query_without_a_near_label_has_no_answer() => Assert.Empty(Run(Labels(), Write("queries.tsv", "q1\txqzwk", "q2\t")).Answers);

    [Fact]
    public void A_line_without_a_tabulation_is_told_by_its_number_and_nothing_is_written()
    {
        var (code, said, answers) = Run(Labels(), Write("queries.tsv", "q1\tMaçon", "maçon sans identifiant"));

        Assert.Equal(1, code);
        Assert.Contains("ligne 2", said, StringComparison.Ordinal);
        Assert.Empty(answers);
    }

    [Fact]
    public void A_file_in_another_encoding_is_refused_for_its_accents_would_be_found_nowhere()
    {
        File.WriteAllBytes(Path("queries.tsv"), System.Text.Encoding.Latin1.GetBytes("q1\tMaçon\n"));
        var (code, said, answers) = Run(Labels(), Path("queries.tsv"));

        Assert.Equal(1, code);
        Assert.Contains("UTF-8", said, StringComparison.Ordinal);
        Assert.Empty(answers);
    }

    [Theory]
    [InlineData("--top", "0")]
    [InlineData("--top", "1000000000")]
    [InlineData("--top", "dix")]
    [InlineData("--sort", "x")]
    [InlineData("--top")]
    public void An_option_that_is_not_understood_is_named(params string[] more)
    {
        var (code, said, _) = Run(Labels(), Write("queries.tsv", "q1\tMaçon"), more);
        Assert.Equal(2, code);
        Assert.Contains(more[0], said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_in_a_sentence()
    {
        var (code, said, _) = Run(Path("absent.tsv"), Path("absent.tsv"));
        Assert.Equal(1, code);
        Assert.Contains("--labels", said, StringComparison.Ordinal);
        Assert.Equal(2, MatchTitles.Run(["--labels", "x"], TextWriter.Null, TextWriter.Null));
    }
}
