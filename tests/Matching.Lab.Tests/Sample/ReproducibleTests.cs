using Matching.Lab.Sample;

namespace Matching.Lab.Tests.Sample;

public sealed class ReproducibleTests
{
    [Fact]
    public void The_command_gives_back_the_files_of_data_samples_byte_for_byte()
    {
        var folder = Directory.CreateTempSubdirectory("matching-samples-");
        try
        {
            Assert.Equal(0, SampleCommand.Run(["--seed", "1", "--out", folder.FullName], TextWriter.Null, TextWriter.Null));
            var kept = Path.Combine(SampleFolder.Root(), "data-samples");

            Assert.Equal(Names(kept), Names(folder.FullName));
            Assert.All(Names(kept), name => Assert.True(
                File.ReadAllBytes(Path.Combine(kept, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder.FullName, name))),
                $"{name} differs from what the command writes: run it again, or mend src/Matching.Lab/Sample/Material."));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Another_seed_draws_other_people_in_the_same_territory()
    {
        var other = SampleFiles.Make(2, SampleCommand.DefaultDay);

        Assert.Equal(SampleFolder.Files.Select(f => f.Path), other.Select(f => f.Path));
        foreach (var (first, second) in SampleFolder.Files.Zip(other))
        {
            Assert.Equal(first.Path.StartsWith("viviers/", StringComparison.Ordinal), !first.Content.AsSpan().SequenceEqual(second.Content));
        }
    }

    [Fact]
    public void Another_day_moves_the_pools_and_nothing_else()
    {
        var later = SampleFiles.Make(SampleCommand.DefaultSeed, SampleCommand.DefaultDay.AddYears(1));

        foreach (var (first, second) in SampleFolder.Files.Zip(later))
        {
            Assert.Equal(first.Path.StartsWith("viviers/", StringComparison.Ordinal), !first.Content.AsSpan().SequenceEqual(second.Content));
        }
    }

    [Theory]
    [InlineData("--seed", "un", "--seed attend un nombre entier positif")]
    [InlineData("--seed", "-3", "--seed attend un nombre entier positif")]
    [InlineData("--day", "31/02/2026", "--day attend une date comme 2026-11-16")]
    [InlineData("--day", "0001-01-01", "entre 2000 et 2100")]
    [InlineData("--out", "", "--out attend le nom d'un dossier")]
    [InlineData("--graine", "1", "L'option « --graine » n'existe pas")]
    public void A_wrong_option_is_refused_with_a_sentence_and_writes_nothing(string option, string value, string sentence)
    {
        var errors = new StringWriter();

        Assert.Equal(2, SampleCommand.Run(["--out", Path.Combine(Path.GetTempPath(), "matching-never"), option, value], TextWriter.Null, errors));
        Assert.Contains(sentence, errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Path.GetTempPath(), "matching-never")));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_refused_with_a_sentence()
    {
        var file = Path.GetTempFileName();
        try
        {
            var errors = new StringWriter();

            Assert.Equal(1, SampleCommand.Run(["--out", file], TextWriter.Null, errors));
            Assert.Contains("vérifiez que le dossier existe", errors.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_help_names_every_option_and_its_default()
    {
        var output = new StringWriter();

        Assert.Equal(0, SampleCommand.Run(["--help"], output, TextWriter.Null));
        Assert.All(["--seed", "--day", "--out", "2026-11-16", "data-samples"], word => Assert.Contains(word, output.ToString(), StringComparison.Ordinal));
    }

    private static List<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(folder, p).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
