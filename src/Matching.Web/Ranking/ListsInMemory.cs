using System.Collections.Concurrent;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>
/// The lists last shown to each person, for the time when the database is away: shown again as they were, less the people who are no
/// longer published as far as is known.
/// </summary>
public sealed class ListsInMemory(PoolIndex index, FrenchCalendar calendar)
{
    /// <summary>Some hundred kilobytes each at most.</summary>
    private const int MostLists = 500;

    private readonly ConcurrentDictionary<(PostingId, Guid), (RankCandidates.Answer Answer, DateTimeOffset At)> last = new();

    public void Keep(SignedIn reader, RankCandidates.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(answer);
        if (last.Count >= MostLists)
        {
            last.Clear();
        }

        last[(answer.PostingId, reader.UserId)] = (answer, calendar.Now);
    }

    /// <summary>Null when this reader was not shown the list of this posting, or shown fewer people than asked for now.</summary>
    public (RankCandidates.Answer Answer, DateTimeOffset At)? Of(SignedIn reader, PostingId posting, int limit)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (!last.TryGetValue((posting, reader.UserId), out var known) || known.Answer.Limit < limit)
        {
            return null;
        }

        var people = known.Answer.People.Where(person => index.IsPublished(person.PersonId.Value)).Take(limit).ToList();
        return (known.Answer with { People = people, Limit = limit }, known.At);
    }
}
