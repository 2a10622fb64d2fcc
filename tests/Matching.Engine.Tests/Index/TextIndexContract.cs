using Matching.Engine.Index;
using Matching.Engine.Text;

namespace Matching.Engine.Tests.Index;

/// <summary>What any text index must do. A class per index derives from it and gives the index to test.</summary>
public abstract class TextIndexContract
{
    private static readonly Guid Wall = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Roof = Guid.Parse("00000000-0000-7000-8000-000000000002");
    private static readonly Guid Garden = Guid.Parse("00000000-0000-7000-8000-000000000003");

    protected abstract ITextIndex Empty();

    private ITextIndex Index(params (Guid Id, string Text)[] documents)
    {
        var index = Empty();
        index.Apply([.. documents.Select(one => new TextDocument(one.Id, one.Text))], []);
        return index;
    }

    private ITextIndex Three() => Index((Wall, "Maçon, maçonne : mur"), (Roof, "maçon de toit"), (Garden, "jardin"));

    [Fact]
    public void Bm25_is_the_one_computed_by_hand()
    {
        // Three texts of 3, 2 and 1 stems, mean 2; "maçon" is in two: idf = ln(1 + 1.5/2.5).
        var idf = Math.Log(1.6);
        var hits = Three().Search(new TextQuery("maçons"), limit: 10);

        Assert.Equal([Wall, Roof], hits.Select(hit => hit.Id));
        Assert.Equal(idf * 2 * 2.2 / (2 + 1.65), hits[0].Score, 1e-12);
        Assert.Equal(idf * 1 * 2.2 / (1 + 1.2), hits[1].Score, 1e-12);
        Assert.Equal(0.566580, hits[0].Score, 1e-6);
    }

    [Fact]
    public void Search_equals_a_scan_of_every_text_through_additions_replacements_and_deletions()
    {
        var random = new Random(3);
        string[] vocabulary = ["mur", "toit", "jardin", "chariot", "vente", "accueil", "ménage", "cuisine", "R482 A", "peinture", "de", "vélo"];
        string Text() => string.Join(' ', Enumerable.Range(0, random.Next(0, 12)).Select(_ => vocabulary[random.Next(vocabulary.Length)]));
        var index = Empty();
        var present = new Dictionary<Guid, string>();
        for (var batch = 0; batch < 12; batch++)
        {
            var upserts = Enumerable.Range(0, 90).Select(_ => new TextDocument(RandomRows.Id(random), Text()))
                .Concat(present.Keys.Order().Where((_, at) => at % 7 == batch % 7).Select(id => new TextDocument(id, Text()))).ToList();
            var deletions = present.Keys.Order().Where((_, at) => at % 11 == batch % 11).Except(upserts.Select(one => one.Id)).ToList();
            index.Apply(upserts, deletions);
            upserts.ForEach(one => present[one.Id] = one.Text);
            deletions.ForEach(id => present.Remove(id));
        }
        var chosen = present.Keys.Order().Where((_, at) => at % 3 == 0).ToHashSet();
        foreach (var query in new[] { "mur", "toits et jardins", "caces r482 a", "vélos ménage cuisine vente", "inconnu peinture" })
        {
            var expected = Scan(present, query);
            var all = index.Search(new TextQuery(query), int.MaxValue);
            var few = index.Search(new TextQuery(query), int.MaxValue, chosen);

            Assert.True(all.Count > 50);
            Assert.Equal(expected.Keys.Order(), all.Select(hit => hit.Id).Order());
            Assert.Equal(expected.Keys.Where(chosen.Contains).Order(), few.Select(hit => hit.Id).Order());
            Assert.All(all.Concat(few), hit => Assert.Equal(expected[hit.Id], hit.Score, 1e-9));
            Assert.Equal(all.Select(hit => hit.Score).OrderDescending(), all.Select(hit => hit.Score));
            Assert.Equal(all.Take(10), index.Search(new TextQuery(query), limit: 10));
        }
    }

    [Fact]
    public void The_best_are_the_first_of_all_whatever_is_asked_and_kept()
    {
        var random = new Random(11);
        // Few words in most texts, many words in few: the rare ones decide, and the frequent ones must not be forgotten.
        string Word() => $"mot{(int)Math.Pow(400, random.NextDouble())}x";
        string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));
        var index = Empty();
        var ids = new List<Guid>();
        for (var batch = 0; batch < 5; batch++)
        {
            var documents = Enumerable.Range(0, 1_500).Select(_ => new TextDocument(RandomRows.Id(random), Text(random.Next(1, 30)))).ToList();
            index.Apply(documents, [.. ids.Where((_, at) => at % 13 == batch)]);
            ids.AddRange(documents.Select(one => one.Id));
        }
        var chosen = ids.Where((_, at) => at % 4 == 0).ToHashSet();
        for (var query = 0; query < 60; query++)
        {
            var asked = new TextQuery(Text(random.Next(1, 6)), ForgiveTyping: false);
            foreach (var among in new[] { null, chosen })
            {
                var all = index.Search(asked, int.MaxValue, among);
                foreach (var limit in new[] { 0, 1, 7, 100, 999 })
                {
                    Assert.Equal(all.Take(limit), index.Search(asked, limit, among));
                }
                foreach (var hit in all.Take(3))
                {
                    Assert.Equal(index.Explain(asked, hit.Id)!.Score, hit.Score);
                }
            }
        }
    }

    private static Dictionary<Guid, double> Scan(Dictionary<Guid, string> present, string query)
    {
        var texts = present.ToDictionary(one => one.Key, one => FrenchAnalyzer.Tokens(one.Value).Select(token => token.Stem).ToArray());
        var withText = texts.Values.Where(stems => stems.Length > 0).ToList();
        var mean = withText.Average(stems => stems.Length);
        var scores = new Dictionary<Guid, double>();
        foreach (var stem in FrenchAnalyzer.Tokens(query).Select(token => token.Stem).Distinct())
        {
            var holding = withText.Count(stems => stems.Contains(stem));
            var idf = Math.Log(1 + ((withText.Count - holding + 0.5) / (holding + 0.5)));
            foreach (var (id, stems) in texts.Where(one => one.Value.Contains(stem)))
            {
                var count = stems.Count(one => one == stem);
                scores[id] = scores.GetValueOrDefault(id)
                    + (idf * count * 2.2 / (count + (1.2 * (0.25 + (0.75 * stems.Length / mean)))));
            }
        }
        return scores;
    }

    [Fact]
    public void The_explanation_sums_to_the_score_and_names_the_words_met()
    {
        var index = Three();
        var query = new TextQuery("un maçon pour le mur");
        var hit = index.Search(query, limit: 1)[0];
        var explained = index.Explain(query, hit.Id)!;

        Assert.Equal(["macon", "mur"], explained.Words.Select(word => word.Typed));
        Assert.Equal(hit.Score, explained.Score);
        Assert.Equal(hit.Score, explained.Words.Sum(word => word.Points));
        Assert.Equal([hit.Score, 0, 0], index.Score(query, [Wall, Garden, Guid.Empty]));
        Assert.Null(index.Explain(query, Guid.Empty));
    }

    [Theory]
    [InlineData("jard", true)]
    [InlineData("maçonn", true)]
    [InlineData("jard", false)]
    public void The_last_word_is_met_while_it_is_being_typed(string typed, bool prefix)
    {
        var hits = Three().Search(new TextQuery(typed, PrefixLast: prefix, ForgiveTyping: false), limit: 10);
        Assert.Equal(prefix, hits.Count > 0);
    }

    [Fact]
    public void A_feminine_being_typed_already_meets_the_masculine()
    {
        var index = Index((Wall, "conducteur de bus"), (Roof, "vendeur"));
        Assert.Equal(Wall, Assert.Single(index.Search(new TextQuery("conductri", PrefixLast: true), 5)).Id);
        Assert.Equal(Roof, Assert.Single(index.Search(new TextQuery("vendeus", PrefixLast: true), 5)).Id);
    }

    [Theory]
    [InlineData("jradin", true)]
    [InlineData("jarddin", true)]
    [InlineData("jrdi", false)]
    [InlineData("muur", true)]
    [InlineData("mut", false)]
    [InlineData("électrisient", true)]
    public void Typing_errors_are_forgiven_by_the_length_of_the_word(string typed, bool found)
    {
        var index = Index((Wall, "mur"), (Garden, "jardin"), (Roof, "électricien"));
        Assert.Equal(found, index.Search(new TextQuery(typed), 5).Count == 1);
        Assert.Empty(index.Search(new TextQuery(typed, ForgiveTyping: false), 5));
    }

    [Fact]
    public void A_synonym_is_looked_for_too_and_counts_less_than_the_word_itself()
    {
        var index = Index((Wall, "aide-soignante de nuit"), (Roof, "AS de nuit"), (Garden, "soignant de jour"));
        var synonyms = new Synonyms([("AS", "aide-soignant"), ("AES", "accompagnant éducatif et social")]);
        var hits = index.Search(new TextQuery("as", Synonyms: synonyms), 10);

        Assert.Equal(Wall, Assert.Single(hits).Id);
        Assert.True(hits[0].Score < index.Score(new TextQuery("aide soignant"), [Wall])[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("le la les")]
    [InlineData("👷🏽‍♀️ \uD800")]
    [InlineData("zzzzzzzz qqqqqqq")]
    public void A_query_without_a_known_word_finds_nothing(string typed) =>
        Assert.Empty(Three().Search(new TextQuery(typed, PrefixLast: true), 10));

    [Fact]
    public void An_endless_query_or_an_odd_limit_has_a_defined_answer()
    {
        var index = Three();
        Assert.Equal(2, index.Search(new TextQuery(string.Concat(Enumerable.Repeat("maçon ", 2_000))), int.MaxValue).Count);
        Assert.Empty(index.Search(new TextQuery(new string('x', 10_000), PrefixLast: true), 10));
        Assert.Empty(index.Search(new TextQuery("maçon"), 0));
        Assert.Empty(index.Search(new TextQuery("maçon"), -1));
        Assert.Empty(Empty().Search(new TextQuery("maçon"), 10));
        Assert.Empty(index.Search(new TextQuery("maçon"), 10, new HashSet<Guid>()));
    }

    [Fact]
    public void Many_searches_at_once_find_what_one_alone_finds()
    {
        var random = new Random(7);
        string[] vocabulary = ["mur", "toit", "jardin", "chariot", "vente", "accueil", "ménage"];
        var index = Index([.. Enumerable.Range(0, 400).Select(_ => (RandomRows.Id(random), string.Join(' ', random.GetItems(vocabulary, 5))))]);
        var alone = vocabulary.ToDictionary(word => word, word => index.Search(new TextQuery(word + " mur"), 50));
        Parallel.For(0, 400, at => Assert.Equal(alone[vocabulary[at % 7]], index.Search(new TextQuery(vocabulary[at % 7] + " mur"), 50)));
    }

    [Fact]
    public void A_replaced_text_is_found_by_its_new_words_only()
    {
        var index = Three();
        index.Apply([new TextDocument(Wall, "menuisier")], [Roof]);

        Assert.Empty(index.Search(new TextQuery("maçon", ForgiveTyping: false), 10));
        Assert.Equal(Wall, Assert.Single(index.Search(new TextQuery("menuisière"), 10)).Id);
        Assert.Null(index.Explain(new TextQuery("toit"), Roof));
    }
}

public sealed class TextIndexTests : TextIndexContract
{
    protected override ITextIndex Empty() => new TextIndex();
}
