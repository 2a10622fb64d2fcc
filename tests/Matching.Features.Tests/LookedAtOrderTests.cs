using Matching.Features.Evaluation;

namespace Matching.Features.Tests;

public sealed class LookedAtOrderTests
{
    // By letter, the label; a point is nobody looked at. Shown in the order written; the candidate's order is given by places.
    private static double? Change(string shown, params int[] places) =>
        LookedAtOrder.Change(shown.Select((line, at) => new LookedAtLine(line != '.', line == '.' ? (byte)0 : (byte)(line - '0'), -at, -Array.IndexOf(places, at))), 10);

    [Fact]
    public void Who_was_never_looked_at_counts_neither_for_nor_against_an_order()
    {
        // Two people kept after one who was not: the candidate turns this, behind two whom nobody has looked at.
        var better = Change("011..", 3, 4, 1, 2, 0);
        Assert.Equal(Change("011", 1, 2, 0), better);
        Assert.True(better > 0);
        Assert.Equal(0, Change("10...", 2, 3, 4, 0, 1));
        Assert.True(Change("10...", 1, 0, 2, 3, 4) < 0);
    }

    [Theory]
    [InlineData("000.")]
    [InlineData("....")]
    [InlineData("")]
    [InlineData("12..")]
    [InlineData("1...")]
    public void Without_somebody_kept_and_somebody_looked_at_who_was_not_there_is_nothing_to_judge(string shown) => Assert.Null(Change(shown, [.. Enumerable.Range(0, shown.Length)]));
}
