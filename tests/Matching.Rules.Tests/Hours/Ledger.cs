using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.Tests.Hours;

/// <summary>An invented marché and contract to count on.</summary>
internal static class Ledger
{
    public static Market Market(string start = "2025-01-01", string? end = "2028-12-31", CountingRules? counting = null) => new(
        MarketId.New(), OrganizationId.New(), "M-1", "Équipement de lycées", OrganizationId.New(),
        new DatePeriod(Day(start), end is null ? null : Day(end)), new PublicList(1, "K", ["RSA"]), counting ?? new CountingRules(), Cadence.Mensuelle);

    public static WorkContract Contract(string start, string? end = null, WorkContractKind kind = WorkContractKind.Cdd, string? eligibleFrom = null) => new(
        ContractId.New(), PersonId.New(), LotId.New(), null, OrganizationId.New(), Modality.EmbaucheDirecte, kind,
        new DatePeriod(Day(start), end is null ? null : Day(end)), 35 * 60, Day(eligibleFrom ?? start), "RSA");

    public static HourEntry Entry(string month, int minutes, HourStatus status = HourStatus.Validated, HourKind kind = HourKind.Work) =>
        new(Guid.CreateVersion7(), default, Month(month).FirstDay, kind, minutes, status, null);

    public static CountedHours Count(WorkContract contract, Market market, params HourEntry[] entries) =>
        CountedHours.Of(contract, market, contract.Period.Start, entries);

    public static CalendarMonth Month(string code) => CalendarMonth.TryParse(code, out var month) ? month : throw new ArgumentException(code);

    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");
}
