using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public sealed class PoolHeadingsTests
{
    [Theory]
    [InlineData("Nom de famille", "nom")]
    [InlineData("DDN", "date_naissance")]
    [InlineData("N° de téléphone", "telephone")]
    [InlineData("E-mail", "courriel")]
    [InlineData("VILLE", "commune")]
    [InlineData("Critères d’éligibilité", "criteres")]
    [InlineData("Disponible à partir du", "disponible_le")]
    public void A_usual_header_is_guessed(string header, string column) => Assert.Equal(column, PoolHeadings.Guess(header)?.Name);

    [Theory]
    [InlineData("nom")]
    [InlineData("Code postal")]
    [InlineData("Observations")]
    [InlineData("")]
    public void A_name_of_the_template_and_an_unknown_one_are_no_guess(string header) => Assert.Null(PoolHeadings.Guess(header));

    [Fact]
    public void A_siret_without_its_first_zeros_is_restored_only_when_it_is_the_pools_own()
    {
        Assert.Empty(PoolRows.Check(("structure_siret", "705400018")).Errors);
        Assert.Equal("structure_siret", Assert.Single(PoolRows.Check(("structure_siret", "294900014")).Errors).Column);
        Assert.Contains("abrégé", Assert.Single(PoolRows.Check(("structure_siret", "7,054E+08")).Errors).Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_lost_its_format_is_read_and_said()
    {
        var row = PoolRows.Check(("date_naissance", "33677"));

        Assert.Equal(new DateOnly(1992, 3, 14), row.Person?.Identity.BirthDate);
        Assert.Contains("14/03/1992", Assert.Single(row.Warnings).Wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1992")]
    [InlineData("9132")]
    [InlineData("73051")]
    [InlineData("46000,5")]
    public void A_year_or_a_number_out_of_this_century_is_no_day(string text) =>
        Assert.Equal("date_naissance", Assert.Single(PoolRows.Check(("date_naissance", text)).Errors).Column);
}
