using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public sealed class PoolPassTests
{
    [Fact]
    public void A_pass_has_a_number_and_an_end_or_neither()
    {
        Assert.Equal(new PassIae("999990000001", new DateOnly(2027, 6, 30)),
            PoolRows.Check(("pass_iae", "99999 00 00001"), ("pass_iae_fin", "30/06/2027")).Person!.Eligibility.Pass);
        Assert.Equal("pass_iae_fin", Assert.Single(PoolRows.Check(("pass_iae", "99999 00 00001")).Errors).Column);
        Assert.Equal("pass_iae", Assert.Single(PoolRows.Check(("pass_iae_fin", "30/06/2027")).Errors).Column);
    }

    [Theory]
    [InlineData("16/12/2040", null)]
    [InlineData("17/12/2040", "ne court après le 16/12/2040")]
    [InlineData("30/06/2072", "ne court après le 16/12/2040")]
    [InlineData("14/03/1992", null)]
    [InlineData("13/03/1992", "avant la naissance")]
    [Trait("règle", "pass.fin-la-plus-lointaine")]
    public void The_end_of_a_pass_that_no_rule_allows_is_a_wrong_year(string end, string? expected)
    {
        var row = PoolRows.Check(("pass_iae", "99999 00 00001"), ("pass_iae_fin", end));
        if (expected is null)
        {
            Assert.NotNull(row.Person!.Eligibility.Pass);
        }
        else
        {
            var wrong = Assert.Single(row.Errors);
            Assert.Equal("pass_iae_fin", wrong.Column);
            Assert.Contains(expected, wrong.Wrong, StringComparison.Ordinal);
        }
    }
}
