using Matching.Engine.Columns;
using Matching.Engine.Index;

namespace Matching.Engine.Tests.Index;

/// <summary>What is answered to a query that is no plain list of words: quotes and signs mean nothing, and what is too long is read up to a limit.</summary>
public class OddQueryTests
{
    private static readonly Guid Wall = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Roof = Guid.Parse("00000000-0000-7000-8000-000000000002");
    private static readonly Guid Garden = Guid.Parse("00000000-0000-7000-8000-000000000003");

    private readonly RowStore<int> store = new(new RowSchema([]));

    public OddQueryTests() => store.Apply([Row(Wall, "Maçon, maçonne : mur"), Row(Roof, "maçon de toit"), Row(Garden, "jardin")], []);

    [Theory]
    [InlineData("\"maçon de toit", "maçon de toit")]
    [InlineData("maçon \"de toit", "maçon de toit")]
    [InlineData("maçon de toit\"", "maçon de toit")]
    [InlineData("« maçon “toit", "maçon toit")]
    [InlineData("'maçon'", "maçon")]
    [InlineData("\"\" maçon \"\"", "maçon")]
    [InlineData("«» maçon ''", "maçon")]
    [InlineData("👷🏽‍♀️ maçon 🧱", "maçon")]
    [InlineData("🧱maçon🧱toit🧱", "maçon toit")]
    [InlineData("maçon \uD83D", "maçon")]
    [InlineData("\uDC77maçon\uD83Dtoit", "maçon toit")]
    [InlineData("… (maçon) !!! ; toit ?", "maçon toit")]
    public void Signs_around_words_change_nothing_of_the_answer(string typed, string plain)
    {
        var expected = Best(plain);
        Assert.Equal([Wall, Roof], expected.Select(hit => hit.Id).Order());
        Assert.Equal(expected, Best(typed));
        Assert.Equal(expected, Page(typed).Hits);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"")]
    [InlineData("« »")]
    [InlineData("\"de la\"")]
    [InlineData("le la les")]
    [InlineData("!?… --- () ; '")]
    [InlineData("👷🏽‍♀️🧱")]
    [InlineData("\uD83D")]
    [InlineData("\uDC77 \uD83D")]
    public void A_text_without_a_word_to_look_for_finds_nothing_whereas_no_text_walks_through_everything(string typed)
    {
        Assert.Empty(Best(typed));
        Assert.Equal(0, Page(typed).Found);
        Assert.Equal(3, Page("").Found);
        Assert.Equal(3, Page(" \t\n").Found);
        Assert.Empty(Best(""));
        Assert.Empty(new TextSearch<int>(store.Current, new TextQuery(typed)).Highlights("Un maçon de la ville \"sur\" le toit 👷🏽‍♀️ !"));
    }

    [Fact]
    public void Quotes_do_not_hold_words_together() =>
        Assert.Equal([Wall, Roof, Garden], Best("\"jardin maçon\"").Select(hit => hit.Id).Order());

    [Theory]
    [InlineData(900, true)]
    [InlineData(9_990, false)]
    public void Of_ten_thousand_characters_the_first_thousand_are_looked_for(int signs, bool isRead)
    {
        var found = Best($"mur {new string('.', signs)} jardin").Select(hit => hit.Id).Order();
        Assert.Equal(isRead ? [Wall, Garden] : [Wall], found);
    }

    [Fact]
    public void A_character_of_two_halves_cut_by_the_limit_is_no_word()
    {
        var typed = "mur".PadRight(TextQuery.CharacterLimit - 1) + "🧱 jardin";
        Assert.True(char.IsHighSurrogate(typed[TextQuery.CharacterLimit - 1]));
        Assert.Equal(Best("mur"), Best(typed));
    }

    private static Row<int> Row(Guid id, string text) => new(id, [], [], [], text, 0);

    private IReadOnlyList<TextHit> Best(string text) => new TextSearch<int>(store.Current, new TextQuery(text)).Best(10).Hits;

    private TextPage Page(string text) => new TextSearch<int>(store.Current, new TextQuery(text)).Page(10, [], []);
}
