using Matching.Features;
using Matching.Web.Platform;
using Matching.Web.Ranking;
using Matching.Web.Tests.Postings;
using Microsoft.Extensions.Configuration;

namespace Matching.Web.Tests.Ranking;

public sealed class ActiveModelTests
{
    [Fact]
    public void A_model_with_pairs_is_refused_because_the_lists_would_not_score_them()
    {
        var shipped = RankerModel.Read(File.ReadAllText(Path.Combine(PostingWorld.Root(), "models", "ranker-1.0.0-expert.json")));
        var (first, second) = (shipped.Features[0], shipped.Features[1]);
        var nothing = new PairPoints(first.Name, second.Name, [.. first.Points.Select(_ => 0)], [.. second.Points.Select(_ => 0)], [[(short)0]]);

        Assert.NotEmpty(Open(shipped).Model.Features);
        var refused = Assert.Throws<SettingException>(() => Open(shipped with { Pairs = [nothing] }));
        Assert.Contains("des paires de critères (1)", refused.Message, StringComparison.Ordinal);
    }

    private static ActiveModel Open(RankerModel model)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, RankerModelFile.Write(model));
            return new ActiveModel(new ConfigurationBuilder().AddInMemoryCollection([new("Ranking:Model", path)]).Build());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
