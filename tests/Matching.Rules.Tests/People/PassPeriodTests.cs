using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public sealed class PassPeriodTests
{
    private static readonly DateOnly Born = new(1990, 1, 1);

    [Theory]
    [InlineData("2025-01-01", "2026-12-31")]
    [InlineData("2024-01-01", "2025-12-30")]
    [InlineData("2024-02-29", "2026-02-27")]
    [Trait("règle", "pass.duree")]
    [Trait("règle", "pass.dernier-jour")]
    public void A_pass_runs_730_days_its_last_one_included(string start, string last)
    {
        Assert.Equal(Days.Of(last), PassPeriod.LastDay(Days.Of(start)));
        var pass = new PassIae("999990000001", Days.Of(last));
        Assert.True(pass.Covers(Days.Of(last)));
        Assert.False(pass.Covers(Days.Of(last).AddDays(1)));
    }

    [Fact]
    [Trait("règle", "pass.suspension-report")]
    public void A_suspension_and_a_prolongation_push_the_end()
    {
        PassSuspension[] month = [new(new(2025, 6, 1), new(2025, 6, 30))];

        Assert.Equal(new DateOnly(2027, 1, 30), PassPeriod.LastDay(new(2025, 1, 1), month));
        Assert.Equal(new DateOnly(2028, 1, 30), PassPeriod.LastDay(new(2025, 1, 1), month, [new("SENIOR", 12)]));
    }

    [Fact]
    [Trait("règle", "pass.fin-la-plus-lointaine")]
    public void The_longest_prolongation_asked_as_early_and_suspended_as_long_as_may_be_ends_within_14_years()
    {
        var (today, longest) = (new DateOnly(2026, 11, 16), PassPeriod.Reasons.Max(reason => reason.EachMonths));
        var prolonged = today.AddMonths(PassPeriod.MonthsBeforeEnd + longest);
        var suspended = new PassSuspension(today, Months.LastDay(today, PassPeriod.SuspensionMonths));
        Assert.Null(PassPeriod.CheckSuspension(suspended, prolonged, [], today));
        Assert.InRange(PassPeriod.FurthestLastDay(today), prolonged.AddDays(suspended.Days), today.AddYears(14).AddMonths(1));
    }

    [Theory]
    [InlineData("2026-11-16", "2029-11-15", null)]
    [InlineData("2026-11-16", "2029-11-16", "36 mois au plus")]
    [InlineData("2026-11-17", "2026-12-17", "dans l’avenir")]
    [InlineData("2025-11-16", "2025-12-01", null)]
    [InlineData("2025-11-15", "2025-12-01", "à plus de 365 jours")]
    [InlineData("2026-03-31", "2026-04-15", "chevauche")]
    [InlineData("2026-04-01", "2026-04-15", null)]
    [InlineData("2026-11-16", "2026-11-15", "précède son début")]
    [Trait("règle", "pass.suspension")]
    public void A_suspension_is_checked_at_its_limits(string start, string end, string? refusal)
    {
        var answer = PassPeriod.CheckSuspension(
            new(Days.Of(start), Days.Of(end)), new(2027, 6, 30), [new(new(2026, 3, 1), new(2026, 3, 31))], new(2026, 11, 16));

        AssertSays(refusal, answer);
    }

    [Fact]
    public void A_suspension_cannot_begin_once_the_pass_is_over() =>
        AssertSays("terminé", PassPeriod.CheckSuspension(new(new(2026, 7, 1), new(2026, 8, 1)), new(2026, 6, 30), [], new(2026, 11, 16)));

    [Fact]
    public void A_hire_ends_the_suspension_the_day_before()
    {
        PassSuspension suspension = new(new(2026, 3, 1), new(2026, 3, 31));

        Assert.Equal(new DateOnly(2026, 3, 9), PassPeriod.EndedByHire(suspension, new(2026, 3, 10))!.End);
        Assert.Equal(suspension, PassPeriod.EndedByHire(suspension, new(2026, 4, 1)));
        Assert.Null(PassPeriod.EndedByHire(suspension, new(2026, 3, 1)));
    }

    [Theory]
    [InlineData("2026-05-14", "au plus tôt le 15/05/2026")]
    [InlineData("2026-05-15", null)]
    [InlineData("2027-11-15", null)]
    [InlineData("2027-11-16", "au plus tard le 15/11/2027")]
    [Trait("règle", "pass.prolongation")]
    public void A_prolongation_is_asked_from_12_months_before_the_end_to_6_months_after(string today, string? refusal) =>
        AssertSays(refusal, PassPeriod.CheckProlongation(new("COMPLETE_TRAINING", 12), new(2027, 5, 15), [], false, Born, OrganizationKind.Ei, false, Days.Of(today)));

    [Theory]
    [InlineData("RQTH", 12, 24, true, "Ei", null)]
    [InlineData("RQTH", 12, 25, true, "Ei", "36 mois au plus ; il serait de 37")]
    [InlineData("RQTH", 12, 0, false, "Ei", "accord d’un prescripteur")]
    [InlineData("RQTH", 13, 0, true, "Ei", "de 1 à 12 mois")]
    [InlineData("RQTH", 0, 0, true, "Ei", "de 1 à 12 mois")]
    [InlineData("SENIOR", 12, 48, true, "Ei", null)]
    [InlineData("SENIOR", 12, 49, true, "Ei", "60 mois au plus")]
    [InlineData("PARTICULAR_DIFFICULTIES", 12, 24, true, "Ai", null)]
    [InlineData("PARTICULAR_DIFFICULTIES", 12, 0, true, "Aci", null)]
    [InlineData("PARTICULAR_DIFFICULTIES", 12, 0, true, "Ei", "réservé aux AI et aux ACI")]
    [InlineData("COMPLETE_TRAINING", 12, 60, false, "Etti", null)]
    [InlineData("AUTRE", 1, 0, true, "Ei", "n’existe pas")]
    [Trait("règle", "pass.prolongation")]
    public void A_reason_has_its_length_its_sum_and_who_agrees(string reason, int months, int before, bool hasPrescriber, string kind, string? refusal)
    {
        IReadOnlyList<PassProlongation> granted = before == 0 ? [] : [new(reason, before)];

        AssertSays(refusal, PassPeriod.CheckProlongation(
            new(reason, months), new(2027, 5, 15), granted, false, new(1960, 1, 1), Enum.Parse<OrganizationKind>(kind), hasPrescriber, new(2027, 1, 1)));
    }

    [Theory]
    [InlineData("SENIOR", "1977-05-15", null)]
    [InlineData("SENIOR", "1977-05-16", "50 ans révolus")]
    [InlineData("SENIOR_CDI", "1970-05-15", null)]
    [InlineData("SENIOR_CDI", "1970-05-16", "57 ans révolus")]
    public void A_reason_of_age_asks_for_the_birthday_by_the_end_of_the_pass(string reason, string born, string? refusal) =>
        AssertSays(refusal, PassPeriod.CheckProlongation(new(reason, 12), new(2027, 5, 15), [], false, Days.Of(born), OrganizationKind.Ei, true, new(2027, 1, 1)));

    [Fact]
    public void A_suspended_pass_is_not_prolonged() =>
        AssertSays("suspendu", PassPeriod.CheckProlongation(new("RQTH", 12), new(2027, 5, 15), [], true, Born, OrganizationKind.Ei, true, new(2027, 1, 1)));

    [Theory]
    [InlineData("2024-05-15", "2024-05-15", true, "encore valide")]
    [InlineData("2024-05-15", "2024-05-16", false, "Délai de carence jusqu’au 15/05/2026")]
    [InlineData("2024-05-15", "2024-05-16", true, null)]
    [InlineData("2024-05-15", "2026-05-15", false, "Délai de carence")]
    [InlineData("2024-05-15", "2026-05-16", false, null)]
    [InlineData("2024-02-29", "2026-02-28", false, "Délai de carence")]
    [InlineData("2024-02-29", "2026-03-01", false, null)]
    [Trait("règle", "pass.carence")]
    public void A_new_pass_waits_two_years_unless_a_prescriber_presents_the_person(string formerLast, string day, bool isPresented, string? refusal) =>
        AssertSays(refusal, PassPeriod.CheckNew(Days.Of(formerLast), Days.Of(day), isPresented));

    private static void AssertSays(string? part, string? sentence)
    {
        if (part is null)
        {
            Assert.Null(sentence);
        }
        else
        {
            Assert.Contains(part, sentence ?? "", StringComparison.Ordinal);
        }
    }
}
