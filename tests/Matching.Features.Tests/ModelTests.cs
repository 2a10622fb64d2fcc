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
        Assert.All(FeatureCatalogue.ReadBy(RankerModel.Read(Json)), feature => Assert.Contains($"(`{feature.Name}`)", card, StringComparison.Ordinal));
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

    /// <summary>Every model that travels with the service, but the one that reads all criteria.</summary>
    public static TheoryData<string> Earlier => ["ranker-1.0.0-expert.json", "ranker-1.1.0-simulations.json", "ranker-1.2.0-simulations.json"];

    [Theory]
    [MemberData(nameof(Earlier))]
    public void A_model_published_before_a_criterion_still_serves_and_gives_nothing_for_it(string file)
    {
        var model = RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)));
        var later = FeatureCatalogue.All.Except(FeatureCatalogue.ReadBy(model)).ToList();
        Assert.Equal("training_sync", Assert.Single(later).Name);
        Assert.All(later, it => Assert.True(it.CameLater));
        Assert.DoesNotContain("training_sync", ModelCard.Write(model), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Path.ChangeExtension(file, ".md"))), ModelCard.Write(model));
    }

    [Fact]
    public void The_model_in_service_adds_one_criterion_to_the_first_one_and_changes_nothing_else()
    {
        var (first, served) = (RankerModel.Read(Json), RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.3.0-expert.json"))));
        var added = Assert.Single(served.Features, shape => first.Features.All(it => it.Name != shape.Name));
        Assert.Equal("training_sync", added.Name);
        Assert.Equal(FeatureCatalogue.All, FeatureCatalogue.ReadBy(served));
        Assert.All(first.Features, shape => Assert.Equal(shape.Points, served.Features.Single(it => it.Name == shape.Name).Points));
        Assert.True(added.Span <= 0.05 * served.Span);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"version\": 1")]
    public void A_broken_file_is_refused_with_a_sentence(string json) =>
        Assert.StartsWith("Le fichier du modèle", Assert.Throws<InvalidDataException>(() => RankerModel.Read(json)).Message, StringComparison.Ordinal);
}
