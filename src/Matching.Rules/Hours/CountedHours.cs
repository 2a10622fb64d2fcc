using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.Hours;

/// <summary>Minutes of one month that do not count, and the rule that says why.</summary>
public sealed record UncountedMinutes(CalendarMonth Month, HourKind Kind, int Minutes, Rule Why);

/// <summary>One month of one kind: minutes declared (net of counter-entries), and what becomes of them.</summary>
/// <param name="Declared">All lines, rejected ones included: always counted + uncounted.</param>
/// <param name="Pending">Neither validated nor rejected yet.</param>
public sealed record MonthOfHours(CalendarMonth Month, HourKind Kind, int Declared, int Validated, int Pending, int Rejected, int Counted);

/// <summary>What the ledger of one contract is worth for the marché: every total on any screen or file is a sum of these.</summary>
public sealed record CountedHours(IReadOnlyList<MonthOfHours> Months, IReadOnlyList<UncountedMinutes> Uncounted, DateOnly? LastCountedDay)
{
    public static Rule Validated { get; } = new(
        "compte.validees", "Seules les heures validées par le facilitateur comptent ; les heures déclarées sont montrées à part.",
        "CCAP 21_BAM_048, art. 1.4 (contrôle de l’exécution des heures par le facilitateur)");

    public static Rule NotRejected { get; } = new(
        "compte.rejetees", "Des heures rejetées ne comptent pas ; le motif reste au registre.",
        Rule.ToConfirm + " (registre en ajout seul)");

    public static Rule Training { get; } = new(
        "compte.formation", "Les heures de formation comprises dans le contrat de travail comptent si le marché le prévoit.",
        "CCAG Travaux 2021, art. 20.1.2, cité par lesgeiq.fr");

    public static Rule Eligible { get; } = new(
        "compte.eligibilite", "Les heures comptent à partir du jour où l’éligibilité de la personne est validée.",
        Rule.ToConfirm + " (validation en amont : aude.fr)");

    public static Rule FirstHire { get; } = new(
        "compte.premier-contrat", "Hors CDI, la durée comptée part du premier contrat de la personne sur ce marché : un renouvellement ne la relance pas, sauf départ fixé autrement au marché.",
        Rule.ToConfirm + " (usage local sur le départ des 24 mois)");

    public static Rule ProRata { get; } = new(
        "compte.prorata", "Un mois qui ne compte qu’en partie compte au prorata de ses jours de contrat, à la minute inférieure.",
        Rule.ToConfirm + " (aucune règle d’arrondi trouvée)");

    public static IReadOnlyList<Rule> All { get; } = [Validated, NotRejected, Training, Eligible, FirstHire, ProRata, PersonLedger.PooledOnce];

    public int DeclaredMinutes => Months.Sum(month => month.Declared);

    public int ValidatedMinutes => Months.Sum(month => month.Validated);

    public int PendingMinutes => Months.Sum(month => month.Pending);

    public int CountedMinutes => Months.Sum(month => month.Counted);

    /// <summary>Counted in the months up to one, that one included.</summary>
    public int CountedUntil(CalendarMonth month) => Months.Where(it => it.Month <= month).Sum(it => it.Counted);

    public int CountedIn(CalendarMonth month) => Months.Where(it => it.Month == month).Sum(it => it.Counted);

    public int PendingUntil(CalendarMonth month) => Months.Where(it => it.Month <= month).Sum(it => it.Pending);

    /// <summary>Counts the lines of one contract.</summary>
    /// <param name="firstHiredOn">First day of the person's first contract on this marché: the credit runs from there unless the contract is a CDI.</param>
    public static CountedHours Of(WorkContract contract, Market market, DateOnly firstHiredOn, IReadOnlyList<HourEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(market);
        var lastDay = LastDayOf(contract, market, firstHiredOn);
        var months = new List<MonthOfHours>();
        var uncounted = new List<UncountedMinutes>();
        foreach (var group in HourRules.WithStatus(entries).GroupBy(entry => (Month: CalendarMonth.Of(entry.Month), entry.Kind))
            .OrderBy(group => group.Key.Month).ThenBy(group => group.Key.Kind))
        {
            int Sum(HourStatus status) => group.Where(entry => entry.Status == status).Sum(entry => entry.Minutes);
            var (validated, pending, rejected) = (Sum(HourStatus.Validated), Sum(HourStatus.Declared) + Sum(HourStatus.Proved), Sum(HourStatus.Rejected));
            var (month, kind) = group.Key;
            var pooled = group.Where(entry => entry.Status == HourStatus.Validated && entry.Shares is not null).Sum(entry => entry.Minutes);
            var refused = Reasons(contract, market, lastDay, month, kind, validated - pooled);
            refused.Add((PersonLedger.PooledOnce, pooled));
            months.Add(new(month, kind, validated + pending + rejected, validated, pending, rejected, validated - refused.Sum(it => it.Minutes)));
            uncounted.AddRange(refused.Append((NotRejected, rejected)).Append((Validated, pending))
                .Where(it => it.Item2 != 0).Select(it => new UncountedMinutes(month, kind, it.Item2, it.Item1)));
        }

        return new CountedHours(months, uncounted, lastDay);
    }

    /// <summary>The last day that counts for a contract; null when neither the marché nor the credit has an end.</summary>
    public static DateOnly? LastDayOf(WorkContract contract, Market market, DateOnly firstHiredOn) =>
        Credit.LastDay(
            Credit.StartOf(contract.Kind, contract.Period.Start, contract.EligibleFrom, firstHiredOn, market.Counting), contract.Kind, market);

    private static bool RestartsCredit(WorkContract contract, Market market) =>
        contract.Kind == WorkContractKind.Cdi && market.Counting.CdiUntilEndOfMarket;

    // Each day of the contract in the month counts or falls under one rule; the minutes follow the days.
    private static List<(Rule Why, int Minutes)> Reasons(
        WorkContract contract, Market market, DateOnly? lastDay, CalendarMonth month, HourKind kind, int minutes)
    {
        if (kind == HourKind.Training && !market.Counting.TrainingCounts)
        {
            return [(Training, minutes)];
        }

        var days = Enumerable.Range(0, month.LastDay.Day).Select(month.FirstDay.AddDays).Where(contract.Period.Contains).ToList();
        if (days.Count == 0)
        {
            return [(HourRules.InsideContract, minutes)];
        }

        var fallen = days.Select(day => WhyNot(day, contract, market, lastDay)).OfType<Rule>().GroupBy(rule => rule)
            .Select(group => (Why: group.Key, Days: group.Count())).ToList();
        var counted = (int)((long)minutes * (days.Count - fallen.Sum(it => it.Days)) / days.Count);
        var left = minutes - counted;
        var refused = new List<(Rule Why, int Minutes)>();
        for (var i = 0; i < fallen.Count; i++)
        {
            // The last rule takes the minutes of rounding, so that nothing is lost.
            var share = i == fallen.Count - 1 ? left : (int)((long)minutes * fallen[i].Days / days.Count);
            refused.Add((fallen[i].Why, share));
            left -= share;
        }

        return refused;
    }

    private static Rule? WhyNot(DateOnly day, WorkContract contract, Market market, DateOnly? lastDay) =>
        !market.Period.Contains(day) ? HourRules.InsideMarket
        : day < contract.EligibleFrom ? Eligible
        : day >= contract.WithdrawnFrom ? EligibilityWithdrawal.Decided
        : day > lastDay ? (RestartsCredit(contract, market) ? Credit.PermanentContract : Credit.TwoYears)
        : null;
}
