using Matching.Rules.Eligibility;
using Matching.Rules.Hours;
using Matching.Rules.Markets;

namespace Matching.Rules.Tests.Hours;

public sealed class AssociationCapTests
{
    private static readonly (DateOnly, int)[] Months =
        [(new(2024, 11, 1), 100 * 60), (new(2025, 6, 1), 200 * 60), (new(2026, 10, 1), 180 * 60), (new(2026, 11, 1), 1)];

    [Theory]
    [InlineData("2026-10-31", 480 * 60, false)]
    [InlineData("2026-11-14", 480 * 60 + 1, true)]
    [InlineData("2026-11-15", 1, false)]
    [Trait("règle", "ai.480-heures")]
    [Trait("règle", "ai.depart")]
    public void From_the_first_placement_480_hours_are_counted_over_24_months(string day, int minutes, bool isOver)
    {
        var standing = AssociationCap.Of(new(2024, 11, 15), Months.Where(it => it.Item1 <= Days.Of(day)), new CountingRules(), Days.Of(day))!;

        Assert.Equal((minutes, isOver), (standing.DoneMinutes, standing.IsOver));
        Assert.Equal(Days.Of(day) < new DateOnly(2026, 11, 15) ? new DateOnly(2026, 11, 14) : new DateOnly(2028, 11, 14), standing.Until);
    }

    [Theory]
    [InlineData(480, "2027-05-31", "2026-11-16")]
    [InlineData(445, "2027-05-31", "2026-11-23")]
    [InlineData(440, "2027-05-31", "2026-11-24")]
    [InlineData(445, "2026-11-24", "2026-11-23")]
    [InlineData(445, "2026-11-23", null)]
    [InlineData(0, "2027-01-31", null)]
    [Trait("règle", "echeances.fin-proche")]
    public void At_35_hours_a_week_the_cap_is_reached_on_its_day_unless_the_contract_ends_before(int doneHours, string end, string? lastDay)
    {
        var contract = Ledger.Contract("2026-06-01", end) with { Modality = Modality.MiseADisposition, WeeklyMinutes = 35 * 60 };
        var standing = new AssociationStanding(new(2026, 6, 1), new(2028, 5, 31), doneHours * 60, 480 * 60);

        Assert.Equal(lastDay is null ? null : Days.Of(lastDay), EndingSoon.OfCap(standing, contract, new(2026, 11, 16))?.LastDay);
    }

    [Fact]
    [Trait("règle", "ai.depart")]
    public void Counted_backwards_the_24_months_end_with_the_month_of_the_day()
    {
        var standing = AssociationCap.Of(new(2024, 11, 15), Months, new CountingRules(AiStart: AiCapStart.Rolling), new(2026, 11, 16))!;

        Assert.Equal((new DateOnly(2024, 12, 1), new DateOnly(2026, 11, 30), 380 * 60 + 1), (standing.From, standing.Until, standing.DoneMinutes));
        Assert.Equal(100 * 60 - 1, standing.LeftMinutes);
    }

    [Theory]
    [InlineData("2024-10-01", 300, 180, true)]
    [InlineData("2024-10-01", 300, 181, false)]
    [InlineData("2024-12-01", 380, 100, true)]
    [InlineData("2024-12-01", 380, 101, false)]
    public void Hours_entered_late_also_stand_in_the_periods_that_end_with_later_months(string month, int doneHours, int hours, bool fits)
    {
        (DateOnly, int)[] declared = [(new(2024, 11, 1), 100 * 60), (new(2025, 6, 1), 200 * 60), (new(2026, 11, 1), 180 * 60)];

        var standing = AssociationCap.ForEntry(new(2024, 1, 1), declared, new CountingRules(AiStart: AiCapStart.Rolling), CalendarMonth.Of(Days.Of(month)))!;

        Assert.Equal((doneHours * 60, fits), (standing.DoneMinutes, AssociationCap.CheckEntry(standing, hours * 60) is null));
    }

    [Fact]
    public void From_the_first_placement_hours_entered_late_stand_in_their_own_period_only()
    {
        (DateOnly, int)[] declared = [(new(2026, 11, 1), 400 * 60)];

        Assert.Equal(0, AssociationCap.ForEntry(new(2024, 1, 1), declared, new CountingRules(), CalendarMonth.Of(new DateOnly(2025, 12, 1)))!.DoneMinutes);
        Assert.Null(AssociationCap.ForEntry(null, [], new CountingRules(), CalendarMonth.Of(new DateOnly(2025, 12, 1))));
    }

    [Fact]
    public void A_cap_raised_by_the_prefect_is_the_one_of_the_marche() =>
        Assert.Equal(600 * 60, AssociationCap.Of(new(2024, 11, 15), Months, new CountingRules(AiCapHours: 600), new(2026, 11, 14))!.CapMinutes);

    [Theory]
    [InlineData(479, 60, true)]
    [InlineData(479, 61, false)]
    [InlineData(480, 1, false)]
    [Trait("règle", "ai.480-heures")]
    public void Hours_fit_under_the_cap_to_the_minute(int doneHours, int minutes, bool fits) =>
        Assert.Equal(fits, AssociationCap.CheckEntry(new(new(2026, 1, 1), new(2027, 12, 31), doneHours * 60, 480 * 60), minutes) is null);

    [Theory]
    [InlineData(480 * 60 - 1, true)]
    [InlineData(480 * 60, false)]
    public void Nobody_is_hired_once_the_cap_is_full(int doneMinutes, bool may)
    {
        Assert.Equal(may, AssociationCap.CheckHire(new(new(2026, 1, 1), new(2027, 12, 31), doneMinutes, 480 * 60)) is null);
        Assert.Null(AssociationCap.CheckHire(null));
        Assert.Null(AssociationCap.CheckEntry(null, 60));
    }

    [Theory]
    [InlineData(OrganizationKind.Ai, Modality.MiseADisposition, true)]
    [InlineData(OrganizationKind.Ai, Modality.EmbaucheDirecte, false)]
    [InlineData(OrganizationKind.Etti, Modality.MiseADisposition, false)]
    public void The_cap_binds_what_an_association_lends(OrganizationKind employer, Modality modality, bool binds) => Assert.Equal(binds, AssociationCap.Binds(employer, modality));

    [Fact]
    public void Nobody_stands_under_the_cap_before_the_first_placement()
    {
        Assert.Null(AssociationCap.Of(null, [], new CountingRules(), new(2026, 11, 16)));
        Assert.Null(AssociationCap.Of(new(2026, 11, 17), [], new CountingRules(), new(2026, 11, 16)));
        Assert.NotNull(AssociationCap.Of(new(2026, 11, 16), [], new CountingRules(), new(2026, 11, 16)));
    }
}
