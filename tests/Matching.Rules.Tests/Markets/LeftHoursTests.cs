using Matching.Rules.Markets;

namespace Matching.Rules.Tests.Markets;

public sealed class LeftHoursTests
{
    private static readonly DateOnly Monday = new(2027, 1, 4);

    private static HourBlock Block(int fromDay, int days, int hours = 35, int posts = 1, Modality way = Modality.MiseADisposition) => new(
        PostingId.New(), LotId.New(), $"{fromDay}", Monday.AddDays(fromDay), Monday.AddDays(fromDay + days - 1), hours * 60, posts, [way], new CountingRules());

    private static (PooledPlan Plan, IReadOnlyList<(LeftReason Reason, int Minutes)> Left) Of(double km, bool isNearTrade, params HourBlock[] blocks)
    {
        var plan = PooledJobSearch.Of(blocks, (one, other) => PooledJobs.MayFollow(blocks[one], blocks[other], km, isNearTrade));
        return (plan, LeftHours.Of(blocks, plan, (_, _) => km, (_, _) => isNearTrade));
    }

    private static LeftReason Only(double km, bool isNearTrade, params HourBlock[] blocks)
    {
        var (plan, left) = Of(km, isNearTrade, blocks);
        Assert.Equal(plan.AllMinutes - plan.Minutes, left.Sum(it => it.Minutes));
        return Assert.Single(left).Reason;
    }

    [Fact]
    public void The_first_thing_that_is_missing_is_said()
    {
        Assert.Equal(LeftReason.NoCarrier, Only(10, true, Block(0, 100, way: Modality.EmbaucheDirecte)));
        Assert.Equal(LeftReason.Nearly, Only(10, true, Block(0, 150), Block(300, 180)));
        Assert.Equal(LeftReason.Dates, Only(10, true, Block(0, 149)));
        Assert.Equal(LeftReason.Dates, Only(10, true, Block(0, 100), Block(143, 100)));
        Assert.Equal(LeftReason.Dates, Only(10, true, Block(0, 100), Block(50, 100)));
        Assert.Equal(LeftReason.Trade, Only(10, false, Block(0, 100), Block(110, 100)));
        Assert.Equal(LeftReason.Travel, Only(31, true, Block(0, 100), Block(110, 100)));
        Assert.Equal(LeftReason.OtherCarrier, Only(10, true, Block(0, 100), Block(110, 100, way: Modality.SousTraitance)));
        Assert.Equal(LeftReason.TooShort, Only(10, true, Block(0, 50), Block(60, 50)));
        Assert.Equal(LeftReason.TooFewHours, Only(10, true, Block(0, 100, hours: 20), Block(100, 100, hours: 20)));
        Assert.Equal(LeftReason.TooFewHours, Only(10, true, Block(0, 200, hours: 20)));
    }

    [Fact]
    public void Posts_that_nothing_is_left_to_complete_are_counted_and_those_in_jobs_are_not()
    {
        var (plan, left) = Of(10, true, Block(0, 98, posts: 3), Block(98, 98));
        Assert.Single(plan.Jobs);
        Assert.Equal((LeftReason.Taken, 2 * 14 * 35 * 60), Assert.Single(left));
        Assert.Empty(Of(10, true, Block(0, 200)).Left);
    }

    [Fact]
    public void Reasons_come_with_the_most_hours_first()
    {
        var (plan, left) = Of(10, true, Block(0, 50), Block(200, 100, way: Modality.EmbaucheDirecte), Block(400, 20));
        Assert.Equal([(LeftReason.NoCarrier, 30_000), (LeftReason.Dates, 21_000)], left);
        Assert.Equal(plan.AllMinutes, left.Sum(it => it.Minutes));
    }
}
