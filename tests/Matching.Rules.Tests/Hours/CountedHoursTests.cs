using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Hours;

public sealed class CountedHoursTests
{
    [Theory]
    [InlineData("2027-01", 3100, 3100)]
    [InlineData("2027-02", 2800, 1400)]
    [InlineData("2027-03", 3100, 0)]
    public void Hours_count_until_the_last_day_of_the_24_months_included(string month, int minutes, int counted)
    {
        // Hired on 15/02/2025: the 24 months end on 14/02/2027, 14 days of 28.
        var hours = Count(Contract("2025-02-15"), Market(), Entry(month, minutes));
        Assert.Equal(counted, hours.CountedMinutes);
        Assert.Equal(counted == minutes ? [] : ["credit.24-mois"], hours.Uncounted.Select(it => it.Why.Code));
    }

    [Fact]
    public void A_cdi_counts_until_the_end_of_the_marche()
    {
        var contract = Contract("2025-02-15", kind: WorkContractKind.Cdi);
        Assert.Equal(3100, Count(contract, Market(), Entry("2028-12", 3100)).CountedMinutes);
        Assert.Equal(0, Count(contract, Market(counting: new CountingRules(CdiUntilEndOfMarket: false)), Entry("2028-12", 3100)).CountedMinutes);
    }

    [Fact]
    public void A_capped_cdi_counts_until_the_last_day_of_its_cap()
    {
        var market = Market(counting: new CountingRules(CdiCapMonths: 12));
        var hours = Count(Contract("2027-03-01", kind: WorkContractKind.Cdi), market, Entry("2028-02", 2900), Entry("2028-03", 3100));
        Assert.Equal(2900, hours.CountedMinutes);
        Assert.Equal(Day("2028-02-29"), hours.LastCountedDay);
        Assert.Equal("credit.cdi", Assert.Single(hours.Uncounted).Why.Code);
    }

    [Fact]
    [Trait("règle", "compte.premier-contrat")]
    public void A_renewed_contract_does_not_start_the_24_months_again()
    {
        var renewal = Contract("2027-01-01", "2027-12-31");
        Assert.Equal(3100, CountedHours.Of(renewal, Market(), renewal.Period.Start, [Entry("2027-12", 3100)]).CountedMinutes);
        Assert.Equal(0, CountedHours.Of(renewal, Market(), Day("2025-06-01"), [Entry("2027-12", 3100)]).CountedMinutes);
    }

    [Fact]
    public void A_cdi_after_fixed_term_contracts_counts_in_its_own_right()
    {
        var permanent = Contract("2027-01-01", kind: WorkContractKind.Cdi);
        Assert.Equal(3100, CountedHours.Of(permanent, Market(), Day("2025-06-01"), [Entry("2027-12", 3100)]).CountedMinutes);
    }

    [Fact]
    [Trait("règle", "compte.prorata")]
    public void A_month_cut_by_the_end_of_the_marche_counts_pro_rata_rounded_down()
    {
        // 10 days of 31: 1,000 × 10 / 31 = 322.58.
        var hours = Count(Contract("2026-01-01"), Market(end: "2026-03-10"), Entry("2026-03", 1000));
        Assert.Equal(322, hours.CountedMinutes);
        Assert.Equal(("heures.marche", 678), (hours.Uncounted[0].Why.Code, hours.Uncounted[0].Minutes));
    }

    [Fact]
    public void The_pro_rata_follows_the_days_of_the_contract_not_of_the_month()
    {
        // Contract from 01/03 to 20/03, marché until 10/03: half of the days worked.
        Assert.Equal(500, Count(Contract("2026-03-01", "2026-03-20"), Market(end: "2026-03-10"), Entry("2026-03", 1000)).CountedMinutes);
    }

    [Fact]
    [Trait("règle", "compte.eligibilite")]
    public void Hours_before_the_eligibility_do_not_count()
    {
        var hours = Count(Contract("2026-04-01", eligibleFrom: "2026-04-16"), Market(), Entry("2026-04", 3000), Entry("2026-05", 3100));
        Assert.Equal(1500 + 3100, hours.CountedMinutes);
        Assert.Equal(("compte.eligibilite", 1500), (hours.Uncounted[0].Why.Code, hours.Uncounted[0].Minutes));
    }

    [Fact]
    public void A_month_cut_by_several_rules_gives_each_its_minutes_and_loses_none()
    {
        // February 2028 has 29 days: marché from the 5th (4 days out), eligible from the 20th (15 days more).
        var contract = Contract("2028-02-01", eligibleFrom: "2028-02-20");
        var hours = Count(contract, Market(start: "2028-02-05"), Entry("2028-02", 1000));
        Assert.Equal(344, hours.CountedMinutes);
        Assert.Equal([("heures.marche", 137), ("compte.eligibilite", 519)], hours.Uncounted.Select(it => (it.Why.Code, it.Minutes)));
    }

    [Theory]
    [InlineData(true, 900)]
    [InlineData(false, 600)]
    [Trait("règle", "compte.formation")]
    public void Training_counts_when_the_marche_says_so(bool trainingCounts, int counted)
    {
        var market = Market(counting: new CountingRules(TrainingCounts: trainingCounts));
        var hours = Count(Contract("2026-01-01"), market, Entry("2026-03", 600), Entry("2026-03", 300, kind: HourKind.Training));
        Assert.Equal(counted, hours.CountedMinutes);
    }

    [Fact]
    [Trait("règle", "compte.validees")]
    [Trait("règle", "compte.rejetees")]
    public void Declared_and_rejected_hours_are_shown_apart_and_do_not_count()
    {
        var hours = Count(Contract("2026-01-01"), Market(),
            Entry("2026-03", 600), Entry("2026-03", 300, HourStatus.Declared), Entry("2026-03", 100, HourStatus.Rejected));
        Assert.Equal((600, 300, 600), (hours.CountedMinutes, hours.PendingMinutes, hours.ValidatedMinutes));
        Assert.Equal(["compte.rejetees", "compte.validees"], hours.Uncounted.Select(it => it.Why.Code));
    }

    [Theory]
    [InlineData(HourStatus.Validated)]
    [InlineData(HourStatus.Declared)]
    public void A_counter_entry_takes_its_line_back_whatever_its_state(HourStatus status)
    {
        var wrong = Entry("2026-03", 777, status);
        var counter = HourRules.Opposite(wrong, Guid.CreateVersion7()) with { Status = HourStatus.Declared };
        var hours = Count(Contract("2026-01-01"), Market(end: "2026-03-10"), Entry("2026-03", 1000), wrong, counter);
        Assert.Equal((322, 0), (hours.CountedMinutes, hours.PendingMinutes));
    }

    [Fact]
    public void Every_minute_declared_either_counts_or_has_a_reason_whatever_the_order()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var contract = Contract("2025-02-15", random.Next(2) == 0 ? null : "2027-06-10", (WorkContractKind)random.Next(6), "2025-03-10");
            var market = Market("2025-02-20", "2027-05-17", new CountingRules(random.Next(6, 30), random.Next(2) == 0, null, random.Next(2) == 0));
            var entries = Enumerable.Range(0, 40).Select(_ => Entry(
                CalendarMonth.Of(Day("2025-02-01").AddMonths(random.Next(29))).Code, random.Next(1, 9000), (HourStatus)random.Next(3), (HourKind)random.Next(2))).ToList();
            entries.AddRange([.. entries.Take(10).Select(it => HourRules.Opposite(it, Guid.CreateVersion7()))]);
            var hours = Count(contract, market, [.. entries]);
            var shuffled = entries.ToArray();
            random.Shuffle(shuffled);

            Assert.Equal(hours.Months, Count(contract, market, shuffled).Months);
            Assert.Equal(hours.DeclaredMinutes, hours.CountedMinutes + hours.Uncounted.Sum(it => it.Minutes));
            Assert.All(hours.Months, month => Assert.InRange(month.Counted, 0, month.Validated));
            Assert.Equal(hours.CountedMinutes, Count(contract, market, [.. entries.Skip(10).Where(it => it.Corrects is null)]).CountedMinutes);
        }
    }
}
