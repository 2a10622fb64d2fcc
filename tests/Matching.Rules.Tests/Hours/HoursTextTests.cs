using Matching.Rules.Hours;

namespace Matching.Rules.Tests.Hours;

public sealed class HoursTextTests
{
    [Theory]
    [InlineData("151:40", 9100)]
    [InlineData("151,67", 9100)]
    [InlineData("151.67", 9100)]
    [InlineData("151 h 40", 9100)]
    [InlineData("151h", 9060)]
    [InlineData("35", 2100)]
    [InlineData(" 0,5 ", 30)]
    [InlineData("-7:30", -450)]
    public void Hours_are_read_as_people_write_them(string text, int minutes)
    {
        Assert.True(HoursText.TryParse(text, out var read));
        Assert.Equal(minutes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("beaucoup")]
    [InlineData("12:60")]
    [InlineData("12,5:30")]
    [InlineData("1e3")]
    [InlineData("99999")]
    [InlineData("12:5")]
    [InlineData("٣٥")]
    public void What_is_not_an_amount_of_hours_is_not_guessed(string? text) => Assert.False(HoursText.TryParse(text, out _));

    [Theory]
    [InlineData(9100, "151\u00a0h\u00a040")]
    [InlineData(2100, "35\u00a0h")]
    [InlineData(-450, "−7\u00a0h\u00a030")]
    [InlineData(5, "0\u00a0h\u00a005")]
    [InlineData(60 * 1234, "1\u202f234\u00a0h")]
    public void Minutes_are_shown_as_hours(int minutes, string text) => Assert.Equal(text, HoursText.Show(minutes));

    [Theory]
    [InlineData("2026-11", true)]
    [InlineData("2026-13", false)]
    [InlineData("11/2026", false)]
    [InlineData("0001-01", false)]
    [InlineData("", false)]
    public void A_month_is_a_year_and_a_month(string text, bool isMonth) => Assert.Equal(isMonth, CalendarMonth.TryParse(text, out _));
}
