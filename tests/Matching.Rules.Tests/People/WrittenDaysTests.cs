using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public class WrittenDaysTests
{
    [Theory]
    [InlineData("05/11/2026")]
    [InlineData("5/11/2026")]
    [InlineData("05-11-2026")]
    [InlineData("05.11.2026")]
    [InlineData("2026-11-05")]
    [InlineData("2026-11-05 00:00:00")]
    [InlineData("05/11/2026 00:00")]
    public void A_day_is_read_as_people_and_spreadsheets_write_it(string written)
    {
        Assert.True(WrittenDays.TryRead(written, out var day, out _));
        Assert.Equal(new DateOnly(2026, 11, 5), day);
    }

    [Theory]
    [InlineData("31/02/2026", "février 2026 compte 28 jours")]
    [InlineData("29/02/2023", "février 2023 compte 28 jours")]
    [InlineData("31/04/2026", "avril 2026 compte 30 jours")]
    [InlineData("00/04/2026", "avril 2026 compte 30 jours")]
    [InlineData("05/13/2026", "pas de mois 13")]
    [InlineData("05/11/26", "deux chiffres")]
    [InlineData("05/11/1026", "1026")]
    [InlineData("le 3 mai 1988", "pas une date")]
    [InlineData("46331", "pas une date")]
    public void A_day_that_does_not_exist_says_why(string written, string expected)
    {
        Assert.False(WrittenDays.TryRead(written, out _, out var wrong));
        Assert.Contains(expected, wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void The_29_of_February_of_a_leap_year_exists() => Assert.True(WrittenDays.TryRead("29/02/2024", out _, out _));
}
