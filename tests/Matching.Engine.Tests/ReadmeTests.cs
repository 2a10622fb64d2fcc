using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests;

public class ReadmeTests
{
    [Fact]
    public void The_example_of_the_readme_compiles_and_prints_what_it_says()
    {
        var printed = new StringWriter();
        Example(printed);
        Assert.Equal(["1. Bob: 32 = 2 + 15 + 15", "2. Ana: 26 = 8 + 10 + 8"],
            printed.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_example_tested_is_the_example_shown()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Matching.sln")))
        {
            root = root.Parent;
        }
        var readme = File.ReadAllText(Path.Combine(root.FullName, "src", "Matching.Engine", "README.md"));
        var test = File.ReadAllText(Path.Combine(root.FullName, "tests", "Matching.Engine.Tests", "ReadmeTests.cs"));
        var shown = readme.Split("```csharp")[1].Split("```")[0];
        var tested = test.Split("// README " + "starts")[1].Split("// README " + "ends")[0].Replace("printed.", "Console.", StringComparison.Ordinal);

        Assert.Equal(Lines(shown), Lines(tested));
    }

    private static string[] Lines(string code) =>
        code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static void Example(StringWriter printed)
    {
        // README starts
        var schema = new RowSchema(codeColumns: ["experience"], wideGroups: [new("trades", 2)], bitColumns: ["skills"]);
        var store = new RowStore<string>(schema);
        var (ana, bob, cleo) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        store.Apply(
            upserts:
            [
                new(ana, Codes: [3], Wide: [12, 0], Bits: [0b011], Text: "maçonnerie, enduits", Facts: "Ana"),
                new(bob, Codes: [0], Wide: [12, 40], Bits: [0b111], Text: "enduits à la chaux", Facts: "Bob"),
                new(cleo, Codes: [5], Wide: [7, 0], Bits: [0b001], Text: "", Facts: "Cléo"),
            ],
            deletions: []);
        var wanted = new bool[64];
        wanted[12] = true;
        var query = new Query(
            Scope: [],
            Hard: [Filter.WideAny("has the trade", "trades", wanted)],
            Features:
            [
                new("experience", CodeSource.Column("experience"), points: [2, 0, 4, 8, 9, 10]),
                new("skills", CodeSource.BitsHeld("skills", mask: 0b111), points: [0, 5, 10, 15]),
                new("words", CodeSource.TextPercentile("enduit à la chaux"), points: [.. Enumerable.Range(0, 16).Select(code => (short)code)]),
            ],
            Salt: Query.SaltOf(Guid.CreateVersion7()));
        var ranking = Ranking.Of(store.Current, query);
        foreach (var row in ranking.Top(10))
        {
            printed.WriteLine($"{row.Rank}. {row.Facts}: {row.Score} = {string.Join(" + ", row.Points.Select(one => one.Points))}");
        }
        // README ends
    }
}
