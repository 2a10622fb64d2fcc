using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public class PoolColumnsTests
{
    [Theory]
    [InlineData("Prénom", "prenom")]
    [InlineData(" DATE NAISSANCE ", "date_naissance")]
    [InlineData("date-naissance", "date_naissance")]
    [InlineData("Métiers recherchés", "metiers_recherches")]
    public void A_header_is_recognised_whatever_its_accents_and_case(string header, string column) => Assert.Equal(column, PoolColumns.Find(header)?.Name);

    [Fact]
    public void The_error_column_of_the_returned_file_is_no_column_of_the_template() => Assert.Null(PoolColumns.Find(PoolColumns.ErrorHeader));

    [Fact]
    public void A_pair_is_missing_only_when_neither_is_there()
    {
        var present = PoolColumns.All.Where(c => c.Need == PoolNeed.Required).Append(PoolColumns.Email).Append(PoolColumns.InseeCode).ToHashSet();

        Assert.Equal(["mobilite_minutes (ou mobilite_km)"], PoolColumns.MissingFrom(present));
    }

    [Theory]
    [InlineData("185057800608436", true)]
    [InlineData("1 85 05 78 006 084 36", true)]
    [InlineData("2 85 05 2A 006 084", true)]
    [InlineData("n° 285057800608491 à la CPAM", true)]
    [InlineData("00000705400018", false)]
    [InlineData("13002526500013", false)]
    [InlineData("99999 00 00001", false)]
    [InlineData("06 39 98 00 01", false)]
    [InlineData("1851578006084", false)]
    [Trait("règle", "vivier.sans-nir")]
    public void What_looks_like_a_social_security_number_is_taken_out(string text, bool isFound)
    {
        var (kept, wasFound) = SocialSecurityNumbers.Remove(text);

        Assert.Equal(isFound, wasFound);
        Assert.Equal(isFound, kept != text);
    }

    [Theory]
    [InlineData("NIR", true)]
    [InlineData("N° de sécurité sociale", true)]
    [InlineData("num_secu", true)]
    [InlineData("numero_nir", true)]
    [InlineData("nom", false)]
    [InlineData("souvenir", false)]
    [InlineData("avenir", false)]
    public void A_header_that_announces_social_security_numbers_is_recognised(string header, bool expected) =>
        Assert.Equal(expected, SocialSecurityNumbers.IsAnnouncedBy(header));
}
