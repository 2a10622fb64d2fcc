using Matching.Features;
using Matching.Web.Platform;
using Matching.Web.Ranking;
using Matching.Web.Tests.Postings;
using Microsoft.Extensions.Configuration;

namespace Matching.Web.Tests.Ranking;

public sealed class ActiveModelTests
{
    [Fact]
    public void A_pair_without_a_group_for_each_value_is_refused()
    {
        var shipped = RankerModel.Read(File.ReadAllText(Path.Combine(PostingWorld.Root(), "models", "ranker-1.0.0-expert.json")));
        var (first, second) = (shipped.Features[0], shipped.Features[1]);
        IReadOnlyList<int> Groups(FeatureShape shape) => [.. Enumerable.Repeat(0, shape.Points.Keys.Max() + 1)];
        var whole = new PairPoints(first.Name, second.Name, Groups(first), Groups(second), [[(short)0]]);

        Assert.Equal(whole.Name, Assert.Single(Open(shipped with { Pairs = [whole] }).Started.Pairs!).Name);
        foreach (var broken in new[] { whole with { FirstGroups = [0] }, whole with { SecondGroups = [.. Groups(second).Select(_ => -1)] }, whole with { Second = first.Name, SecondGroups = Groups(first) } })
        {
            var refused = Assert.Throws<SettingException>(() => Open(shipped with { Pairs = [broken] }));
            Assert.Contains("n’a pas un groupe pour chaque valeur", refused.Message, StringComparison.Ordinal);
        }
    }

    private static ModelShelf Open(RankerModel model)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, RankerModelFile.Write(model));
            return new ModelShelf(new ConfigurationBuilder().AddInMemoryCollection([new("Ranking:Model", path)]).Build());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
