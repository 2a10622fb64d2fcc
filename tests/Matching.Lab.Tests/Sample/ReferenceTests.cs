using System.Globalization;
using System.Text.Json;
using Matching.Lab.Sample;

namespace Matching.Lab.Tests.Sample;

public sealed class ReferenceTests
{
    private static readonly string Official = Path.Combine(SampleFolder.Root(), "..", "shared", "reference", "rome", "v460_referentiel_code_rome.csv");

    [Fact]
    public void Every_occupation_bears_its_real_rome_name_and_parent()
    {
        Assert.SkipUnless(File.Exists(Official), "The official ROME files are not at ../shared/reference: nothing to compare with.");
        var official = SampleFolder.Rows(File.ReadAllText(Official), ',').Skip(1).ToDictionary(r => r[0]);

        Assert.All(SampleFolder.Book.Occupations, o =>
        {
            Assert.Equal(official[o.Code][3], o.Name);
            Assert.Equal(official[o.Code][9], o.Parent);
        });
    }

    [Fact]
    public void There_are_about_sixty_occupations_each_with_several_titles_and_skills()
    {
        var book = SampleFolder.Book;

        Assert.InRange(book.Occupations.Count, 55, 75);
        Assert.Equal(book.Occupations.Count, book.Occupations.Select(o => o.Code).Distinct().Count());
        Assert.All(book.Occupations, o => Assert.InRange(o.Titles.Count, 6, 10));
        Assert.All(book.Occupations, o => Assert.InRange(book.Skills[o.Parent].Count, 6, 10));
        Assert.All(book.Skills.Values, labels => Assert.Equal(labels.Count, labels.Distinct().Count()));
        Assert.All(book.Skills.Values.SelectMany(l => l), label => Assert.DoesNotContain(label, c => c is '|' or ':' or ';'));
    }

    [Fact]
    public void A_title_points_to_one_occupation_whatever_the_gender_written()
    {
        var written = SampleFolder.Book.Occupations
            .SelectMany(o => o.Titles.SelectMany(t => new[] { Title.For(t, true), Title.For(t, false) }.Distinct()).Select(t => (o.Code, Title: t)))
            .Distinct().GroupBy(x => x.Title, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1);

        Assert.Empty(written.Select(g => g.Key));
    }

    [Theory]
    [InlineData("Maçon / Maçonne", "Maçon", "Maçonne")]
    [InlineData("Agent / Agente d'entretien de locaux", "Agent d'entretien de locaux", "Agente d'entretien de locaux")]
    [InlineData("Ouvrier paysagiste / Ouvrière paysagiste", "Ouvrier paysagiste", "Ouvrière paysagiste")]
    [InlineData("Homme de pied / Femme de pied en élagage", "Homme de pied en élagage", "Femme de pied en élagage")]
    [InlineData("Cariste", "Cariste", "Cariste")]
    public void A_person_writes_one_gender_of_a_title(string title, string man, string woman)
    {
        Assert.Equal(man, Title.For(title, isWoman: false));
        Assert.Equal(woman, Title.For(title, isWoman: true));
    }

    [Fact]
    public void A_skill_shared_by_two_trades_keeps_one_code()
    {
        var skills = SampleFolder.Table(SampleFolder.File("reference/rome_competences.csv"), ',');

        Assert.All(skills.GroupBy(s => s["libelle"]), g => Assert.Single(g.Select(s => s["code_competence"]).Distinct()));
        Assert.All(skills.GroupBy(s => s["code_competence"]), g => Assert.Single(g.Select(s => s["libelle"]).Distinct()));
        Assert.Contains(skills.GroupBy(s => s["code_competence"]), g => g.Count() >= 3);
    }

    [Fact]
    public void A_mobility_leads_from_one_of_our_trades_to_another()
    {
        var parents = SampleFolder.Book.Occupations.Select(o => o.Parent).ToHashSet();

        Assert.All(SampleFolder.Book.Mobilities, m =>
        {
            Assert.Contains(m.From, parents);
            Assert.Contains(m.To, parents);
            Assert.NotEqual(m.From, m.To);
        });
        Assert.Equal(SampleFolder.Book.Mobilities.Count, SampleFolder.Book.Mobilities.DistinctBy(m => (m.From, m.To)).Count());
        Assert.All(parents, p => Assert.Contains(SampleFolder.Book.Mobilities, m => m.From == p));
    }

    [Fact]
    public void Every_commune_of_the_invented_departement_has_coordinates_and_a_postal_code()
    {
        var communes = SampleFolder.Table(SampleFolder.File("reference/communes.csv"), ',');

        Assert.Equal(Enumerable.Range(1, 40).Select(i => $"{i:00000}"), communes.Select(c => c["insee"]));
        Assert.All(communes, c =>
        {
            Assert.InRange(double.Parse(c["lat"], CultureInfo.InvariantCulture), 46.25, 46.85);
            Assert.InRange(double.Parse(c["lon"], CultureInfo.InvariantCulture), 3.2, 4.0);
            Assert.All(SampleFolder.Many(c["codes_postaux"]), p => Assert.Matches("^001[0-9]{2}$", p));
            Assert.True(int.Parse(c["population"], CultureInfo.InvariantCulture) > 0);
        });
        Assert.Equal(40, communes.Select(c => c["nom"]).Distinct().Count());
        Assert.Contains(communes.SelectMany(c => SampleFolder.Many(c["codes_postaux"])).GroupBy(p => p), g => g.Count() > 1);
    }

    [Fact]
    public void Every_siret_has_a_right_key_and_a_siren_that_no_living_company_bears()
    {
        var organisations = SampleFolder.Table(SampleFolder.File("organisations.csv"), ';');

        Assert.Equal(18, organisations.Select(o => o["siret"]).Distinct().Count());
        Assert.All(organisations, o =>
        {
            Assert.StartsWith("000", o["siret"], StringComparison.Ordinal);
            Assert.Equal(14, o["siret"].Length);
            Assert.True(HasRightKey(o["siret"]) && HasRightKey(o["siret"][..9]), o["siret"]);
            Assert.EndsWith(".example", o["adresse_courriel"], StringComparison.Ordinal);
        });
        Assert.Equal(12, organisations.Count(o => PoolShape.Of.ContainsKey(o["type"])));
    }

    [Fact]
    public void Every_market_names_a_buyer_a_company_and_places_that_exist()
    {
        var types = SampleFolder.Table(SampleFolder.File("organisations.csv"), ';').ToDictionary(o => o["siret"], o => o["type"]);
        var communes = SampleFolder.Table(SampleFolder.File("reference/communes.csv"), ',').Select(c => c["insee"]).ToHashSet();
        using var markets = JsonDocument.Parse(SampleFolder.File("marches.json").Content);

        Assert.Equal(3, markets.RootElement.GetArrayLength());
        Assert.All(markets.RootElement.EnumerateArray(), market =>
        {
            Assert.Equal("ACHETEUR", types[market.GetProperty("acheteur_siret").GetString()!]);
            Assert.Equal("ENTREPRISE", types[market.GetProperty("titulaire_siret").GetString()!]);
            Assert.True(market.GetProperty("debut").GetDateTime() < market.GetProperty("fin").GetDateTime());
            Assert.All(market.GetProperty("lots").EnumerateArray(), lot =>
            {
                Assert.Contains(lot.GetProperty("commune_insee").GetString()!, communes);
                Assert.True(lot.GetProperty("cible_heures").GetInt32() > 0);
            });
        });
    }

    private static bool HasRightKey(string digits) =>
        digits.Reverse().Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 2)).Sum(n => n > 9 ? n - 9 : n) % 10 == 0;
}
