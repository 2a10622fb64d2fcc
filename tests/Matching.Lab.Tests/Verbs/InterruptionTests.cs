using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Matching.Lab.Tests.Verbs;

/// <summary>A verb that is stopped by Ctrl-C, or by the machine that shuts down: what it says, what it leaves, and that the same command then does the rest.</summary>
public sealed partial class InterruptionTests : LabFolder
{
    private const string NothingWritten = "Arrêté avant la fin : rien n’a été écrit. Pour recommencer, relancer la même commande.";
    private const string PartsKept = "Arrêté avant la fin : les fichiers déjà écrits sont entiers et gardés. Pour finir, relancer la même commande.";

    private LabProcess Start(params IEnumerable<string> words) => LabProcess.Start(At("tools"), At("temporary"), words);

    private async Task<string> CompletedAsync(params IEnumerable<string> words)
    {
        using var lab = Start(words);
        var (code, output, errors) = await lab.EndAsync();
        Assert.True(code == 0, errors);
        return output;
    }

    private static async Task StopsAsync(LabProcess lab, string signal, int expected, string sentence)
    {
        var watch = Stopwatch.StartNew();
        lab.Send(signal);
        var (code, output, errors) = await lab.EndAsync();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.EndsWith(sentence + Environment.NewLine, errors, StringComparison.Ordinal);
        Assert.Equal((expected, ""), (code, output));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_training_that_is_stopped_leaves_the_old_model_and_nothing_beside_it(string signal, int expected)
    {
        await File.WriteAllTextAsync(At("lists.csv"), InventedLists.Csv(60, 20, 1), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(At("features.json"), InventedLists.Features, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(At("model.json"), "old", TestContext.Current.CancellationToken);
        string[] Words(string model) => ["train", "--lists", At("lists.csv"), "--features", At("features.json"), "--bags", "30", "--out", At(model)];
        using (var lab = Start(Words("model.json")))
        {
            await lab.HasBegunAsync();
            await StopsAsync(lab, signal, expected, NothingWritten);
        }

        Assert.Equal("old", await File.ReadAllTextAsync(At("model.json"), TestContext.Current.CancellationToken));
        Assert.Equal(["features.json", "lists.csv", "model.json"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        await CompletedAsync(Words("model.json"));
        await CompletedAsync(Words("never-stopped.json"));
        Assert.Equal(File.ReadAllBytes(At("never-stopped.json")), File.ReadAllBytes(At("model.json")));
    }

    [Fact]
    public async Task Worlds_that_were_written_before_the_stop_are_kept_and_the_same_command_writes_the_others()
    {
        string[] Words(string to) => ["simulate", "--worlds", "vetos,produits-sans-noms,reciproque", "--postings", "20", "--out", At(to), "--prior", Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")];
        using (var lab = Start(Words("stopped")))
        {
            await lab.HasBegunAsync();
            await StopsAsync(lab, "INT", 130, PartsKept);
        }

        Assert.InRange(Directory.GetFiles(At("stopped"), "monde.txt", SearchOption.AllDirectories).Length, 1, 2);
        Assert.Empty(Directory.GetFiles(At("stopped"), "*.part", SearchOption.AllDirectories));
        await CompletedAsync(Words("stopped"));
        await CompletedAsync(Words("never-stopped"));
        var files = Directory.GetFiles(At("never-stopped"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(At("never-stopped"), path)).Order().ToList();
        Assert.Equal(files, Directory.GetFiles(At("stopped"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(At("stopped"), path)).Order());
        Assert.All(files, file => Assert.True(File.ReadAllBytes(At($"stopped/{file}")).SequenceEqual(File.ReadAllBytes(At($"never-stopped/{file}"))), file));
    }

    [Fact]
    public async Task A_comparison_that_is_stopped_stops_its_peer_clears_its_files_and_goes_on_from_what_it_measured()
    {
        // In place of the peer, a program that never ends.
        Directory.CreateDirectory(At("tools"));
        await File.WriteAllTextAsync(At("tools/xgboost"), $"#!/bin/sh\necho $$ > {At("peer")}\nexec /bin/sleep 300\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At("tools/xgboost"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string[] words = ["compare", "--worlds", "vetos-sans-noms", "--bags", "1", "--pairs", "0", "--json", "--prior", Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")];
        string[] kept = [.. words, "--work", At("work")];
        using (var lab = Start(kept))
        {
            while (!File.Exists(At("peer")) || !File.ReadAllText(At("peer")).EndsWith('\n'))
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            await StopsAsync(lab, "INT", 130, PartsKept);
        }

        Assert.Empty(Directory.GetDirectories(At("temporary"), "matching-*"));
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(At("peer")).Trim()}"));
        File.Delete(At("tools/xgboost"));
        Assert.Equal(3, Directory.GetFiles(At("work")).Length);
        Assert.Equal(WithoutDurations(await CompletedAsync(words)), WithoutDurations(await CompletedAsync(kept)));
    }

    // The durations are the machine's, they are never the same twice.
    private static string WithoutDurations(string json) => Durations().Replace(json, "");

    [GeneratedRegex("""("seconds[^"]*": [0-9.]+|"seconds": \{[^}]*\})""")]
    private static partial Regex Durations();
}
