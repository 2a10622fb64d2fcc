using Matching.Rules.Hours;
using Matching.Rules.Markets;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Hours;

public sealed class CadenceTests
{
    private static readonly DatePeriod Year = new(Day("2026-01-01"), Day("2026-12-31"));

    [Fact]
    [Trait("règle", "cadence.periodes")]
    public void Clause_k_asks_for_civil_quarters_before_the_15th_of_the_next_month()
    {
        var periods = ReportingCalendar.Ended(Year, Cadence.Trimestrielle, 15, Day("2027-02-01"));
        Assert.Equal(
            [("2026-01", "2026-03", "2026-04-14"), ("2026-04", "2026-06", "2026-07-14"), ("2026-07", "2026-09", "2026-10-14"), ("2026-10", "2026-12", "2027-01-14")],
            periods.Select(it => (it.First.Code, it.Last.Code, $"{it.LastDayInTime:yyyy-MM-dd}")));
    }

    [Theory]
    [InlineData("2026-09-30", 2)]
    [InlineData("2026-10-01", 3)]
    public void A_quarter_is_due_once_its_last_day_has_passed(string today, int ended) =>
        Assert.Equal(ended, ReportingCalendar.Ended(Year, Cadence.Trimestrielle, 15, Day(today)).Count);

    [Fact]
    public void A_marche_that_begins_or_ends_inside_a_quarter_owes_the_months_it_lived()
    {
        var periods = ReportingCalendar.Ended(new DatePeriod(Day("2026-02-10"), Day("2026-08-20")), Cadence.Trimestrielle, 15, Day("2026-09-02"));
        Assert.Equal([("2026-02", "2026-03"), ("2026-04", "2026-06"), ("2026-07", "2026-08")], periods.Select(it => (it.First.Code, it.Last.Code)));
        Assert.Equal(Day("2026-09-14"), periods[^1].LastDayInTime);
    }

    [Fact]
    [Trait("règle", "cadence.periodes")]
    public void Monthly_hours_are_due_month_by_month() =>
        Assert.Equal(["2026-01", "2026-02"], ReportingCalendar.Ended(Year, Cadence.Mensuelle, 15, Day("2026-03-31")).Select(it => it.Last.Code));

    [Theory]
    [InlineData("2026-10-08", DueState.Expected, 0)]
    [InlineData("2026-10-09", DueState.ReminderDue, 0)]
    [InlineData("2026-10-14", DueState.ReminderDue, 0)]
    [InlineData("2026-10-15", DueState.Late, 1)]
    [InlineData("2026-11-22", DueState.Late, 39)]
    [Trait("règle", "cadence.rappel")]
    public void A_missing_quarter_is_reminded_five_days_before_then_late_from_the_15th(string today, DueState state, int daysLate)
    {
        var due = Assert.Single(Due(today, ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]), it => it.State != DueState.Complete);
        Assert.Equal(["2026-07", "2026-08", "2026-09"], due.MissingMonths.Select(month => month.Code));
        Assert.Equal((state, daysLate), (due.State, due.DaysLate));
    }

    [Fact]
    public void Hours_without_the_proof_that_is_asked_are_due_as_well()
    {
        var all = Enumerable.Range(1, 9).Select(month => $"2026-{month:00}").ToArray();
        Assert.All(Due("2026-11-22", all), it => Assert.Equal(DueState.Complete, it.State));
        var due = Assert.Single(Due("2026-11-22", all, "2026-05", "2026-05"), it => it.State == DueState.Late);
        Assert.Equal(("2026-04", 2), (due.Period.First.Code, due.UnprovedLines));
    }

    [Fact]
    public void A_contract_owes_nothing_for_the_periods_in_which_it_did_not_run()
    {
        var periods = ReportingCalendar.Ended(Year, Cadence.Trimestrielle, 15, Day("2026-11-22"));
        var due = ReportingCalendar.Of(ContractId.New(), new DatePeriod(Day("2026-06-30"), Day("2026-07-01")), Year, new HashSet<DateOnly>(), [], periods, Day("2026-11-22"));
        Assert.Equal([("2026-04", 1), ("2026-07", 1)], due.Select(it => (it.Period.First.Code, it.MissingMonths.Count)));
    }

    [Fact]
    [Trait("règle", "penalite.proposition")]
    public void A_missing_quarter_of_clause_k_gives_the_penalty_proposal_of_its_formula()
    {
        var terms = new PenaltyTerms(200_00, 75_00);
        var notice = new FormalNotice(Guid.CreateVersion7(), "Juillet à septembre 2026", Day("2026-10-20"), null);
        var proposal = PenaltyProposal.On(Day("2026-11-16"), terms, Year.End, 1000 * 60, 400 * 60, [notice]);
        var line = Assert.Single(proposal.Lines);
        Assert.Equal(("penalite.retard", 27 * 75_00L), (line.Rule.Code, line.Cents));
        Assert.Contains("27 jours", line.Calculation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-20", 0)]
    [InlineData("2026-10-21", 1)]
    [InlineData("2026-10-25", 5)]
    [InlineData("2026-11-16", 5)]
    [Trait("règle", "penalite.retard")]
    public void Late_days_run_from_the_day_after_the_formal_notice_to_the_day_everything_came(string today, int days) =>
        Assert.Equal(days, PenaltyProposal.DaysLate(new FormalNotice(Guid.CreateVersion7(), "T3", Day("2026-10-20"), Day("2026-10-25")), Day(today)));

    [Theory]
    [InlineData("2026-12-31", 600 * 60, 0)]
    [InlineData("2027-01-01", 600 * 60, 400 * 200_00)]
    [InlineData("2027-01-01", (600 * 60) + 1, 399 * 200_00)]
    [InlineData("2027-01-01", (1000 * 60) - 59, 0)]
    [InlineData("2027-01-01", 1100 * 60, 0)]
    [Trait("règle", "penalite.heures")]
    public void Missing_hours_are_valued_once_the_marche_is_over_by_whole_hours(string today, int counted, long cents) =>
        Assert.Equal(cents, PenaltyProposal.On(Day(today), new PenaltyTerms(200_00, 75_00), Year.End, 1000 * 60, counted, []).TotalCents);

    [Fact]
    public void A_marche_without_penalties_proposes_none() =>
        Assert.Empty(PenaltyProposal.On(Day("2027-06-01"), new PenaltyTerms(), Year.End, 1000 * 60, 0, [new(Guid.CreateVersion7(), "T3", Day("2026-10-20"), null)]).Lines);

    private static IReadOnlyList<DueHours> Due(string today, string[] declared, params string[] unproved) => ReportingCalendar.Of(
        ContractId.New(), new DatePeriod(Day("2026-01-01")), Year, declared.Select(month => Month(month).FirstDay).ToHashSet(),
        [.. unproved.Select(month => Month(month).FirstDay)], ReportingCalendar.Ended(Year, Cadence.Trimestrielle, 15, Day(today)), Day(today));

    [Theory]
    [InlineData(400, 29_00, 10, 1_160_00)]
    [InlineData(400, 29_00, 0, 0)]
    [InlineData(150, 11_88, 1, 17_82)]
    [InlineData(133, 10_01, 1, 13_31)]
    [Trait("règle", "penalite.multiple")]
    public void A_missing_hour_may_be_worth_a_multiple_of_a_rate(int multiple, int rate, int missing, long cents)
    {
        var proposal = PenaltyProposal.On(Day("2027-01-01"), new PenaltyTerms(null, null, multiple, rate), Year.End, 100 * 60, (100 - missing) * 60, []);
        Assert.Equal(cents, proposal.TotalCents);
        Assert.All(proposal.Lines, line => Assert.Equal("penalite.multiple", line.Rule.Code));
    }

    [Theory]
    [InlineData(null, 4_00, null, "penalite_multiple")]
    [InlineData(null, null, 29_00, "penalite_multiple")]
    [InlineData(200_00, 4_00, 29_00, "penalite_heure")]
    [InlineData(200_00, null, null, null)]
    [InlineData(null, 4_00, 29_00, null)]
    [InlineData(null, null, null, null)]
    public void A_fixed_amount_and_a_multiple_are_not_written_together(int? hour, int? multiple, int? rate, string? field) =>
        Assert.Equal(field, new PenaltyTerms(hour, null, multiple, rate).Fault()?.Field);

    [Fact]
    [Trait("règle", "penalite.convention")]
    public void Under_a_convention_missing_hours_count_once_after_the_last_of_its_lots()
    {
        var (terms, early) = (new PenaltyTerms(200_00, 75_00), Day("2026-06-30"));
        Assert.Empty(PenaltyProposal.OnPool(Day("2026-12-31"), [(terms, early), (terms, Year.End)], 100 * 60, 90 * 60)!.Lines);
        var line = Assert.Single(PenaltyProposal.OnPool(Day("2027-01-01"), [(terms, early), (terms with { CentsPerLateDay = null }, Year.End)], 100 * 60, 90 * 60)!.Lines);
        Assert.Equal(("penalite.convention", 2_000_00L), (line.Rule.Code, line.Cents));
        Assert.Null(PenaltyProposal.OnPool(Day("2027-01-01"), [(terms, early), (new PenaltyTerms(100_00), Year.End)], 100 * 60, 0));
        Assert.Empty(PenaltyProposal.OnPool(Day("2030-01-01"), [(terms, early), (terms, null)], 100 * 60, 0)!.Lines);
    }
}
