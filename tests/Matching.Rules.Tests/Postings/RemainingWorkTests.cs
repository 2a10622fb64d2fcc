using Matching.Rules.Postings;

namespace Matching.Rules.Tests.Postings;

public sealed class RemainingWorkTests
{
    [Theory]
    [Trait("règle", "offre.reste-a-faire")]
    [InlineData(3, 900, 2, 6_000, 0, 0, 1, 800)]
    [InlineData(3, 900, 2, 6_001, 0, 0, 1, 800)]
    [InlineData(3, 900, 2, 5_999, 0, 0, 1, 801)]
    [InlineData(1, 100, 0, 6_060, 0, 0, 1, 0)]
    [InlineData(2, null, 1, 6_000, 0, 0, 1, null)]
    [InlineData(1, 800, 3, 12_000, 2, 6_000, 1, 700)]
    [InlineData(1, 800, 1, 12_000, 2, 6_000, 2, 700)]
    [InlineData(2, 800, 5, 0, 0, 0, 1, 800)]
    public void What_is_left_is_what_was_foreseen_less_what_was_done_since_it_was_written(
        int posts, int? foreseen, int working, int counted, int workingBefore, int countedBefore, int postsLeft, int? hoursLeft) =>
        Assert.Equal((postsLeft, hoursLeft), RemainingWork.Of(posts, foreseen, new WorkDone(working, counted), new WorkDone(workingBefore, countedBefore)));
}
