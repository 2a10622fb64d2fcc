using Matching.Rules.Postings.Reading;

namespace Matching.Rules.Tests.Postings;

public class WarningTests
{
    [Theory]
    [InlineData("Cherche un homme de 25 à 35 ans", "texte.sexe,texte.age")]
    [InlineData("jeune et dynamique", "texte.age")]
    [InlineData("personne de nationalité française", "texte.origine")]
    [InlineData("français langue maternelle", "texte.langue")]
    [InlineData("célibataire, sans enfant", "texte.famille")]
    [InlineData("en bonne santé, sans problème de dos", "texte.sante")]
    [InlineData("bonne présentation", "texte.apparence")]
    [InlineData("habiter obligatoirement sur la commune", "texte.residence")]
    [InlineData("sans engagement syndical", "texte.opinion")]
    [InlineData("maîtrise parfaite du français", "texte.francais")]
    [InlineData("permis B exigé", "texte.permis")]
    [InlineData("véhicule personnel indispensable", "texte.vehicule")]
    [InlineData("5 ans d'expérience exigés", "texte.experience")]
    [InlineData("CAP maçonnerie exigé", "texte.diplome")]
    [InlineData("casier vierge", "texte.casier")]
    [InlineData("bonne condition physique", "texte.condition-physique")]
    public void What_the_law_forbids_or_what_excludes_without_need_is_pointed_out(string text, string rules) =>
        Assert.Equal(rules, string.Join(',', Reader.Read(text).Warnings.Select(warning => warning.Rule.Code)));

    [Theory]
    [InlineData("Aucun diplôme exigé, débutants bienvenus")]
    [InlineData("un homme ou une femme")]
    [InlineData("recrute un homme ou une femme")]
    [InlineData("permis B de plus de deux ans")]
    [InlineData("Une première expérience est souhaitée, même courte")]
    [InlineData("véhicule conseillé, pas de bus avant 9h")]
    [InlineData("chargement du véhicule frigorifique")]
    [InlineData("Travail en équipe dans un lycée")]
    public void Ordinary_sentences_raise_no_warning(string text) => Assert.Empty(Reader.Read(text).Warnings);

    [Fact]
    public void A_warning_shows_the_words_and_the_law()
    {
        const string Text = "Profil : jeune et dynamique.";
        var warning = Assert.Single(Reader.Read(Text).Warnings);
        Assert.Equal(WarningKind.Interdit, warning.Kind);
        Assert.Equal("jeune et dynamique", warning.Words.Words(Text));
        Assert.Contains("L1132-1", warning.Rule.Source, StringComparison.Ordinal);
    }
}
