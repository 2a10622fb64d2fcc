namespace Matching.Rules.Tests;

/// <summary>How long texts are shortened.</summary>
public sealed class ShortTextTests
{
    [Theory]
    [InlineData("maçon", 5, "maçon", "maçon")]
    [InlineData("maçonne", 5, "maçon", "maçon…")]
    [InlineData("aide👷s", 5, "aide", "aide…")]
    [InlineData("aide👷s", 6, "aide👷", "aide👷…")]
    [InlineData("", 5, "", "")]
    public void A_long_text_is_cut_between_two_signs(string text, int most, string cut, string shown)
    {
        Assert.Equal(cut, text.Cut(most));
        Assert.Equal(shown, text.Shortened(most));
    }
}
