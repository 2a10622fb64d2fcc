using Matching.Engine.Text;

namespace Matching.Engine.Tests.Text;

public class TitleMatcherTests
{
    private static readonly TitleMatcher Trades = new(
        [
            new("F1703", "Maçon / Maçonne"), new("F1703", "Maçon-coffreur / Maçonne-coffreuse"),
            new("F1606", "Peintre en bâtiment"), new("F1606", "Peintre décorateur / Peintre décoratrice"),
            new("J1501", "Aide-soignant / Aide-soignante"), new("D1102", "Boulanger / Boulangère"),
            new("D1101", "Boucher / Bouchère"), new("N1101", "Cariste"), new("N1101", "Conducteur / Conductrice de chariots élévateurs"),
            new("A1203", "Jardinier / Jardinière d'espaces verts"), new("K1304", "Aide à domicile"),
        ],
        new Synonyms([("AS", "aide-soignant"), ("AAD", "aide à domicile"), ("peintre bât", "peintre en bâtiment")]));

    [Theory]
    [InlineData("maçonne", "F1703")]
    [InlineData("MACON", "F1703")]
    [InlineData("des maçons (h/f)", "F1703")]
    [InlineData("bouchère", "D1101")]
    [InlineData("boulangere", "D1102")]
    [InlineData("conductrice de chariot élévateur", "N1101")]
    [InlineData("AS", "J1501")]
    [InlineData("une AAD", "K1304")]
    [InlineData("peintre bât.", "F1606")]
    [InlineData("jardinnier espace vert", "A1203")]
    public void The_title_people_type_is_known_whatever_gender_number_accents_or_slips(string typed, string expected)
    {
        var answer = Trades.Match(typed);
        Assert.Equal(expected, answer.Matches[0].Id);
        Assert.True(answer.Known);
    }

    [Fact]
    public void A_slip_in_the_word_that_tells_apart_keeps_the_right_title_first() =>
        Assert.Equal("J1501", Trades.Match("aide soigante").Matches[0].Id);

    [Theory]
    [InlineData("")]
    [InlineData("de la")]
    [InlineData("🚧👷🏽‍♀️")]
    [InlineData("xqzwk vbnmp")]
    [InlineData("\uD800\uD800")]
    [InlineData("1234 5678")]
    public void Garbage_is_not_known(string typed)
    {
        var answer = Trades.Match(typed);
        Assert.False(answer.Known);
        Assert.All(answer.Matches, match => Assert.True(match.Confidence < TitleMatcher.KnownFrom));
    }

    [Fact]
    public void A_text_of_ten_thousand_characters_is_read_up_to_a_limit()
    {
        Assert.False(Trades.Match(new string('x', 10_000)).Known);
        Assert.Equal("F1703", Trades.Match("maçon " + new string(' ', 10_000)).Matches[0].Id);
    }

    [Fact]
    public void An_id_comes_once_by_its_best_label()
    {
        var matches = Trades.Match("maçon coffreur", limit: 20).Matches;
        Assert.Equal("Maçon-coffreur / Maçonne-coffreuse", matches[0].Label);
        Assert.Equal(matches.Count, matches.Select(match => match.Id).Distinct().Count());
    }

    [Fact]
    public void Two_equal_candidates_share_the_confidence_and_neither_is_known()
    {
        var communes = new TitleMatcher([new("93066", "Saint-Denis"), new("97411", "Saint-Denis"), new("11339", "Saint-Denis"), new("69123", "Lyon")]);
        var answer = communes.Match("saint denis");

        Assert.Equal(["11339", "93066", "97411"], answer.Matches.Select(match => match.Id));
        Assert.Single(answer.Matches.Select(match => match.Confidence).Distinct());
        Assert.False(answer.Known);
        Assert.True(communes.Match("lyon").Known);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-3, 0)]
    [InlineData(1, 1)]
    [InlineData(int.MaxValue, 2)]
    public void The_limit_bounds_the_answer(int limit, int count) =>
        Assert.Equal(count, Trades.Match("peintre boulanger", limit).Matches.Count);

    [Fact]
    public void The_same_text_always_has_the_same_answer_and_scores_between_0_and_1()
    {
        foreach (var typed in new[] { "aide", "conducteur boulanger", "maçon", "peintre en bâtiment aide à domicile cariste" })
        {
            var answer = Trades.Match(typed, 20);
            Assert.Equal(answer.Matches, Trades.Match(typed, 20).Matches);
            Assert.All(answer.Matches, match =>
            {
                Assert.InRange(match.Score, 0, 1.000001);
                Assert.InRange(match.Confidence, 0, match.Score);
            });
        }
    }

    [Fact]
    public void Words_given_as_related_stand_for_one_another_and_count_less_than_the_word_itself()
    {
        TitleLabel[] labels = [new("1", "Commerciale en textile"), new("2", "Soudeur en textile"), new("3", "Vendeur en textile")];
        var related = new RelatedWords([(0.7, ["vendeur", "commercial"])]);

        Assert.Equal(["3", "1"], new TitleMatcher(labels, related: related).Match("vendeuse en textile", 2).Matches.Select(match => match.Id));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelatedWords([(1.2, ["a", "b"])]));
    }

    [Fact]
    public void A_trade_known_by_another_name_is_found_by_it()
    {
        TitleLabel[] labels = [new("1", "Conducteur de chariot élévateur"), new("2", "Conducteur de travaux"), new("3", "Cavalier"), new("4", "Berger")];
        var same = new SamePhrases([["cariste", "conducteur de chariot élévateur", "mot inconnu de tous"], ["éleveur de moutons", "berger"]]);
        var matcher = new TitleMatcher(labels, same: same);

        Assert.Equal("1", matcher.Match("Caristes").Matches[0].Id);
        Assert.Equal("4", matcher.Match("Éleveur / Éleveuse de moutons").Matches[0].Id);
        Assert.True(matcher.Match("conductrice de chariot élévateur").Matches[0].Score > matcher.Match("cariste").Matches[0].Score);
    }

    [Fact]
    public void A_varied_answer_says_something_new_with_each_label()
    {
        TitleLabel[] labels =
        [
            new("1", "agent de sécurité/agente de sécurité"), new("2", "agente de sécurité"), new("3", "Agent de sécurité (H/F)"), new("4", "agent de propreté"), new("5", "agent de sécurité incendie"),
        ];
        var matches = new TitleMatcher(labels).Match("agent de sécurité", 4, varied: true).Matches;

        Assert.Equal("1", matches[0].Id);
        Assert.Equal("5", matches[1].Id);
        Assert.Equal(matches.Select(match => match.Score).OrderDescending(), matches.Select(match => match.Score));
        Assert.All(matches, match => Assert.InRange(match.Confidence, 0, match.Score));
        Assert.Equal(["1", "2", "3"], new TitleMatcher(labels).Match("agent de sécurité", 3).Matches.Select(match => match.Id).Order());
        Assert.Equal(5, new TitleMatcher(labels).Match("agent de sécurité", int.MaxValue, varied: true).Matches.Count);
    }

    [Theory]
    [InlineData("Conducteur(trice) d'engins")]
    [InlineData("conducteur·rice d’engins")]
    [InlineData("CONDUCTEUR/TRICE D'ENGINS")]
    [InlineData("Conducteur / Conductrice d'engins")]
    [InlineData("Conducteur d'engins (H/F)")]
    [InlineData("F-H conducteur d'engins")]
    public void Both_genders_written_in_one_word_are_one_word(string typed)
    {
        var match = new TitleMatcher([new("1", "Conducteur d'engins"), new("2", "Rice d'engins")]).Match(typed).Matches[0];
        Assert.Equal("1", match.Id);
        Assert.Equal(1, match.Score, 3);
    }

    [Theory]
    [InlineData("agent(")]
    [InlineData("(e)")]
    [InlineData("·e·")]
    [InlineData("élève/formateur")]
    [InlineData("vente/achat")]
    [InlineData("agent (e")]
    public void Marks_that_say_no_gender_change_nothing(string typed) =>
        Assert.Equal(typed, GenderMarks.Without(typed));

    [Fact]
    public void Many_threads_have_the_answers_of_one()
    {
        string[] typed = ["maçon", "peintre décoratrice", "conducteur chariot", "aide soignant", "boulangerie", "jardin"];
        var alone = typed.Select(text => Trades.Match(text).Matches).ToArray();
        Parallel.For(0, 600, at => Assert.Equal(alone[at % typed.Length], Trades.Match(typed[at % typed.Length]).Matches));
    }

    [Theory]
    [InlineData("Permis de conduire DE", "2")]
    [InlineData("  PERMIS DE CONDUIRE CE ", "1")]
    [InlineData("Charge d'etudes CVC", "4")]
    [InlineData("Au plus tôt", "5")]
    public void A_label_written_as_the_title_is_comes_first_whatever_others_mean(string typed, string id)
    {
        var matcher = new TitleMatcher(
            [new("1", "Permis de conduire CE"), new("2", "Permis de conduire DE"), new("3", "Chargé d'études chauffage ventilation climatisation CVC"), new("4", "Chargé d'études CVC"), new("5", "Au plus tôt"), new("6", "")],
            new Synonyms([("CVC", "chauffage ventilation climatisation")]));
        var matches = matcher.Match(typed, varied: true).Matches;

        Assert.Equal((id, 1.0), (matches[0].Id, matches[0].Score));
        Assert.All(matches, match => Assert.InRange(match.Score, 0, 1));
        Assert.Empty(matcher.Match(" ").Matches);
    }

    [Fact]
    public void No_label_means_no_answer() => Assert.Empty(new TitleMatcher([]).Match("maçon").Matches);
}
