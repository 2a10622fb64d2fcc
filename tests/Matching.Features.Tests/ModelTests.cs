namespace Matching.Features.Tests;

public sealed class ModelTests
{
    private static string Json => Text("ranker-1.0.0-expert.json");

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
    public void The_card_of_a_learned_model_says_what_was_learned_apart_with_weights_and_counts()
    {
        var model = RankerModel.Read(Text("ranker-1.2.0-simulations.json"));
        Assert.Contains("- Ces points viennent d’une seule chose apprise : ce que les employeurs ont retenu.", ModelCard.Write(model), StringComparison.Ordinal);
        var both = model with { Training = model.Training! with { Heads = [new(ModelHead.Kept, 0.7, 900, 63000), new(ModelHead.Wanted, 0.3, 300, 1200, 0.5)] } };
        var card = ModelCard.Write(both);
        Assert.Contains("ce que les employeurs ont retenu, pour 70 %, appris de 900 listes (63000 lignes)", card, StringComparison.Ordinal);
        Assert.Contains("ce que les personnes ont voulu, pour 30 %, appris de 300 listes (1200 réponses connues", card, StringComparison.Ordinal);
        Assert.Contains("complété à 50 % par ce que les employeurs ont retenu", card, StringComparison.Ordinal);
        Assert.DoesNotContain("une seule chose apprise", card, StringComparison.Ordinal);
        Assert.Contains("Ce que les personnes ont voulu compte désormais, à côté de ce que les employeurs ont retenu.", ModelChanges.Of(model, both));
        Assert.Contains("Ce que les personnes ont voulu ne compte plus.", ModelChanges.Of(both, model));
        Assert.Empty(ModelHeads.Words(RankerModel.Read(Json)));
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

    [Fact]
    public void What_would_change_the_rank_is_read_in_every_model() => Assert.All(FeatureCatalogue.All, feature => Assert.False(feature.CameLater && feature.IsReachable));

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

    /// <summary>Every model that travels with the service, but the one that reads all criteria, with what came after it.</summary>
    public static TheoryData<string, string[]> Earlier => new()
    {
        { "ranker-1.0.0-expert.json", ["prior_pos", "duration_fit", "training_sync"] },
        { "ranker-1.1.0-simulations.json", ["prior_pos", "duration_fit", "training_sync"] },
        { "ranker-1.2.0-simulations.json", ["prior_pos", "duration_fit", "training_sync"] },
        { "ranker-1.3.0-expert.json", ["prior_pos", "duration_fit"] },
    };

    [Theory]
    [MemberData(nameof(Earlier))]
    public void A_model_published_before_a_criterion_still_serves_and_gives_nothing_for_it(string file, string[] after)
    {
        var model = RankerModel.Read(Text(file));
        var later = FeatureCatalogue.All.Except(FeatureCatalogue.ReadBy(model)).ToList();
        Assert.Equal(after, later.Select(it => it.Name));
        Assert.All(later, it => Assert.True(it.CameLater));
        Assert.All(later, it => Assert.DoesNotContain(it.Name, ModelCard.Write(model), StringComparison.Ordinal));
        Assert.Equal(Text(Path.ChangeExtension(file, ".md")), ModelCard.Write(model));
    }

    [Theory]
    [InlineData("ranker-1.0.0-expert.json", "ranker-1.3.0-expert.json", "training_sync")]
    [InlineData("ranker-1.3.0-expert.json", "ranker-1.4.0-expert.json", "prior_pos", "duration_fit")]
    public void A_later_expert_model_adds_small_criteria_and_changes_nothing_else(string before, string after, params string[] added)
    {
        var (first, served) = (RankerModel.Read(Text(before)), RankerModel.Read(Text(after)));
        var shapes = served.Features.Where(shape => first.Features.All(it => it.Name != shape.Name)).ToList();
        Assert.Equal(added, shapes.Select(it => it.Name));
        Assert.All(first.Features, shape => Assert.Equal(shape.Points, served.Features.Single(it => it.Name == shape.Name).Points));
        Assert.All(shapes, it => Assert.True(it.Span <= 0.05 * served.Span));
        Assert.All(shapes, it => Assert.Equal(0, it.Points[0]));
    }

    [Fact]
    public void The_model_in_service_reads_every_criterion() =>
        Assert.Equal(FeatureCatalogue.All, FeatureCatalogue.ReadBy(RankerModel.Read(Text("ranker-1.4.0-expert.json"))));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"version\": 1")]
    public void A_broken_file_is_refused_with_a_sentence(string json) =>
        Assert.StartsWith("Le fichier du modèle", Assert.Throws<InvalidDataException>(() => RankerModel.Read(json)).Message, StringComparison.Ordinal);

    private static string Text(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file));
}
