using Matching.Rules.Hours;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Hours;

public sealed class DeclareHoursTests
{
    [Theory]
    [InlineData("2026-02", null)]
    [InlineData("2026-01", "heures.contrat")]
    [InlineData("2026-04", "heures.contrat")]
    [InlineData("2026-03", null)]
    [InlineData("2026-12", "heures.passees")]
    [Trait("règle", "heures.contrat")]
    [Trait("règle", "heures.passees")]
    [Trait("règle", "heures.positives")]
    public void Hours_are_declared_for_a_month_of_the_contract_once_worked(string month, string? rule)
    {
        var refusal = HourRules.CheckDeclaration(Contract("2026-02-28", "2026-03-01"), Market(), Month(month), 60, [], Day("2026-11-22"));
        Assert.Equal(rule, refusal?.Rule.Code);
    }

    [Theory]
    [InlineData("2026-06", null)]
    [InlineData("2026-07", "heures.marche")]
    [Trait("règle", "heures.marche")]
    public void Hours_stop_with_the_last_month_of_the_marche(string month, string? rule)
    {
        var refusal = HourRules.CheckDeclaration(Contract("2026-02-01"), Market(end: "2026-06-30"), Month(month), 60, [], Day("2026-11-22"));
        Assert.Equal(rule, refusal?.Rule.Code);
    }

    [Theory]
    [InlineData(0, "heures.positives")]
    [InlineData(-60, "heures.positives")]
    [InlineData(1, null)]
    [InlineData(29 * 1440, null)]
    [InlineData((29 * 1440) + 1, "heures.calendrier")]
    [Trait("règle", "heures.calendrier")]
    public void A_leap_february_holds_29_days_of_24_hours_and_no_minute_more(int minutes, string? rule)
    {
        var refusal = HourRules.CheckDeclaration(Contract("2027-06-01", "2028-06-30"), Market(), Month("2028-02"), minutes, [], Day("2028-11-22"));
        Assert.Equal(rule, refusal?.Rule.Code);
    }

    [Fact]
    [Trait("règle", "heures.passees")]
    public void Days_that_have_not_come_yet_cannot_have_been_worked()
    {
        var contract = Contract("2026-11-20");
        Assert.Null(HourRules.CheckDeclaration(contract, Market(), Month("2026-11"), 3 * 1440, [], Day("2026-11-22")));
        var refusal = HourRules.CheckDeclaration(contract, Market(), Month("2026-11"), (3 * 1440) + 1, [], Day("2026-11-22"));
        Assert.Equal("En novembre 2026, le contrat compte 3 jours à ce jour : 72\u00a0h au plus. Vérifiez le nombre d’heures et le mois.", refusal?.Sentence);
    }

    [Fact]
    public void Lines_already_declared_count_against_the_calendar_but_rejected_ones_do_not()
    {
        var contract = Contract("2026-11-20");
        var declared = Entry("2026-11", 2 * 1440, HourStatus.Declared);
        Assert.NotNull(HourRules.CheckDeclaration(contract, Market(), Month("2026-11"), 2 * 1440, [declared], Day("2026-11-22")));
        Assert.Null(HourRules.CheckDeclaration(contract, Market(), Month("2026-11"), 2 * 1440, [declared with { Status = HourStatus.Rejected }], Day("2026-11-22")));
    }

    [Theory]
    [InlineData((151 * 60) + 40, false)]
    [InlineData(250 * 60, true)]
    [Trait("règle", "heures.vraisemblance")]
    public void A_month_far_over_the_contract_is_accepted_and_pointed_out(int minutes, bool pointedOut)
    {
        var contract = Contract("2026-01-01");
        Assert.Null(HourRules.CheckDeclaration(contract, Market(), Month("2026-10"), minutes, [], Day("2026-11-22")));
        Assert.Equal(pointedOut, HourRules.Warning(contract, Month("2026-10"), minutes, []) is not null);
    }

    [Fact]
    [Trait("règle", "heures.contre-ecriture")]
    public void A_line_is_taken_back_once_exactly_and_with_a_reason()
    {
        var line = Entry("2026-10", 600);
        var counter = HourRules.Opposite(line, Guid.CreateVersion7());
        Assert.Equal(-600, counter.Minutes);
        Assert.Null(HourRules.CheckCounterEntry(counter, [line], "erreur de mois"));
        Assert.NotNull(HourRules.CheckCounterEntry(counter, [line], " "));
        Assert.NotNull(HourRules.CheckCounterEntry(counter with { Minutes = -599 }, [line], "erreur de mois"));
        Assert.NotNull(HourRules.CheckCounterEntry(counter with { Month = Day("2026-09-01") }, [line], "erreur de mois"));
        Assert.NotNull(HourRules.CheckCounterEntry(counter, [], "erreur de mois"));
        Assert.NotNull(HourRules.CheckCounterEntry(HourRules.Opposite(line, Guid.CreateVersion7()), [line, counter], "erreur de mois"));
        Assert.NotNull(HourRules.CheckCounterEntry(HourRules.Opposite(counter, Guid.CreateVersion7()), [line, counter], "erreur de mois"));
    }

    [Fact]
    [Trait("règle", "heures.decision")]
    public void A_line_is_decided_once_and_a_rejection_says_why()
    {
        var line = Entry("2026-10", 600, HourStatus.Declared);
        Assert.Null(HourRules.CheckDecision(line, HourStatus.Validated, [line], null));
        Assert.NotNull(HourRules.CheckDecision(line, HourStatus.Rejected, [line], ""));
        Assert.Null(HourRules.CheckDecision(line, HourStatus.Rejected, [line], "feuille d’heures absente"));
        var validated = line with { Status = HourStatus.Validated };
        Assert.NotNull(HourRules.CheckDecision(validated, HourStatus.Rejected, [validated], "feuille d’heures absente"));
        Assert.NotNull(HourRules.CheckDecision(line, HourStatus.Validated, [line, HourRules.Opposite(line, Guid.CreateVersion7())], null));
    }

    [Fact]
    public void A_month_is_missing_once_finished_and_while_no_hours_stand()
    {
        var contract = Contract("2026-08-15");
        var august = Entry("2026-08", 600);
        var rejected = Entry("2026-09", 600, HourStatus.Rejected);
        IEnumerable<string> Missing(string today, params HourEntry[] entries) =>
            HourRules.MissingMonths(contract, Market(), entries, Day(today)).Select(month => month.Code);
        Assert.Equal(["2026-09", "2026-10"], Missing("2026-11-22", august, rejected));
        Assert.Equal(["2026-08", "2026-09"], Missing("2026-10-31", august, HourRules.Opposite(august, Guid.CreateVersion7())));
        Assert.Empty(Missing("2026-08-31"));
        Assert.Empty(Missing("2026-08-01"));
    }
}
