namespace Matching.Web.Tests.Platform;

/// <summary>What one test does to the clock never reaches the next, whatever order they run in.</summary>
public sealed class StartOfTests(SqliteWeb web) : WebTests(web), IClassFixture<SqliteWeb>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_test_begins_on_the_same_monday_morning(int days)
    {
        Assert.Equal((MovableClock.Start, TimeSpan.Zero), (Web.Clock.Now, Web.Clock.Pace));

        Web.Clock.Now += TimeSpan.FromDays(days);
        Web.Clock.Pace = TimeSpan.FromSeconds(1);
    }
}
