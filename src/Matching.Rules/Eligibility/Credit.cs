using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.Eligibility;

/// <summary>How long the hours of one person count for a marché.</summary>
public static class Credit
{
    public static Rule TwoYears { get; } = new(
        "credit.24-mois",
        "Hors CDI, les heures d’une personne comptent pendant la durée fixée par le marché (24 mois à défaut), sans dépasser la fin du marché.",
        "Stratégie régionale des Pays de la Loire (document fondateur 002)");

    public static Rule PermanentContract { get; } = new(
        "credit.cdi",
        "Les heures d’un CDI comptent jusqu’à la fin du marché, sauf plafond fixé par le marché.",
        "Stratégie régionale des Pays de la Loire (document fondateur 002) ; CCAP 21_BAM_048, art. 1.4");

    public static Rule Start { get; } = new(
        "credit.depart",
        "La durée comptée part du premier contrat de la personne sur ce marché, de la validation ou de chaque contrat, selon le marché.",
        Rule.ToConfirm + " (le départ des 24 mois n’est écrit dans aucune source lue : usage local)");

    /// <summary>The day from which the months of a contract are counted.</summary>
    /// <param name="firstHiredOn">First day of the person's first contract on the marché.</param>
    public static DateOnly StartOf(WorkContractKind kind, DateOnly hiredOn, DateOnly validatedOn, DateOnly firstHiredOn, CountingRules counting)
    {
        ArgumentNullException.ThrowIfNull(counting);
        return (kind == WorkContractKind.Cdi && counting.CdiUntilEndOfMarket ? counting.CdiStart : counting.CreditStart) switch
        {
            CreditStart.EachContract => hiredOn,
            CreditStart.Validation => validatedOn,
            _ => firstHiredOn,
        };
    }

    /// <summary>Last day counted for a person validated or hired on <paramref name="first"/> without a CDI: 24 months from 01/01 end on 31/12.</summary>
    public static DateOnly LastDay(DateOnly first, Market market) =>
        DatePeriod.Earlier(Months.LastDay(first, market.Counting.CreditMonths), market.Period.End)!.Value;

    /// <summary>Last day counted under a work contract of this kind that begins on <paramref name="hiredOn"/>; null when the marché has no end and the CDI no cap.</summary>
    public static DateOnly? LastDay(DateOnly hiredOn, WorkContractKind kind, Market market)
    {
        if (kind != WorkContractKind.Cdi || !market.Counting.CdiUntilEndOfMarket)
        {
            return LastDay(hiredOn, market);
        }

        DateOnly? cap = market.Counting.CdiCapMonths is { } months ? Months.LastDay(hiredOn, months) : null;
        return DatePeriod.Earlier(cap, market.Period.End);
    }
}
