using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public class PoolPlaceTests
{
    [Theory]
    [InlineData("00100", "Valmiron", "", "00001")]
    [InlineData("00105", "valmiron", "", "00001")]
    [InlineData("00105", "", "", "00001")]
    [InlineData("1110", "Port-Ivrette", "", "00003")]
    [InlineData("", "Ozille", "", "00002")]
    [InlineData("", "", "00005", "00005")]
    [InlineData("", "", "0004", "00004")]
    [InlineData("00120", "Saint-Aubin", "", "00004")]
    [InlineData("00100", "Valmiron CEDEX 2", "", "00001")]
    public void The_commune_is_found_by_what_is_written(string postal, string name, string insee, string expected) =>
        Assert.Equal(expected, Check(postal, name, insee).Person?.Work.InseeCode);

    [Theory]
    [InlineData("00100", "", "", "commune", "Valmiron (00100, 00105, INSEE 00001) ; Ozille (00100, INSEE 00002)")]
    [InlineData("", "Saint-Aubin", "", "commune", "Saint-Aubin (00130, INSEE 00005)")]
    [InlineData("", "Valmirion", "", "commune", "Peut-être : Valmiron")]
    [InlineData("00100", "Valmirion", "", "commune", "Peut-être : Valmiron")]
    [InlineData("00120", "Ozille", "", "commune", "Ozille (00100, INSEE 00002)")]
    [InlineData("00199", "Ozille", "", "code_postal", "Ozille (00100, INSEE 00002)")]
    [InlineData("00199", "", "", "code_postal", "code INSEE")]
    [InlineData("123", "Ozille", "", "code_postal", "code postal")]
    [InlineData("", "", "00099", "code_insee", "code")]
    [InlineData("", "", "", "commune", "code_insee")]
    public void A_commune_that_is_not_sure_is_refused_with_the_choices(string postal, string name, string insee, string column, string mend)
    {
        var error = Assert.Single(Check(postal, name, insee).Errors);

        Assert.Equal(column, error.Column);
        Assert.Contains(mend, error.Mend, StringComparison.Ordinal);
    }

    private static CheckedRow Check(string postal, string name, string insee) =>
        PoolRows.Check(("code_postal", postal), ("commune", name), ("code_insee", insee));
}
