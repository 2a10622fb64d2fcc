namespace Matching.Rules.People;

/// <summary>What two records of one pool are compared by.</summary>
public sealed record DuplicateTraits(Guid Id, string LastName, string FirstName, DateOnly BirthDate, string? Phone, string? Email);

/// <summary>Two records that may be one person, the older id first.</summary>
/// <param name="Why">What they share, in French.</param>
public sealed record ProbablePair(Guid FirstId, Guid SecondId, string Why);

/// <summary>Finds records that may be the same person. Nothing is ever merged by it: a person decides.</summary>
public static class ProbableDuplicates
{
    /// <summary>More records than this under one phone or mail are a shared one (an adviser's, a home's): it says nothing.</summary>
    private const int SharedByAtMost = 3;

    public static Rule NeverMergedAlone { get; } = new(
        "vivier.doublon-decide",
        "Deux fiches qui se ressemblent ne sont réunies que par une personne, qui peut revenir sur sa décision ; jamais entre deux structures sans l’accord des deux.",
        "Choix du service : une fusion à tort ferait perdre le suivi de quelqu’un");

    public static Rule SharedWhenBothAgree { get; } = new(
        "vivier.personne-partagee",
        "Une personne suivie par deux structures n’est reconnue comme une seule qu’une fois que les deux l’ont dit ; chacune peut revenir sur sa réponse, et aucune ne voit la fiche de l’autre.",
        "Choix du service : chaque structure répond de ses seules fiches");

    /// <summary>The form in which two people bear the same names: first and last name in either order, since forms invert them.</summary>
    public static string NamesKey(string lastName, string firstName) =>
        string.Join(' ', FrenchKey.Of($"{lastName} {firstName}").Split(' ').Order(StringComparer.Ordinal));

    /// <summary>The pairs, in the order of their ids, at most <paramref name="limit"/>.</summary>
    public static IReadOnlyList<ProbablePair> Find(IEnumerable<DuplicateTraits> people, int limit)
    {
        ArgumentNullException.ThrowIfNull(people);
        var all = people.OrderBy(person => person.Id).ToList();
        var found = new Dictionary<(Guid, Guid), string>();

        Add(all, person => NamesKey(person.LastName, person.FirstName) + person.BirthDate.DayNumber, int.MaxValue, "même nom et même date de naissance");
        Add(all.Where(person => person.Phone is not null), person => person.Phone!, SharedByAtMost, "même téléphone");
        Add(all.Where(person => person.Email is not null), person => person.Email!.ToUpperInvariant(), SharedByAtMost, "même courriel");
        return [.. found.OrderBy(pair => pair.Key).Take(limit).Select(pair => new ProbablePair(pair.Key.Item1, pair.Key.Item2, pair.Value))];

        void Add(IEnumerable<DuplicateTraits> among, Func<DuplicateTraits, string> key, int mostShared, string why)
        {
            foreach (var group in among.GroupBy(key, StringComparer.Ordinal).Select(group => group.ToList()).Where(group => group.Count > 1 && group.Count <= mostShared))
            {
                for (var i = 1; i < group.Count; i++)
                {
                    var pair = (group[i - 1].Id, group[i].Id);
                    found[pair] = found.TryGetValue(pair, out var other) ? $"{other}, {why}" : why;
                }
            }
        }
    }
}
