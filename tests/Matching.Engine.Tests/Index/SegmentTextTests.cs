using Matching.Engine.Index;
using Matching.Engine.Text;

namespace Matching.Engine.Tests.Index;

public class SegmentTextTests
{
    private static readonly string[] Parts =
    [
        "maçon", "Maçonne", "maçons", "l'atelier", "L’ATELIER", "aujourd'hui", "de", "la", "à", "A", "a", "y", "permis", "B", "b", "CACES", "R482", "R 482", "R.482", "C1",
        "catégories", "et", "2 x 8", "2×8", "2*8", "3x8", "cœur", "œuvre", "élève", "e\u0301le\u0300ve", "", " ", "  ,", "'", "d'", "l'", "qu'il", "peintre-décorateur", "12", "1", "👷🏽‍♀️",
        "\uD800", "ﬁche", "Ｒ４８２", "vendeuse(s)", "vendeur/euse", "as", "AS", new('x', 300),
    ];

    [Fact]
    public void Texts_read_one_after_another_hold_the_words_that_each_holds_alone()
    {
        var random = new Random(17);
        var texts = Enumerable.Range(0, 3_000).Select(_ => string.Join(random.Next(5) == 0 ? "" : " ", random.GetItems(Parts, random.Next(0, 14)))).ToList();
        texts.Add(string.Concat(Enumerable.Repeat("mur ", 70_000)));
        var builder = new SegmentTextBuilder(expectedCharacters: 10);
        texts.ForEach(builder.Add);
        AssertHolds(builder.Build(), texts);
    }

    [Fact]
    public void Segments_merged_hold_the_words_of_the_texts_kept()
    {
        var random = new Random(18);
        var segments = new List<(SegmentText Text, int[] KeptRows)>();
        var kept = new List<string>();
        foreach (var count in new[] { 900, 0, 300, 70_000, 40 })
        {
            var texts = Enumerable.Range(0, count).Select(at => $"{random.GetItems(Parts, 1)[0]} mot{at % 500} {(at % 3 == 0 ? "souvent souvent" : "")}").ToList();
            var builder = new SegmentTextBuilder(0);
            texts.ForEach(builder.Add);
            int[] rows = [.. Enumerable.Range(0, count).Where(_ => count == 300 || random.Next(4) > 0)];
            segments.Add((builder.Build(), rows));
            kept.AddRange(rows.Select(row => texts[row]));
        }
        AssertHolds(SegmentText.Merge(segments), kept);
    }

    private static void AssertHolds(SegmentText index, List<string> texts)
    {
        var rowsWith = new Dictionary<string, int>();
        for (var row = 0; row < texts.Count; row++)
        {
            var stems = FrenchAnalyzer.Tokens(texts[row]).Select(token => token.Stem).ToList();
            Assert.Equal(stems.Count, index.Lengths[row]);
            foreach (var stem in stems.GroupBy(stem => stem))
            {
                Assert.Equal(Math.Min(stem.Count(), byte.MaxValue), index.PostingsOf(stem.Key).CountIn(row));
                rowsWith[stem.Key] = rowsWith.GetValueOrDefault(stem.Key) + 1;
            }
        }
        Assert.Equal(rowsWith.Keys.Order(StringComparer.Ordinal), index.Stems.StartingWith(""));
        Assert.All(rowsWith, pair => Assert.Equal(pair.Value, index.PostingsOf(pair.Key).Count));
    }
}
