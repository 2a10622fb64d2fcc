namespace Matching.Features.Tests;

public sealed class TeamDraftTests
{
    private static readonly Guid[] People = [.. Enumerable.Range(1, 40).Select(at => new Guid(at, 0, 0, new byte[8]))];

    private static IReadOnlyList<Guid> Order(int seed) => [.. People.OrderBy(person => new Random(HashCode.Combine(seed, person.GetHashCode())).Next()).ThenBy(person => person)];

    [Fact]
    public void Each_side_chooses_the_best_of_its_order_that_is_left_and_nobody_comes_twice()
    {
        var (first, second) = (Order(1), Order(2));
        var draft = TeamDraft.Of(first, second, person => person, seed: 42, count: 30);
        Assert.Equal(30, draft.Select(it => it.Item).Distinct().Count());
        for (var at = 0; at < draft.Count; at++)
        {
            var left = draft.Skip(at).Select(it => it.Item).ToHashSet();
            var order = draft[at].Side == DraftSide.A ? first : second;
            Assert.Equal(order.First(left.Contains), draft[at].Item);
            Assert.Equal(TeamDraft.SideAt(42, at), draft[at].Side);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_list_and_a_longer_list_begins_with_the_shorter()
    {
        var draft = TeamDraft.Of(Order(1), Order(2), person => person, 7, 40);
        Assert.Equal(draft, TeamDraft.Of(Order(1), Order(2), person => person, 7, 40));
        Assert.Equal(draft.Take(10), TeamDraft.Of(Order(1), Order(2), person => person, 7, 10));
        Assert.Equal(40, draft.Count);
    }

    [Fact]
    public void Each_round_gives_one_line_to_each_side_and_neither_begins_more_often()
    {
        var beginsA = 0;
        for (var seed = 0L; seed < 4000; seed++)
        {
            Assert.NotEqual(TeamDraft.SideAt(seed, 0), TeamDraft.SideAt(seed, 1));
            beginsA += TeamDraft.SideAt(seed, 0) == DraftSide.A ? 1 : 0;
        }

        Assert.InRange(beginsA, 1880, 2120);
        Assert.InRange(Enumerable.Range(0, 2000).Count(round => TeamDraft.SideAt(3, 2 * round) == DraftSide.A), 900, 1100);
    }
}
