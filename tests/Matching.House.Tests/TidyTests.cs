using System.Text.RegularExpressions;
using Matching.House.Tests.Reading;

namespace Matching.House.Tests;

/// <summary>What is kept in the repository, and what never is.</summary>
public sealed partial class TidyTests
{
    private static readonly string[] TextKinds = [".cs", ".razor", ".csproj", ".props", ".sln", ".md", ".json", ".css", ".js", ".sql", ".txt", ".csv", ".yml", ".sh"];

    private static IEnumerable<string> Texts => Repository.Files().Where(path => TextKinds.Contains(Path.GetExtension(path)) || path.StartsWith(".ci/", StringComparison.Ordinal));

    [Fact]
    public void The_top_level_holds_four_folders_the_solution_and_the_readme()
    {
        var tracked = Repository.Tracked();
        Assert.SkipWhen(tracked is null, "Not a git clone: what the repository keeps cannot be listed.");
        var top = tracked!.Select(path => path.Split('/')[0]).Where(name => !name.StartsWith('.')).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["Matching.sln", "README.md", "data-samples", "models", "src", "tests"], top);
    }

    [Fact]
    public void Nothing_is_left_for_later() =>
        Faults.None(Found(new Regex(@"\b(TO" + "DO|FIX" + "ME|HA" + @"CK)\b"), Texts));

    [Fact]
    public void No_merge_is_left_half_done() => Faults.None(Found(new Regex("^(<{7} |>{7} |={7}$)", RegexOptions.Multiline), Texts));

    [Fact]
    public void No_file_names_a_machine()
    {
        // A folder of someone's machine, a server inside a network, an address with a password.
        var machine = new Regex(@"(?<![\w.])/(home|Users|root|work|mnt)/\w|\b[A-Z]:\\\w|\b\w+\.(local|internal|corp|lan)\b|://[^/\s""]+:[^/\s""]+@");
        Faults.None(Found(machine, Texts.Where(path => path != "tests/Matching.House.Tests/TidyTests.cs")));
    }

    [Fact]
    public void Packages_come_from_the_users_own_registry()
    {
        Faults.None(Repository.Files().Where(path => NuGetSettings().IsMatch(Path.GetFileName(path))));
        var projects = Repository.Files(".csproj", ".props");
        Faults.None(Found(new Regex("RestoreSources|RestoreAdditionalProjectSources|Version=\"[^\"]*\\*"), projects));
    }

    [Fact]
    public void Versions_of_packages_are_written_once() =>
        Faults.None(Found(new Regex("PackageReference [^>]*Version="), Repository.Files(".csproj")));

    [Fact]
    public void No_code_is_kept_asleep_in_a_comment() => Faults.None(Found(Asleep(), Repository.Files(".cs")));

    [Fact]
    public void A_warning_is_silenced_only_with_its_reason_on_the_line_above()
    {
        var silenced = new Regex(@"(?<!^\s*//[^\n]+\n)^\s*(#pragma\s+warning\s+dis" + @"able|\[(assembly: )?SuppressMess" + "age)", RegexOptions.Multiline);
        Faults.None(Found(silenced, Repository.Files(".cs")));
    }

    private static IEnumerable<string> Found(Regex words, IEnumerable<string> paths) =>
        paths.SelectMany(path => words.Matches(Repository.Text(path)).Select(match => $"{path}: {match.Value.Trim()}"));

    [GeneratedRegex(@"^nuget\.config$", RegexOptions.IgnoreCase)]
    private static partial Regex NuGetSettings();

    // A line comment that ends as a statement does, or opens a block. Examples of use, at the head of a file, are indented by three spaces.
    [GeneratedRegex(@"^\s*//(?!/) ?(?!   )\S.*(;|\{|\}\)?;?)$", RegexOptions.Multiline)]
    private static partial Regex Asleep();
}
