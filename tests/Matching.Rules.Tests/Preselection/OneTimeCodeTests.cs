using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class OneTimeCodeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("règle", "entreprise.code")]
    public void A_code_is_good_ten_minutes_and_five_tries_and_once()
    {
        Assert.Null(OneTimeCodes.CheckTry(Now.AddMinutes(-10), 4, false, Now));
        Assert.NotNull(OneTimeCodes.CheckTry(Now.AddMinutes(-10).AddSeconds(-1), 0, false, Now));
        Assert.NotNull(OneTimeCodes.CheckTry(Now, 5, false, Now));
        Assert.NotNull(OneTimeCodes.CheckTry(Now, 0, true, Now));
        Assert.Contains("pas encore parti", OneTimeCodes.CheckTry(null, 0, false, Now), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("règle", "entreprise.code")]
    public void Another_code_is_sent_after_a_minute_and_twenty_times_a_day()
    {
        Assert.Null(OneTimeCodes.CheckAsk(null, 0, Now));
        Assert.NotNull(OneTimeCodes.CheckAsk(Now.AddSeconds(-59), 1, Now));
        Assert.Null(OneTimeCodes.CheckAsk(Now.AddSeconds(-60), 19, Now));
        Assert.Contains("appelez votre contact", OneTimeCodes.CheckAsk(Now.AddHours(-1), 20, Now), StringComparison.Ordinal);
    }
}
