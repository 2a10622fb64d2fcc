using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.Hours;

/// <summary>A work contract that carries insertion hours of one lot for one person.</summary>
/// <param name="EmployerId">The company itself, or the SIAE that lends or employs.</param>
/// <param name="EligibleFrom">First day of the frozen eligibility of the person for this marché.</param>
/// <param name="CategoryCode">The public under which the person was validated (statistics only; never shown to a company).</param>
/// <param name="WithdrawnFrom">First day on which that eligibility no longer stands; null while nobody took it back.</param>
public sealed record WorkContract(
    ContractId Id,
    PersonId PersonId,
    LotId LotId,
    PostingId? PostingId,
    OrganizationId EmployerId,
    Modality Modality,
    WorkContractKind Kind,
    DatePeriod Period,
    int WeeklyMinutes,
    DateOnly EligibleFrom,
    string CategoryCode,
    DateOnly? WithdrawnFrom = null);

public enum HourKind
{
    Work,
    Training,
}

public enum HourStatus
{
    Declared,
    Validated,
    Rejected,

    /// <summary>Declared, and the document that proves it is noted: still to be validated.</summary>
    Proved,
}

/// <summary>One line of the ledger: never changed nor removed; a correction is another line with the opposite sign.</summary>
/// <param name="Month">First day of the month worked.</param>
/// <param name="Minutes">Whole minutes; negative only on a counter-entry.</param>
/// <param name="Corrects">The line that this one takes back.</param>
/// <param name="Shares">The line of another lot that already carries these hours, under a convention: they count there.</param>
public sealed record HourEntry(
    Guid Id,
    ContractId ContractId,
    DateOnly Month,
    HourKind Kind,
    int Minutes,
    HourStatus Status,
    Guid? Corrects,
    Guid? Shares = null)
{
    /// <summary>Neither validated nor rejected yet.</summary>
    public bool IsWaiting => Status is HourStatus.Declared or HourStatus.Proved;
}
