namespace Matching.Features.Tests;

public sealed class JointProposalTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void On_small_cases_it_is_worth_as_much_as_the_best_of_all_the_ways_to_share_people_out(int seed)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(1, 6).Select(at => new Guid(at, 0, 0, new byte[8])).ToList();
        var posts = Enumerable.Range(1, 3).Select(at => new OpenPost(
            new Guid(100 + at, 0, 0, new byte[8]), random.Next(0, 3),
            [.. people.Where(_ => random.Next(4) > 0).Select((person, rank) => new PossibleTaker(person, rank + 1, random.Next(-300, 600)))])).ToList();
        var found = JointProposals.Of(posts, lowestScore: -300);
        Assert.Equal(Best(posts, people, 0, posts.ToDictionary(post => post.Posting, post => post.Posts)), found.People.Sum(it => it.Score + 300));
        Assert.Equal(found.People.Sum(it => it.Score + 300), found.Value);
        Assert.InRange(found.Bound, found.Value, found.Value + 1);
        Assert.Equal(found.People.Count, found.People.Select(it => it.Person).Distinct().Count());
        Assert.All(posts, post => Assert.True(found.People.Count(it => it.Posting == post.Posting) <= post.Posts));
    }

    [Fact]
    public void Without_postings_nobody_is_proposed() => Assert.Empty(JointProposals.Of([], 0).People);

    // Each person in turn: to nobody, or to any posting with room.
    private static int Best(IReadOnlyList<OpenPost> posts, IReadOnlyList<Guid> people, int at, Dictionary<Guid, int> room)
    {
        if (at == people.Count)
        {
            return 0;
        }

        var best = Best(posts, people, at + 1, room);
        foreach (var post in posts.Where(post => room[post.Posting] > 0))
        {
            foreach (var taker in post.Takers.Where(taker => taker.Person == people[at]))
            {
                room[post.Posting]--;
                best = Math.Max(best, taker.Score + 300 + Best(posts, people, at + 1, room));
                room[post.Posting]++;
            }
        }

        return best;
    }
}
