using Matching.Engine.Assignments;

namespace Matching.Features;

/// <summary>Someone who could take a post, with the score of the posting's list.</summary>
public readonly record struct PossibleTaker(Guid Person, int Rank, int Score);

/// <summary>An open posting in a proposal for several.</summary>
/// <param name="Posts">How many people it still looks for.</param>
public sealed record OpenPost(Guid Posting, int Posts, IReadOnlyList<PossibleTaker> Takers);

/// <param name="Price">Points by which a posting must prefer this person to its own other choices to be given them instead; 0 when no other asks for them.</param>
public sealed record ProposedPerson(Guid Posting, Guid Person, int Rank, int Score, double Price);

/// <param name="Value">Points above the lowest possible score, summed over the people proposed.</param>
/// <param name="Bound">No other way of sharing them out is worth more.</param>
public sealed record JointProposal(IReadOnlyList<ProposedPerson> People, long Value, double Bound);

/// <summary>
/// Each person to one posting at most, each posting as many as it looks for, so that the points of all together are the most there can be. It does
/// not change any list: it is one more thing to read beside them.
/// </summary>
public static class JointProposals
{
    /// <summary>Of each list, as many as may be shown.</summary>
    public const int MostTakers = 200;

    /// <param name="lowestScore">The least that a score can be: every pair is then worth something, and a post left empty is never better.</param>
    public static JointProposal Of(IReadOnlyList<OpenPost> posts, int lowestScore)
    {
        ArgumentNullException.ThrowIfNull(posts);
        var people = posts.SelectMany(post => post.Takers.Select(taker => taker.Person)).Distinct().Order().ToList();
        var numbers = people.Select((person, at) => (person, at)).ToDictionary(it => it.person, it => it.at);
        var pairs = posts.SelectMany((post, at) => post.Takers.Take(MostTakers).Select(taker => (Post: at, Taker: taker))).ToList();
        var assigned = Auction.Solve(new AssignmentProblem(
            [.. posts.Select(post => post.Posts)], [.. people.Select(_ => 1)],
            [.. pairs.Select(it => new Arc(it.Post, numbers[it.Taker.Person], Math.Clamp(it.Taker.Score - lowestScore, 0, AssignmentProblem.HighestValue)))]));
        return new JointProposal(
            [.. assigned.Arcs.Select(arc => pairs[arc]).Select(it => new ProposedPerson(
                posts[it.Post].Posting, it.Taker.Person, it.Taker.Rank, it.Taker.Score, assigned.Prices[numbers[it.Taker.Person]]))],
            assigned.Value, assigned.Bound);
    }
}
