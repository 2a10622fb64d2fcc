using Matching.Rules.Markets;

namespace Matching.Rules.Reporting;

/// <summary>Those who read other tables about a part of the same people: by subtracting their own, they would read the rest.</summary>
/// <param name="marketOf">The marché of a lot; null when the year no longer has it, and then nobody reads it elsewhere.</param>
public sealed class OtherReaders(Func<LotId, Market?> marketOf, int below)
{
    public static Rule NotSubtracted { get; } = new(
        "consolidation.soustraction",
        "Hors du facilitateur, une ligne de la consolidation n’est montrée que si un acheteur ou un facilitateur qui en retire ses propres marchés y trouve encore au moins 5 personnes (seuil).",
        Rule.ToConfirm + " (usage statistique ; seuil fixé par les marchés)");

    /// <summary>Whether what one of them reads elsewhere would tell a small group of these contracts.</summary>
    /// <param name="some">The contracts of one line, or all of them for the total.</param>
    /// <param name="all">Every contract of the table.</param>
    public bool WouldSubtract(IReadOnlyCollection<ReleasedContract> some, IReadOnlyCollection<ReleasedContract> all)
    {
        ArgumentNullException.ThrowIfNull(some);
        ArgumentNullException.ThrowIfNull(all);
        return LeftToOthers(some, market => market.FacilitatorId).Any(people => people > 0 && people < below)
            || (OfOneBuyer(all) ? IsToldToTheOnlyBuyer(some, all) : LeftToOthers(some, market => market.BuyerId).Any(people => people < below));
    }

    private bool OfOneBuyer(IEnumerable<ReleasedContract> all) => all.Select(it => marketOf(it.LotId)?.BuyerId).Distinct().Take(2).ToList() is [not null];

    // Alone in the year, a buyer reads its marchés one by one, masked: a line would give a masked part of one of them back.
    private bool IsToldToTheOnlyBuyer(IReadOnlyCollection<ReleasedContract> some, IReadOnlyCollection<ReleasedContract> all) =>
        some.Count < all.Count || some.GroupBy(it => marketOf(it.LotId)?.Id).Any(market => market.Select(it => it.PersonId).Distinct().Count() < below);

    /// <summary>For each reader of some of these contracts, the people who have another one: what it would find once its own are taken away.</summary>
    private IEnumerable<int> LeftToOthers(IEnumerable<ReleasedContract> contracts, Func<Market, OrganizationId> readerOf)
    {
        var people = contracts.Select(it => (it.PersonId, Reader: marketOf(it.LotId) is { } market ? readerOf(market) : (OrganizationId?)null))
            .GroupBy(it => it.PersonId, it => it.Reader).Select(person => person.Distinct().ToList()).ToList();
        var withOneReaderOnly = people.Where(readers => readers.Count == 1).CountBy(readers => readers[0] ?? default).ToDictionary();
        return people.SelectMany(readers => readers).OfType<OrganizationId>().Distinct().Select(reader => people.Count - withOneReaderOnly.GetValueOrDefault(reader));
    }
}
