using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.Tests.Eligibility;

public sealed class CreditTests
{
    [Theory]
    [InlineData("2024-02-29", 24, "2026-02-28")]
    [InlineData("2024-02-29", 48, "2028-02-28")]
    [InlineData("2024-02-28", 24, "2026-02-27")]
    [InlineData("2024-03-01", 24, "2026-02-28")]
    [InlineData("2024-08-31", 24, "2026-08-30")]
    [InlineData("2024-08-31", 6, "2025-02-28")]
    [InlineData("2024-01-01", 24, "2025-12-31")]
    [Trait("règle", "credit.24-mois")]
    public void The_hours_count_until_the_day_before_the_same_day(string first, int months, string last)
    {
        var market = MarketOf(new CountingRules(CreditMonths: months, CdiCapMonths: months));

        Assert.Equal(Day(last), Credit.LastDay(Day(first), market));
        Assert.Equal(Day(last), Credit.LastDay(Day(first), WorkContractKind.Cdi, market));
    }

    [Theory]
    [InlineData("FirstContract", "Cdd", "2026-01-10")]
    [InlineData("Validation", "Cdd", "2026-02-20")]
    [InlineData("EachContract", "Cdd", "2026-06-01")]
    [InlineData("FirstContract", "Cdi", "2026-01-10")]
    [InlineData("Validation", "Cdi", "2026-02-20")]
    [InlineData("EachContract", "Cdi", "2026-06-01")]
    [Trait("règle", "credit.depart")]
    public void The_marche_says_where_the_months_start(string start, string kind, string first)
    {
        var parsed = Enum.Parse<CreditStart>(start);
        var counting = kind == "Cdi" ? new CountingRules(CdiStart: parsed) : new CountingRules(CreditStart: parsed);

        Assert.Equal(Day(first), Credit.StartOf(Enum.Parse<WorkContractKind>(kind), new(2026, 6, 1), new(2026, 2, 20), new(2026, 1, 10), counting));
    }

    [Fact]
    public void A_cdi_that_counts_like_the_others_starts_like_the_others() =>
        Assert.Equal(new DateOnly(2026, 1, 10), Credit.StartOf(
            WorkContractKind.Cdi, new(2026, 6, 1), new(2026, 2, 20), new(2026, 1, 10), new CountingRules(CdiUntilEndOfMarket: false)));

    [Fact]
    [Trait("règle", "credit.cdi")]
    public void A_cdi_of_five_years_counts_four_when_the_marche_caps_it()
    {
        var fiveYears = MarketOf(new CountingRules(CdiCapMonths: 48)) with { Period = new DatePeriod(new(2021, 1, 1), new(2025, 12, 31)) };

        Assert.Equal(new DateOnly(2024, 12, 31), Credit.LastDay(new(2021, 1, 1), WorkContractKind.Cdi, fiveYears));
        Assert.Equal(new DateOnly(2025, 12, 31), Credit.LastDay(new(2022, 1, 1), WorkContractKind.Cdi, fiveYears));
    }

    [Fact]
    [Trait("règle", "credit.24-mois")]
    [Trait("règle", "credit.cdi")]
    public void Two_years_for_a_cdd_and_the_whole_marche_for_a_cdi()
    {
        var fiveYears = MarketOf(new CountingRules()) with { Period = new DatePeriod(new(2021, 1, 1), new(2025, 12, 31)) };

        Assert.Equal(new DateOnly(2022, 12, 31), Credit.LastDay(new(2021, 1, 1), WorkContractKind.Cdd, fiveYears));
        Assert.Equal(new DateOnly(2025, 12, 31), Credit.LastDay(new(2021, 1, 1), WorkContractKind.Cdi, fiveYears));
    }

    private static Market MarketOf(CountingRules counting) => new(
        MarketId.New(), OrganizationId.New(), "M-1", "Travaux", OrganizationId.New(), new DatePeriod(new(2020, 1, 1)), new PublicList(1, "K", ["RSA"]), counting, Cadence.Mensuelle);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
