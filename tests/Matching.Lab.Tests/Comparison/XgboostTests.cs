using Matching.Features;
using Matching.Lab.Comparison;
using Matching.Lab.Training;
using Matching.Lab.Worlds;

namespace Matching.Lab.Tests.Comparison;

public sealed class XgboostTests : LabFolder
{
    private static readonly RankerModel Prior = RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_peer_chooses_its_rounds_on_employers_that_it_does_not_learn_from_whoever_was_left_out_before(bool onNewEmployers)
    {
        Assert.SkipUnless(XgboostFiles.IsInstalled, "xgboost is not installed");
        var family = WorldFamilies.All.Single(it => it.Name == "vetos-sans-noms") with { Postings = 60, Shown = 20 };
        var peer = RunWorld.Of(family, new TrainingOptions(), Prior, Folder, onNewEmployers, ceilingLists: 0, (name, _, run) => name is WorldResult.Free ? run() : new OrderResult(name, [], null, null));
        Assert.Matches("^depth [36], [0-9]+ rounds$", peer.Order(WorldResult.Free)!.Chosen!);
        Assert.True(peer.MeanOf(WorldResult.Free) > peer.MeanOf(WorldResult.Chance) + 0.05);
    }

    [Fact]
    public void What_xgboost_refuses_is_said_in_its_own_words_without_its_warnings()
    {
        Assert.SkipUnless(XgboostFiles.IsInstalled, "xgboost is not installed");
        var refused = Assert.Throws<InvalidDataException>(() => new XgboostFiles(Folder).Run($"task = train\ndata = \"{At("none.txt")}\"\n"));
        Assert.Contains("Cannot find any files", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
