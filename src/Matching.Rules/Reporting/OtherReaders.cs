namespace Matching.Rules.Reporting;

/// <summary>Those who read other tables about a part of the same people: by subtracting their own, they would read the rest.</summary>
public static class OtherReaders
{
    public static Rule NotSubtracted { get; } = new(
        "consolidation.soustraction",
        "Hors du facilitateur, une ligne de la consolidation n’est montrée que si chaque marché, acheteur et facilitateur qui y figure y a au moins 5 personnes, et les autres autant : retirer son propre tableau n’isole personne.",
        Rule.ToConfirm + " (usage statistique ; seuil fixé par les marchés)");

    /// <summary>Whether what one of them reads elsewhere would tell a small group of these contracts, or of the others.</summary>
    /// <param name="some">The contracts of one line.</param>
    /// <param name="all">Every contract of the table.</param>
    /// <param name="readersOf">The marché, the buyer and the facilitator of a lot. One that has the whole table has nothing to subtract.</param>
    public static bool WouldSubtract(IReadOnlyCollection<ReleasedContract> some, IReadOnlyCollection<ReleasedContract> all, Func<LotId, IEnumerable<Guid>> readersOf, int below)
    {
        ArgumentNullException.ThrowIfNull(some);
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(readersOf);
        return some.SelectMany(it => readersOf(it.LotId)).Distinct().Any(reader =>
        {
            bool Reads(ReleasedContract it) => readersOf(it.LotId).Contains(reader);
            return !all.All(Reads) && (PeopleIn(some.Where(Reads)) < below || PeopleIn(some.Where(it => !Reads(it))) < below);
        });
    }

    private static int PeopleIn(IEnumerable<ReleasedContract> contracts) => contracts.Select(it => it.PersonId).Distinct().Count();
}
