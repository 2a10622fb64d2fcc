namespace Matching.Lab.Tests.Evaluation;

public sealed class NdcgTests
{
    [Fact]
    public void The_best_order_is_worth_one_and_a_list_without_a_choice_nothing_at_all()
    {
        Assert.Equal(1, Ndcg.Of([3, 2, 1], [4, 1, 0], 10)!.Value, 12);
        Assert.Null(Ndcg.Of([3, 2, 1], [0, 0, 0], 10));
        Assert.Equal(1, Ndcg.Of([7], [2], 10)!.Value, 12);
    }

    [Fact]
    public void A_case_by_hand()
    {
        // Gains 0, 7, 1 in the order given; the best order is 7, 1, 0.
        var found = (7 / Math.Log2(3)) + (1 / Math.Log2(4));
        var best = 7 + (1 / Math.Log2(3));
        Assert.Equal(found / best, Ndcg.Of([3, 2, 1], [0, 3, 1], 10)!.Value, 12);
    }

    [Fact]
    public void Equal_scores_are_worth_the_mean_of_all_their_orders()
    {
        var orders = new double[][] { [3, 2, 1], [3, 1, 2], [2, 3, 1], [2, 1, 3], [1, 3, 2], [1, 2, 3] };
        Assert.Equal(orders.Average(order => Ndcg.Of(order, [0, 3, 1], 2)!.Value), Ndcg.Of([5, 5, 5], [0, 3, 1], 2)!.Value, 12);
    }

    [Fact]
    public void Beyond_the_cut_nothing_counts() => Assert.Equal(0, Ndcg.Of([3, 2, 1], [0, 0, 4], 2)!.Value, 12);

    [Fact]
    public void The_interval_holds_the_mean_and_narrows_with_more_postings()
    {
        var random = new Random(1);
        Interval Of(int count) => Bootstrap.MeanOf([.. Enumerable.Range(0, count).Select(_ => random.NextDouble())], [.. Enumerable.Range(0, count)], 1);
        var (few, many) = (Of(30), Of(900));
        Assert.InRange(few.Value, few.Low, few.High);
        Assert.True(many.High - many.Low < (few.High - few.Low) / 3);
    }
}
