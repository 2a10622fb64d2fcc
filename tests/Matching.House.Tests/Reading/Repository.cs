using System.Diagnostics;

namespace Matching.House.Tests.Reading;

/// <summary>The files of this repository as their authors see them: no build output, paths with "/" from the top.</summary>
public static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", ".git", ".vs", ".idea", "TestResults", "test-output", "node", "node_modules", "data"];
    private static readonly Lazy<IReadOnlyList<SourceFile>> Sources = new(() => [.. Files(".cs").Select(path => SourceFile.Read(path, Text(path)))]);

    /// <summary>The folder of Matching.sln, found by walking up from the tests.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file of src and tests, read once.</summary>
    public static IReadOnlyList<SourceFile> CSharp => Sources.Value;

    public static IEnumerable<SourceFile> CSharpUnder(string folder) =>
        CSharp.Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    /// <summary>The files with one of these extensions under src, tests, models, data-samples and the top; all of them when none is named.</summary>
    public static IReadOnlyList<string> Files(params string[] extensions) =>
        [.. Under(Root).Where(path => extensions.Length == 0 || extensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal)];

    /// <summary>What git keeps, or null outside a clone.</summary>
    public static IReadOnlyList<string>? Tracked()
    {
        if (!Has(".git"))
        {
            return null;
        }

        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "-C", Root, "ls-files", "--cached", "--others", "--exclude-standard"]) { RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> Under(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        var inner = Directory.EnumerateDirectories(folder).Where(inside => !NotOurs.Contains(Path.GetFileName(inside)));
        foreach (var file in inner.SelectMany(Under))
        {
            yield return file;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Matching.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Matching.sln is above the tests.");
    }
}
