using Matching.Features;
using Matching.House.Tests.Reading;
using Matching.Lab;

namespace Matching.House.Tests;

/// <summary>A model is published with the card that its file gives, and nothing else.</summary>
public sealed class ModelCardTests
{
    public static TheoryData<string> Models => [.. Repository.Files(".json").Where(path => path.StartsWith("models/ranker-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_card_of_a_model_says_what_its_file_says(string model)
    {
        var card = WriteCards.CardOf(model);
        Assert.True(Repository.Has(card), $"{card} is missing: dotnet run --project src/Matching.Lab -- card");
        Assert.Equal(ModelCard.Write(RankerModel.Read(Repository.Text(model))), Repository.Text(card).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_card_has_its_model()
    {
        var cards = Repository.Files(".md").Where(path => path.StartsWith("models/ranker-", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(cards);
        Assert.All(cards, card => Assert.True(Repository.Has(Path.ChangeExtension(card, ".json")), card));
    }
}
