using System.Globalization;
using Matching.Lab.Sample;

namespace Matching.Lab.Tests.Sample;

public sealed class PoolTests
{
    private static readonly string[] KnownCriteria = ["DELD", "RSA", "ASS", "AAH", "TH", "JEUNE", "SENIOR", "IAE", "GEIQ", "REF"];

    [Fact]
    public void Twelve_pools_hold_two_thousand_people_of_whom_no_two_are_alike()
    {
        var people = SampleFolder.People;

        Assert.Equal(2_000, people.Count);
        Assert.Equal(12, people.Select(p => p["structure_siret"]).Distinct().Count());
        Assert.Equal(2_000, people.Select(p => (p["nom"].ToUpperInvariant(), p["prenom"])).Distinct().Count());
        Assert.Equal(2_000, people.Select(p => (p["structure_siret"], p["reference"])).Distinct().Count());
        AssertUnique(people.Select(p => p["telephone"].Replace(" ", "", StringComparison.Ordinal)));
        AssertUnique(people.Select(p => p["courriel"]));
    }

    [Fact]
    public void Every_pool_has_the_columns_of_the_template_in_its_order()
    {
        foreach (var file in SampleFolder.Files.Where(f => f.Path.StartsWith("viviers/", StringComparison.Ordinal)))
        {
            Assert.Equal(PoolFile.Columns, SampleFolder.Rows(SampleFolder.Text(file), ';')[0]);
        }
    }

    [Fact]
    public void One_pool_is_in_windows_1252_and_its_accents_survive()
    {
        var old = Assert.Single(SampleFolder.Files, f => f.Path.StartsWith("viviers/ai-", StringComparison.Ordinal));

        Assert.NotEqual([0xEF, 0xBB, 0xBF], old.Content[..3]);
        Assert.Contains("département", SampleFolder.Text(old), StringComparison.Ordinal);
        Assert.All(SampleFolder.Files.Where(f => f.Path.StartsWith("viviers/", StringComparison.Ordinal) && f != old),
            f => Assert.Equal([0xEF, 0xBB, 0xBF], f.Content[..3]));
    }

    [Fact]
    public void Nothing_required_is_missing_from_a_good_pool()
    {
        Assert.All(SampleFolder.People, p =>
        {
            Assert.All(["reference", "nom", "prenom", "date_naissance", "structure_siret", "structure_type", "metiers_recherches", "disponible_le", "moyen_transport", "criteres"],
                column => Assert.True(p[column].Length > 0, $"{p["reference"]}: {column}"));
            Assert.True(p["telephone"].Length + p["courriel"].Length > 0);
            Assert.True(p["code_insee"].Length > 0 || (p["code_postal"].Length > 0 && p["commune"].Length > 0));
            Assert.NotEqual(p["mobilite_minutes"].Length > 0, p["mobilite_km"].Length > 0);
            Assert.True(p["texte"].Length <= 1_000);
        });
    }

    [Fact]
    public void Half_of_the_people_wish_a_length_of_contract_and_some_let_a_good_mission_count()
    {
        Assert.InRange(SampleFolder.People.Count(p => p["duree_contrat"].Length > 0), 900, 1_300);
        Assert.InRange(SampleFolder.People.Count(p => p["missions_reussies"].Length > 0), 80, 300);
        Assert.All(SampleFolder.People, p => Assert.Equal(p["missions_reussies"].Length > 0, p["accord_missions_le"].Length > 0));
    }

    [Fact]
    public void Every_occupation_and_skill_of_a_person_is_in_the_reference()
    {
        var codes = SampleFolder.Book.Occupations.Select(o => o.Code).ToHashSet();
        var titles = SampleFolder.Book.Occupations.SelectMany(o => o.Titles).SelectMany(t => new[] { Title.For(t, true), Title.For(t, false) }).ToHashSet();
        var skills = SampleFolder.Book.Skills.Values.SelectMany(l => l).ToHashSet();

        Assert.All(SampleFolder.People, p =>
        {
            Assert.All(SampleFolder.Many(p["metiers_recherches"]), m => Assert.True(codes.Contains(m) || titles.Contains(m), m));
            Assert.All(SampleFolder.Many(p["experiences"]), e => Assert.True(codes.Contains(e.Split(':')[0]) || titles.Contains(e.Split(':')[0]), e));
            Assert.All(SampleFolder.Many(p["competences"]), s => Assert.Contains(s, skills));
            Assert.All(SampleFolder.Many(p["criteres"]), c => Assert.Contains(c.Split(':')[0], KnownCriteria));
        });
        Assert.Equal(codes.Count, SampleFolder.People.SelectMany(p => SampleFolder.Many(p["metiers_recherches"])).Where(codes.Contains).Distinct().Count());
    }

    [Fact]
    public void The_place_of_a_person_leads_to_one_commune()
    {
        var communes = SampleFolder.Table(SampleFolder.File("reference/communes.csv"), ',');

        Assert.All(SampleFolder.People, p => Assert.Single(communes, c =>
            (p["code_insee"].Length == 0 || c["insee"] == p["code_insee"])
            && (p["code_postal"].Length == 0 || SampleFolder.Many(c["codes_postaux"]).Contains(p["code_postal"]))
            && (p["commune"].Length == 0 || string.Equals(c["nom"], p["commune"], StringComparison.OrdinalIgnoreCase))));
    }

    [Fact]
    public void Ages_jobs_and_criteria_hang_together()
    {
        var day = SampleCommand.DefaultDay;
        Assert.All(SampleFolder.People, p =>
        {
            var birth = Day(p["date_naissance"]);
            Assert.InRange(birth, day.AddYears(-64), day.AddYears(-17));
            var criteria = SampleFolder.Many(p["criteres"]).Select(c => c.Split(':')).ToDictionary(c => c[0], c => Day(c[1]));
            Assert.All(criteria.Values, since => Assert.InRange(since, birth, day));
            Assert.True(!criteria.ContainsKey("JEUNE") || birth > day.AddYears(-26), p["reference"]);
            Assert.True(!criteria.ContainsKey("SENIOR") || birth <= day.AddYears(-50), p["reference"]);
            Assert.True(!criteria.TryGetValue("DELD", out var deld) || deld >= birth.AddYears(16), p["reference"]);
            Assert.True(p["inscrit_depuis"].Length == 0 || Day(p["inscrit_depuis"]) >= birth.AddYears(16), p["reference"]);
            Assert.Equal(criteria.ContainsKey("IAE"), p["pass_iae"].Length > 0);
            Assert.All(SampleFolder.Many(p["justificatifs"]).Select(j => j.Split(':')), j => Assert.InRange(Day(j[1]), criteria[j[0]], day));
            var months = SampleFolder.Many(p["experiences"]).Sum(e => int.Parse(e.Split(':')[1], CultureInfo.InvariantCulture));
            Assert.True(birth.AddYears(15).AddMonths(months) <= day, p["reference"]);
            Assert.True(p["moyen_transport"] != "voiture" || SampleFolder.Many(p["permis"]).Contains("B"), p["reference"]);
        });
    }

    [Fact]
    public void The_pools_hold_the_cases_that_the_rules_must_tell_apart()
    {
        var people = SampleFolder.People;
        var day = SampleCommand.DefaultDay;

        Assert.InRange(people.Count(p => p["information_donnee_le"].Length == 0), 50, 120);
        Assert.InRange(people.Count(p => p["pass_iae_fin"].Length > 0 && Day(p["pass_iae_fin"]) < day), 8, 40);
        Assert.InRange(people.Count(p => p["criteres"].Contains("DELD", StringComparison.Ordinal) && Day(p["inscrit_depuis"]) > day.AddYears(-1)), 8, 40);
        Assert.InRange(people.Count(p => Day(p["disponible_le"]) > day), 300, 700);
        Assert.InRange(people.Count(p => p["besoins_poste"].Length > 0), 80, 180);
        var criteria = people.Sum(p => SampleFolder.Many(p["criteres"]).Length);
        Assert.InRange(people.Sum(p => SampleFolder.Many(p["justificatifs"]).Length), criteria * 0.70, criteria * 0.80);
        Assert.Contains(people.SelectMany(p => SampleFolder.Many(p["certificats"])).Where(c => c.Contains(':', StringComparison.Ordinal)), c => Day(c.Split(':')[1]) < day);
    }

    [Theory]
    [InlineData("I1401")]
    [InlineData("A1202")]
    [InlineData("F1703")]
    [InlineData("F1606")]
    [InlineData("F1704")]
    [InlineData("N1103")]
    [InlineData("K2205")]
    [InlineData("N4105")]
    public void Each_post_of_the_samples_finds_at_least_twenty_people_of_the_trade(string code)
    {
        var titles = SampleFolder.Book.Occupations.Single(o => o.Code == code).Titles.SelectMany(t => new[] { Title.For(t, true), Title.For(t, false) }).Append(code).ToHashSet();

        Assert.True(SampleFolder.People.Count(p => SampleFolder.Many(p["metiers_recherches"]).Any(titles.Contains)) >= 20);
    }

    [Fact]
    public void The_words_of_a_person_never_speak_of_health_nor_of_a_criterion()
    {
        string[] banned = ["santé", "handicap", "RQTH", "maladie", "médec", "RSA", "prison", "nationalité", "religion", "enceinte"];

        Assert.All(SampleFolder.People, p => Assert.All(banned, word => Assert.DoesNotContain(word, p["texte"], StringComparison.OrdinalIgnoreCase)));
        Assert.All(SampleFolder.People, p => Assert.DoesNotMatch(@"\bde [aeiouéèêàâîôhAEIOUÉÈ]", p["texte"]));
        Assert.True(SampleFolder.People.Select(p => p["texte"]).Distinct().Count() > 1_200);
    }

    private static void AssertUnique(IEnumerable<string> values)
    {
        var given = values.Where(v => v.Length > 0).ToList();
        Assert.Equal(given.Count, given.Distinct().Count());
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture);
}
