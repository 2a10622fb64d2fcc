using System.Reflection;
using System.Xml.Linq;
using Matching.House.Tests.Reading;

namespace Matching.House.Tests;

/// <summary>Who may know whom.</summary>
public sealed class DirectionTests
{
    public static TheoryData<string, string[]> Allowed => new()
    {
        { "Matching.Rules", [] },
        { "Matching.Engine", [] },
        { "Matching.Features", ["Matching.Engine", "Matching.Rules"] },
        { "Matching.Lab", ["Matching.Features"] },
        { "Matching.Web", ["Matching.Features"] },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void A_project_refers_only_to_the_rooms_below_it(string project, string[] below)
    {
        var references = Elements(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Order();
        Assert.Equal(below, references);
    }

    [Fact]
    public void There_are_five_source_projects_and_each_test_project_is_in_the_solution()
    {
        var projects = Repository.Files(".csproj").ToList();
        Assert.Equal(Allowed.Select(row => row.Data.Item1).Order(), projects.Where(path => path.StartsWith("src/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order());
        var solution = Repository.Text("Matching.sln").Replace('\\', '/');
        Assert.All(projects, path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Matching.Rules")]
    [InlineData("Matching.Engine")]
    public void Rules_and_engine_stand_on_the_framework_alone(string project)
    {
        Faults.None(Elements(project, "PackageReference"));
        Faults.None(Elements(project, "FrameworkReference"));
        var references = Assembly.Load(project).GetReferencedAssemblies().Select(name => name.Name!);
        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Matching.Rules")]
    [InlineData("Matching.Engine")]
    [InlineData("Matching.Features")]
    public void Rules_engine_and_features_open_no_file_and_no_network(string project)
    {
        string[] doors = ["System.IO.", "File.", "Directory.", "HttpClient", "Socket", "Console.", "Environment."];
        var found = Repository.CSharpUnder("src/" + project)
            .SelectMany(file => doors.Select(door => (file, door, At: file.Code.IndexOf(door, StringComparison.Ordinal))))
            .Where(it => it.At >= 0 && (it.At == 0 || !char.IsLetterOrDigit(it.file.Code[it.At - 1])))
            .Select(it => $"{it.file.Where(it.At)} {it.door}");
        Faults.None(found);
    }

    [Theory]
    [InlineData("Lists", "Training", "Evaluation", "Comparison")]
    [InlineData("Training", "Comparison")]
    [InlineData("Evaluation", "Comparison")]
    public void Learning_and_measuring_do_not_know_who_compares_them(string folder, params string[] above)
    {
        var found = Repository.CSharpUnder($"src/Matching.Lab/{folder}")
            .SelectMany(file => above.Where(name => file.Code.Contains($"Matching.Lab.{name}", StringComparison.Ordinal)).Select(name => $"{file.Path}: {name}"));
        Faults.None(found);
    }

    [Fact]
    public void The_engine_does_not_know_the_words_of_the_trade()
    {
        string[] words = ["Siae", "PassIae", "Siret", "Rome", "Facilitator", "Person", "Market", "Eligib", "Insertion", "Select "];
        var found = Repository.CSharpUnder("src/Matching.Engine")
            .SelectMany(file => words.Where(word => file.Code.Contains(word, StringComparison.Ordinal)).Select(word => $"{file.Path}: {word}"));
        Faults.None(found);
    }

    private static IEnumerable<string> Elements(string project, string name) =>
        XDocument.Parse(Repository.Text($"src/{project}/{project}.csproj")).Descendants(name).Select(element => element.Attribute("Include")!.Value);
}
