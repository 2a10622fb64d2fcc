using System.Globalization;
using Matching.Features;
using Matching.Lab.Worlds;

namespace Matching.Lab.Tests.Worlds;

/// <summary>The folders that <c>lab simulate</c> writes: which are left as they are, which are written anew.</summary>
public sealed class SimulateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("matching-worlds-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, "vetos", name);

    private void Simulate(string prior = "ranker-1.0.0-expert.json")
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Assert.Equal(0, SimulateWorlds.Run(["--out", folder, "--worlds", "vetos", "--postings", "3", "--prior", Path.Combine(AppContext.BaseDirectory, prior)], output, output));
    }

    [Fact]
    public void A_world_that_was_written_is_left_so_that_a_stopped_run_goes_on()
    {
        Simulate();
        File.WriteAllText(At("lists.csv"), "left");
        Simulate();
        Assert.Equal("left", File.ReadAllText(At("lists.csv")));
    }

    [Fact]
    public void A_world_written_before_people_told_what_they_wanted_is_written_anew()
    {
        Simulate();
        var family = WorldFamilies.All.Single(it => it.Name == "vetos") with { Postings = 3 };
        File.WriteAllText(At("monde.txt"), $"vetos, graine 1\n{WorldWords.Of(family)}\n{family}\n");
        File.WriteAllText(At("lists.csv"), "old");
        Simulate();
        Assert.Contains(",label,wanted,", File.ReadLines(At("lists.csv")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_world_drawn_with_other_points_is_written_anew()
    {
        Simulate();
        File.WriteAllText(At("lists.csv"), "old");
        var prior = RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")));
        var other = Path.Combine(folder, "other.json");
        File.WriteAllText(other, RankerModelFile.Write(prior with { Version = "autre" }));
        Simulate(other);
        Assert.NotEqual("old", File.ReadAllText(At("lists.csv")));
    }
}
