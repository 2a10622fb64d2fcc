using Matching.Rules.Reporting;

namespace Matching.Web.Ranking.Fairness;

/// <summary>How many people are still let pass after each rule, by attribute, then by group.</summary>
/// <param name="rules">How many rules there are: a count before the first, then one after each.</param>
internal sealed class DoorGroups(IEnumerable<string> attributes, int rules)
{
    private readonly Dictionary<string, Dictionary<string, int[]>> left = attributes.ToDictionary(attribute => attribute, _ => new Dictionary<string, int[]>());

    /// <summary>Without the unknown where nobody is left among them: no group of none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int[]>> Counts => left.ToDictionary(
        it => it.Key, it => (IReadOnlyDictionary<string, int[]>)it.Value.Where(group => group.Key != Facets.Unknown || group.Value[0] != 0).ToDictionary());

    /// <param name="shutBy">The rule that shut the person out, from 0; null when all let pass.</param>
    public void Add(string attribute, string group, int? shutBy) => Count(attribute, group, shutBy, 1);

    /// <summary>A person who was added as unknown is told to be of a group.</summary>
    public void Tell(string attribute, string group, int? shutBy)
    {
        Count(attribute, Facets.Unknown, shutBy, -1);
        Count(attribute, group, shutBy, 1);
    }

    private void Count(string attribute, string group, int? shutBy, int people)
    {
        if (!left[attribute].TryGetValue(group, out var counts))
        {
            left[attribute][group] = counts = new int[rules + 1];
        }

        for (var step = 0; step <= (shutBy ?? rules); step++)
        {
            counts[step] += people;
        }
    }
}
