using System.Text.Json;
using Matching.Web.Postings;

namespace Matching.Web.Tests.Postings;

/// <summary>The object that <c>analyser --json</c> prints is read by programs: its shape and its places are a promise.</summary>
public sealed class ProfileJsonTests
{
    private static readonly string[] Singles = ["intitule", "commune_insee", "debut", "fin", "heures_hebdo", "contrat", "nombre_postes", "heures_insertion"];
    private static readonly string[] Lists = ["certificats_exiges", "certificats_souhaites", "horaires", "competences"];

    [Fact]
    public void Every_value_stands_in_the_text_where_it_says()
    {
        foreach (var text in ExpectedText.All(ProfileQualityTests.Folder))
        {
            var json = Read(text.Text);
            Assert.Equal(["offres", "alertes"], Names(json));
            foreach (var offer in json.GetProperty("offres").EnumerateArray())
            {
                Assert.Equal(Singles.Concat(Lists).Append("rome").Order(StringComparer.Ordinal), Names(offer).Order(StringComparer.Ordinal));
                foreach (var value in Singles.Select(offer.GetProperty).Where(value => value.ValueKind != JsonValueKind.Null))
                {
                    Assert.Equal(["valeur", "extrait", "position"], Names(value));
                    var words = value.GetProperty("extrait").GetString()!;
                    Assert.NotEmpty(words);
                    Assert.Equal(words, text.Text.Substring(value.GetProperty("position").GetInt32(), words.Length));
                }
            }

            Assert.All(json.GetProperty("alertes").EnumerateArray(), alert =>
            {
                Assert.Equal(["type", "extrait", "motif"], Names(alert));
                Assert.Contains(alert.GetProperty("type").GetString(), (string[])["interdit", "excluant"]);
                Assert.Contains(alert.GetProperty("extrait").GetString()!, text.Text, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void Dates_are_iso_hours_are_numbers_and_occupations_come_best_first()
    {
        var offer = Read("2 maçons à Nantes, CDD du 4 janvier au 30 juin 2027, 151,67 h par mois, CACES R482 A exigé, de nuit")
            .GetProperty("offres").EnumerateArray().Single();
        Assert.Equal("2027-01-04", offer.GetProperty("debut").GetProperty("valeur").GetString());
        Assert.Equal("2027-06-30", offer.GetProperty("fin").GetProperty("valeur").GetString());
        Assert.Equal(35, offer.GetProperty("heures_hebdo").GetProperty("valeur").GetDouble());
        Assert.Equal(2, offer.GetProperty("nombre_postes").GetProperty("valeur").GetInt32());
        Assert.Equal("44109", offer.GetProperty("commune_insee").GetProperty("valeur").GetString());
        Assert.Equal("CDD", offer.GetProperty("contrat").GetProperty("valeur").GetString());
        Assert.Equal("CACES_R482_A", Assert.Single(offer.GetProperty("certificats_exiges").EnumerateArray()).GetString());
        Assert.Equal("NUIT", Assert.Single(offer.GetProperty("horaires").EnumerateArray()).GetString());
        var rome = offer.GetProperty("rome").EnumerateArray().ToList();
        Assert.InRange(rome.Count, 1, 5);
        Assert.Equal("F1703", rome[0].GetProperty("code").GetString());
        Assert.All(rome, one => Assert.Equal(["code", "libelle", "confiance"], Names(one)));
        Assert.Equal(rome.Select(one => one.GetProperty("confiance").GetDouble()).OrderDescending(), rome.Select(one => one.GetProperty("confiance").GetDouble()));
    }

    [Fact]
    public void A_text_that_says_nothing_gives_nulls_and_empty_lists()
    {
        var offer = Read("Bonjour, à bientôt.").GetProperty("offres").EnumerateArray().Single();
        Assert.All(Singles, name => Assert.Equal(JsonValueKind.Null, offer.GetProperty(name).ValueKind));
        Assert.All(Lists, name => Assert.Empty(offer.GetProperty(name).EnumerateArray()));
    }

    private static readonly ProfileReading Reading = ProfileQualityTests.BuiltIn().Reading;

    private static JsonElement Read(string text) => JsonSerializer.SerializeToElement(ProfileJson.Of(Reading.Read(text)));

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
