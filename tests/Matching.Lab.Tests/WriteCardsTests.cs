namespace Matching.Lab.Tests;

/// <summary>The verb that writes the cards of models.</summary>
public sealed class WriteCardsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("matching-cards-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void A_folder_without_a_model_is_said_and_nothing_is_written()
    {
        Assert.Equal(1, WriteCards.Run(["--models", folder], output, errors));
        Assert.Contains("Aucun modèle", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_model_that_cannot_be_read_is_refused_with_its_line_and_gets_no_card()
    {
        File.WriteAllText(Path.Combine(folder, "ranker-1.json"), "{ broken");
        Assert.Equal(1, WriteCards.Run(["--models", folder], output, errors));
        Assert.Contains("Le fichier du modèle n’est pas lisible (ligne 1).", errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "ranker-1.md")));
    }

    [Theory]
    [InlineData("--models")]
    [InlineData("--out", "x")]
    public void An_unknown_option_is_refused_with_the_one_that_exists(params string[] options)
    {
        Assert.Equal(2, WriteCards.Run(options, output, errors));
        Assert.Contains("--models DOSSIER", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_said_with_what_to_do()
    {
        Assert.Equal(1, WriteCards.Run(["--models", Path.Combine(folder, "nowhere")], output, errors));
        Assert.Contains("vérifiez que le dossier existe", errors.ToString(), StringComparison.Ordinal);
    }
}
