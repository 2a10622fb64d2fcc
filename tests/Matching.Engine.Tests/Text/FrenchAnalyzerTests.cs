using Matching.Engine.Text;

namespace Matching.Engine.Tests.Text;

public class FrenchAnalyzerTests
{
    [Theory]
    [InlineData("l'atelier d’insertion", "atelier insertion")]
    [InlineData("Jusqu'à aujourd'hui, qu'il l'apprenne", "aujourdhui apprenn|appren")]
    [InlineData("Façade, ŒUVRE, cœur", "facad oeuvr coeur|coeu")]
    [InlineData("aide-soignante à mi-temps", "aid soignant mi temp")]
    [InlineData("CACES R482 A", "cac r482 r482a")]
    [InlineData("caces r.482 cat. A et C1", "cac r482 r482a r482c1")]
    [InlineData("CACES R 489 catégories 1, 3 et 5", "cac r489 r4891 r4893 r4895")]
    [InlineData("horaires 2x8, 3×8 ou 2 x 8", "horair 2x8 3x8 2x8")]
    [InlineData("permis B", "permi permisb")]
    [InlineData("permis b", "permi permisb")]
    [InlineData("AIDE A DOMICILE", "aid domicil")]
    [InlineData("R482 à Vaulx", "r482 vaulx")]
    public void Words_are_folded_cut_and_stemmed_while_codes_stay_whole(string text, string expected)
    {
        var stems = FrenchAnalyzer.Tokens(text).Select(token => token.Stem).ToArray();
        var wanted = expected.Split(' ').Select(one => one.Split('|')).ToArray();

        Assert.Equal(wanted.Length, stems.Length);
        Assert.All(stems.Zip(wanted), pair => Assert.Contains(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("vendeur", "vendeuse", "Vendeurs", "VENDEUSES")]
    [InlineData("conducteur", "conductrice", "conducteurs", "conductrices")]
    [InlineData("maçon", "maçonne", "maçons", "macon")]
    [InlineData("boulanger", "boulangère", "boulangers", "boulangeres")]
    [InlineData("technicien", "technicienne", "techniciens", "techniciennes")]
    [InlineData("employé", "employée", "employés", "employe")]
    [InlineData("municipal", "municipale", "municipaux", "municipales")]
    [InlineData("travail", "travaux", "Travaux", "travail")]
    [InlineData("chef", "cheffe", "chefs", "cheffes")]
    [InlineData("tuyau", "tuyaux", "TUYAU", "tuyaux")]
    [InlineData("bureau", "bureaux", "Bureau", "bureaux")]
    [InlineData("ingénieur", "ingénieure", "ingénieurs", "ingenieures")]
    [InlineData("français", "française", "françaises", "francais")]
    public void Masculine_feminine_singular_and_plural_meet(params string[] forms)
    {
        var stems = forms.Select(form => FrenchStem.Of(Folding.Fold(form))).Distinct();
        Assert.Single(stems);
    }

    [Theory]
    [InlineData("peinture", "peintre")]
    [InlineData("vente", "vendeur")]
    [InlineData("cuisine", "cuisinier")]
    [InlineData("car", "carreleur")]
    [InlineData("gardien", "jardin")]
    public void Different_words_stay_different(string one, string other) =>
        Assert.NotEqual(FrenchStem.Of(one), FrenchStem.Of(other));

    [Fact]
    public void Spans_point_at_the_original_text()
    {
        const string text = "Chef d’équipe — R482 catégorie A";
        var spans = FrenchAnalyzer.Tokens(text).Select(token => text.Substring(token.Start, token.Length));
        Assert.Equal(["Chef", "équipe", "R482", "A"], spans);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \t\r\n")]
    [InlineData("le la les de du à y")]
    [InlineData("👷🏽‍♀️🚧 !!! ---")]
    [InlineData("'''’’’")]
    [InlineData("\uD800 \uDC00")]
    public void A_text_without_words_has_no_token(string text) => Assert.Empty(FrenchAnalyzer.Tokens(text));

    [Fact]
    public void Endless_texts_are_read_up_to_a_limit()
    {
        Assert.Single(FrenchAnalyzer.Tokens(new string('a', 1_000_000)));
        Assert.Equal(FrenchAnalyzer.TokenLimit, FrenchAnalyzer.Tokens(string.Concat(Enumerable.Repeat("mur ", 100_000))).Count);
    }

    [Theory]
    [InlineData("macon", "maocn", 1, true)]
    [InlineData("peintre", "pintre", 1, true)]
    [InlineData("peintre", "pintr", 1, false)]
    [InlineData("electricien", "eletrisien", 2, true)]
    public void A_typing_error_is_a_letter_missing_added_replaced_or_swapped(string one, string other, int limit, bool within)
    {
        Assert.Equal(within, EditDistance.Within(one, other, limit));
        Assert.Equal(within, EditDistance.Within(other, one, limit));
    }

    [Fact]
    public void Short_words_forgive_nothing_up_to_seven_letters_one_error_and_two_above() => Assert.Equal(
        [0, 0, 1, 1, 2, 2], new[] { 1, 3, 4, 7, 8, 20 }.Select(EditDistance.Allowed));
}
