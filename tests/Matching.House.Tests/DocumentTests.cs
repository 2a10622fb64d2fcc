using System.Text.RegularExpressions;
using Matching.House.Tests.Reading;

namespace Matching.House.Tests;

/// <summary>Every link, path, command, option and address of the documents leads somewhere.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Kinds = [".md", ".cs", ".razor", ".json", ".csv", ".sln", ".props", ".css", ".sql", ".txt"];

    /// <summary>Written by people; the page of the samples is read where it is copied, since its paths are those of that folder.</summary>
    public static TheoryData<string> Documents =>
        [.. Repository.Files(".md").Where(path => !path.StartsWith("models/", StringComparison.Ordinal) && path != "src/Matching.Lab/Sample/Material/README.md")];

    [Fact]
    public void The_readme_and_the_map_exist() => Assert.All(["README.md", "src/ARCHITECTURE.md"], path => Assert.True(Repository.Has(path), path));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        var links = Link().Matches(Repository.Text(document)).Select(match => match.Groups[1].Value)
            .Where(link => !link.StartsWith("http", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Select(link => Path.Combine(folder, link.Split('#')[0]));
        Faults.None(links.Where(path => !Repository.Has(path)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_that_is_named_exists(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        var paths = Words(document).Where(IsPath);
        Faults.None(paths.Where(path => !new[] { path, Path.Combine(folder, path), Path.Combine("src", path) }.Any(Matches) && !IsBareNameBelow(folder, path)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_can_be_typed_as_it_is_written(string document) => Faults.None(Command().Matches(Repository.Text(document)).Select(match => WrongIn(match.Value)).OfType<string>());

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_option_that_is_named_is_read_by_a_program(string document)
    {
        var programs = Repository.CSharpUnder("src").Concat(Repository.CSharpUnder("tests/Matching.Benchmarks"));
        var sources = string.Join('\n', programs.Select(file => file.Text));
        var ours = OtherProgram().Replace(Repository.Text(document), "");
        var options = Option().Matches(ours).Select(match => match.Groups[1].Value).Distinct().Where(option => option is not ("project" or "help" or "tl:on"));
        Faults.None(options.Where(option => !sources.Contains($"--{option}", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_address_of_the_site_that_is_named_is_served(string document)
    {
        var routes = Repository.CSharpUnder("src/Matching.Web").SelectMany(file => file.Literals).Select(literal => Parameter().Replace(literal.Text, "{}")).ToHashSet();
        var addresses = Words(document).Where(word => Address().IsMatch(word)).Select(word => Parameter().Replace(word, "{}"));
        Faults.None(addresses.Where(address => !routes.Any(route => route == address || (route.Length > 1 && address == "/api/v1" + route))));
    }

    private static IEnumerable<string> Words(string document) =>
        InlineCode().Matches(Repository.Text(document)).Select(match => match.Groups[1].Value);

    private static bool IsPath(string words) =>
        !words.Contains(' ', StringComparison.Ordinal) && !words.StartsWith('/') && !words.Contains("://", StringComparison.Ordinal)
        && (Kinds.Contains(Path.GetExtension(words)) || words.StartsWith("src/", StringComparison.Ordinal) || words.StartsWith("tests/", StringComparison.Ordinal)
            || words.StartsWith(".ci/", StringComparison.Ordinal) || words.StartsWith("data-samples", StringComparison.Ordinal));

    // Named again without its folder, after the first time.
    private static bool IsBareNameBelow(string folder, string path) =>
        folder.Length > 0 && !path.Contains('/', StringComparison.Ordinal) && Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), path, SearchOption.AllDirectories).Any();

    // A name with * or <version> stands for several files.
    private static bool Matches(string path)
    {
        var pattern = "^" + Regex.Replace(Regex.Escape(path.TrimEnd('/')), @"<[^>]+>|\\\*", "[^/]+") + "(/|$)";
        return Repository.Has(path) || (pattern.Contains("[^/]+", StringComparison.Ordinal) && Repository.Files().Any(file => Regex.IsMatch(file, pattern)));
    }

    private static string? WrongIn(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["dotnet", "test" or "build", var target, ..])
        {
            return Repository.Has(target) ? null : command;
        }

        if (words is ["dotnet", "run", "-c", "Release", .. var measured])
        {
            words = ["dotnet", "run", .. measured];
        }

        if (words is not ["dotnet", "run", "--project", var project, .. var rest] || !Repository.Has($"{project}/{Path.GetFileName(project)}.csproj"))
        {
            return command;
        }

        var verb = string.Join(' ', rest.SkipWhile(word => word != "--").Skip(1).TakeWhile(word => !word.StartsWith('-')));
        return verb.Length == 0 || Verbs(project).Any(known => verb == known || verb.StartsWith(known + " ", StringComparison.Ordinal)) ? null : command;
    }

    /// <summary>The verbs that a console reads: declared as <c>Verb Verb … new("name"</c> in the host, as patterns in the laboratory.</summary>
    private static IEnumerable<string> Verbs(string project) => Repository.CSharpUnder(project)
        .SelectMany(file => DeclaredVerb().Matches(file.Text).Select(match => match.Groups[1].Value + match.Groups[2].Value)).Append("help");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"(?<=^\s*|`)dotnet (run|test|build) [^`\n#|]*", RegexOptions.Multiline)]
    private static partial Regex Command();

    // Commands of other programs have options of their own.
    [GeneratedRegex(@"^\s*(apt-get|npm|git) .*$", RegexOptions.Multiline)]
    private static partial Regex OtherProgram();

    [GeneratedRegex(@"(?<![\w-])--([A-Za-z][\w:-]*)")]
    private static partial Regex Option();

    [GeneratedRegex(@"^/[a-z][\w{}/.:-]*$|^/$")]
    private static partial Regex Address();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\bVerb Verb \{ get; \} = new\(\s*""([^""]+)""|^\s*\[""(\w+)"", \.\. var", RegexOptions.Multiline)]
    private static partial Regex DeclaredVerb();
}
