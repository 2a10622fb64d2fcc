using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public class PoolWorkTests
{
    [Fact]
    public void An_occupation_is_a_code_or_a_title_and_counts_once()
    {
        var row = PoolRows.Check(("metiers_recherches", "f1703|Maçon|A1203"));

        Assert.Equal(["F1703", "A1203"], row.Person!.Work.Wanted.Select(rome => rome.Value));
        Assert.Empty(row.Warnings);
    }

    [Fact]
    public void A_doubtful_title_is_kept_with_its_guess_and_shown()
    {
        var row = PoolRows.Check(("metiers_recherches", "masson"));

        Assert.Equal("F1703", Assert.Single(row.Person!.Work.Wanted).Value);
        var warning = Assert.Single(row.Warnings);
        Assert.Equal("masson", warning.Value);
        Assert.Contains("Maçon / Maçonne", warning.Wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Z9999", "code ROME")]
    [InlineData("F1799", "code ROME")]
    [InlineData("Dompteur de licornes", "Aucun métier")]
    public void An_unknown_occupation_is_refused_with_the_words_it_came_from(string written, string wrong)
    {
        var error = Assert.Single(PoolRows.Check(("metiers_recherches", $"F1703|{written}")).Errors);

        Assert.Equal(written, error.Value);
        Assert.Contains(wrong, error.Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experience_has_a_title_its_months_and_perhaps_an_end()
    {
        var experiences = PoolRows.Check(("experiences", "F1703:18:2024-06|Dompteur:3|Maçon:12 mois:06/2020")).Person!.Work.Experiences;

        Assert.Equal(("F1703", 18, new DateOnly(2024, 6, 1)), (experiences[0].Rome!.Value.Value, experiences[0].Months, experiences[0].End));
        Assert.Equal(("Dompteur", null, 3, null), (experiences[1].Title, experiences[1].Rome, experiences[1].Months, experiences[1].End));
        Assert.Equal(("Maçon", "F1703", new DateOnly(2020, 6, 1)), (experiences[2].Title, experiences[2].Rome!.Value.Value, experiences[2].End));
    }

    [Theory]
    [InlineData("F1703")]
    [InlineData("F1703:0")]
    [InlineData("F1703:601")]
    [InlineData("F1703:beaucoup")]
    [InlineData("F1703:12:2024-13")]
    [InlineData("F1703:12:2026-12")]
    [InlineData(":12:2024-01")]
    public void An_experience_that_cannot_be_read_is_refused(string written) =>
        Assert.Equal("experiences", Assert.Single(PoolRows.Check(("experiences", written)).Errors).Column);

    [Fact]
    public void A_certificate_is_recognised_as_people_write_it_with_its_last_day()
    {
        var certificates = PoolRows.Check(("certificats", "caces r482 cat. A:31/12/2030|SST"), ("permis", "B|permis C")).Person!.Work.Certificates;

        Assert.Equal(
            [new("CACES_R482_A", new DateOnly(2030, 12, 31)), new("SST", null), new("PERMIS_B", null), new("PERMIS_C", null)],
            certificates);
    }

    [Fact]
    public void An_unknown_certificate_is_not_lost_it_is_kept_among_the_skills_and_said()
    {
        var row = PoolRows.Check(("certificats", "Brevet de voltigeur:01/01/2030"), ("competences", "Lire un plan"));

        Assert.Equal(["Lire un plan", "Brevet de voltigeur"], row.Person!.Work.Skills);
        Assert.Equal("certificats", Assert.Single(row.Warnings).Column);
    }

    [Theory]
    [InlineData("infra 3", 2)]
    [InlineData("Infra3", 2)]
    [InlineData("3", 3)]
    [InlineData("niveau 8", 8)]
    [InlineData("Niveau : 4.", 4)]
    [InlineData("2", 2)]
    [InlineData("INFRA-3", 2)]
    [InlineData("", null)]
    public void A_qualification_is_3_to_8_or_below(string written, int? level)
    {
        var person = PoolRows.Check(("niveau_qualification", written)).Person!;

        Assert.Equal(level, person.Work.QualificationLevel);
        Assert.Equal(level, person.Eligibility.QualificationLevel);
    }

    [Theory]
    [InlineData("jour|week-end", Shifts.Jour | Shifts.WeekEnd)]
    [InlineData("Nuit | SOIR", Shifts.Nuit | Shifts.Soir)]
    [InlineData("", Shifts.None)]
    public void Shifts_add_up(string written, Shifts shifts) => Assert.Equal(shifts, PoolRows.Check(("horaires_possibles", written)).Person!.Work.Shifts);

    [Theory]
    [InlineData("vélo", TransportMode.Velo)]
    [InlineData("Velo", TransportMode.Velo)]
    [InlineData("à pied", TransportMode.Pied)]
    [InlineData("bus", TransportMode.Transports)]
    [InlineData("scooter", TransportMode.DeuxRoues)]
    [InlineData("pied|voiture", TransportMode.Voiture)]
    public void The_means_of_transport_is_read_in_usual_words(string written, TransportMode mode) =>
        Assert.Equal(mode, PoolRows.Check(("moyen_transport", written)).Person!.Work.Mobility.Mode);

    [Fact]
    public void Hours_with_a_half_are_rounded_down_and_said()
    {
        var row = PoolRows.Check(("heures_hebdo", "24,5 h"));

        Assert.Equal(24, row.Person!.Work.WeeklyHours);
        Assert.Contains("arrondi à 24", Assert.Single(row.Warnings).Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_distance_replaces_the_minutes()
    {
        var mobility = PoolRows.Check(("mobilite_minutes", ""), ("mobilite_km", "20 km")).Person!.Work.Mobility;

        Assert.Equal((null, 20), (mobility.MaximumMinutes, mobility.MaximumKm));
    }

    [Fact]
    public void Criteria_and_proofs_keep_their_days_under_the_codes_of_the_publics()
    {
        var facts = PoolRows.Check(("criteres", "rqth|DELD:01/09/2025|Suivi renforcé"), ("justificatifs", "TH:2026-11-02")).Person!.Eligibility;

        Assert.Equal([new("TH", null), new("DELD", new DateOnly(2025, 9, 1)), new("SUIVI_RENFORCE", null)], facts.Criteria);
        Assert.Equal([new SeenProof("TH", new DateOnly(2026, 11, 2))], facts.Proofs);
    }

    [Theory]
    [InlineData("TH:02/11/2026:31/12/2028", "2028-12-31")]
    [InlineData("TH:02/11/2026:sans fin", "9999-12-31")]
    [InlineData("TH:02/11/2026", null)]
    public void A_proof_keeps_its_end_of_validity_when_the_row_gives_it(string written, string? end) =>
        Assert.Equal([new SeenProof("TH", new DateOnly(2026, 11, 2), Days.OrNull(end))], PoolRows.Check(("criteres", "TH"), ("justificatifs", written)).Person!.Eligibility.Proofs);

    [Theory]
    [InlineData("TH:02/11/2026:01/11/2026", "se termine avant le jour où il a été vu")]
    [InlineData("TH:02/11/2026:bientôt", "")]
    public void An_end_of_validity_that_cannot_be_is_an_error(string written, string wrong) =>
        Assert.Contains(PoolRows.Check(("criteres", "TH"), ("justificatifs", written)).Errors, issue => issue.Wrong.Contains(wrong, StringComparison.Ordinal));
}
