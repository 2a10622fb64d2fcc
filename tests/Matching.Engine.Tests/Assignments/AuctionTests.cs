using Matching.Engine.Assignments;

namespace Matching.Engine.Tests.Assignments;

public sealed class AuctionTests
{
    [Fact]
    public void A_small_case_by_hand_gives_up_the_best_pair_for_the_best_total()
    {
        // Taker 0 has no other choice; taker 1 loses one point by stepping aside.
        var answer = Auction.Solve(new AssignmentProblem([1, 1], [1, 1], [new(0, 0, 10), new(1, 0, 12), new(1, 1, 11)]));
        Assert.Equal([0, 2], answer.Arcs);
        Assert.Equal(21, answer.Value);
    }

    [Fact]
    public void Small_cases_are_within_a_step_a_pair_of_trying_everything_and_the_bound_is_true()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var problem = RandomProblem(random, random.Next(1, 5), random.Next(1, 5), highest: random.Next(1, 30), capacity: 3);
            var best = BestOfAll(problem, 0, [.. problem.TakerCapacities], [.. problem.ItemCapacities]);
            var answer = Auction.Solve(problem);
            AssertAllowed(problem, answer);
            Assert.InRange(answer.Value, best - (answer.Arcs.Count / 16.0) - 1e-9, best);
            Assert.True(answer.Bound >= best - 1e-9, $"round {round}: the bound {answer.Bound} is below {best}");
        }
    }

    [Fact]
    public void With_fewer_than_sixteen_pairs_whole_values_leave_no_room_for_a_better_total()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var problem = RandomProblem(random, 3, 4, highest: 20, capacity: 2);
            Assert.Equal(BestOfAll(problem, 0, [.. problem.TakerCapacities], [.. problem.ItemCapacities]), Auction.Solve(problem).Value);
        }
    }

    [Fact]
    public void A_large_case_where_all_want_the_same_few_is_solved_to_a_thousandth_and_twice_alike()
    {
        var problem = Crowded(new Random(3), takers: 300, items: 2_000, arcsEach: 100);
        var answer = Auction.Solve(problem);
        AssertAllowed(problem, answer);
        Assert.InRange(answer.Gap, 0, 0.001);
        Assert.Equal(answer.Arcs, Auction.Solve(problem).Arcs);
    }

    [Fact]
    public void An_item_with_room_left_is_free_and_one_that_is_wanted_by_more_has_a_price()
    {
        var answer = Auction.Solve(new AssignmentProblem([1, 1, 1], [2, 5], [new(0, 0, 9), new(1, 0, 8), new(2, 0, 7), new(2, 1, 1)]));
        Assert.Equal([0, 1, 3], answer.Arcs);
        Assert.True(answer.Prices[0] >= 6);
        Assert.Equal(0, answer.Prices[1]);
    }

    [Fact]
    public void Nothing_to_assign_is_an_empty_answer()
    {
        Assert.Empty(Auction.Solve(new AssignmentProblem([], [], [])).Arcs);
        Assert.Empty(Auction.Solve(new AssignmentProblem([2], [0], [new(0, 0, 5)])).Arcs);
        var none = Auction.Solve(new AssignmentProblem([0], [1], [new(0, 0, 5)]));
        Assert.Equal((0, 0.0), (none.Arcs.Count, none.Gap));
    }

    [Fact]
    public void Impossible_problems_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AssignmentProblem([-1], [1], []));
        Assert.Throws<ArgumentException>(() => new AssignmentProblem([1], [1], [new(0, 1, 5)]));
        Assert.Throws<ArgumentException>(() => new AssignmentProblem([1], [1], [new(0, 0, -5)]));
        Assert.Throws<ArgumentException>(() => new AssignmentProblem([1], [1], [new(0, 0, 5), new(0, 0, 6)]));
    }

    private static AssignmentProblem RandomProblem(Random random, int takers, int items, int highest, int capacity) => new(
        [.. Enumerable.Range(0, takers).Select(_ => random.Next(0, capacity + 1))],
        [.. Enumerable.Range(0, items).Select(_ => random.Next(0, capacity + 1))],
        [.. from taker in Enumerable.Range(0, takers) from item in Enumerable.Range(0, items) where random.Next(3) > 0 select new Arc(taker, item, random.Next(0, highest + 1))]);

    // The same few items are the best of nearly every list.
    private static AssignmentProblem Crowded(Random random, int takers, int items, int arcsEach)
    {
        var appeal = Enumerable.Range(0, items).Select(_ => random.Next(0, 300)).ToArray();
        var arcs = Enumerable.Range(0, takers).SelectMany(taker => Enumerable.Range(0, items)
            .Select(item => new Arc(taker, item, appeal[item] + random.Next(0, 200))).OrderByDescending(arc => arc.Value).ThenBy(arc => arc.Item).Take(arcsEach));
        return new AssignmentProblem([.. Enumerable.Repeat(10, takers)], [.. Enumerable.Repeat(3, items)], [.. arcs]);
    }

    private static long BestOfAll(AssignmentProblem problem, int at, int[] takers, int[] items)
    {
        if (at == problem.Arcs.Count)
        {
            return 0;
        }

        var best = BestOfAll(problem, at + 1, takers, items);
        var arc = problem.Arcs[at];
        if (takers[arc.Taker] > 0 && items[arc.Item] > 0)
        {
            takers[arc.Taker]--;
            items[arc.Item]--;
            best = Math.Max(best, arc.Value + BestOfAll(problem, at + 1, takers, items));
            takers[arc.Taker]++;
            items[arc.Item]++;
        }

        return best;
    }

    private static void AssertAllowed(AssignmentProblem problem, Assignment answer)
    {
        var arcs = answer.Arcs.Select(at => problem.Arcs[at]).ToList();
        Assert.Equal(answer.Value, arcs.Sum(arc => (long)arc.Value));
        Assert.All(arcs.CountBy(arc => arc.Taker), taken => Assert.True(taken.Value <= problem.TakerCapacities[taken.Key]));
        Assert.All(arcs.CountBy(arc => arc.Item), given => Assert.True(given.Value <= problem.ItemCapacities[given.Key]));
        Assert.True(answer.Bound >= answer.Value - 1e-9);
    }
}
