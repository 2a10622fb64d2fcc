namespace Matching.Rules.Markets;

/// <summary>Why hours are in no lasting job: the first thing that is missing, in this order.</summary>
public enum LeftReason
{
    NoCarrier,
    Nearly,
    Dates,
    Trade,
    Travel,
    OtherCarrier,
    TooShort,
    TooFewHours,
    Taken,
}

/// <summary>Where the hours go that no job holds.</summary>
public static class LeftHours
{
    /// <summary>Minutes by reason, the most first; together, all that the plan leaves.</summary>
    /// <param name="plan">Made of these blocks.</param>
    /// <param name="distanceKm">By position; null when a commune is not placed.</param>
    /// <param name="isNearTrade">By position.</param>
    public static IReadOnlyList<(LeftReason Reason, int Minutes)> Of(IReadOnlyList<HourBlock> blocks, PooledPlan plan, Func<int, int, double?> distanceKm, Func<int, int, bool> isNearTrade)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(plan);
        var taken = plan.Jobs.SelectMany(job => job.Blocks).CountBy(block => block.PostingId).ToDictionary();
        return
        [
            .. blocks.Select((block, at) => (at, Minutes: block.Minutes * (block.Posts - taken.GetValueOrDefault(block.PostingId)))).Where(left => left.Minutes > 0)
                .GroupBy(left => Why(blocks, left.at, plan.Reached[left.at], distanceKm, isNearTrade), left => left.Minutes)
                .Select(same => (Reason: same.Key, Minutes: same.Sum())).OrderByDescending(it => it.Minutes).ThenBy(it => it.Reason),
        ];
    }

    /// <summary>In French, after a number of hours.</summary>
    public static string Words(LeftReason reason) => reason switch
    {
        LeftReason.NoCarrier => "aucune structure ne peut les porter : embauche directe seule, ou plus long que ce qui compte",
        LeftReason.Nearly => $"il manque {PooledJobs.NearlyDays} jours ou moins à leurs offres pour durer {PooledJobs.LeastMonths} mois",
        LeftReason.Dates => $"aucune offre ne finit dans les {PooledJobs.LongestGapDays} jours avant, ni ne commence dans les {PooledJobs.LongestGapDays} jours après",
        LeftReason.Trade => "les offres d’avant et d’après sont d’un autre domaine de métier",
        LeftReason.Travel => $"les offres d’avant et d’après, du même domaine, sont à plus de {PooledJobs.FarthestKm} km",
        LeftReason.OtherCarrier => "les offres d’avant et d’après n’admettent pas la même façon de réaliser la clause, ou passent ensemble une limite",
        LeftReason.TooShort => $"même mises bout à bout, elles ne font pas {PooledJobs.LeastMonths} mois",
        LeftReason.TooFewHours => $"elles durent assez, mais avec moins de {PooledJobs.LeastWeeklyMinutes / 60} heures par semaine",
        _ => "les offres qui les compléteraient n’ont pas assez de postes, ou servent déjà à d’autres emplois",
    };

    private static LeftReason Why(IReadOnlyList<HourBlock> blocks, int at, ChainReach reached, Func<int, int, double?> distanceKm, Func<int, int, bool> isNearTrade)
    {
        if (reached != ChainReach.TooShort)
        {
            return reached switch { ChainReach.Nobody => LeftReason.NoCarrier, ChainReach.LongEnough => LeftReason.TooFewHours, _ => LeftReason.Taken };
        }

        if (PooledJobs.NearlyLastsUntil(blocks[at]) is not null)
        {
            return LeftReason.Nearly;
        }

        var inTime = Enumerable.Range(0, blocks.Count).Where(other => other != at && (PooledJobs.IsInTime(blocks[at], blocks[other]) || PooledJobs.IsInTime(blocks[other], blocks[at]))).ToList();
        var ofTrade = inTime.Where(other => isNearTrade(at, other)).ToList();
        var near = ofTrade.Where(other => PooledJobs.IsNear(distanceKm(at, other))).ToList();
        return inTime.Count == 0 ? LeftReason.Dates
            : ofTrade.Count == 0 ? LeftReason.Trade
            : near.Count == 0 ? LeftReason.Travel
            : near.TrueForAll(other => PooledJobs.CarriersOf(blocks[at].Start < blocks[other].Start ? [blocks[at], blocks[other]] : [blocks[other], blocks[at]]).Count == 0) ? LeftReason.OtherCarrier
            : LeftReason.TooShort;
    }
}
