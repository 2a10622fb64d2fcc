namespace Matching.Features.Tests;

public sealed class ModelTests
{
    private static string Json => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json"));

    [Fact]
    public void The_shipped_model_may_serve() => Assert.Empty(RankerModel.Read(Json).Problems());

    [Fact]
    public void The_first_line_of_the_card_says_that_no_real_hire_was_learned()
    {
        var card = ModelCard.Write(RankerModel.Read(Json));
        Assert.Contains("n’a appris d’aucune embauche réelle", card.Split('\n')[0], StringComparison.Ordinal);
        Assert.All(FeatureCatalogue.All, feature => Assert.Contains($"(`{feature.Name}`)", card, StringComparison.Ordinal));
    }

    [Fact]
    public void At_least_fourteen_criteria_are_computed() => Assert.True(FeatureCatalogue.All.Count >= 14, $"{FeatureCatalogue.All.Count} critères");

    [Fact]
    public void Engagement_stays_under_a_twentieth_of_the_span()
    {
        var model = RankerModel.Read(Json);
        Assert.True(model.Features.Single(f => f.Name == "engagement").Span <= 0.05 * model.Span);
    }

    [Fact]
    public void Every_bin_has_its_own_code_below_64() => Assert.All(FeatureCatalogue.All, feature =>
    {
        Assert.Equal(feature.Bins.Count, feature.Bins.Select(bin => bin.Code).Distinct().Count());
        Assert.All(feature.Bins, bin => Assert.True(bin.Code < 64));
    });

    [Theory]
    [InlineData("\"6\": 130", "\"6\": 20", "va contre son sens")]
    [InlineData("\"6\": 130", "\"6\": 13000", "pèse plus de")]
    [InlineData("\"name\": \"load\"", "\"name\": \"age\"", "Le critère age n’est pas connu")]
    [InlineData("\"name\": \"load\"", "\"name\": \"age\"", "Le critère load n’a pas de points")]
    [InlineData("\"2\": -25, \"3\": -45", "\"2\": -25", "n’a pas exactement une valeur de points")]
    public void A_model_edited_against_the_rules_is_refused(string before, string after, string expected)
    {
        Assert.Contains(before, Json, StringComparison.Ordinal);
        var refusal = Assert.Throws<InvalidDataException>(() => RankerModel.Read(Json.Replace(before, after, StringComparison.Ordinal)));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"version\": 1")]
    public void A_broken_file_is_refused_with_a_sentence(string json) =>
        Assert.StartsWith("Le fichier du modèle", Assert.Throws<InvalidDataException>(() => RankerModel.Read(json)).Message, StringComparison.Ordinal);
}
