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
        return some.Select(it => marketOf(it.LotId)?.BuyerId).OfType<OrganizationId>().Distinct().Any(buyer => IsToldBuyer(buyer, some, all))
            || some.Select(it => marketOf(it.LotId)?.FacilitatorId).OfType<OrganizationId>().Distinct().Any(facilitator => Others(some, it => it.FacilitatorId == facilitator) is > 0 and var others && others < below);
    }

    // A buyer reads its marchés one by one, masked: a line that is all its own would give a masked part of it back.
    private bool IsToldBuyer(OrganizationId buyer, IReadOnlyCollection<ReleasedContract> some, IReadOnlyCollection<ReleasedContract> all)
    {
        var isAlone = Others(all, market => market.BuyerId == buyer) == 0;
        return !isAlone ? Others(some, market => market.BuyerId == buyer) < below
            : some.Count < all.Count || some.GroupBy(it => marketOf(it.LotId)?.Id).Any(market => PeopleIn(market) < below);
    }

    private int Others(IEnumerable<ReleasedContract> contracts, Func<Market, bool> reads) => PeopleIn(contracts.Where(it => marketOf(it.LotId) is not { } market || !reads(market)));

    private static int PeopleIn(IEnumerable<ReleasedContract> contracts) => contracts.Select(it => it.PersonId).Distinct().Count();
}
