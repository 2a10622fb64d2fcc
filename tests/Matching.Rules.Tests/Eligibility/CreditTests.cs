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
    public void The_hours_count_until_the_day_before_the_same_day(string first, int months, string last)
    {
        var market = MarketOf(new CountingRules(CreditMonths: months, CdiCapMonths: months));

        Assert.Equal(Day(last), Credit.LastDay(Day(first), market));
        Assert.Equal(Day(last), Credit.LastDay(Day(first), WorkContractKind.Cdi, market));
    }

    private static Market MarketOf(CountingRules counting) => new(
        MarketId.New(), OrganizationId.New(), "M-1", "Travaux", OrganizationId.New(), new DatePeriod(new(2020, 1, 1)), new PublicList(1, "K", ["RSA"]), counting, Cadence.Mensuelle);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
