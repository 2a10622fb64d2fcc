using System.Globalization;
using System.Text.Json;

namespace Matching.Lab.Tests.Sample;

/// <summary>The expected readings are checked against the texts, so that a later edit of one without the other is seen.</summary>
public sealed class JobProfileTests
{
    private static readonly JsonElement Expected = JsonDocument.Parse(SampleFolder.File("fiches-de-poste/attendus.json").Content).RootElement;

    [Fact]
    public void Each_of_the_eight_texts_has_its_expected_reading()
    {
        var texts = SampleFolder.Files.Where(f => f.Path.StartsWith("fiches-de-poste/", StringComparison.Ordinal) && f.Path.EndsWith(".txt", StringComparison.Ordinal))
            .Select(f => f.Path["fiches-de-poste/".Length..]);

        Assert.Equal(texts, Expected.EnumerateArray().Select(e => e.GetProperty("fichier").GetString()!));
        Assert.Equal(9, Posts().Count());
    }

    [Fact]
    public void An_expected_reading_uses_codes_and_communes_that_exist_and_dates_in_order()
    {
        var communes = SampleFolder.Table(SampleFolder.File("reference/communes.csv"), ',').Select(c => c["insee"]).ToHashSet();
        Assert.All(Posts(), post =>
        {
            var occupation = Assert.Single(SampleFolder.Book.Occupations, o => o.Code == post.Post.GetProperty("code_rome").GetString());
            Assert.Contains(post.Post.GetProperty("intitule").GetString()!, occupation.Titles);
            Assert.Contains(post.Post.GetProperty("commune_insee").GetString()!, communes);
            Assert.Contains(post.Post.GetProperty("contrat").GetString(), (string[])["CDI", "CDD", "CDDI", "INTERIM_INSERTION"]);
            Assert.All(post.Post.GetProperty("competences").EnumerateArray(), skill =>
                Assert.Contains(skill.GetString()!, SampleFolder.Book.Skills[occupation.Parent]));
            var end = post.Post.GetProperty("fin");
            Assert.True(end.ValueKind == JsonValueKind.Null
                ? post.Post.GetProperty("contrat").GetString() == "CDI"
                : end.GetDateTime() > post.Post.GetProperty("debut").GetDateTime());
        });
    }

    [Fact]
    public void The_start_the_weekly_hours_and_the_insertion_hours_are_written_in_the_text()
    {
        Assert.All(Posts(), post =>
        {
            var start = post.Post.GetProperty("debut").GetDateTime();
            string[] ways = [start.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), start.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("fr-FR")),
                start.ToString("'1er' MMMM yyyy", CultureInfo.GetCultureInfo("fr-FR"))];
            Assert.Contains(ways, way => post.Text.Contains(way, StringComparison.Ordinal));
            Assert.Matches($@"\b{post.Post.GetProperty("heures_hebdo").GetInt32()} ?h", post.Text);
            Assert.Contains($"{post.Post.GetProperty("heures_insertion").GetInt32()}", post.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        });
    }

    private static IEnumerable<(string Text, JsonElement Post)> Posts() =>
        Expected.EnumerateArray().SelectMany(e => e.GetProperty("postes").EnumerateArray()
            .Select(p => (SampleFolder.Text(SampleFolder.File("fiches-de-poste/" + e.GetProperty("fichier").GetString())), p)));
}
