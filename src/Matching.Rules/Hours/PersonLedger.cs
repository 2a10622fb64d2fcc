using Matching.Rules.Eligibility;
using Matching.Rules.Markets;

namespace Matching.Rules.Hours;

/// <summary>A line of another contract of the same person.</summary>
/// <param name="Proof">Null when none is noted.</param>
public sealed record OtherLine(LotId LotId, HourEntry Entry, HourProof? Proof);

/// <summary>Everything that a new line of one contract is checked against, the person's other contracts included.</summary>
/// <param name="Market">With the days of the lot, see <see cref="Markets.Market.For"/>.</param>
/// <param name="Entries">Lines of this contract.</param>
/// <param name="Others">Standing lines of the person's contracts on other lots, whoever follows them.</param>
/// <param name="OtherPeriods">Days of the person's other contracts.</param>
/// <param name="ClosedMonths">First days of the months that the facilitator closed for this marché.</param>
/// <param name="Pooled">The lots that share their hours with this one under a convention.</param>
public sealed record PersonLedger(
    WorkContract Contract,
    Market Market,
    IReadOnlyList<HourEntry> Entries,
    IReadOnlyList<OtherLine> Others,
    IReadOnlyList<DatePeriod> OtherPeriods,
    IReadOnlySet<DateOnly> ClosedMonths,
    IReadOnlySet<LotId> Pooled)
{
    /// <summary>Legal maximum of one week in minutes.</summary>
    public const int MaximumWeeklyMinutes = 48 * 60;

    public static Rule ClosedMonth { get; } = new(
        "heures.mois-clos", "Un mois clos par le facilitateur ne reçoit plus ni ligne, ni correction, ni décision ; il se rouvre avec un motif.",
        Rule.ToConfirm + " (un tableau remis ne change plus sans trace)");

    public static Rule OnlyEligible { get; } = new(
        "heures.eligible", "Des heures ne se déclarent pas pour un mois qui finit avant l’éligibilité validée de la personne.",
        Rule.ToConfirm + " (aude.fr : recrutement « validé en amont » ; le décompte par mois est propre au service)");

    public static Rule CountedOnce { get; } = new(
        "heures.double-compte", "Les mêmes heures ne se déclarent pas sur deux lots, sauf convention de globalisation entre eux.",
        "atoutclauses.fr (heures faites sur l’opération ; convention de globalisation), lu en août 2026");

    public static Rule PooledOnce { get; } = new(
        "compte.globalisation", "Sous convention de globalisation, des heures portées sur deux lots comptent une fois, sur le premier ; elles servent le total commun.",
        "atoutclauses.fr (convention de globalisation), lu en août 2026");

    public static Rule LegalMaximum { get; } = new(
        "heures.maximum-legal", "Des heures qui dépassent 48 par semaine en moyenne sur le mois, tous contrats réunis, sont acceptées et signalées.",
        Rule.ToConfirm + " (Code du travail, art. L3121-20, non relu)");

    public static IReadOnlyList<Rule> All { get; } = [ClosedMonth, OnlyEligible, CountedOnce, LegalMaximum];

    /// <summary>Whether a line may be declared on <paramref name="today"/>; null when it may.</summary>
    /// <param name="proof">The document given with the line, if any.</param>
    public HourRefusal? CheckDeclaration(CalendarMonth month, HourKind kind, int minutes, HourProof? proof, DateOnly today)
    {
        if (HourRules.CheckDeclaration(Contract, Market, month, minutes, Entries, today) is { } refusal)
        {
            return refusal;
        }

        if (CheckOpen(month.FirstDay) is { } closed)
        {
            return closed;
        }

        if (month.LastDay < Contract.EligibleFrom)
        {
            return new(OnlyEligible, $"L’éligibilité de cette personne est validée à partir du {Contract.EligibleFrom:dd/MM/yyyy} : aucune heure antérieure ne peut être déclarée ({month.Label}).");
        }

        if (CheckEligible(month) is { } withdrawn)
        {
            return withdrawn;
        }

        return SameElsewhere(month, kind, minutes, proof) is { } same && !Pooled.Contains(same.LotId)
            ? new(CountedOnce, $"Ces heures ({month.Label}) sont déjà déclarées pour cette personne sur un autre lot. {CountedOnce.Sentence} S’il s’agit d’autres heures, donnez leur justificatif.")
            : null;
    }

    /// <summary>A refusal when the month is closed; null when it is open.</summary>
    public HourRefusal? CheckOpen(DateOnly month) => !ClosedMonths.Contains(month) ? null
        : new(ClosedMonth, $"Le mois ({CalendarMonth.Of(month).Label}) est clos pour ce marché. Pour y toucher, le facilitateur le rouvre avec un motif.");

    /// <summary>A refusal when the eligibility was taken back before the month began; null while it stands on some of its days.</summary>
    public HourRefusal? CheckEligible(CalendarMonth month) => month.FirstDay < (Contract.WithdrawnFrom ?? DateOnly.MaxValue) ? null
        : new(EligibilityWithdrawal.Decided, $"L’éligibilité de cette personne a été retirée à partir du {Contract.WithdrawnFrom:dd/MM/yyyy} : aucune heure de ce mois ({month.Label}) ne peut être déclarée ni validée.");

    /// <summary>A refusal when other lots stand on this line under a convention; null when none does.</summary>
    /// <param name="isSharedElsewhere">A standing line of another lot names this one as the first.</param>
    public static HourRefusal? CheckFirst(bool isSharedElsewhere) => !isSharedElsewhere ? null
        : new(PooledOnce, "Ces heures sont portées aussi sur un autre lot de la convention : reprenez d’abord la ligne de cet autre lot.");

    /// <summary>The line of a pooled lot that already carries these hours; null when they are new.</summary>
    public Guid? SharedWith(CalendarMonth month, HourKind kind, int minutes, HourProof? proof) =>
        SameElsewhere(month, kind, minutes, proof) is { } same && Pooled.Contains(same.LotId) ? same.Entry.Id : null;

    /// <summary>Whether a line may be validated with this proof; null when it may.</summary>
    public static HourRefusal? CheckProof(HourEntry entry, HourProof? proof, bool isProofAsked, IReadOnlyList<(HourEntry Entry, HourProof Proof)> validated)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (proof is null)
        {
            return isProofAsked ? new(HourProof.Asked, "Ce marché demande un justificatif : notez-le sur la ligne avant de la valider.") : null;
        }

        var again = validated.Any(it => it.Entry.Id != entry.Id && it.Entry.Month == entry.Month && it.Entry.Kind == entry.Kind && it.Proof.IsSameAs(proof) && entry.Shares != it.Entry.Id && it.Entry.Shares != entry.Id);
        return again ? new(HourProof.Once, $"Ce justificatif a déjà validé d’autres heures de cette personne ({CalendarMonth.Of(entry.Month).Label}). {HourProof.Once.Sentence}") : null;
    }

    /// <summary>What to point out about a line that is accepted; null when nothing surprises.</summary>
    public string? Warning(CalendarMonth month, int minutes)
    {
        var total = minutes + MinutesOf(month, Entries) + MinutesOf(month, [.. Others.Where(other => other.Entry.Shares is null).Select(other => other.Entry)]);
        var days = Enumerable.Range(0, month.LastDay.Day).Select(month.FirstDay.AddDays)
            .Count(day => Contract.Period.Contains(day) || OtherPeriods.Any(period => period.Contains(day)));
        var most = MaximumWeeklyMinutes * days / 7;
        return total <= most ? HourRules.Warning(Contract, month, minutes, Entries)
            : $"{HoursText.Show(total)} en {month.Label} tous contrats réunis, pour {HoursText.Show(most)} au plus à 48 h par semaine : vérifiez ces heures avec l’employeur.";
    }

    private static int MinutesOf(CalendarMonth month, IReadOnlyList<HourEntry> entries) =>
        HourRules.Standing(entries).Where(entry => entry.Month == month.FirstDay).Sum(entry => entry.Minutes);

    // The same hours: the same document for the month, or exactly the same minutes given without any document, on another lot.
    private OtherLine? SameElsewhere(CalendarMonth month, HourKind kind, int minutes, HourProof? proof) => Others
        .Where(other => other.LotId != Contract.LotId && other.Entry.Month == month.FirstDay && other.Entry.Kind == kind && other.Entry.Shares is null
            && other.Entry.Minutes > 0 && other.Entry.Status != HourStatus.Rejected && Others.All(it => it.Entry.Corrects != other.Entry.Id)
            && ((proof is not null && other.Proof?.IsSameAs(proof) == true) || (other.Entry.Minutes == minutes && proof is null)))
        .OrderBy(other => other.Entry.Id).FirstOrDefault();
}
