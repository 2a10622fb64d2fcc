using Matching.Lab.Lists;

namespace Matching.Lab.Evaluation;

/// <summary>Lists to learn from, and others to measure on; no posting is in both.</summary>
/// <param name="Name">What is left out, in French.</param>
/// <param name="Learned">Numbers of lists.</param>
/// <param name="Measured">Numbers of lists.</param>
public sealed record Fold(string Name, IReadOnlyList<int> Learned, IReadOnlyList<int> Measured);

/// <summary>Ways to cut lists in two, so that what is measured is what a model would meet: later days, other employers, other territories.</summary>
public static class ListSplits
{
    public const string ByTime = "time";
    public const string ByEmployer = "employer";
    public const string ByTerritory = "territory";

    /// <summary>Groups are put together into no more parts than this, each left out once.</summary>
    public const int MostFolds = 5;

    private const double LearnedShare = 0.7;

    /// <exception cref="InvalidDataException">The lists cannot be cut that way; the message is a French sentence.</exception>
    public static IReadOnlyList<Fold> Of(RankedLists lists, string way)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return way switch
        {
            ByTime => [OfDays(lists)],
            ByEmployer => OfGroups(lists, Array.ConvertAll(lists.Employer, employer => (string?)$"{employer}"), "employeurs", isNamed: false),
            ByTerritory => OfGroups(lists, lists.Territory ?? throw new InvalidDataException($"Les listes n’ont pas la colonne « {ListsFile.TerritoryColumn} » : elles ne peuvent pas être coupées par territoire."), "territoires", isNamed: true),
            _ => throw new InvalidDataException($"--split attend {ByTime}, {ByEmployer} ou {ByTerritory} ; reçu « {way} »."),
        };
    }

    // The first days to learn from, the last to measure on; a day is never cut, and a posting shown on both sides is only learned from.
    private static Fold OfDays(RankedLists lists)
    {
        var days = lists.Day.Order().ToArray();
        var last = days[(int)(LearnedShare * (days.Length - 1))];
        if (last == days[^1])
        {
            last = days.LastOrDefault(day => day < last, last);
        }

        var learned = Enumerable.Range(0, lists.Count).Where(list => lists.Day[list] <= last).ToList();
        var known = learned.Select(list => lists.Posting[list]).ToHashSet();
        var measured = Enumerable.Range(0, lists.Count).Where(list => lists.Day[list] > last && !known.Contains(lists.Posting[list])).ToList();
        return measured.Count > 0
            ? new Fold($"après le jour {last}", learned, measured)
            : throw new InvalidDataException("Les listes ne peuvent pas être coupées par le temps : toutes sont du même jour, ou d’offres déjà vues avant.");
    }

    // The largest groups first, each into the part that has the fewest lists so far. Lists of no known group are in neither side.
    private static List<Fold> OfGroups(RankedLists lists, IReadOnlyList<string?> groups, string what, bool isNamed)
    {
        var known = Enumerable.Range(0, lists.Count).Where(list => groups[list] is not null).ToList();
        var sized = known.GroupBy(list => groups[list]!).OrderByDescending(same => same.Count()).ThenBy(same => same.First()).ToList();
        if (sized.Count < 2)
        {
            throw new InvalidDataException($"Les listes ne peuvent pas être coupées : il faut au moins deux {what} différents.");
        }

        var parts = Enumerable.Range(0, Math.Min(MostFolds, sized.Count)).Select(_ => new List<IGrouping<string, int>>()).ToList();
        foreach (var group in sized)
        {
            parts.MinBy(part => part.Sum(it => it.Count()))!.Add(group);
        }

        return [.. parts.Select((part, at) =>
        {
            var measured = part.SelectMany(it => it).Order().ToList();
            var (isMeasured, postings) = (measured.ToHashSet(), measured.Select(list => lists.Posting[list]).ToHashSet());
            var learned = known.Where(list => !isMeasured.Contains(list) && !postings.Contains(lists.Posting[list])).ToList();
            return new Fold(isNamed && part.Count == 1 ? $"sans {part[0].Key}" : $"sans la part {at + 1} sur {parts.Count} des {what}", learned, measured);
        })];
    }
}
