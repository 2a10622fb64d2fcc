using System.Collections.Concurrent;
using Matching.Rules;

namespace Matching.Web.Search;

/// <summary>
/// What each organisation was last seen to be allowed to search, for the time when the database cannot be asked. As many entries as
/// organisations that searched.
/// </summary>
public sealed class LastSeen
{
    private readonly ConcurrentDictionary<OrganizationId, (IReadOnlySet<Guid> Pools, IReadOnlyDictionary<OrganizationId, string> Structures)> people = new();
    private readonly ConcurrentDictionary<OrganizationId, IReadOnlySet<Guid>> postings = new();

    public void KeepPeople(OrganizationId reader, IReadOnlySet<Guid> pools, IReadOnlyDictionary<OrganizationId, string> structures) => people[reader] = (pools, structures);

    public void KeepPostings(OrganizationId reader, IReadOnlySet<Guid> visible) => postings[reader] = visible;

    public (IReadOnlySet<Guid> Pools, IReadOnlyDictionary<OrganizationId, string> Structures)? PeopleOf(OrganizationId reader) =>
        people.TryGetValue(reader, out var known) ? known : null;

    public IReadOnlySet<Guid>? PostingsOf(OrganizationId reader) => postings.GetValueOrDefault(reader);
}
