using System.Text.RegularExpressions;
using Matching.House.Tests.Reading;

namespace Matching.House.Tests;

/// <summary>Small enough to be read, named for what it is.</summary>
public sealed partial class ShapeTests
{
    public const int LongestFile = 250;
    public const int LongestMethod = 60;
    public const int LongestProgram = 80;

    /// <summary>Longer on purpose (a table of rules, a kernel), each with its reason.</summary>
    private static readonly Dictionary<string, string> LongOnPurpose = [];

    /// <summary>Loops whose end is inside, each with what ends it.</summary>
    private static readonly Dictionary<string, string> EndsInside = new()
    {
        ["src/Matching.Web/Platform/EventLog.cs"] = "reads the history a page at a time, until a page is short",
    };

    /// <summary>Interfaces that name a contract proved by one implementation at a time, each with its reason.</summary>
    private static readonly Dictionary<string, string> ContractsApart = new()
    {
        ["ITextIndex"] = "the contract that its tests hold every text index to",
        ["IRankerTrainer"] = "the contract that its tests hold every trainer to",
    };

    [Fact]
    public void A_file_is_read_in_one_sitting()
    {
        var sources = Repository.Files(".cs", ".razor").Where(path => !LongOnPurpose.ContainsKey(path));
        Faults.None(sources.Select(path => (path, Lines: Lines(path))).Where(it => it.Lines > LongestFile));
    }

    [Fact]
    public void The_host_is_a_table_of_contents() =>
        Assert.All(Repository.Files(".cs").Where(path => Path.GetFileName(path) == "Program.cs"), path => Assert.True(Lines(path) <= LongestProgram, path));

    [Fact]
    public void A_method_is_read_on_one_screen()
    {
        var members = Repository.CSharp.Where(file => !LongOnPurpose.ContainsKey(file.Path)).SelectMany(file => Members.Of(file).Select(member => (file.Path, member))).ToList();
        Assert.True(members.Count > 500);
        Faults.None(members.Where(it => it.member.LineCount > LongestMethod).Select(it => $"{it.Path}:{it.member.FirstLine} {it.member.LineCount} lines"));
    }

    [Fact]
    public void A_type_is_named_for_what_it_is() =>
        Faults.None(Repository.CSharp.SelectMany(file => EmptyName().Matches(file.Code).Select(match => $"{file.Where(match.Index)} {match.Value}")));

    [Fact]
    public void A_folder_is_named_for_what_is_done_there()
    {
        string[] patterns = ["Commands", "Handlers", "Queries", "Controllers", "Services", "Repositories", "Models", "Dtos", "Helpers", "Utils", "Common", "Shared", "Interfaces"];
        var folders = Repository.Files(".cs", ".razor").SelectMany(path => path.Split('/')[..^1]).Distinct();
        Faults.None(folders.Intersect(patterns, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void An_interface_has_several_implementations_or_does_not_exist()
    {
        var code = string.Join('\n', Repository.CSharpUnder("src").Select(file => file.Code));
        var lonely = InterfaceName().Matches(code).Select(match => match.Groups[1].Value)
            .Where(name => !ContractsApart.ContainsKey(name))
            .Where(name => Regex.Count(code, $@"\b(class|struct|record)\s[^{{;]*?:[^{{;]*?\b{name}\b") < 2);
        Faults.None(lonely);
    }

    [Fact]
    public void An_exception_that_is_no_longer_needed_is_taken_away()
    {
        Faults.None(EndsInside.Keys.Where(path => !Repository.CSharp.Any(file => file.Path == path && Endless().IsMatch(file.Code))));
        Faults.None(LongOnPurpose.Keys.Where(path => !Repository.Has(path)));
    }

    [Fact]
    public void A_use_case_and_its_page_stand_side_by_side()
    {
        var pages = Repository.Files(".razor").Where(path => path.StartsWith("src/Matching.Web/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(pages);
        Faults.None(pages.Where(path => path.Contains("/Pages/", StringComparison.Ordinal) || path.Contains("/Views/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_waits_or_turns_without_an_end()
    {
        var found = Repository.CSharpUnder("src").Where(file => !EndsInside.ContainsKey(file.Path)).SelectMany(file => Endless().Matches(file.Code).Select(match => $"{file.Where(match.Index)} {match.Value}"));
        Faults.None(found);
    }

    private static int Lines(string path) => Repository.Text(path).TrimEnd('\n').Count(c => c == '\n') + 1;

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|record struct)\s+\w*(Manager|Helper|Helpers|Util|Utils|Base|Common|Data|Info|Dto)\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\binterface\s+(I[A-Z]\w+)")]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@"\bwhile\s*\(\s*true\s*\)|\bfor\s*\(\s*;\s*;\s*\)|\.(Wait\(\)|Result\b(?=\s*;))|\bThread\.Sleep\(")]
    private static partial Regex Endless();
}
