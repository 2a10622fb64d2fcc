using Matching.Lab.Evaluation;
using Matching.Lab.Lists;

namespace Matching.Lab.Comparison;

/// <summary>Whether the same people are proposed to everybody.</summary>
/// <param name="Gini">Of how often each person is among the first ten: 0 all alike, 1 one person has it all.</param>
/// <param name="Reached">Share of the people shown somewhere who are among the first ten at least once.</param>
public sealed record Congestion(double Gini, double Reached)
{
    /// <summary>Null where nobody is in front of several postings.</summary>
    public static Congestion? Of(RankedLists lists, double[] scores, int[] people)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(people);
        if (people.Any(person => person < 0))
        {
            return null;
        }

        var times = people.Distinct().ToDictionary(person => person, _ => 0);
        for (var list = 0; list < lists.Count; list++)
        {
            foreach (var row in TopOfList.Of(lists, scores, list))
            {
                times[people[row]]++;
            }
        }

        return new Congestion(GiniOf([.. times.Values]), times.Values.Count(count => count > 0) / (double)times.Count);
    }

    /// <summary>Of whole numbers; 0 when all are zero.</summary>
    public static double GiniOf(IReadOnlyList<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sum = values.Sum(value => (double)value);
        return sum == 0 ? 0 : values.Order().Select((value, at) => ((2.0 * (at + 1)) - values.Count - 1) * value).Sum() / (values.Count * sum);
    }
}
