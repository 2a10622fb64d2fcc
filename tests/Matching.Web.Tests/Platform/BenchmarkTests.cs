using System.Diagnostics;
using System.Text.Json;
using Matching.Web.Tests.Pools;

namespace Matching.Web.Tests.Platform;

/// <summary>Every benchmark runs, however small, and ends with one JSON object that a program can read. Nothing measured is asserted.</summary>
public sealed class BenchmarkTests(BenchmarkTests.SharedFolder people) : IClassFixture<BenchmarkTests.SharedFolder>
{
    private static readonly string[] Keys = ["p50_ms", "p95_ms", "p99_ms", "rows", "kernel", "machine", "gc", "figures", "peers"];

    [Theory]
    [InlineData("scoring --rows 3000 --features 5 --runs 3", "row after row, one thread")]
    [InlineData("text --docs 300 --queries 5 --alone", null)]
    [InlineData("assignment --postings 20 --arcs 10 --people 200 --runs 1", "each posting its own best")]
    [InlineData("pooling --postings 10,20 --runs 1", "no plan of 20 postings has more")]
    [InlineData("training --rows 1400 --bags 2 --runs 1", "chance")]
    [InlineData("analyse --runs 1", null)]
    [InlineData("memory --people 2100 --folder SHARED", null)]
    [InlineData("start --people 2100 --folder SHARED --runs 1", null)]
    [InlineData("service --people 2100 --folder SHARED --requests 4", null)]
    [InlineData("update --people 2100 --folder SHARED --changes 1", null)]
    [InlineData("board --people 10 --requests 2", null)]
    [InlineData("dossier --people 2 --runs 1", null)]
    [InlineData("thread --people 400 --requests 2", null)]
    [InlineData("import --rows 100 --sheet-rows 100", null)]
    [InlineData("reference SAMPLES", null)]
    public async Task A_benchmark_ends_with_one_object_that_programs_read(string words, string? peer)
    {
        var said = await RunAsync(words);
        using var last = JsonDocument.Parse(said[^1]);

        Assert.All(Keys, key => Assert.True(last.RootElement.TryGetProperty(key, out _), key));
        Assert.Equal(JsonValueKind.Number, last.RootElement.GetProperty("p50_ms").ValueKind);
        var peers = last.RootElement.GetProperty("peers").EnumerateArray().Select(one => one.GetProperty("name").GetString());
        Assert.True(peer is null || peers.Contains(peer), said[^1]);
        Assert.DoesNotContain(said[..^1], line => line.StartsWith('{'));
    }

    [Fact]
    public async Task The_benchmark_of_titles_does_too_where_the_open_files_of_the_ROME_are()
    {
        var above = new DirectoryInfo(AppContext.BaseDirectory);
        while (above is not null && !Directory.Exists(Path.Combine(above.FullName, "shared", "reference", "rome")))
        {
            above = above.Parent;
        }

        Assert.SkipWhen(above is null, "The open files of the ROME are not beside this repository.");
        await A_benchmark_ends_with_one_object_that_programs_read("titles --queries 10", "untuned BM25 of the words");
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("reference a-folder-that-is-not-there")]
    public async Task The_benchmark_of_the_official_files_says_that_their_folder_is_missing(string words)
    {
        var (exitCode, said) = await RunAnywayAsync(words);
        Assert.Equal((2, "Give the folder of the official files: reference DIR"), (exitCode, Assert.Single(said)));
    }

    /// <summary>The people that several benchmarks measure are made once.</summary>
    public sealed class SharedFolder : IDisposable
    {
        public string FullName { get; } = Directory.CreateTempSubdirectory("matching-benchmarks-").FullName;

        public void Dispose() => Directory.Delete(FullName, recursive: true);
    }

    private async Task<string[]> RunAsync(string words)
    {
        var (exitCode, said) = await RunAnywayAsync(words);
        Assert.Equal(0, exitCode);
        return said;
    }

    private async Task<(int ExitCode, string[] Said)> RunAnywayAsync(string words)
    {
        var options = words.Split(' ').Select(word => word switch { "SHARED" => people.FullName, "SAMPLES" => PoolScene.Samples("reference"), _ => word });
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Matching.Benchmarks.dll"), .. options, "--json"]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
