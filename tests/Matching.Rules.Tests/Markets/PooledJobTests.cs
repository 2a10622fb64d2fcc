using Matching.Rules.Markets;

namespace Matching.Rules.Tests.Markets;

public sealed class PooledJobTests
{
    private static readonly DateOnly Monday = new(2027, 1, 4);

    private static HourBlock Block(int fromDay, int days, int hours = 35, int posts = 1, Modality[]? ways = null, CountingRules? rules = null) => new(
        PostingId.New(), LotId.New(), $"{fromDay}", Monday.AddDays(fromDay), Monday.AddDays(fromDay + days - 1), hours * 60, posts, ways ?? [Modality.MiseADisposition], rules ?? new CountingRules());

    [Theory]
    [Trait("règle", "mutualisation.emploi-durable")]
    [InlineData(181, 24, true)]
    [InlineData(180, 24, false)]
    [InlineData(181, 23, false)]
    public void A_job_lasts_from_six_months_and_24_hours_a_week(int days, int hours, bool isLasting) => Assert.Equal(isLasting, PooledJobs.IsLasting([Block(0, days, hours)]));

    [Fact]
    public void A_posting_of_a_few_days_too_few_would_last_if_it_ended_later_unless_its_hours_or_its_ways_forbid_it()
    {
        // Six months from 4 January 2027 end on 3 July.
        Assert.Equal(new DateOnly(2027, 7, 3), PooledJobs.LastsIfUntil(Block(0, 178)));
        Assert.Null(PooledJobs.LastsIfUntil(Block(0, 181)));
        Assert.Null(PooledJobs.LastsIfUntil(Block(0, 178, hours: 23)));
        Assert.Null(PooledJobs.LastsIfUntil(Block(0, 178, ways: [Modality.EmbaucheDirecte])));
    }

    [Fact]
    public void Weeks_without_work_count_in_the_average()
    {
        // Nineteen weeks of 35 hours over twenty-six: 25.6 hours on average. Seventeen: 22.9.
        Assert.True(PooledJobs.IsLasting([Block(0, 70), Block(119, 63)]));
        Assert.False(PooledJobs.IsLasting([Block(0, 63), Block(126, 56)]));
    }

    [Theory]
    [Trait("règle", "mutualisation.enchainement")]
    [InlineData(0, 10.0, true, true)]
    [InlineData(42, 30.0, true, true)]
    [InlineData(43, 10.0, true, false)]
    [InlineData(-1, 10.0, true, false)]
    [InlineData(0, 30.1, true, false)]
    [InlineData(0, null, true, false)]
    [InlineData(0, 10.0, false, false)]
    public void A_block_follows_another_soon_after_near_by_and_in_a_near_trade(int gap, double? km, bool isNearTrade, bool may) =>
        Assert.Equal(may, PooledJobs.MayFollow(Block(0, 30), Block(30 + gap, 30), km, isNearTrade));

    [Fact]
    [Trait("règle", "mutualisation.porteur")]
    public void One_structure_carries_all_the_blocks_in_a_way_that_each_lot_admits()
    {
        Modality[] lent = [Modality.MiseADisposition], both = [Modality.MiseADisposition, Modality.SousTraitance], taken = [Modality.SousTraitance], hired = [Modality.EmbaucheDirecte];
        Assert.Equal([OrganizationKind.Geiq, OrganizationKind.Etti], PooledJobs.CarriersOf([Block(0, 100, ways: lent), Block(100, 100, ways: both)]));
        Assert.Equal([OrganizationKind.Ei], PooledJobs.CarriersOf([Block(0, 100, ways: taken), Block(100, 100, ways: both)]));
        Assert.Empty(PooledJobs.CarriersOf([Block(0, 100, ways: lent), Block(100, 100, ways: taken)]));
        Assert.Empty(PooledJobs.CarriersOf([Block(0, 200, ways: hired)]));
    }

    [Fact]
    [Trait("règle", "mutualisation.limites")]
    public void The_cap_of_an_association_the_week_and_the_credit_bound_a_job()
    {
        Assert.Contains(OrganizationKind.Ai, PooledJobs.CarriersOf([Block(0, 96)]));
        Assert.DoesNotContain(OrganizationKind.Ai, PooledJobs.CarriersOf([Block(0, 97)]));
        Assert.Contains(OrganizationKind.Ai, PooledJobs.CarriersOf([Block(0, 190, rules: new CountingRules(AiCapHours: 1000))]));
        Assert.Empty(PooledJobs.CarriersOf([Block(0, 190, hours: 49)]));
        Assert.NotEmpty(PooledJobs.CarriersOf([Block(0, 365, rules: new CountingRules(CreditMonths: 12))]));
        Assert.Empty(PooledJobs.CarriersOf([Block(0, 366, rules: new CountingRules(CreditMonths: 12))]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void On_small_cases_the_plan_is_the_best_of_every_way_to_join_posts(int seed)
    {
        var random = new Random(seed);
        var blocks = Enumerable.Range(0, 7).Select(_ => Block(random.Next(0, 300), random.Next(40, 220), random.Next(20, 40), random.Next(1, 3))).ToList();
        var follows = new bool[7, 7];
        for (var one = 0; one < 7; one++)
        {
            for (var other = 0; other < 7; other++)
            {
                follows[one, other] = PooledJobs.MayFollow(blocks[one], blocks[other], random.Next(0, 34), random.Next(5) > 0);
            }
        }

        var plan = PooledJobSearch.Of(blocks, (one, other) => follows[one, other]);
        Assert.Equal(BestByHand(blocks, follows, [.. blocks.Select(block => block.Posts)]), plan.Minutes);
        Assert.True(plan.IsBest && plan.Minutes <= plan.BoundMinutes && plan.BoundMinutes <= plan.AllMinutes);
        Assert.All(plan.Jobs, job => Assert.True(PooledJobs.IsLasting(job.Blocks) && job.Carriers.Count > 0));
        Assert.All(blocks, block => Assert.True(plan.Jobs.Sum(job => job.Blocks.Count(it => it.PostingId == block.PostingId)) <= block.Posts));
    }

    [Fact]
    public void When_not_every_chain_can_be_listed_the_bound_leaves_no_post_out()
    {
        // Four rounds of twenty postings, each followed by any of the next: 160,000 chains. Then one that lasts by itself.
        HourBlock[] blocks = [.. Enumerable.Range(0, 80).Select(at => Block(at / 20 * 60, 50)), Block(0, 200)];
        var plan = PooledJobSearch.Of(blocks, (one, other) => other < 80 && one < 80 && (one / 20) + 1 == other / 20);
        Assert.False(plan.IsBest);
        Assert.True(plan.BoundMinutes >= blocks[80].Minutes + (20 * 4 * blocks[0].Minutes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void On_a_large_territory_the_plan_is_within_five_per_cent_of_the_best(int seed)
    {
        var random = new Random(seed);
        var blocks = Enumerable.Range(0, 200).Select(_ => Block(7 * random.Next(0, 40), (7 * random.Next(4, 30)) - 3, random.Next(20, 36), random.Next(1, 4))).ToList();
        var places = blocks.ConvertAll(_ => (X: random.NextDouble() * 60, Y: random.NextDouble() * 60, Trade: random.Next(5)));
        var plan = PooledJobSearch.Of(blocks, (one, other) => PooledJobs.MayFollow(
            blocks[one], blocks[other], Math.Sqrt(Math.Pow(places[one].X - places[other].X, 2) + Math.Pow(places[one].Y - places[other].Y, 2)), places[one].Trade == places[other].Trade));
        Assert.InRange(plan.Gap, 0, 0.05);
        Assert.True(plan.Minutes > 0 && plan.Minutes <= plan.BoundMinutes && plan.BoundMinutes < plan.AllMinutes);
        Assert.All(blocks, block => Assert.True(plan.Jobs.Sum(job => job.Blocks.Count(it => it.PostingId == block.PostingId)) <= block.Posts));
    }

    [Fact]
    public void Two_short_lots_make_one_lasting_job_and_neither_does_alone()
    {
        HourBlock[] blocks = [Block(0, 100, posts: 2), Block(110, 90)];
        var job = Assert.Single(PooledJobSearch.Of(blocks, (one, other) => PooledJobs.MayFollow(blocks[one], blocks[other], 5, true)).Jobs);
        Assert.Equal(blocks, job.Blocks);
        Assert.Empty(PooledJobSearch.Of(blocks, (_, _) => false).Jobs);
        Assert.Empty(PooledJobSearch.Of([], (_, _) => true).Jobs);
    }

    [Fact]
    public void A_labourer_then_a_painter_after_a_month_make_a_job_of_two_people()
    {
        var first = Block(0, 0 + 65, posts: 2) with { Start = new DateOnly(2026, 11, 26), End = new DateOnly(2027, 1, 29) };
        var second = first with { PostingId = PostingId.New(), Start = new DateOnly(2027, 3, 1), End = new DateOnly(2027, 6, 18) };
        HourBlock[] blocks = [first, second];
        Assert.Equal(2, PooledJobSearch.Of(blocks, (one, other) => PooledJobs.MayFollow(blocks[one], blocks[other], 0, true)).Jobs.Count);
    }

    // All subsets of blocks in the order of time, all ways to repeat them: no chain list, no bound.
    private static int BestByHand(IReadOnlyList<HourBlock> blocks, bool[,] follows, int[] left)
    {
        var best = 0;
        for (var subset = 1; subset < 1 << blocks.Count; subset++)
        {
            var chain = Enumerable.Range(0, blocks.Count).Where(at => (subset & (1 << at)) != 0).OrderBy(at => blocks[at].Start).ToList();
            HourBlock[] joined = [.. chain.Select(at => blocks[at])];
            if (chain.All(at => left[at] > 0) && chain.Zip(chain.Skip(1)).All(pair => follows[pair.First, pair.Second]) && PooledJobs.IsLasting(joined) && PooledJobs.CarriersOf(joined).Count > 0)
            {
                best = Math.Max(best, joined.Sum(block => block.Minutes) + BestByHand(blocks, follows, [.. left.Select((posts, at) => posts - (chain.Contains(at) ? 1 : 0))]));
            }
        }

        return best;
    }
}
